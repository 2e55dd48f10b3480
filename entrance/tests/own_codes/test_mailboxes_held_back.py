"""A mailbox or a number that staff write down of somebody known opens nothing for two weeks, and is told to where the
person was reached before: anybody can call and say who they are.
"""

import datetime as dt
import uuid

import pytest
from allauth.account.models import EmailAddress
from django.utils import translation

from entrance.own_codes.changing_email import change
from entrance.own_codes.finding import may_be_let_in, send_letter, with_number
from neighbours.actions import correcting, joining
from neighbours.actions.leaving import leave
from neighbours.links import make_token
from neighbours.models import Helper
from neighbours.tests import builders as make
from partnership import clock
from partnership.outbox.models import Message
from partnership.outbox.post import channel_to
from partnership.outbox.queue.final_check import final_check
from partnership.people.actions import details
from partnership.people.actions.mailboxes import verify_mailbox
from partnership.people.mailboxes import is_verified
from partnership.people.models import Organisation, Role, User
from partnership.people.own.held_back import said_to_administrators
from partnership.people.tests.looking_up import look_up
from partnership.tests.cast import Cast, association, visit
from talks.actions.bookings import verify_written_down

TAKEN = "stranger@mail.example"
LONG_KNOWN = dt.timedelta(days=100)
TWO_WEEKS = dt.timedelta(days=14)
DAY = dt.timedelta(days=1)


def known_since(person: User, days: dt.timedelta = LONG_KNOWN, **more: object) -> User:
    User.objects.filter(pk=person.pk).update(joined_at=clock.now() - days, language="en", **more)
    person.refresh_from_db()
    return person


@pytest.fixture(params=["helper", "somebody else"])
def poul(request, cast: Cast) -> User:
    """Somebody known on paper, at home in Eksempelvej."""
    home = make.home(cast.vorup)
    if request.param == "helper":
        return known_since(make.slip(cast.karen, home).person)
    said = {"language": "da", "is_protected": False, "medium": "phone", "submission": uuid.uuid4()}
    known = details.Details(name="Poul Papir", email="", phone="12 34 56 78", address=home)
    return known_since(details.write_down(here=cast.randers, details=known, by=cast.karen, now=clock.now(), **said))


def corrected(cast: Cast, person: User, by: User | None = None, now: dt.datetime | None = None, **new: str) -> None:
    """Let staff correct somebody on the page that is for them."""
    said = {"medium": "phone", "submission": uuid.uuid4(), "by": by or cast.karen, "now": now or clock.now()}
    known = {"name": person.name, "email": person.email or "", "phone": person.phone, "why": "Ringede"} | new
    if helper := Helper.objects.confirmed().filter(person=person).select_related("household__address").first():
        right = correcting.Details(**(known | {"address": helper.household.address}))
        correcting.correct(helper=helper, details=right, **said)
    else:
        details.correct(person=person, details=details.Details(**known), **said)
    person.refresh_from_db()


def mail(kind: str) -> list[Message]:
    return list(Message.objects.filter(kind=kind).order_by("pk"))


def said_by(message: Message, now: dt.datetime | None = None) -> str:
    words = final_check(message, now or message.due_at).words
    return " ".join([str(words.subject), *map(str, words.paragraphs)]) if words else ""


def asks_for_code(email: str = TAKEN):
    browser = visit(None)
    browser.post("/accounts/login/code/", {"email": email})
    return browser


def passes(person: User, time: dt.timedelta) -> None:
    """Let the time pass by moving the day back on which the mailbox opens."""
    person.refresh_from_db()
    User.objects.filter(pk=person.pk).update(mailbox_opens_at=person.mailbox_opens_at - time)


@pytest.mark.parametrize("is_protected", [True, False])
def test_a_first_mailbox_opens_nothing_for_two_weeks(cast: Cast, poul: User, is_protected: bool) -> None:
    known_since(poul, is_protected=is_protected)
    corrected(cast, poul, email=TAKEN)
    browser = asks_for_code()
    assert mail("account.login_code") == []
    (told,) = mail("account.held_back")
    assert "Du kan ikke logge ind med denne e-mailadresse endnu" in said_by(told)
    assert poul.name not in said_by(told)
    browser.post("/accounts/login/code/confirm/", {"code": "123456"})
    assert browser.get("/da/me/").status_code == 302
    passes(poul, TWO_WEEKS + dt.timedelta(minutes=1))
    browser = asks_for_code()
    (code,) = mail("account.login_code")
    browser.post("/accounts/login/code/confirm/", {"code": code.about["code"]})
    assert browser.get("/da/me/").status_code == 200


