"""The staff's pages of messages: who sees them, and what their buttons do."""

import datetime as dt
import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from partnership import clock
from partnership.outbox.models import Bounce, Message, MessageStep
from partnership.outbox.queue import breaker
from partnership.outbox.queue.delivering import deliver
from partnership.outbox.staff import actions
from partnership.outbox.suppression import suppress
from partnership.outbox.tests.posted import post_one
from partnership.outbox.tests.readers import on_paper, prefers
from partnership.people.models import Role, User
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, visit

LATER = NOW + dt.timedelta(hours=1)
STAFF = {"karen", "anne"}
EVERYONE = ["helle", "niels", "ruth", "frede", "sven", "karen", "palle", "anne", "kerstin", "gunnar"]
PAGE = "/da/staff/messages/"


def failed(cast: Cast, key: str = "test.1", **more) -> Message:
    message = post_one(cast.randers, cast.helle, key, **more)
    Message.objects.filter(pk=message.pk).update(state="failed", ended_at=NOW, reason="550 5.1.1 gone", attempts=3)
    message.refresh_from_db()
    return message


def act(what: str, message: Message, by) -> None:
    getattr(actions, what)(message=message, by=by, now=LATER)


@pytest.mark.parametrize("name", EVERYONE)
def test_only_the_staff_of_the_partnership_see_and_handle(cast: Cast, name: str) -> None:
    person, message = getattr(cast, name), failed(cast)
    suppress(cast.helle.email, reason="x", now=NOW)
    client = visit(person, host="randers.localhost")
    pages = [PAGE, f"{PAGE}{message.pk}/", f"{PAGE}{message.pk}/html/", f"{PAGE}tests/", f"{PAGE}letters/"]
    seen = [client.get(page).status_code for page in pages]
    # A person of another partnership is anonymous here, and is asked to log in.
    stranger = 302 if person.partnership_id != cast.randers.pk else 403
    assert seen == [200 if name in STAFF else stranger] * len(pages)
    for what in ("lift", "try_again", "send_now", "withdraw_one"):
        if name in STAFF:
            act(what, message, person)
            continue
        with pytest.raises(Refused) as refused:
            act(what, message, person)
        assert refused.value.reason == "not_yours"
        assert client.post(f"{PAGE}{message.pk}/{what.replace('_', '-')}/").status_code == stranger


def test_another_partnerships_messages_are_not_there(cast: Cast) -> None:
    message = post_one(cast.kalmar, cast.gunnar)
    karens = visit(cast.karen)
    assert karens.get(f"{PAGE}{message.pk}/").status_code == 404
    assert karens.post(f"{PAGE}{message.pk}/withdraw/").status_code == 404
    assert b"Gunnar" not in karens.get(f"{PAGE}?show=all").content
    assert b"Gunnar" not in karens.post(PAGE, {"q": cast.gunnar.email}).content


def test_try_again_sends_what_had_failed(cast: Cast, sink) -> None:
    message = failed(cast, about={"booking": 1}, due_at=NOW - dt.timedelta(days=90))
    assert visit(cast.karen).post(f"{PAGE}{message.pk}/try-again/").status_code == 302
    message.refresh_from_db()
    assert (message.state, message.attempts, message.about) == ("queued", 0, {"booking": 1})
    deliver(urgent=False, now=message.try_at)
    message.refresh_from_db()
    assert (message.state, len(sink.messages)) == ("sent", 1)
    assert MessageStep.objects.get().by == cast.karen


def test_what_staff_did_is_never_rewritten_nor_deleted_and_goes_with_the_message(cast: Cast) -> None:
    message = failed(cast)
    act("withdraw_one", message, cast.karen)
    with pytest.raises(IntegrityError, match="never rewritten"), transaction.atomic():
        MessageStep.objects.update(what="tried_again")
    with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
        MessageStep.objects.all().delete()
        connection.check_constraints()
    message.delete()
    connection.check_constraints()
    assert not MessageStep.objects.exists()


def test_a_failure_of_the_real_sender_can_be_tried_again(cast: Cast, sink) -> None:
    sink.behaviour = ["554 5.7.1 Blocked", "accept"]
    message = post_one(cast.randers, cast.helle, about={"when": "x"})
    deliver(urgent=False, now=NOW)
    message.refresh_from_db()
    assert (message.state, message.about) == ("failed", {"when": "x"})
    act("try_again", message, cast.karen)
    deliver(urgent=False, now=LATER)
    assert len(sink.messages) == 1


