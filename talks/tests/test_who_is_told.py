"""What both sides read of an offer, and who is told of a talk that is cancelled, before it is."""

from partnership import clock
from partnership.people.tests.test_organisations import deputise
from partnership.tests.cast import NOW, Cast, person, slot, speaker, visit
from talks import scopes
from talks.tests.bookings import confirmed
from talks.tests.test_access import at
from talks.tests.test_offers import offered, path


def english(page: str, *args: object) -> str:
    return at(page, *args).replace("/da/", "/en/")


def test_after_an_offer_both_sides_read_until_when_and_why_and_staff_whose_the_evenings_are(cast: Cast) -> None:
    booking, _three = offered(cast)
    assert booking.held_until == clock.end_of(booking.choose_by)
    for who, page in ((cast.ruth, "booking"), (cast.ruth, "choose"), (cast.karen, "answer")):
        text = visit(who).get(english(page, booking.pk)).content.decode()
        assert "until the end of Sunday 29 November 2026" in text, page
        assert "Syg." in text, page
    kept = visit(cast.karen).get(english("answer", booking.pk)).content.decode().partition("Offered evenings")[2]
    assert kept.partition("</ul>")[0].count(", Sven") == 3
    listed = visit(cast.karen).get(english("queue")).content.decode().partition('id="offered"')[2]
    assert "until the end of Sunday 29 November 2026" in listed
    assert listed.partition("</ul>")[0].count(", Sven") == 3


def test_evenings_to_offer_or_move_to_are_in_order_of_date_whoever_speaks(cast: Cast) -> None:
    booking, other = confirmed(cast), speaker(person("Per", cast.randers))
    on = [slot(by, days=days) for days, by in ((40, cast.speaker), (30, other), (50, other), (45, cast.speaker))]
    in_order = sorted(on, key=lambda one: one.starts_at)
    assert scopes.slots_that_suit(booking, NOW) == in_order
    assert scopes.slots_that_suit(booking, NOW, most=3) == [one for one in in_order if one != on[2]]


def test_who_cancels_reads_first_who_is_told(cast: Cast) -> None:
    booking, deputy = confirmed(cast), person("Dora", cast.randers)
    deputise(cast.association, deputy)
    link = path(booking, "cancel").replace("/da/", "/en/", 1)
    told = {cast.ruth: "We tell the speaker and the coordinator", deputy: "We tell chair and speaker that"}
    for who, words in told.items():
        assert words in visit(who).get(english("booking", booking.pk)).content.decode()
    by_link = visit(None).get(link).content.decode()
    assert told[cast.ruth] in by_link