def test_the_home_hears_of_it_at_once_by_letter_without_what_was_said(cast: Cast, poul: User) -> None:
    corrected(cast, poul, email=TAKEN)
    (letter,) = mail("entrance.reach_written_home")
    assert channel_to(poul) == User.Channel.LETTER
    said = said_by(letter, clock.now())
    assert "which email address you use now" in said
    assert "nobody can log in with it" in said
    assert "we write to you there, and no longer by letter" in said
    assert "call us today" in said
    assert TAKEN not in said
    # Enough for whoever gave it to us to say whether it is right.
    assert "It looks like this: s…@m…" in said


def test_another_telephone_number_is_told_to_the_home_too(cast: Cast, poul: User) -> None:
    corrected(cast, poul, phone="20 99 88 77")
    (letter,) = mail("entrance.reach_written_home")
    said = said_by(letter, clock.now())
    assert "which telephone number you have now" in said
    assert "20 99 88 77" not in said
    assert "It ends in 77." in said


def test_a_name_that_is_corrected_is_not_told_so(cast: Cast, poul: User) -> None:
    corrected(cast, poul, name="Povl Papir")
    assert mail("entrance.reach_written_home") == []


def test_the_new_mailbox_hears_from_when_it_counts_and_once_more_when_it_does(cast: Cast, poul: User) -> None:
    corrected(cast, poul, email=TAKEN)
    soon, then = mail("entrance.new_address")
    assert "From " in said_by(soon, clock.now())
    assert poul.name not in said_by(soon, clock.now())
    assert then.due_at == poul.mailbox_opens_at
    passes(poul, TWO_WEEKS)
    assert "You log in with a code that we send here." in said_by(then)


def test_letters_go_on_until_the_owner_has_logged_in_with_it(cast: Cast, poul: User) -> None:
    corrected(cast, poul, email=TAKEN)
    passes(poul, TWO_WEEKS + DAY)
    poul.refresh_from_db()
    assert poul.reached_by == User.Channel.LETTER
    browser = asks_for_code()
    browser.post("/accounts/login/code/confirm/", {"code": mail("account.login_code")[0].about["code"]})
    poul.refresh_from_db()
    assert (poul.reached_by, poul.mailbox_opens_at) == (User.Channel.MAIL, None)


def test_no_link_verifies_it_before(cast: Cast, poul: User) -> None:
    corrected(cast, poul, email=TAKEN)
    verify_mailbox(poul, clock.now())
    assert not verify_written_down(poul, clock.now())
    assert not EmailAddress.objects.get(user=poul).verified


def test_joining_with_it_lets_nobody_in_before(cast: Cast) -> None:
    chair = known_since(make.slip(cast.karen, make.home(cast.vorup)).person, is_protected=True)
    corrected(cast, chair, email=TAKEN)
    leave(helper=Helper.objects.get(person=chair), by=cast.karen, medium="phone", now=clock.now())
    chair.refresh_from_db()
    opens_at, chair.mailbox_opens_at = chair.mailbox_opens_at, None
    chair.save(update_fields=["mailbox_opens_at"])
    waiting = make.ask(cast.randers, make.home(cast.vorup, "14"), TAKEN)
    chair.mailbox_opens_at = opens_at  # written down once more since the link was asked for
    chair.save(update_fields=["mailbox_opens_at"])
    browser = visit(None)
    answer = browser.post(f"/en/neighbours/confirm/{make_token(waiting, clock.now())}/")
    assert answer.status_code == 409
    assert "Your email address is new here" in answer.content.decode()
    assert browser.get("/da/me/").status_code == 302
    waiting.refresh_from_db()
    assert not waiting.is_confirmed


def test_administrators_hear_of_the_first_mailbox_of_who_is_protected(cast: Cast, poul: User) -> None:
    known_since(poul, is_protected=True)
    corrected(cast, poul, email=TAKEN)
    told = [*mail("entrance.mailbox_corrected"), *mail("neighbours.mailbox_corrected")]
    assert [message.recipient for message in told] == [cast.anne]
    with translation.override("en"):
        _subject, said = said_to_administrators(poul, "Karen", clock.now(), clock.now(), told[0].about)
    assert "Nobody can log in with it before" in said


def test_who_was_written_down_today_is_corrected_at_once(cast: Cast, poul: User) -> None:
    """Perhaps they are still on the telephone: nothing is here yet that a stranger would be after."""
    known_since(poul, dt.timedelta(hours=1))
    corrected(cast, poul, email=TAKEN)
    assert poul.mailbox_opens_at is None
    assert mail("entrance.reach_written_home") == []


