"""Who may see and do what with a booking: one table of people for each permission."""

import contextlib
import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import translation

from partnership.people.models import User
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, slot, visit
from partnership.tests.rolling_back import rolled_back
from talks.actions import bookings, slots
from talks.models import Booking
from talks.tests.bookings import confirmed, mail, requested, unverified
from talks.tests.sent_links import path_of, token_of

EVERYONE = ["helle", "niels", "ruth", "frede", "sven", "karen", "palle", "anne", "kerstin", "gunnar"]
ANSWERS = {"karen", "anne"}
CANCELS = ANSWERS | {"ruth"}


def at(name: str, *args: object) -> str:
    with translation.override("da"):
        return reverse(f"talks:{name}", args=args)


def those_whom_it_lets(cast: Cast, act: Callable[[User], object]) -> set[str]:
    """Return the names of those who are not refused. What each does is rolled back."""
    able = set()
    for name in EVERYONE:
        with rolled_back(), contextlib.suppress(Refused):
            act(getattr(cast, name))
            able.add(name)
    return able


def test_who_may_confirm(cast: Cast) -> None:
    booking = requested(cast)

    def confirm(by: User) -> None:
        try:
            again = Booking.objects.get(pk=booking.pk)
            assert bookings.confirm(booking=again, place_seen=again.place, by=by, now=NOW).state == "confirmed"
        except Refused:
            assert Booking.objects.get().state == "requested"
            raise

    assert those_whom_it_lets(cast, confirm) == ANSWERS


def test_who_may_cancel(cast: Cast) -> None:
    booking = confirmed(cast)

    def cancel(by: User) -> None:
        again = Booking.objects.get(pk=booking.pk)
        assert bookings.cancel(booking=again, by=by, now=NOW).state == "cancelled"

    assert those_whom_it_lets(cast, cancel) == CANCELS


@pytest.mark.parametrize("state", ["unverified", "requested", "confirmed"])
def test_who_sees_a_booking(cast: Cast, state: str) -> None:
    booking = {"unverified": unverified, "requested": requested, "confirmed": confirmed}[state](cast)
    found, wanted = {}, {}
    for name in EVERYONE:
        who = getattr(cast, name)
        sees = name in CANCELS or (name == "sven" and state == "confirmed")
        logged_in_here = who.partnership == cast.randers
        found[name] = visit(who, host="randers.localhost").get(at("booking", booking.pk)).status_code
        wanted[name] = 200 if sees else 404 if logged_in_here else 302
    assert found == wanted


@pytest.mark.parametrize(
    ("page", "state"), [("confirm", "confirmed"), ("decline", "declined"), ("staff_cancel", "cancelled")]
)
def test_a_button_of_staff_does_what_it_says_and_no_other_thing(cast: Cast, page: str, state: str) -> None:
    booking = requested(cast)
    visit(cast.karen).post(at(page, booking.pk), {"why": "Sven is ill.", "is_gone": "no"})
    booking.refresh_from_db()
    assert booking.state == state
    assert bool(mail("confirmed")) is (state == "confirmed")


def test_the_requester_cannot_confirm_even_as_coordinator(cast: Cast) -> None:
    booking = requested(cast, email=cast.karen.email, name="Karen", association="Karens forening")
    with pytest.raises(Refused):
        bookings.confirm(booking=booking, place_seen=booking.place, by=cast.karen, now=NOW)


def test_a_link_to_verify_does_not_cancel(cast: Cast) -> None:
    booking = requested(cast)
    token = token_of(booking, "verify")
    assert visit(None).post(at("cancel", token)).status_code == 404
    assert Booking.objects.get().state == "requested"


def test_a_link_of_one_partnership_is_nothing_under_anothers_name(cast: Cast) -> None:
    booking = requested(cast)
    path = path_of(booking, "cancel")
    assert visit(None, host="kalmar.localhost").get(path).status_code == 410
    assert visit(None, host="randers.localhost").get(path).status_code == 200


def test_looking_at_a_link_changes_nothing_since_scanners_look(cast: Cast) -> None:
    booking = unverified(cast)
    for purpose in ("verify", "cancel"):
        path = path_of(booking, purpose)
        assert visit(None).get(path).status_code == 200
        assert visit(None).head(path).status_code == 200
    booking.refresh_from_db()
    assert booking.state == "unverified"


