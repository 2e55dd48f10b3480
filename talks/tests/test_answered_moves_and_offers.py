"""What is said of a move that staff agree to, which evenings staff are shown first, and whose reasons are kept."""

from partnership import clock
from partnership.people.models import User
from partnership.tests.cast import NOW, Cast, person, slot, speaker, visit
from talks.actions import bookings, offers
from talks.tests.bookings import confirmed, requested
from talks.tests.test_access import at
from talks.tests.test_asking_to_move import asked
from talks.tests.test_for_callers import words_of


def test_a_move_that_staff_agree_to_is_told_as_the_answer_and_who_comes_instead(cast: Cast) -> None:
    offers.agree_to_move(hold=asked(cast), by=cast.karen, now=NOW)
    User.objects.update(language="en")
    said = words_of("moved", cast.ruth)
    assert "as your association has asked us to" in said
    assert "Another speaker comes, see below." in said


def test_a_move_to_another_evening_of_the_same_speaker_says_nothing_of_another(cast: Cast) -> None:
    bookings.move(booking=confirmed(cast), slot=slot(cast.speaker, days=40), by=cast.karen, now=NOW)
    User.objects.update(language="en")
    assert "Another speaker" not in words_of("moved", cast.ruth)


def test_the_evenings_that_take_its_place_stand_in_order_of_time_for_staff_to_offer(cast: Cast) -> None:
    booking = confirmed(cast, slot(cast.speaker, days=30))
    earlier, later = slot(cast.speaker, days=25), slot(cast.speaker, days=35)
    page = visit(cast.karen).get(at("answer", booking.pk)).content.decode().partition('name="slots"')[2]
    assert 0 <= page.find(f'value="{earlier.pk}"') < page.find(f'value="{later.pk}"')


def test_a_speaker_who_is_away_is_not_offered_before_the_evening(cast: Cast) -> None:
    booking = confirmed(cast, slot(cast.speaker, days=90))
    earlier, other = slot(cast.speaker, days=85), slot(speaker(person("Signe", cast.randers)), days=86)
    from_page = {"first_on": booking.starts_at.date(), "last_on": booking.starts_at.date()}
    cast.speaker.days_away.create(**from_page)
    instead = slot(cast.speaker, days=100)
    for _state in ("confirmed", "offered"):
        choices = visit(cast.karen).get(at("answer", booking.pk)).context["offer_form"].choices
        assert earlier.pk not in choices
        assert other.pk in choices
        offers.offer(booking=booking, slots=[instead], by=cast.karen, now=clock.now())


def test_what_a_speaker_gives_as_a_reason_is_not_kept(cast: Cast) -> None:
    booking = confirmed(cast)
    offers.call_off(booking=booking, slots=[], by=cast.sven, now=NOW, why="A private matter.")
    assert [step.why for step in booking.steps.all() if step.why] == []
    theirs = confirmed(cast, slot(cast.speaker, days=50))
    offers.call_off(booking=theirs, slots=[], by=cast.karen, now=NOW, why="No speaker is free.")
    assert theirs.steps.latest("pk").why == "No speaker is free."


def test_only_a_talk_that_can_still_change_leads_to_moving_and_cancelling(cast: Cast) -> None:
    label = "The association calls"
    talk = requested(cast, slot(cast.speaker, days=60))
    page = at("answer", talk.pk).replace("/da/", "/en/")
    assert label in visit(cast.karen).get(page).content.decode()
    bookings.cancel(booking=talk, by=cast.karen, now=NOW, medium="phone")
    assert label not in visit(cast.karen).get(page).content.decode()


def test_letters_that_wait_have_one_name(cast: Cast) -> None:
    tabs = {tab.name: tab.label for tab in visit(cast.karen).get("/en/staff/messages/").context["tabs"]}
    assert tabs["paper"] == "Letters to print and post"