def test_not_so_once_something_has_gone_out(cast: Cast, poul: User) -> None:
    """Somebody else may call on the same day, who has seen the letter, or knows of it."""
    known_since(poul, dt.timedelta(hours=1))
    assert send_letter(person=poul, now=clock.now())
    Message.objects.filter(recipient=poul).update(state="sent", ended_at=clock.now())
    corrected(cast, poul, email=TAKEN)
    assert poul.mailbox_opens_at is not None
    assert len(mail("entrance.reach_written_home")) == 1


def test_not_so_of_who_is_protected(cast: Cast, poul: User) -> None:
    known_since(poul, dt.timedelta(hours=1), is_protected=True)
    corrected(cast, poul, email=TAKEN)
    assert poul.mailbox_opens_at is not None


def test_who_is_reached_nowhere_else_waits_too(cast: Cast) -> None:
    known = details.Details(name="Bo Bech", email="bo@randers.example", phone="", address=None)
    said = {"language": "da", "is_protected": False, "medium": "phone", "submission": uuid.uuid4()}
    bo = known_since(details.write_down(here=cast.randers, details=known, by=cast.karen, now=clock.now(), **said))
    corrected(cast, bo, email=TAKEN)
    assert bo.is_held_back(clock.now())


def is_let_in(email: str = TAKEN) -> bool:
    """Return whether who reads the mailbox gets a code there that opens the own page."""
    browser = asks_for_code(email)
    for code in mail("account.login_code"):
        browser.post("/accounts/login/code/confirm/", {"code": code.about["code"]})
    return browser.get("/da/me/").status_code == 200


def goes(cast: Cast, person: User) -> None:
    leave(helper=Helper.objects.get(person=person), by=cast.karen, medium="phone", now=clock.now())


@pytest.fixture
def bodil(cast: Cast) -> User:
    """A helper whom we know on paper, and for long."""
    return known_since(make.slip(cast.karen, make.home(cast.vorup), name="Bodil Blomst").person)


def test_a_call_that_ends_the_membership_first_opens_nothing_to_the_next(cast: Cast, bodil: User) -> None:
    """The first deletes the home, so the second finds nobody to be told."""
    karen = visit(cast.karen)
    look_up(karen, bodil)
    helper = Helper.objects.get(person=bodil)
    told = {"medium": "phone", "submission": str(uuid.uuid4())}
    karen.post(f"/en/staff/helpers/{helper.pk}/leave/", told)
    typed = {"name": bodil.name, "phone": bodil.phone, "email": TAKEN, "address": "", "postcode": ""}
    said = karen.post(f"/en/staff/people/{bodil.pk}/correct/", typed | told, follow=True).content.decode()
    bodil.refresh_from_db()
    assert (bodil.email, is_let_in()) == (TAKEN, False)
    assert "Until then we cannot write to them." in said
    (told_first, _then) = mail("entrance.new_address")
    assert "we write nothing about you here" in said_by(told_first, clock.now())
    assert len(mail("neighbours.left_home")) == 1


def test_nor_does_another_mailbox_after_one_that_was_held_back(cast: Cast, bodil: User) -> None:
    corrected(cast, bodil, email=TAKEN)
    goes(cast, bodil)
    corrected(cast, bodil, email="other@mail.example")
    assert not is_let_in("other@mail.example")


def test_nor_one_in_place_of_a_mailbox_that_was_used_and_emptied(cast: Cast) -> None:
    make.helper(cast.helle, make.home(cast.vorup))
    helle = known_since(cast.helle)
    assert is_verified(helle)
    corrected(cast, helle, email="")
    goes(cast, helle)
    corrected(cast, helle, email=TAKEN)
    assert not is_let_in()


def test_nor_does_that_of_a_chair_on_paper(cast: Cast, bodil: User) -> None:
    theirs = association(cast.dronningborg, bodil, "Blomstervej")
    Organisation.objects.filter(pk=theirs.pk).update(confirmed_on=dt.date(2026, 1, 5))
    goes(cast, bodil)
    corrected(cast, bodil, email=TAKEN)
    assert not is_let_in()


def test_it_hears_nothing_of_the_end_of_a_membership(cast: Cast, bodil: User) -> None:
    corrected(cast, bodil, email=TAKEN)
    goes(cast, bodil)
    assert mail("neighbours.left") == []


@pytest.mark.parametrize("time", [dt.timedelta(0), TWO_WEEKS + DAY])
def test_who_asks_to_join_with_it_hears_so_there_and_causes_no_letters(
    cast: Cast, poul: User, time: dt.timedelta
) -> None:
    corrected(cast, poul, email=TAKEN)
    passes(poul, time)
    before = set(Message.objects.values_list("pk", flat=True))
    for _attempt in range(4):
        visit(None).post("/en/neighbours/join/", make.typed(email=TAKEN))
    told = list(Message.objects.exclude(pk__in=before))
    assert [message.kind for message in told] == ["neighbours.held_back"] * 3
    for message in told:
        decided = final_check(message, clock.now())
        assert (decided.channel, message.to_mailbox) == (User.Channel.MAIL, TAKEN)
        assert poul.name not in said_by(message, clock.now())
    first = "Log in first" if time else "you can log in with it"
    assert first in said_by(told[0], clock.now())