def test_a_failed_code_to_log_in_is_not_kept_and_so_not_tried_again(cast: Cast, sink) -> None:
    sink.behaviour = "554 5.7.1 Blocked"
    code = post_one(cast.randers, cast.helle, "account.x", "account.login_code", about={"code": "123456"})
    deliver(urgent=False, now=NOW)
    assert Message.objects.get().about == {}
    with pytest.raises(Refused) as refused:
        act("try_again", code, cast.karen)
    assert refused.value.reason == "forgotten"
    assert b"/try-again/" not in visit(cast.karen).get(f"{PAGE}{code.pk}/").content


def test_send_now_does_not_wait_for_the_hour(cast: Cast, sink) -> None:
    message = post_one(cast.randers, cast.helle, due_at=NOW + dt.timedelta(days=3))
    act("send_now", message, cast.karen)
    deliver(urgent=False, now=LATER)
    assert len(sink.messages) == 1


def test_withdrawn_is_not_sent(cast: Cast, sink) -> None:
    message = post_one(cast.randers, cast.helle, due_at=LATER)
    for _press in range(2):
        act("withdraw_one", message, cast.karen)
    deliver(urgent=False, now=LATER)
    assert not sink.messages


@pytest.mark.parametrize(
    "what, state, reason",
    [
        ("try_again", "sent", "not_failed"),
        ("send_now", "sent", "not_waiting"),
        ("withdraw_one", "sent", "not_waiting"),
        ("lift", "failed", "not_suppressed"),
    ],
)
def test_what_makes_no_sense_is_refused(cast: Cast, what: str, state: str, reason: str) -> None:
    message = failed(cast)
    Message.objects.filter(pk=message.pk).update(state=state)
    with pytest.raises(Refused) as refused:
        act(what, message, cast.karen)
    assert refused.value.reason == reason


def test_a_stopped_address_is_first_allowed_again_and_a_complaint_never(cast: Cast) -> None:
    message = failed(cast)
    suppress(cast.helle.email, reason="hard", now=NOW)
    with pytest.raises(Refused) as refused:
        act("try_again", message, cast.karen)
    assert refused.value.reason == "suppressed"
    act("lift", message, cast.karen)
    act("try_again", message, cast.karen)
    suppress(cast.helle.email, reason="complaint", now=NOW)
    digest = message_digest(cast)
    Bounce.objects.create(digest=digest, kind="complaint", at=NOW, report="complaint.1")
    with pytest.raises(Refused) as refused:
        act("lift", message, cast.karen)
    assert refused.value.reason == "complaint"


def message_digest(cast: Cast) -> str:
    return actions.digest_of(cast.helle.email)


def test_only_the_whole_address_finds_anyone(cast: Cast) -> None:
    failed(cast)
    karens = visit(cast.karen)
    assert b"Helle" in karens.post(PAGE, {"q": cast.helle.email.upper()}).content
    assert b"Helle" not in karens.post(PAGE, {"q": "elle@randers.example"}).content
    assert b"Helle" not in karens.get(f"{PAGE}?show=late&email={cast.helle.email}").content


def test_the_page_counts_what_waits_is_late_and_failed(cast: Cast) -> None:
    failed(cast)
    post_one(cast.randers, cast.helle, "test.late", due_at=NOW - dt.timedelta(days=90))
    post_one(cast.randers, cast.helle, "test.waits", due_at=NOW + dt.timedelta(days=900))
    post_one(cast.kalmar, cast.gunnar, "test.kalmar")
    context = visit(cast.karen).get(PAGE).context
    assert {tab.name: tab.count for tab in context["tabs"]} == {
        "failed": 1,
        "late": 1,
        "waiting": 1,
        "paper": 0,
        "planned": 1,
        "all": 3,
    }
    assert b"550 5.1.1 gone" in visit(cast.karen).get(PAGE).content


def test_a_preview_is_sandboxed_and_has_no_personal_links(cast: Cast) -> None:
    message = post_one(cast.randers, cast.helle, kind="test.notice")
    page = visit(cast.karen).get(f"{PAGE}{message.pk}/html/")
    assert page.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert b"Look after each other" in page.content
    assert b"/stop/" not in page.content
    around = visit(cast.karen).get(f"{PAGE}{message.pk}/").content.decode()
    assert " sandbox " in around
    assert "/stop/" not in around


def test_a_code_to_log_in_is_shown_to_nobody(cast: Cast) -> None:
    code = post_one(cast.randers, cast.anne, "account.x", "account.login_code", about={"code": "123456"})
    karens = visit(cast.karen)
    assert b"123 456" not in karens.get(f"{PAGE}{code.pk}/").content
    assert karens.get(f"{PAGE}{code.pk}/html/").status_code == 404


def test_a_test_message_goes_to_the_sender_without_the_readers_links(cast: Cast, sink) -> None:
    post_one(cast.randers, cast.helle, "test.notice", "test.notice", due_at=NOW + dt.timedelta(days=900))
    actions.send_test(kind="test.notice", partnership=cast.randers, by=cast.karen, now=NOW)
    deliver(urgent=False, now=NOW)
    (mail,) = sink.messages
    assert mail.to == [cast.karen.email]
    assert "A notice" in mail.subject
    assert "/stop/" not in mail.text


