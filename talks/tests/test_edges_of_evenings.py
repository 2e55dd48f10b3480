"""What a decision about one evening leaves alone: the evenings beside it, and talks that are not over or not agreed."""

import pytest
from django.utils.translation import override

from partnership.people.tests.test_organisations import deputise
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, slot
from talks import scopes
from talks.actions import bookings, closing, slots
from talks.models import Slot
from talks.tests.bookings import confirmed, requested, unverified
from talks.tests.test_wishes import wished


def test_declining_an_evening_that_is_gone_leaves_the_earlier_and_the_later_ones(cast: Cast) -> None:
    earlier, later = slot(cast.speaker, days=25), slot(cast.speaker, days=35)
    asked = requested(cast, slot(cast.speaker, days=30))
    bookings.decline(booking=asked, by=cast.karen, why="No speaker.", now=NOW, is_gone=True)
    left = Slot.objects.filter(speaker=cast.speaker, withdrawn_at__isnull=True)
    assert set(left) == {earlier, later}


def test_a_talk_is_not_recorded_while_it_is_going_on(cast: Cast) -> None:
    talk = confirmed(cast)
    half = talk.starts_at + (talk.ends_at - talk.starts_at) / 2
    with pytest.raises(Refused) as refused:
        closing.close(booking=talk, took_place=True, attendance=9, by=cast.sven, now=half)
    assert refused.value.reason == "not_over"


def test_a_request_that_was_never_agreed_has_no_page_for_its_poster(cast: Cast) -> None:
    asked = requested(cast, is_public=True)
    type(asked).objects.filter(pk=asked.pk).update(is_seen=True)
    assert not scopes.posters_talk(cast.randers, asked.pk).exists()


def test_the_wishes_of_somebody_are_those_of_one_partnership(cast: Cast) -> None:
    wished(cast)
    assert scopes.own_wishes(cast.ruth, cast.randers).exists()
    assert not scopes.own_wishes(cast.ruth, cast.kalmar).exists()


def test_the_talks_that_somebody_gives_are_those_ahead(cast: Cast) -> None:
    talk = confirmed(cast)
    assert list(scopes.talks_given_by(cast.sven, cast.karen, cast.randers, NOW)) == [talk]
    assert not scopes.talks_given_by(cast.sven, cast.karen, cast.randers, talk.ends_at).exists()


def test_a_request_that_another_form_ended_was_not_verified(cast: Cast) -> None:
    asked = unverified(cast)
    bookings.cancel(booking=asked, by=cast.ruth, now=NOW)
    assert not scopes.is_verified(cast.randers, asked.submission)


def test_a_slot_that_begins_as_a_talk_ends_can_be_withdrawn(cast: Cast) -> None:
    talk = confirmed(cast)
    after = Slot.objects.get(speaker=cast.speaker, starts_at=talk.starts_at)
    beside = Slot.objects.create(
        speaker=cast.speaker,
        partnership=cast.randers,
        starts_at=talk.ends_at,
        ends_at=talk.ends_at + (after.ends_at - after.starts_at),
    )
    slots.withdraw_slot(slot=beside, by=cast.sven, now=NOW)
    beside.refresh_from_db()
    assert beside.withdrawn_at == NOW


def test_a_coordinator_who_is_the_deputy_reads_that_it_is_their_own_association(cast: Cast) -> None:
    deputise(cast.association, cast.karen)
    asked = requested(cast)
    with pytest.raises(Refused) as refused, override("en"):
        bookings.confirm(booking=asked, by=cast.karen, now=NOW, place_seen=None)
    assert "not for an association of their own" in str(refused.value)
