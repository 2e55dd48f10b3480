"""A chair asks somebody to be the deputy: the same for every address, with our words only, and not often."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from partnership.fields.unbroken import unbroken
from partnership.outbox.models import Message
from partnership.people.actions.erasing import erase
from partnership.people.models import User
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, person, visit
from talks.actions import deputies
from talks.models import DeputyInvitation
from talks.retention import too_old_to_accept
from talks.tests.bookings import requested
from talks.tests.test_strangers_mail import as_sent
from talks.tests.test_wishes import EVERYONE

pytestmark = pytest.mark.django_db
BAIT = "Log ind paa evil.shop"
BUTTON = "Ja, jeg vil være stedfortræder"


def asks(cast: Cast, email: str, *, name: str = "Dorte", browser: Client | None = None, **more: str):
    page = reverse("talks:deputy", args=[cast.association.pk])
    return (browser or visit(cast.ruth)).post(page, {"name": name, "email": email}, **more)


def mails() -> list[Message]:
    return list(Message.objects.filter(kind="talks.ask_deputy").order_by("pk"))


def path_in(message: Message) -> str:
    return "/da/" + as_sent(message).partition("/da/")[2].split()[0]


def own_page(cast: Cast, browser: Client | None = None) -> str:
    """Return the chair's card of talks."""
    page = (browser or visit(cast.ruth)).get("/da/me/").content.decode()
    return page.partition('id="my-talks"')[2].partition("</section>")[0]


def deputy(cast: Cast) -> str:
    cast.association.refresh_from_db()
    found = type(cast.association).objects.get(pk=cast.association.pk).deputy
    return found.email if found else ""


def test_who_presses_the_button_in_the_email_is_the_deputy_and_nobody_before(cast: Cast) -> None:
    asks(cast, cast.frede.email, name="F.")
    page = path_in(mails()[0])
    assert visit(None).get(page).status_code == 200
    assert deputy(cast) == ""
    assert "Frede" not in visit(cast.ruth).get("/da/me/").content.decode()
    assert visit(None).post(page).status_code == 200
    assert deputy(cast) == cast.frede.email


def test_page_rows_and_email_are_the_same_for_every_address(cast: Cast) -> None:
    requested(cast)
    seen = []
    for email in ("nobody@where.example", cast.frede.email, cast.karen.email, cast.gunnar.email):
        DeputyInvitation.objects.all().delete()
        Message.objects.all().delete()
        browser = visit(cast.ruth)
        answer = asks(cast, email, browser=browser)
        own = own_page(cast, browser)
        (message,) = mails()
        assert (message.recipient, message.mailbox) == (None, email)
        words = re.sub(r"/talks/deputy/[^/]+/", "LINK", as_sent(message))
        assert "Dorte" in own
        seen.append((answer.status_code, answer.url, own, words))
    assert seen[1:] == seen[:-1]


def test_the_mailbox_of_another_partnership_reads_why_not_when_it_presses(cast: Cast) -> None:
    asks(cast, cast.gunnar.email)
    page = visit(None).post(path_in(mails()[0])).content.decode()
    assert "anden kommune" in page
    assert BUTTON not in page
    assert deputy(cast) == ""


def test_the_email_repeats_nothing_that_anybody_typed(cast: Cast) -> None:
    type(cast.association).objects.filter(pk=cast.association.pk).update(name=f"{BAIT} A")
    type(cast.ruth).objects.filter(pk=cast.ruth.pk).update(name=f"{BAIT} B")
    deputies.ask_deputy(association=cast.association, name=f"{BAIT} C", email=cast.frede.email, by=cast.ruth, now=NOW)
    assert BAIT not in as_sent(mails()[0])


def test_fifty_posts_are_four_emails_to_one_mailbox_however_it_is_written(cast: Cast) -> None:
    browser = visit(cast.ruth)
    outcomes = {asks(cast, f"frede+{number}@where.example", browser=browser).status_code for number in range(50)}
    assert len(mails()) == 4
    # The chair is told what was not sent: 400 until 429.
    assert outcomes == {302, 400, 429}


def test_a_chair_is_not_told_of_an_email_that_was_not_sent(cast: Cast) -> None:
    for who in range(4):
        asks(cast, f"frede+{who}@where.example")
    before = DeputyInvitation.objects.get().name
    answer = asks(cast, "frede@where.example", name="Frede B")
    page = answer.content.decode()
    assert (answer.status_code, len(mails()), DeputyInvitation.objects.get().name) == (400, 4, before)
    assert "Vi har ikke sendt nogen e-mail" in page
    assert unbroken(cast.randers.contact_phone) in page


def test_one_chair_has_six_written_to_in_an_hour_and_is_told(cast: Cast) -> None:
    browser = visit(cast.ruth)
    answers = [
        asks(cast, f"no{number}@where.example", browser=browser, REMOTE_ADDR=f"10.0.0.{number}") for number in range(8)
    ]
    assert [answer.status_code for answer in answers] == [302] * 6 + [429] * 2
    assert "no7@where.example" in answers[-1].content.decode()
    assert len(mails()) == 6


def test_a_second_press_and_the_link_again_say_that_they_are_the_deputy(cast: Cast) -> None:
    asks(cast, cast.frede.email)
    page = path_in(mails()[0])
    answers = [visit(None).post(page), visit(None).post(page), visit(None).get(page)]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert all("Nu er du stedfortræder" in answer.content.decode() for answer in answers)
    assert deputy(cast) == cast.frede.email
    assert "er ikke svaret" not in own_page(cast)


def erase_who_has_come(person: User, now: dt.datetime) -> None:
    User.objects.filter(pk=person.pk).update(last_login=now)
    erase(person=person, by=person, now=now)


