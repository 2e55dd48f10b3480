"""Whoever has name and address protection is read about by coordinators and administrators, and by nobody else: not on
a page, in a file, or in a message, of any room.

The hidden person has the rows of `people/tests/canary.py`, which every new model about people must join; so a new list
that forgets the protection fails here. What the person wrote into a text for others is not looked for: that is theirs.
"""

import datetime as dt
import io
import re
import uuid
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import translation

from neighbours.consent_words import SHOWN_TO_NABOVEN
from partnership.outbox.kinds import kind, names
from partnership.outbox.models import Message
from partnership.people.actions.consents import give_consent
from partnership.people.models import LookUp, Organisation, OrganisationContact, Role, User
from partnership.people.tests.canary import rows_about
from partnership.people.tests.looking_up import look_up, page_of
from partnership.people.tests.test_duplicates import as_before
from partnership.places.models import Address
from partnership.tests.cast import NOW, Cast, assemble, person, slot, speaker, visit, with_role
from partnership.tests.moving import bring_to
from partnership.tests.rolling_back import rolled_back
from partnership.tests.test_open_urls import crawl, every_address
from talks.actions import wishes
from talks.calendars import feeds
from talks.models import Booking, CalendarFeed, DeputyInvitation, Speaker
from talks.tests.bookings import confirmed, talk_request, unverified

NAME, EMAIL, PHONE, STREET = "Xenonia Qvortrup", "xenonia@qvortrup.example", "31415926", "Xystusvej"
MARKS = (NAME, EMAIL, PHONE, STREET)
WISHED = [NOW.date() + dt.timedelta(days=days) for days in (50, 51)]
# Omar is all that somebody can be who is not in one of the named roles.
OUTSIDE = ("nobody", "helle", "niels", "ruth", "frede", "sven", "palle", "omar", "kerstin", "gunnar")
NAMED = ("karen", "anne")
# Opened by a secret of its own, or allauth's, the administration's and the demonstration's.
NOT_TRIED = re.compile(r"accounts/|anymail/|sms/|dev/|admin/|.*<str:token>|.*<path:|static/|calendar/<")


@dataclass
class Scene:
    """The hidden person, their rows, and everybody else."""

    cast: Cast
    hidden: User
    rows: list[Model]
    people: dict[str, User | None]

    def show(self) -> None:
        """Take the protection off, for the controls."""
        User.objects.filter(pk=self.hidden.pk).update(is_protected=False)


@pytest.fixture(scope="module")
def scene(module_db: None) -> Scene:
    """Let the hidden person be all that others meet: helper, chair, deputy, speaker, Naboven, and who has looked."""
    cast = assemble()
    who, rows = rows_about(cast)
    User.objects.filter(pk=who.pk).update(name=NAME, email=EMAIL, phone=PHONE, is_protected=True)
    who.refresh_from_db()
    Address.objects.filter(household__helpers__person=who).update(street=STREET)
    give_consent(person=who, purpose=SHOWN_TO_NABOVEN, text="Ja", language="da", medium="web", now=NOW)
    omar = with_role("Omar", cast.randers, Role.Kind.NABOVEN, cast.vorup)
    Role.objects.create(user=omar, partnership=cast.randers, kind=Role.Kind.POLICE)
    by_omar, by_who = speaker(omar), Speaker.objects.get(person=who)
    own = Organisation.objects.chaired_by(who).get()
    bring_to(Booking.objects.get(association=own, state="requested"), Booking.State.CONFIRMED, now=NOW)
    Booking.objects.filter(association=own).update(speaker=by_omar)
    asked = {"association": "Omars Forening", "name": "Omar", "email": omar.email}
    given = confirmed(cast, slot(by_who, days=30), **asked)
    for body, deputy in ((own, omar), (given.association, who)):
        rows.append(OrganisationContact.objects.create(organisation=body, person=deputy, role="deputy"))
    invited = {"asked_by": omar, "asked_at": NOW, "name": NAME, "email": EMAIL, "accepted_at": NOW}
    DeputyInvitation.objects.create(association=given.association, **invited)
    rows += [given, given.association, *_unverified(cast, own, by_omar)]
    LookUp.objects.create(
        partnership=cast.randers, by_id=who.pk, person_id=omar.pk, at=NOW, purpose="call", seen_on="page"
    )
    return Scene(cast, who, rows, {**cast.everyone(), "omar": omar, "nobody": None})