def test_an_older_link_is_not_sent_anew_by_letter(cast: Cast, poul: User) -> None:
    """Somebody asked for it with the mailbox while it was nobody's."""
    if Helper.objects.filter(person=poul).exists():
        goes(cast, poul)
    known_since(poul, email=TAKEN)
    waiting = make.ask(cast.randers, make.home(cast.vorup, "14"), TAKEN)
    known_since(poul, mailbox_opens_at=clock.now() + TWO_WEEKS)
    joining.send_new_link(helper=waiting, now=clock.now())
    links = [*mail("neighbours.confirm"), *mail("neighbours.confirm_reminder")]
    assert links
    assert [final_check(link, clock.now()).words for link in links] == [None] * len(links)


def test_nor_of_one_that_ended_before_it_was_written_down(cast: Cast) -> None:
    vera = make.slip(cast.karen, make.home(cast.vorup), name="Vera", email="vera@randers.example").person
    known_since(vera)
    goes(cast, vera)
    corrected(cast, vera, email=TAKEN)
    (told,) = mail("neighbours.left")
    assert final_check(told, clock.now()).words is None


def test_who_has_come_by_a_code_by_text_is_known_also_on_the_first_day(cast: Cast, bodil: User) -> None:
    known_since(bodil, dt.timedelta(hours=1), last_login=clock.now())
    corrected(cast, bodil, email=TAKEN)
    assert bodil.is_held_back(clock.now())


def test_who_shows_a_second_factor_is_not_held_back(cast: Cast) -> None:
    make.helper(cast.anne, make.home(cast.vorup))
    person = known_since(cast.palle)
    assert person.roles.filter(kind__in=Role.NEEDS_SECOND_FACTOR).exists()
    corrected(cast, person, by=cast.anne, email="palle@nyt.example")
    assert person.mailbox_opens_at is None


def test_no_code_goes_to_a_number_that_was_written_down_with_it_but_to_the_known_home(cast: Cast, poul: User) -> None:
    corrected(cast, poul, email=TAKEN, phone="20 99 88 77")
    assert with_number(cast.randers, "20 99 88 77", poul.name, clock.now()) is None
    assert may_be_let_in(poul)
    assert send_letter(person=poul, now=clock.now())


@pytest.mark.parametrize("ticked", [False, True])
def test_staff_call_the_known_number_first_of_who_is_protected(cast: Cast, poul: User, ticked: bool) -> None:
    known_since(poul, is_protected=True)
    browser = visit(cast.karen)
    look_up(browser, poul)
    helper = Helper.objects.filter(person=poul).first()
    page = f"/en/staff/helpers/{helper.pk}/correct/" if helper else f"/en/staff/people/{poul.pk}/correct/"
    filled = {
        "name": poul.name, "phone": poul.phone, "email": TAKEN, "medium": "phone", "address": "Eksempelvej 12",
        "postcode": "8900", "submission": str(uuid.uuid4()), **({"called_before": "on"} if ticked else {}),
    }  # fmt: skip
    answer = browser.post(page, filled, follow=True)
    poul.refresh_from_db()
    assert (poul.email, answer.status_code) == ((TAKEN, 200) if ticked else (None, 400))
    said = answer.content.decode()
    assert ("can log in with the new email address from" if ticked else "Call the number that we had first") in said


def test_it_is_held_back_when_it_is_written_in_the_administration_too(cast: Cast, poul: User) -> None:
    form = {"name": poul.name, "email": TAKEN, "phone": poul.phone, "language": "da", "is_active": "on"}
    form |= {"roles-TOTAL_FORMS": "0", "roles-INITIAL_FORMS": "0"}
    assert visit(cast.anne).post(f"/admin/people/user/{poul.pk}/change/", form).status_code == 302
    poul.refresh_from_db()
    assert (poul.email, poul.is_held_back(clock.now())) == (TAKEN, True)
    assert len(mail("entrance.reach_written_home")) == 1


def test_an_address_that_its_owner_has_typed_a_code_from_is_never_held_back(cast: Cast, poul: User) -> None:
    corrected(cast, poul, email=TAKEN)
    change(person=poul, to="poul@randers.example", now=clock.now())
    poul.refresh_from_db()
    assert poul.has_open_mailbox
