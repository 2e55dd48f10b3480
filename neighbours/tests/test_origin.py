"""Those who join say whether they were helpers before, and where they heard of it: the goal counts new helpers."""

import re

import pytest

from dashboard import efforts
from neighbours import scopes
from neighbours.actions import joining, leaving
from neighbours.actions.origin import Origin
from neighbours.models import HeardFrom, Helper, HelperStep
from neighbours.tests import builders as make
from partnership import clock
from partnership.people.models import Activity
from partnership.tests.cast import Cast, visit

JOIN = "/en/neighbours/join/"
SLIP = "/en/staff/slips/"
MEMBER = "Were you a member of Nabohjælp before you joined here?"


def joins(**typed: str) -> Helper:
    assert visit(None).post(JOIN, make.typed(**typed)).status_code == 302
    helper = Helper.objects.get(person__email="vera@randers.example")
    joining.confirm(helper=helper, now=clock.now())
    helper.refresh_from_db()
    return helper


def does_something(helper: Helper) -> None:
    here = helper.partnership
    Activity.objects.create(partnership=here, person=helper.person, kind="neighbours.greet", day=here.today())


def counts(cast: Cast) -> tuple[int, int, int]:
    here, today = cast.randers, cast.randers.today()
    return (
        scopes.active_count(here, today),
        efforts.active_helpers(here, today),
        efforts.active_from_before(here, today),
    )


def test_the_form_names_the_service_of_the_country(cast: Cast) -> None:
    make.home(cast.vorup)
    assert MEMBER in visit(None).get(JOIN).content.decode()
    assert "grannsamverkan before you joined here?" in visit(None, host="kalmar.localhost").get(JOIN).content.decode()
    assert MEMBER in visit(None).get("/en/neighbours/slip/").content.decode()


def test_without_an_answer_nothing_is_sent_and_nothing_typed_is_lost(cast: Cast) -> None:
    make.home(cast.vorup)
    typed = make.typed(heard_from="poster")
    del typed["was_helper"]
    page = visit(None).post(JOIN, typed).content.decode()
    assert "Choose yes or no." in page
    assert 'value="Vera Vestergaard"' in page
    assert '<option value="poster" selected>' in page
    assert not Helper.objects.exists()


@pytest.mark.parametrize(("answer", "counted"), [("no", (1, 1, 0)), ("yes", (0, 0, 1))])
def test_the_goal_counts_only_new_helpers(cast: Cast, answer: str, counted: tuple[int, int, int]) -> None:
    make.home(cast.vorup)
    helper = joins(was_helper=answer, heard_from="neighbour")
    assert (helper.was_helper, helper.heard_from) == (answer == "yes", HeardFrom.NEIGHBOUR)
    assert counts(cast) == (0, 0, 0)
    does_something(helper)
    assert counts(cast) == counted
    progress = visit(None).get("/en/progress/").content.decode()
    assert ("1 more is active, but was a neighbour helper before" in progress) == (answer == "yes")


def test_who_was_never_asked_counts_as_new(cast: Cast) -> None:
    helper = make.helper(cast.helle, make.home(cast.vorup))
    assert helper.was_helper is None
    does_something(helper)
    assert counts(cast) == (1, 1, 0)


def test_an_invented_place_to_hear_of_it_is_refused(cast: Cast) -> None:
    make.home(cast.vorup)
    assert visit(None).post(JOIN, make.typed(heard_from="evil")).status_code == 200
    assert not Helper.objects.exists()


def test_the_same_form_with_another_answer_is_taken_in(cast: Cast) -> None:
    make.home(cast.vorup)
    typed = make.typed(was_helper="no")
    for answer in ("no", "yes"):
        visit(None).post(JOIN, typed | {"was_helper": answer})
    assert Helper.objects.get().was_helper is True


def test_who_comes_back_to_us_stays_counted_as_at_first(cast: Cast) -> None:
    make.home(cast.vorup)
    helper = joins(was_helper="no", heard_from="talk")
    leaving.leave(helper=helper, by=helper.person, now=clock.now())
    again = joins(was_helper="yes", heard_from="web")
    assert again.is_confirmed
    assert (again.was_helper, again.heard_from) == (False, HeardFrom.TALK)


def test_staff_may_leave_the_questions_of_a_slip_open(cast: Cast) -> None:
    make.home(cast.vorup)
    slip = make.typed(medium="paper", email="", language="da")
    del slip["was_helper"]
    assert visit(cast.karen).post(SLIP, slip).status_code == 302
    helper = Helper.objects.get()
    assert (helper.is_confirmed, helper.was_helper, helper.heard_from) == (True, None, "")


def test_staff_type_the_answers_of_a_slip(cast: Cast) -> None:
    make.home(cast.vorup)
    slip = make.typed(medium="paper", email="", language="da", was_helper="yes", heard_from="authority")
    assert visit(cast.karen).post(SLIP, slip).status_code == 302
    helper = Helper.objects.get()
    assert (helper.was_helper, helper.heard_from) == (True, HeardFrom.AUTHORITY)


def test_staff_correct_a_wrong_answer_as_a_step(cast: Cast) -> None:
    helper = make.slip(cast.karen, make.home(cast.vorup), origin=Origin(was_helper=True))
    page = f"/en/staff/helpers/{helper.pk}/correct/"
    assert re.search(r'name="was_helper" value="yes"[^>]* checked', visit(cast.karen).get(page).content.decode())
    known = {
        "name": helper.person.name, "address": "Eksempelvej 12", "postcode": "8900", "phone": helper.person.phone,
        "medium": "phone",
    }  # fmt: skip
    said = visit(cast.karen).post(page, known | {"was_helper": "no"}, follow=True).content.decode()
    assert "Corrected: whether a helper before." in said
    helper.refresh_from_db()
    assert helper.was_helper is False
    assert HelperStep.objects.filter(helper=helper).latest("pk").changed == {"was_helper": []}


def test_a_correction_without_an_answer_leaves_it(cast: Cast) -> None:
    helper = make.slip(cast.karen, make.home(cast.vorup), origin=Origin(was_helper=True))
    known = {"name": helper.person.name, "address": "Eksempelvej 12", "postcode": "8900", "phone": "20 30 40 50"}
    visit(cast.karen).post(f"/en/staff/helpers/{helper.pk}/correct/", known | {"medium": "phone"})
    helper.refresh_from_db()
    assert (helper.was_helper, helper.person.phone) == (True, "20 30 40 50")


def test_people_read_their_own_answers(cast: Cast) -> None:
    make.home(cast.vorup)
    helper = joins(was_helper="yes", heard_from="talk")
    page = visit(helper.person).get("/en/me/data/")
    assert page.status_code == 200
    assert "At a talk or a meeting" in page.content.decode()