def _unverified(cast: Cast, own: Organisation, by_omar: Speaker) -> tuple[Model, Model]:
    """Return a request and a wish that still hold the name and the number that the hidden person typed."""
    typed = {"association": own.name, "name": NAME, "email": EMAIL, "phone": PHONE}
    wish = wishes.wish_for_days(
        partnership=cast.randers, asked=talk_request(cast, **typed), days=WISHED, from_hour=dt.time(19),
        submission=uuid.uuid4(), language="da", now=NOW,
    )  # fmt: skip
    booking = unverified(cast, slot(by_omar, days=40), **typed)
    assert wish is not None
    assert {wish.association, booking.association} == {own}
    return booking, wish


@pytest.fixture
def shown(scene: Scene) -> Iterator[Scene]:
    """Take the protection off, for the controls."""
    with rolled_back():
        scene.show()
        yield scene


def addresses(scene: Scene) -> list[tuple[str, list[str]]]:
    """Return each address of the portal in Danish, with the numbers of all rows in the place of one."""
    numbers = sorted({str(row.pk) for row in scene.rows if isinstance(row.pk, int)})
    slugs = {"<slug:slug>": "doere-og-vinduer"}
    found = []
    for where, _pattern in every_address():
        if NOT_TRIED.match(where.removeprefix("da/")):
            continue
        filled = re.sub(r"<(str|slug):\w+>", lambda part: slugs.get(part[0], "x"), where)
        tried = [re.sub(r"<int:\w+>", number, filled) for number in (numbers if "<int:" in filled else [""])]
        found.append((where, [f"/{one}" for one in dict.fromkeys(tried)]))
    return found


def texts(browser: Client, scene: Scene) -> Iterator[tuple[str, str]]:
    """Yield each address that this browser can open, and what it gets. Where a role is missing, one try is enough."""
    for _where, tried in addresses(scene):
        for address in tried:
            response = browser.get(address)
            if response.status_code == 200:
                yield address, text_of(response)
            elif response.status_code in (302, 403, 405):
                break


def text_of(response: Any) -> str:
    """Return what a response says, and each file in it if it is a ZIP."""
    content = b"".join(response) if response.streaming else response.content
    if response.headers["Content-Type"] != "application/zip":
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "\n".join(packed.read(name).decode() for name in packed.namelist())


def marked(pages: Iterable[tuple[str, str]]) -> set[str]:
    return {address for address, text in pages if any(mark in squeezed(text) for mark in map(squeezed, MARKS))}


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u00a0]|&nbsp;", "", text)


def linked(browser: Client) -> dict[str, str]:
    """Return the pages that links lead to from the own page and the front page."""
    pages = crawl(browser, "/da/me/", "/da/staff/helpers/", "/da/talks/", of_a_kind=2, at_most=30)
    return {address: text for address, text in pages if address.startswith("/da/")}


@pytest.mark.slow
@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_else_finds_the_hidden_person_by_links(scene: Scene, who: str) -> None:
    assert marked(linked(visit(scene.people[who])).items()) == set()


@pytest.mark.slow
def test_no_address_shows_the_hidden_person_to_one_who_is_all_that_is_outside(scene: Scene) -> None:
    pages = dict(texts(visit(scene.people["omar"]), scene))
    assert marked(pages.items()) == set()
    with translation.override("da"):
        talks = {reverse("talks:booking", args=[pk]) for pk in Booking.objects.values_list("pk", flat=True)}
    assert len(talks & set(pages)) > 1


def own_data_of_omar(scene: Scene) -> dict[str, str]:
    """Return the page and the file in which the deputy reads what we know of them."""
    browser = visit(scene.people["omar"])
    return {address: text_of(browser.get(address)) for address in ("/da/me/data/", "/da/me/data/download/")}


