"""Before staff delete somebody who asks for it, the page speaks to the staff, and names only ways that exist."""

import pytest

from neighbours.tests import builders as make
from partnership.people.models import Organisation, User
from partnership.people.tests.looking_up import look_up
from partnership.people.tests.test_organisations import deputise
from partnership.tests.cast import NOW, Cast, slot, visit
from talks.actions import offers
from talks.tests.bookings import confirmed, requested
from talks.tests.test_erasing import took_place
from talks.tests.test_wishes import wished

WHAT = ("confirmed", "request", "offer", "wish", "took place", "gives")
EXISTS = "an administrator first enters a deputy for Vorup Grundejerforening"


@pytest.fixture(autouse=True)
def _all_read_english(cast: Cast) -> None:
    User.objects.update(language="en")
    for one in cast.everyone().values():
        one.refresh_from_db()


def on_paper(cast: Cast, person: User) -> User:
    """Let somebody who has asked or gives a talk be a helper who has no mailbox."""
    helper = make.helper(person, make.home(cast.vorup))
    User.objects.filter(pk=person.pk).update(email=None, last_login=None)
    return User.objects.get(pk=helper.person_id)


def page_for_staff(cast: Cast, person: User) -> str:
    page = visit(cast.anne).get(f"/en/staff/people/{person.pk}/erase/").content.decode()
    return " ".join(page.partition("<main")[2].partition("</main")[0].split())


def make_it(cast: Cast, what: str) -> None:
    if what in ("confirmed", "gives"):
        confirmed(cast)
    elif what == "wish":
        wished(cast)
    elif what == "took place":
        took_place(cast)
    else:
        booking = requested(cast)
        if what == "offer":
            offers.offer(booking=booking, slots=[slot(cast.speaker, days=40)], by=cast.karen, now=NOW)


@pytest.mark.parametrize("has_deputy", [False, True])
@pytest.mark.parametrize("what", WHAT)
def test_no_sentence_speaks_to_staff_as_to_the_chair_or_the_speaker(cast: Cast, what: str, has_deputy: bool) -> None:
    make_it(cast, what)
    if has_deputy:
        deputise(cast.association, cast.helle)
    page = page_for_staff(cast, on_paper(cast, cast.sven if what == "gives" else cast.ruth))
    panel = page.partition('<div class="panel warm">')[2].partition("</div>")[0]
    assert panel or (what == "took place" and has_deputy)
    words = panel.casefold().replace("you write", "")
    assert not {"your", "you"} & set(words.replace(".", " ").replace(",", " ").split())
    assert (EXISTS in panel) is (not has_deputy and what in ("confirmed", "request", "offer", "wish"))


def test_the_way_that_it_names_is_on_the_page_of_the_person(cast: Cast) -> None:
    confirmed(cast)
    ruth = on_paper(cast, cast.ruth)
    association = Organisation.objects.chaired_by(ruth).get()
    way = f"/admin/people/organisation/{association.pk}/change/"
    browser = visit(cast.anne)
    assert way in look_up(browser, ruth, "en")
    assert browser.get(way).status_code == 200
    assert way not in look_up(visit(cast.karen), ruth, "en")


def test_whoever_still_gives_a_talk_is_not_asked_about_with_a_form(cast: Cast) -> None:
    confirmed(cast)
    page = page_for_staff(cast, on_paper(cast, cast.sven))
    assert "They have promised a talk" in page
    assert "<form" not in page
    assert "cannot be undone" not in page
