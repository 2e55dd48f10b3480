"""What failed or came back is seen: in the list, on the pages of person and talk, on the dashboard, in the morning's
digest and on the reader's own page, until staff note that they have seen to it.
"""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.utils import translation

from partnership import clock
from partnership.outbox import counting, digest
from partnership.outbox.messages import have_not_arrived
from partnership.outbox.models import Message, MessageStep
from partnership.outbox.preferences.reaching import resume_mail
from partnership.outbox.returns.bouncing import record_event
from partnership.outbox.staff import actions
from partnership.outbox.staff.telling import tell_of_not_arrived
from partnership.outbox.suppression import Stopped, digest_of, suppress, why_stopped
from partnership.outbox.tests.returns import dsn_corpus as corpus
from partnership.outbox.tests.returns.test_bounces import HARD, SOFT, bounce, note, original, sent
from partnership.people.models import PostalAddress, Role, User
from partnership.people.tests.looking_up import look_up
from partnership.places.tests.builders import an_address
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, visit, with_role

PAGE = "/en/staff/messages/"
POLICY = corpus.Fate("5.7.1", "550 5.7.1 message rejected as spam", "")
RETURNED = Message.Returned


def complaint(message: Message) -> bytes:
    return corpus.complaint(message.to_mailbox, original(message), "portal@randers.localhost")


def came_back(cast: Cast, key: str = "test.1", to: User | None = None) -> Message:
    """Return a message that came back a moment ago, which a page tells by its own clock."""
    now = clock.now()
    message = sent(cast, key, to, now=now)
    note(bounce(message), now)
    message.refresh_from_db()
    return message


@pytest.mark.parametrize("fate, returned", [(HARD, "hard"), (SOFT, "soft"), (POLICY, "refused")])
def test_whatever_ends_undelivered_came_back(cast: Cast, fate: corpus.Fate, returned: str) -> None:
    message = sent(cast)
    note(bounce(message, fate))
    message.refresh_from_db()
    assert (message.state, message.returned_as, message.returned_at) == ("sent", returned, NOW)
    assert counting.not_arrived(cast.randers) == 1


def test_a_later_report_replaces_a_weaker_one_only(cast: Cast) -> None:
    message = sent(cast)
    for fate, returned in ((SOFT, "soft"), (HARD, "hard"), (SOFT, "hard")):
        note(bounce(message, fate))
        message.refresh_from_db()
        assert message.returned_as == returned


def test_an_event_of_a_provider_counts_for_the_newest_that_was_sent_there(cast: Cast) -> None:
    older, newer, other = sent(cast, "test.1"), sent(cast, "test.2"), sent(cast, "test.3", cast.ruth)
    Message.objects.filter(pk__in=[older.pk, newer.pk]).update(sent_to=digest_of(cast.helle.email or ""))
    Message.objects.filter(pk=newer.pk).update(ended_at=NOW + dt.timedelta(minutes=1))
    record_event(mailbox=cast.helle.email or "", kind="hard", event="x.1", now=NOW + dt.timedelta(minutes=2))
    returned = Message.objects.exclude(returned_as="").values_list("pk", flat=True)
    assert (list(returned), other.returned_as) == ([newer.pk], "")


def test_it_is_in_the_list_until_it_is_seen_to(cast: Cast) -> None:
    message, browser = came_back(cast), visit(cast.karen)
    page = browser.get(PAGE).content.decode()
    assert "came back: the address does not work" in page
    assert f"{PAGE}{message.pk}/" in page
    page = browser.post(f"{PAGE}{message.pk}/seen-to/", follow=True).content.decode()
    assert "no longer among those that did not arrive" in page
    assert "It is seen to" not in page
    assert f"{PAGE}{message.pk}/" not in browser.get(PAGE).content.decode()
    assert [step.what for step in MessageStep.objects.filter(message=message)] == ["seen_to"]
    assert counting.not_arrived(cast.randers) == 0