def test_who_may_offer_a_slot_for_sven(cast: Cast) -> None:
    free = slot(cast.speaker, days=40)
    more = {"starts_at": free.ends_at, "ends_at": free.ends_at.replace(hour=22), "now": NOW}

    def offer(by: User) -> None:
        assert slots.offer_slot(speaker=cast.speaker, by=by, **more).pk

    assert those_whom_it_lets(cast, offer) == ANSWERS | {"sven"}


def test_the_queue_holds_none_of_another_partnerships_requests(cast: Cast) -> None:
    requested(cast)
    page = visit(cast.kerstin).get("/sv/staff/talks/")
    assert page.status_code == 200
    assert "Vorup" not in page.content.decode()
    assert "Vorup" in visit(cast.karen).get("/da/staff/talks/").content.decode()


def test_staff_without_a_second_factor_are_sent_to_show_one(cast: Cast) -> None:
    response = visit(cast.karen, second_factor=False).get(at("queue"))
    assert (response.status_code, response.url) == (302, "/accounts/2fa/invitation/")


def test_no_talk_is_cancelled_by_one_accidental_press(cast: Cast) -> None:
    page = visit(cast.ruth).get(at("booking", confirmed(cast).pk)).content.decode()
    assert page.index("<details") < page.index("button-warning") < page.index("</details>")


def test_the_speaker_reads_whom_to_call_and_the_chair_reads_who_comes(cast: Cast) -> None:
    talk = confirmed(cast, note="Porten er låst")
    for_speaker, for_chair = (visit(one).get(at("booking", talk.pk)).content.decode() for one in (cast.sven, cast.ruth))
    assert "mailto:ruth@randers.example" in for_speaker
    assert "Porten er låst" in for_speaker
    assert "poster.pdf" not in for_speaker
    assert cast.sven.name in for_chair
    assert cast.sven.email not in for_chair


def test_staff_are_told_what_was_done_and_of_no_email_that_is_not_sent(cast: Cast) -> None:
    talk = confirmed(cast, slot(cast.speaker, days=-5), now=NOW - dt.timedelta(days=40))
    with translation.override("en"):
        address = reverse("talks:close", args=[talk.pk])
    page = visit(cast.karen).post(address, {"took_place": "yes", "attendance": "9"}, follow=True).content.decode()
    assert "That is noted. Thank you." in page
    assert "get a mail" not in page


@pytest.mark.parametrize(
    ("name", "page", "known_by"),
    [("karen", "decline", "decline_why"), ("karen", "offer", "offer_slots_0"), ("sven", "add_pattern", "pattern")],
)
def test_a_form_among_others_that_comes_back_says_so_first_and_leads_to_its_own_box(
    cast: Cast, name: str, page: str, known_by: str
) -> None:
    slot(cast.speaker, days=70)
    talk = requested(cast, slot(cast.speaker, days=60))
    address = at(page) if page == "add_pattern" else at(page, talk.pk)
    came_back = visit(getattr(cast, name)).post(address, {"csrf": "x"}).content.decode()
    assert came_back.index('role="alert"') < came_back.index("<h1")
    assert f'href="#{known_by}' in came_back
    ids = re.findall(r'\sid="([^"]+)"', came_back)
    assert sorted(ids) == sorted(set(ids))


def test_a_speakers_page_shows_the_next_slots_and_folds_the_others(cast: Cast) -> None:
    for days in range(60, 70):
        slot(cast.speaker, days=days)
    page = visit(cast.sven).get(at("slots")).content.decode()
    first, folded = page[: page.index("<details")], page[page.index("<details") : page.index("</details>")]
    assert (first.count('class="evening"'), folded.count('class="evening"')) == (8, 2)


@pytest.mark.parametrize(("name", "page"), [("karen", "answer"), ("sven", None)])
def test_after_a_cancellation_everybody_lands_on_their_own_work_page(cast: Cast, name: str, page: str | None) -> None:
    slot(cast.speaker, days=70)
    talk = confirmed(cast, slot(cast.speaker, days=60))
    response = visit(getattr(cast, name)).post(at("call_off", talk.pk), {"cancels": "on", "sure": "yes"})
    assert response.url == (at(page, talk.pk) if page else "/da/me/")
