"""A chair asks somebody to be the deputy: the same for every address, with our words only, and not often."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from partnership.outbox.models import Message
from partnership.people.actions.erasing import erase
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, person, visit
from talks.actions import associations
from talks.models import DeputyInvitation
from talks.retention import too_old_to_accept
from talks.tests.bookings import requested
from talks.tests.test_strangers_mail import as_sent
from talks.tests.test_wishes import EVERYONE

pytestmark = pytest.mark.django_db
BAIT = "Log ind paa evil.shop"


def asks(cast: Cast, email: str, *, name: str = "Dorte", browser: Client | None = None, **more: str):
    page = reverse("talks:deputy", args=[cast.association.pk])
    return (browser or visit(cast.ruth)).post(page, {"name": name, "email": email}, **more)


def mails() -> list[Message]:
    return list(Message.objects.filter(kind="talks.ask_deputy").order_by("pk"))


def path_in(message: Message) -> str:
    return "/da/" + as_sent(message).partition("/da/")[2].split()[0]


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
    assert visit(None).post(page).status_code == 404


def test_page_rows_and_email_are_the_same_for_every_address(cast: Cast) -> None:
    requested(cast)
    seen = []
    for email in ("nobody@where.example", cast.frede.email, cast.karen.email, cast.gunnar.email):
        DeputyInvitation.objects.all().delete()
        Message.objects.all().delete()
        browser = visit(cast.ruth)
        answer = asks(cast, email, browser=browser)
        own = browser.get("/da/me/").content.decode().partition('id="my-talks"')[2].partition("</section>")[0]
        (message,) = mails()
        assert (message.recipient, message.address) == (None, email)
        words = re.sub(r"/talks/deputy/[^/]+/", "LINK", as_sent(message))
        assert "Dorte" in own
        seen.append((answer.status_code, answer.url, own, words))
    assert seen[1:] == seen[:-1]


def test_the_mailbox_of_another_partnership_reads_why_not_when_it_presses(cast: Cast) -> None:
    asks(cast, cast.gunnar.email)
    page = visit(None).post(path_in(mails()[0])).content.decode()
    assert cast.randers.contact_phone in page
    assert deputy(cast) == ""


def test_the_email_repeats_nothing_that_anybody_typed(cast: Cast) -> None:
    type(cast.association).objects.filter(pk=cast.association.pk).update(name=f"{BAIT} A")
    type(cast.ruth).objects.filter(pk=cast.ruth.pk).update(name=f"{BAIT} B")
    associations.ask_deputy(
        association=cast.association, name=f"{BAIT} C", email=cast.frede.email, by=cast.ruth, now=NOW
    )
    assert BAIT not in as_sent(mails()[0])


def test_fifty_posts_are_four_emails_to_one_mailbox_however_it_is_written(cast: Cast) -> None:
    browser = visit(cast.ruth)
    outcomes = {asks(cast, f"frede+{number}@where.example", browser=browser).status_code for number in range(50)}
    assert len(mails()) == 4
    assert outcomes == {302, 429}


def test_one_chair_has_six_written_to_in_an_hour_and_is_told(cast: Cast) -> None:
    browser = visit(cast.ruth)
    answers = [
        asks(cast, f"no{number}@where.example", browser=browser, REMOTE_ADDR=f"10.0.0.{number}") for number in range(8)
    ]
    assert [answer.status_code for answer in answers] == [302] * 6 + [429] * 2
    assert "no7@where.example" in answers[-1].content.decode()
    assert len(mails()) == 6


@pytest.mark.parametrize(
    "then",
    [
        lambda cast, now: asks(cast, cast.helle.email),
        lambda cast, now: asks(cast, cast.frede.email, name="Frede B"),
        lambda cast, now: erase(person=cast.frede, by=cast.frede, now=now),
        lambda cast, now: DeputyInvitation.objects.update(asked_at=now - dt.timedelta(days=31)),
    ],
    ids=["another is asked", "asked again", "erased", "a month later"],
)
def test_a_link_ends(cast: Cast, then: Callable) -> None:
    asks(cast, cast.frede.email)
    page = path_in(mails()[0])
    assert visit(None).get(page).status_code == 200
    then(cast, mails()[0].created_at)
    assert visit(None).get(page).status_code == 404
    assert visit(None).post(page).status_code == 404
    assert deputy(cast) == ""


def test_what_was_typed_is_kept_for_a_month(cast: Cast) -> None:
    associations.ask_deputy(association=cast.association, name="D", email="d@x.example", by=cast.ruth, now=NOW)
    assert not too_old_to_accept(NOW + dt.timedelta(days=29))
    assert too_old_to_accept(NOW + dt.timedelta(days=30)).count() == 1


@pytest.mark.parametrize("name", [name for name in EVERYONE if name != "ruth"])
def test_nobody_but_the_chair_asks(cast: Cast, name: str) -> None:
    with pytest.raises(Refused):
        associations.ask_deputy(
            association=cast.association, name="X", email="x@randers.example", by=getattr(cast, name), now=NOW
        )
    assert not mails()


def test_the_chair_is_not_the_deputy(cast: Cast) -> None:
    assert asks(cast, "RUTH@randers.example").status_code == 400
    dorte = person("Dorte", cast.randers)
    associations.ask_deputy(association=cast.association, name="D", email=dorte.email, by=cast.ruth, now=NOW)
    cast.association.contacts.update(person=dorte)
    with pytest.raises(Refused):
        associations.accept_deputy(invitation=DeputyInvitation.objects.get())