def test_only_what_did_not_arrive_can_be_seen_to(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.see_to(message=sent(cast), by=cast.karen, now=NOW)
    assert refused.value.reason == "arrived"


def test_one_that_fails_again_is_to_be_seen_to_again(cast: Cast) -> None:
    message = sent(cast)
    Message.objects.filter(pk=message.pk).update(state="failed", seen_to_at=NOW)
    message.refresh_from_db()
    actions.try_again(message=message, by=cast.karen, now=NOW)
    message.refresh_from_db()
    assert message.seen_to_at is None


def test_the_page_of_the_person_says_it_and_that_mail_is_stopped(cast: Cast) -> None:
    came_back(cast)
    browser = visit(cast.karen)
    look_up(browser, cast.helle)
    page = browser.get(f"/en/staff/people/{cast.helle.pk}/").content.decode()
    assert "came back: the address does not work" in page
    assert "Not at all: mail to the email address has come back, and is stopped" in page
    assert ">By email<" not in page
    User.objects.filter(pk=cast.helle.pk).update(channel=User.Channel.LETTER)
    PostalAddress.objects.create(person=cast.helle, address=an_address(cast.vorup))
    page = browser.get(f"/en/staff/people/{cast.helle.pk}/").content.decode()
    assert "Mail is stopped" in page


def test_the_dashboard_counts_it(cast: Cast) -> None:
    came_back(cast)
    failed = sent(cast, "test.2", cast.ruth)
    Message.objects.filter(pk=failed.pk).update(state="failed")
    page = visit(cast.karen).get("/en/dashboard/").content.decode()
    tile = page.partition("Messages that did not arrive")[2][:200]
    assert '<p class="tile-value">2</p>' in tile


def test_the_own_page_says_it_and_the_reader_can_have_mail_again(cast: Cast) -> None:
    came_back(cast)
    EmailAddress.objects.update_or_create(
        user=cast.helle, email=cast.helle.email, defaults={"verified": True, "primary": True}
    )
    browser = visit(cast.helle)
    page = browser.get("/en/me/").content.decode()
    assert "has come back, so we send none there any more" in page
    page = browser.post("/en/me/messages/again/", follow=True).content.decode()
    assert "From now on we write to you there again." in page
    assert "We cannot write to you" not in page
    assert why_stopped(digest_of(cast.helle.email or "")) == Stopped.NOT


def test_who_has_not_used_the_mailbox_cannot_end_its_stop(cast: Cast) -> None:
    suppress(cast.helle.email or "", reason="complaint", now=NOW)
    EmailAddress.objects.update_or_create(user=cast.helle, email=cast.helle.email, defaults={"verified": False})
    with pytest.raises(Refused) as refused:
        resume_mail(person=cast.helle, now=NOW)
    assert refused.value.reason == "not_verified"
    assert why_stopped(digest_of(cast.helle.email or ""))


def test_a_complaint_is_called_what_it_is_and_has_no_button_that_fails(cast: Cast) -> None:
    message = sent(cast)
    record_event(mailbox=cast.helle.email or "", kind="complaint", event="x.1", now=NOW)
    page = visit(cast.karen).get(f"{PAGE}{message.pk}/").content.decode()
    assert "since the reader has reported our mail as unwanted" in page
    assert "Allow the address again" not in page
    assert "since it has come back" not in page


def test_the_reader_alone_ends_the_stop_of_a_complaint(cast: Cast) -> None:
    message = sent(cast)
    record_event(mailbox=cast.helle.email or "", kind="complaint", event="x.1", now=NOW)
    with pytest.raises(Refused) as refused:
        actions.lift(message=message, by=cast.karen, now=NOW)
    assert refused.value.reason == "complaint"
    EmailAddress.objects.update_or_create(user=cast.helle, email=cast.helle.email, defaults={"verified": True})
    resume_mail(person=cast.helle, now=NOW)
    assert why_stopped(digest_of(cast.helle.email or "")) == Stopped.NOT


# -- The digest ------------------------------------------------------------------------------------------------------


def things() -> list[dict[str, object]]:
    found = Message.objects.filter(kind=digest.NAME).values_list("about", flat=True)
    return [thing for about in found for thing in about.get("things", {}).values()]


def test_coordinators_read_of_it_in_the_morning_once(cast: Cast) -> None:
    came_back(cast)
    now = clock.now()
    coordinators = User.objects.holding(Role.Kind.COORDINATOR, partnership=cast.randers).count()
    assert tell_of_not_arrived(partnership=cast.randers, now=now) == coordinators
    assert tell_of_not_arrived(partnership=cast.randers, now=now + dt.timedelta(seconds=1)) == 0
    assert [thing["kind"] for thing in things()] == ["outbox.not_arrived"] * coordinators
    assert tell_of_not_arrived(partnership=cast.kalmar, now=now) == 0


def test_the_digest_names_nobody_and_is_silent_once_all_is_seen_to(cast: Cast) -> None:
    message = came_back(cast)
    of_digest = Message(kind="outbox.not_arrived", partnership=cast.randers, recipient=cast.karen)
    with translation.override("en"):
        words = have_not_arrived.write(of_digest)
        assert words is not None
        assert words.subject == "1 message has not arrived"
        assert cast.helle.name not in str(words)
        actions.see_to(message=message, by=cast.karen, now=NOW)
        assert have_not_arrived.write(of_digest) is None


def test_what_was_told_on_an_earlier_morning_is_no_news(cast: Cast) -> None:
    came_back(cast)
    assert tell_of_not_arrived(partnership=cast.randers, now=clock.now() + dt.timedelta(days=3)) == 0


def test_a_digest_that_fails_is_not_told_in_the_next_one(cast: Cast) -> None:
    other = with_role("Oda", cast.randers, Role.Kind.COORDINATOR)
    message = came_back(cast, to=other)
    Message.objects.filter(pk=message.pk).update(kind=digest.NAME)
    assert tell_of_not_arrived(partnership=cast.randers, now=clock.now()) == 0
    assert counting.not_arrived(cast.randers) == 1


def test_what_was_withdrawn_is_listed_under_the_day_on_which_it_was(cast: Cast) -> None:
    message = sent(cast, now=clock.now())
    later = clock.now() + dt.timedelta(days=400)
    Message.objects.filter(pk=message.pk).update(state="withdrawn", due_at=later)
    page = look_up(visit(cast.karen), cast.helle)
    assert str(later.year) not in page.partition('id="messages"')[2].partition("</section>")[0]