def test_the_deputys_own_data_does_not_name_the_hidden_chair(scene: Scene) -> None:
    """Also not of a case that waits for its link: it holds the name and the number as they were typed."""
    given = own_data_of_omar(scene)
    assert marked(given.items()) == set()
    sections = ("talks.Booking", "talks.TalkWish", "talks.DeputyInvitation")
    assert all(f'"{name}"' in given["/da/me/data/download/"] for name in sections)


def test_without_the_protection_the_deputys_own_data_names_the_chair(shown: Scene) -> None:
    """The control."""
    assert len(marked(own_data_of_omar(shown).items())) == 2


def test_without_the_protection_these_pages_show_them(shown: Scene) -> None:
    """The control: the person is there to be read."""
    found = marked(linked(visit(shown.people["omar"])).items())
    assert {"/da/me/", "/da/staff/helpers/"} <= found
    assert any(address.startswith("/da/talks/") for address in found)
    assert marked(linked(visit(shown.people["niels"])).items()) == {"/da/staff/helpers/"}


def test_the_named_roles_see_them(scene: Scene) -> None:
    for who in NAMED:
        assert "/da/staff/helpers/" in marked(linked(visit(scene.people[who])).items()), who


def test_everybody_is_tried(scene: Scene) -> None:
    assert set(OUTSIDE) | set(NAMED) == set(scene.people)


def messages(scene: Scene, reader: User) -> Iterator[tuple[str, str]]:
    """Yield each kind of message that can be written to a reader about the rows of the hidden person, as text."""
    numbers = [row for row in scene.rows if isinstance(row.pk, int)]
    by_model: dict[str, list[int]] = {}
    for row in numbers:
        by_model.setdefault(row._meta.model_name or "", []).append(row.pk)
    keys = {
        "booking": "booking", "association": "organisation", "wish": "talkwish", "helper": "helper",
        "hold": "slothold", "invitation": "deputyinvitation", "step": "bookingstep", "person": "user",
    }  # fmt: skip
    for name in names():
        for index in range(2):
            about = {key: of[min(index, len(of) - 1)] for key, model in keys.items() if (of := by_model.get(model))}
            about |= {"version": 1, "code": "000000", "by": "association", "was_at": NOW.isoformat()}
            message = Message(kind=name, partnership=scene.cast.randers, recipient=reader, about=about)
            message.created_at = message.due_at = message.written_at = NOW
            try:
                with translation.override("da"):
                    said = kind(name).write(message)
            except (LookupError, ValueError, TypeError, AttributeError):
                continue
            if said:
                file = said.calendar.body.decode() if said.calendar else ""
                told = said.subject, said.paragraphs, said.facts, said.button, said.links, said.things, said.brief
                yield name, repr(told) + file


def told(scene: Scene, who: str) -> tuple[set[str], set[str]]:
    """Return the kinds that could be written to somebody, and those that name the hidden person."""
    said = list(messages(scene, scene.people[who]))
    betray = {name for name, text in said if any(squeezed(mark) in squeezed(text) for mark in MARKS)}
    return {name for name, _text in said}, betray - FOR_STAFF


# Posted to coordinators and administrators alone.
FOR_STAFF = {
    "entrance.factor_added", "entrance.factor_removed", "entrance.address_of_staff_changed", "entrance.roles_changed",
    "entrance.staff_erased", "neighbours.mailbox_corrected", "talks.to_answer", "talks.speaker_away",
    "talks.asked_to_move", "talks.move_due",
}  # fmt: skip


@pytest.mark.parametrize("who", ["omar", "helle"])
def test_no_message_to_anybody_else_names_the_hidden_person(scene: Scene, who: str) -> None:
    written, betray = told(scene, who)
    assert len(written) > 15, written
    assert betray == set()


def test_without_the_protection_messages_name_them(shown: Scene) -> None:
    """The control."""
    said = {"talks.confirmed", "talks.changed", "talks.new_contact", "talks.contacts_changed", "talks.deputy_accepted"}
    assert said <= told(shown, "omar")[1]