@pytest.mark.parametrize(
    "then",
    [
        lambda cast, now: asks(cast, cast.helle.email),
        lambda cast, now: asks(cast, cast.frede.email, name="Frede B"),
        lambda cast, now: erase_who_has_come(cast.frede, now),
        lambda cast, now: DeputyInvitation.objects.update(asked_at=now - dt.timedelta(days=31)),
        lambda cast, now: deputies.take_back_invitation(association=cast.association, by=cast.ruth, now=now),
        lambda cast, now: cast.association.contacts.filter(role="chair").update(person=cast.helle),
    ],
    ids=["another is asked", "asked again", "erased", "a month later", "taken back", "another chair"],
)
def test_a_link_ends_in_the_same_words_whatever_ended_it_before_and_after_the_press(cast: Cast, then: Callable) -> None:
    asks(cast, cast.frede.email)
    page = path_in(mails()[0])
    assert BUTTON in visit(None).get(page).content.decode()
    then(cast, mails()[0].created_at)
    for answer in (visit(None).get(page), visit(None).post(page)):
        words = answer.content.decode()
        assert answer.status_code == 410
        assert "Invitationen gælder ikke længere" in words
        assert unbroken(cast.randers.contact_phone) in words.partition("<main")[2]
        assert BUTTON not in words
        assert "kun en del" not in words
    assert deputy(cast) == ""


def test_the_chair_reads_who_is_the_deputy_while_another_is_asked(cast: Cast) -> None:
    requested(cast)
    asks(cast, cast.frede.email)
    visit(None).post(path_in(mails()[0]))
    asks(cast, cast.helle.email, name="Hanne")
    read = own_page(cast)
    assert f"{cast.frede.name} er stedfortræder" in read
    assert "Hanne" in read


def test_the_chair_takes_an_invitation_back_and_ends_a_deputy(cast: Cast) -> None:
    requested(cast)
    asks(cast, cast.frede.email)
    link = path_in(mails()[0])
    visit(None).post(link)
    asks(cast, cast.helle.email, name="Hanne")
    page = reverse("talks:deputy", args=[cast.association.pk])
    read = visit(cast.ruth).get(page).content.decode()
    assert (reverse("talks:take_back_invitation", args=[cast.association.pk]) in read, "Hanne" in read) == (True, True)
    visit(cast.ruth).post(reverse("talks:take_back_invitation", args=[cast.association.pk]))
    assert deputy(cast) == cast.frede.email
    assert "Hanne" not in own_page(cast)
    visit(cast.ruth).post(reverse("talks:end_deputy", args=[cast.association.pk]))
    assert deputy(cast) == ""
    assert BUTTON not in visit(None).post(link).content.decode()
    assert deputy(cast) == ""


@pytest.mark.parametrize("name", [name for name in EVERYONE if name != "ruth"])
def test_nobody_except_the_chair_ends_a_deputy(cast: Cast, name: str) -> None:
    asks(cast, cast.frede.email)
    with pytest.raises(Refused):
        deputies.take_back_invitation(association=cast.association, by=getattr(cast, name), now=NOW)
    with pytest.raises(Refused):
        deputies.end_deputy(association=cast.association, by=getattr(cast, name), now=NOW)
    assert DeputyInvitation.objects.exists()


def test_what_was_typed_is_kept_for_a_month(cast: Cast) -> None:
    deputies.ask_deputy(association=cast.association, name="D", email="d@x.example", by=cast.ruth, now=NOW)
    assert not too_old_to_accept(NOW + dt.timedelta(days=29))
    assert too_old_to_accept(NOW + dt.timedelta(days=30)).count() == 1


@pytest.mark.parametrize("name", [name for name in EVERYONE if name != "ruth"])
def test_nobody_except_the_chair_asks(cast: Cast, name: str) -> None:
    with pytest.raises(Refused):
        deputies.ask_deputy(
            association=cast.association, name="X", email="x@randers.example", by=getattr(cast, name), now=NOW
        )
    assert not mails()


def test_the_chair_is_not_the_deputy(cast: Cast) -> None:
    assert asks(cast, "RUTH@randers.example").status_code == 400
    dorte = person("Dorte", cast.randers)
    deputies.ask_deputy(association=cast.association, name="D", email=dorte.email, by=cast.ruth, now=NOW)
    cast.association.contacts.update(person=dorte)
    with pytest.raises(Refused):
        deputies.accept_deputy(invitation=DeputyInvitation.objects.get(), version=1, now=NOW)


def failed_mail(cast: Cast) -> Message:
    """Ask somebody whose email did not arrive, so that staff may try again."""
    asks(cast, "dora@elsewhere.example")
    (message,) = mails()
    Message.objects.filter(pk=message.pk).update(state="failed", ended_at=NOW)
    return message


def ask_another(cast: Cast, page: str) -> None:
    asks(cast, "dorte@elsewhere.example")


ENDINGS = [
    lambda cast, page: visit(None).post(page, {"answer": "no"}),
    lambda cast, page: visit(None).post(page),
    lambda cast, page: deputies.take_back_invitation(association=cast.association, by=cast.ruth, now=NOW),
    ask_another,
]


@pytest.mark.parametrize("end", ENDINGS, ids=["no", "yes", "taken back", "another is asked"])
def test_when_an_invitation_ends_the_mailbox_that_was_typed_is_not_kept(cast: Cast, end) -> None:
    message = failed_mail(cast)
    end(cast, path_in(message))
    message.refresh_from_db()
    assert (message.state, message.mailbox) == ("withdrawn", "")
