"""An association's chair asks for a talk; the coordinator confirms it; the chair cancels it."""

import re
from dataclasses import dataclass

import pytest

from journeys.portal import Portal
from journeys.reader import Reader, Seating
from journeys.second_factor import connects_an_app, is_one_of_the_cast, signs_in_with_a_code

SWEEP_SECONDS = 60


@dataclass(frozen=True)
class Place:
    """A partnership for the journey, with its people."""

    home: str
    language: str
    area: str
    coordinator: str
    speaker: str


PLACES = (
    Place("randers", "da", "Sankt Peders", "Karen Koch", "sven@randers.example"),
    Place("kalmar", "sv", "Malmen", "Kerstin Kvist", "stina@kalmar.example"),
)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("place", PLACES, ids=["Randers", "Kalmar"])
def test_a_talk_is_asked_for_confirmed_and_cancelled(
    portal: Portal, seat: Seating, place: Place, scripts: bool
) -> None:
    how = "scripts" if scripts else "plain"
    chair, email = seat(place.home, place.language, scripts=scripts), f"bodil-{how}@{place.home}-grundejere.example"

    association = f"Grundejerforeningen Bøgen {how}"

    evening = chooses_the_last_free_evening(chair)
    fills_in_the_form(chair, place, email, association)
    chair.stands_at("Check your inbox")
    chair.sees(email)

    chair.goes_to(portal.mailbox.received(email, chair.words("Confirm your request for a talk")).link("/verify/"))
    chair.presses("Confirm my request")
    chair.stands_at("Thank you. We have your request.")
    portal.mailbox.received(email, chair.words("We have your request for a talk"))
    assert evening not in free_evenings(seat(place.home, place.language)), "a request keeps its evening"

    coordinator = seat(place.home, place.language, scripts=scripts)
    is_one_of_the_cast(coordinator, place.coordinator)
    confirms(coordinator, association)

    subject = chair.words("The talk is confirmed")
    for_chair = portal.mailbox.received(email, subject)
    for_speaker = portal.mailbox.received(place.speaker, subject, association)
    assert for_chair.invitation.method == for_speaker.invitation.method == "REQUEST"
    assert for_chair.invitation.uid == for_speaker.invitation.uid

    chair.goes_to(for_chair.link("/cancel/"))
    chair.stands_at("Cancel the talk?")
    chair.presses("Yes, cancel it")
    chair.stands_at("The talk is cancelled")

    subject = chair.words("The talk is cancelled")
    assert portal.mailbox.received(email, subject).invitation.takes_back(for_chair.invitation)
    assert portal.mailbox.received(place.speaker, subject, association).invitation.takes_back(for_speaker.invitation)
    assert evening in free_evenings(seat(place.home, place.language)), "somebody else can have the evening"


@pytest.mark.parametrize(
    ("name", "scripts"), [("karen", True), ("anne", False)], ids=["with scripts", "without scripts"]
)
def test_staff_log_in_with_a_code_by_email_and_a_second_factor(
    portal: Portal, seat: Seating, name: str, scripts: bool
) -> None:
    staff = seat(scripts=scripts)
    signs_in_with_a_code(staff, portal, f"{name}@randers.example", then="/staff/talks/")
    connects_an_app(staff, portal, f"{name}@randers.example")
    staff.opens("/staff/talks/")
    staff.stands_at("Talks")


def test_an_unknown_address_gets_the_same_page_and_a_kind_email(portal: Portal, seat: Seating) -> None:
    stranger = seat()
    stranger.goes_to(f"{stranger.base}/accounts/login/code/?next=/da/me/")
    stranger.page.get_by_role("main").get_by_role("textbox").fill("stranger@nowhere.example")
    stranger.presses("Send me a code")
    stranger.stands_at("Enter the code from the email")
    portal.mailbox.received("stranger@nowhere.example", stranger.words("We do not know this email address"))


def test_the_beat_sends_the_reminder_when_its_hour_comes(portal: Portal, seat: Seating) -> None:
    """Nothing wakes the workers here except the beat's sweep of the database."""
    sven = seat()
    a_week_before_the_talk_comes(portal, "sven@randers.example")
    # Its subject counts the days that are left, so it is found by its text.
    words = sven.words("A friendly reminder of the talk. You do not need to do anything if all is as agreed.")
    message = portal.mailbox.received("sven@randers.example", "", words.partition(".")[0], SWEEP_SECONDS + 30)
    is_one_of_the_cast(sven, "Sven Skov")
    sven.goes_to(message.link("/talks/bookings/"))
    sven.reads("The association provides:")


# -- What chair and coordinator do --------------------------------------------------------------------------------


def months(reader: Reader) -> list[str]:
    """Return the pages with free evenings, by month, the last one first."""
    reader.opens("/talks/")
    links = [one.get_attribute("href") or "" for one in reader.page.locator("nav.months a").all()]
    return [f"/talks/{link}" for link in reversed(links)] or ["/talks/"]


def free_evenings(reader: Reader) -> list[str]:
    found: list[str] = []
    for month in months(reader):
        found += reader.opens(month).page.locator(".evening-words strong").all_inner_texts()
    return found


def chooses_the_last_free_evening(chair: Reader) -> str:
    """Choose one of the speaker who gives every talk, whose mailbox the journey reads."""
    words = chair.page.locator(".evening-words:not(:has(.quiet)) strong")
    for month in months(chair):
        if chair.opens(month).page.locator(".evening-words:not(:has(.quiet))").count():
            break
    evening = words.all_inner_texts()[-1]
    chair.page.get_by_role("link", name=evening).click()
    chair.stands_at("Ask for a talk")
    assert chair.page.locator("main .panel strong").inner_text() == evening, (
        "the evening that was pressed is chosen already"
    )
    return evening


def fills_in_the_form(chair: Reader, place: Place, email: str, association: str) -> None:
    chair.ticks("How to make a burglary harder")
    chair.writes("Name of the association", association)
    chair.picks("What kind of association is it?", "homeowners’ association")
    chair.writes("How many homes does it have?", "48")
    chair.picks("Local area", place.area)
    chair.writes("Where will the talk take place?", "Fælleshuset, Bøgevej 1")
    chair.writes("Your name", "Bodil Bøg")
    chair.writes("Your email", email)
    chair.presses("Ask for this evening")


def confirms(coordinator: Reader, association: str) -> None:
    coordinator.opens("/staff/talks/")
    coordinator.page.get_by_role("link", name=re.compile(association)).first.click()
    coordinator.stands_at(association)
    coordinator.presses("Confirm the talk")
    coordinator.page.get_by_role("button", name=coordinator.words("Confirm the talk")).wait_for(state="detached")


def a_week_before_the_talk_comes(portal: Portal, email: str) -> None:
    made_due = portal.query(
        "UPDATE outbox_message SET due_at = now(), try_at = now() FROM people_user "
        "WHERE people_user.id = recipient_id AND people_user.email = %s "
        "AND kind = 'talks.reminder_7days' AND state = 'queued' RETURNING key",
        email,
    )
    assert made_due, "the demonstration has a confirmed talk, and its reminders are posted"