def test_no_calendar_of_others_names_them(scene: Scene) -> None:
    feed = CalendarFeed.objects.create(
        partnership=scene.cast.randers, person=scene.people["omar"], kind="speaker", made_at=NOW
    )
    calendar = feeds.render(feed, NOW).decode()
    assert "BEGIN:VEVENT" in calendar
    assert not any(mark in calendar for mark in MARKS)


def test_in_a_list_staff_read_the_name_and_that_the_address_is_protected(scene: Scene) -> None:
    lists = {"/da/staff/helpers/": visit(scene.cast.karen).get("/da/staff/helpers/").content.decode()}
    asked = {"q": NAME, "purpose": "call"}
    lists["search"] = visit(scene.cast.karen).post("/da/staff/people/", asked).content.decode()
    for name, text in lists.items():
        assert NAME in text, name
        assert "Beskyttet" in text, name
        assert not any(mark in squeezed(text) for mark in (EMAIL, PHONE, STREET)), name
    page = look_up(visit(scene.cast.karen), scene.hidden, "da")
    assert all(mark in squeezed(page) for mark in map(squeezed, MARKS))
    assert "Navne- og adressebeskyttelse" in page


TAGGED = EMAIL.replace("@", "+1@")
SHOWING = {"/admin/people/user/", "/admin/entrance/invitation/add/", "/da/staff/duplicates/"}


def lists_of_the_administration(browser: Client) -> dict[str, str]:
    """Return each list of the administration, and the page that invites somebody to add a second factor. Addresses of
    the register are nobody's.
    """
    lists = [f"/admin/{model._meta.label_lower.replace('.', '/')}/" for model in admin.site._registry]
    asked = [*lists, f"/admin/people/user/?q={EMAIL}", f"/admin/neighbours/helper/?q={EMAIL}"]
    asked += ["/admin/", "/admin/entrance/invitation/add/", "/da/staff/duplicates/"]
    return {
        address: answer.content.decode()
        for address in asked
        if address != "/admin/places/address/" and (answer := browser.get(address)).status_code == 200
    }


def add_to_lists(scene: Scene) -> None:
    """Give the hidden person a role that needs a second factor, and let another have their mailbox, with a tag."""
    Role.objects.create(user=scene.hidden, partnership=scene.cast.randers, kind=Role.Kind.POLICE)
    User.objects.filter(pk=person("Xan", scene.cast.randers).pk).update(email=TAGGED)


def test_no_list_of_the_administration_has_more_than_the_name(scene: Scene) -> None:
    with rolled_back():
        add_to_lists(scene)
        browser = visit(scene.cast.anne)
        pages = lists_of_the_administration(browser)
        as_before(person("Xen", scene.cast.randers), f"{EMAIL}\u200b")
        page = browser.get("/da/staff/duplicates/").content.decode()
    marks = [squeezed(mark).casefold() for mark in (EMAIL, PHONE, STREET)]
    found = {address for address, text in pages.items() if any(mark in _shown_in(text) for mark in marks)}
    assert found == set()
    assert {address for address, text in pages.items() if NAME in text} >= SHOWING
    assert page.count("Beskyttet") == 3, "of the holder and the one who waits, and of both who share it"
    assert not any(mark in page for mark in (EMAIL, TAGGED))


def _shown_in(page: str) -> str:
    """Return what a page says, without what the reader has typed into its search."""
    return squeezed(re.sub(r'<input[^>]*name="q"[^>]*>|<a href="[?][^"]*">', "", page)).casefold()


def test_without_the_protection_the_lists_of_the_administration_have_the_mailbox(shown: Scene) -> None:
    """The control."""
    add_to_lists(shown)
    pages = lists_of_the_administration(visit(shown.cast.anne))
    found = {address for address, text in pages.items() if squeezed(EMAIL) in _shown_in(text)}
    assert found >= SHOWING


def test_no_log_holds_name_or_address(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    browser = visit(scene.cast.karen)
    look_up(browser, scene.hidden, "da")
    browser.post("/da/staff/people/", {"q": f"{STREET} 12", "purpose": "call"})
    browser.get("/da/staff/helpers/")
    visit(scene.cast.niels).get(page_of(scene.hidden, "da"))
    assert caplog.text
    assert not any(mark in caplog.text for mark in MARKS)