def test_a_test_of_a_code_holds_no_real_one(cast: Cast, sink) -> None:
    post_one(cast.randers, cast.anne, "account.x", "account.login_code", about={"code": "123456"}, due_at=LATER)
    actions.send_test(kind="account.login_code", partnership=cast.randers, by=cast.karen, now=NOW)
    deliver(urgent=False, now=NOW)
    (mail,) = sink.messages
    assert "000 000" in mail.text
    assert "123 456" not in mail.text


@pytest.mark.parametrize("kind", ["talks.booking_confirmed", "no.such", "outbox.test", ""])
def test_a_kind_of_which_nothing_waits_says_so(cast: Cast, kind: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.send_test(kind=kind, partnership=cast.randers, by=cast.karen, now=NOW)
    assert refused.value.reason == "no_sample"
    assert visit(cast.karen).post(f"{PAGE}tests/", {"kind": kind}).status_code == 302


def test_looking_changes_nothing(cast: Cast) -> None:
    message = failed(cast)
    before = list(Message.objects.values())
    karens = visit(cast.karen)
    for page in ("", f"{message.pk}/", "tests/", "letters/"):
        assert karens.get(PAGE + page).status_code == 200
    assert karens.get(f"{PAGE}{message.pk}/try-again/").status_code == 405
    assert list(Message.objects.values()) == before


def test_without_a_second_factor_nothing_is_shown(cast: Cast) -> None:
    assert Role.Kind.COORDINATOR in Role.NEEDS_SECOND_FACTOR
    assert visit(cast.karen, second_factor=False).get(PAGE).status_code == 302


@pytest.mark.parametrize("name, sees", [("karen", True), ("anne", True), ("palle", False)])
def test_the_dashboard_links_to_late_messages_for_staff_only(cast: Cast, name: str, sees: bool) -> None:
    post_one(cast.randers, cast.helle, due_at=NOW - dt.timedelta(days=90))
    client = visit(getattr(cast, name))
    page = client.get("/da/dashboard/")
    assert page.context["work"].late.count == 1
    link = f"{PAGE}?show=late"
    assert (f'href="{link}"' in page.content.decode()) is sees
    assert client.get(link).status_code == (200 if sees else 403)


def test_the_page_says_why_everything_waits(cast: Cast, settings) -> None:
    def alerts() -> str:
        page = visit(cast.karen).get("/en/staff/messages/").content.decode()
        return " ".join(re.findall(r'<p class="alert-text">(.*?)</p>', page))

    assert alerts() == ""
    breaker.failed(NOW, "nobody there", in_the_middle=False)
    assert "has not answered since" in alerts()
    settings.SENDING_ENABLED = False
    assert "switched off" in alerts()
    settings.SENDING_ENABLED = True
    breaker.answered()
    assert alerts() == ""


@pytest.mark.parametrize("what, state", [("send-now", "queued"), ("withdraw", "withdrawn")])
def test_irreversible_actions_are_confirmed_first(cast: Cast, what: str, state: str) -> None:
    message = post_one(cast.randers, cast.helle, due_at=NOW + dt.timedelta(days=900))
    karens = visit(cast.karen)
    page, ask = f"/en/staff/messages/{message.pk}/", f"/en/staff/messages/{message.pk}/{what}/"
    assert f'href="{ask}"' in karens.get(page).content.decode()
    assert f'action="{ask}"' not in karens.get(page).content.decode()
    asked = karens.get(ask).content.decode()
    assert "Helle" in asked
    assert cast.helle.email in asked
    assert not MessageStep.objects.exists()
    assert karens.post(ask).status_code == 302
    message.refresh_from_db()
    assert message.state == state
    assert MessageStep.objects.count() == 1


@pytest.mark.parametrize("what", ["send-now", "withdraw"])
def test_no_confirmation_page_for_a_message_that_is_sent_or_not_visible(cast: Cast, what: str) -> None:
    message = post_one(cast.randers, cast.helle)
    ask = f"{PAGE}{message.pk}/{what}/"
    assert visit(cast.palle).get(ask).status_code == 403
    assert visit(cast.niels).get(ask).status_code == 403
    Message.objects.filter(pk=message.pk).update(state="sent", ended_at=NOW)
    assert visit(cast.karen).get(ask).headers["Location"] == f"{PAGE}{message.pk}/"
    theirs = post_one(cast.kalmar, cast.gunnar, "test.kalmar")
    assert visit(cast.karen).get(f"{PAGE}{theirs.pk}/{what}/").status_code == 404


def test_staff_see_where_a_message_goes(cast: Cast, settings) -> None:
    settings.SMS_URL = "http://127.0.0.1:1/"
    destinations = {
        post_one(cast.randers, cast.ruth, "test.mail").pk: f"by email: {cast.ruth.email}",
        post_one(
            cast.randers, prefers(cast.helle, "sms", "87 65 43 21"), "test.text"
        ).pk: "by text message: 87\N{NO-BREAK SPACE}65\N{NO-BREAK SPACE}43\N{NO-BREAK SPACE}21",
        post_one(cast.randers, on_paper(cast), "test.letter").pk: "by letter: Eksempelvej 7, 8900 Randers C",
        post_one(cast.randers, "una@randers.example", "test.stranger").pk: "by email: una@randers.example",
    }
    karens = visit(cast.karen)
    for pk, destination in destinations.items():
        assert f"<dd>{destination}</dd>" in karens.get(f"/en/staff/messages/{pk}/").content.decode()
    assert visit(cast.palle).get(f"/en/staff/messages/{next(iter(destinations))}/").status_code == 403


def test_of_what_answers_a_mailbox_of_another_partnership_they_see_nothing(cast: Cast) -> None:
    """Its name and its way would tell whose mailbox it is."""
    message = post_one(cast.randers, prefers(cast.gunnar, "letter"))
    karens = visit(cast.karen)
    assert karens.get(f"/en/staff/messages/{message.pk}/").status_code == 404
    for seen in (karens.get(f"{PAGE}?show=all"), karens.post(PAGE, {"q": cast.gunnar.email})):
        assert b"Gunnar" not in seen.content


def test_no_destination_is_shown_when_it_has_been_sent(cast: Cast) -> None:
    message = post_one(cast.randers, cast.helle)
    Message.objects.filter(pk=message.pk).update(state="sent", ended_at=NOW)
    assert visit(cast.karen).get(f"{PAGE}{message.pk}/").context["destination"] is None


@pytest.mark.parametrize("kind", ["\x00", "x\x00y", "k" * 3000])
def test_what_cannot_be_a_kind_filters_nothing(cast: Cast, kind: str) -> None:
    page = visit(cast.karen).get(PAGE, {"show": "all", "kind": kind})
    assert (page.status_code, page.context["kind"]) == (200, "")


@pytest.mark.parametrize(
    ("what", "said"),
    [("try-again", "The message is queued again."), ("withdraw", "The message is withdrawn. It is not sent.")],
)
def test_what_is_said_after_handling_a_message_is_what_its_page_shows(cast: Cast, what: str, said: str) -> None:
    message = failed(cast)
    page = visit(cast.karen).post(f"/en/staff/messages/{message.pk}/{what}/", follow=True).content.decode()
    assert said in page
    message.refresh_from_db()
    with translation.override("en"):
        assert message.get_state_display() in page


def test_nothing_is_said_to_be_on_its_way_where_sending_is_off(cast: Cast, settings) -> None:
    settings.SENDING_ENABLED = False
    message = failed(cast)
    page = visit(cast.karen).post(f"/en/staff/messages/{message.pk}/try-again/", follow=True).content.decode()
    assert "Sending is switched off on this machine, so it waits." in page


def test_a_deadline_that_is_kept_keeps_nobody_waiting_and_is_listed_as_planned(cast: Cast) -> None:
    post_one(cast.randers, cast.helle, "test.later", due_at=clock.now() + dt.timedelta(days=3))
    karens = visit(cast.karen)
    assert b"Helle" not in karens.get("/en/staff/messages/?show=waiting").content
    planned = karens.get("/en/staff/messages/?show=planned").content
    assert b"Helle" in planned
    assert b"Nobody waits for them" in planned


@pytest.mark.parametrize("wanted", ["helle", "Helle Hansen", "+45 12345679", "12 34 56 79"])
def test_messages_are_found_by_name_and_by_telephone_too(cast: Cast, wanted: str) -> None:
    User.objects.filter(pk=cast.helle.pk).update(name="Helle Hansen", phone="12345679")
    post_one(cast.randers, cast.helle)
    post_one(cast.randers, cast.ruth, "test.2")
    page = visit(cast.karen).post(PAGE, {"q": wanted}).content.decode()
    assert "Helle Hansen" in page
    assert "Ruth" not in page.partition("<table")[2].partition("</table")[0]


@pytest.mark.parametrize("wanted", ["hell", "12 34 56 7", ".*", "(", "ruth hansen"])
def test_a_part_of_a_name_or_a_number_finds_nobody(cast: Cast, wanted: str) -> None:
    User.objects.filter(pk=cast.helle.pk).update(name="Helle Hansen", phone="12345679")
    post_one(cast.randers, cast.helle)
    assert "Helle Hansen" not in visit(cast.karen).post(PAGE, {"q": wanted}).content.decode()
