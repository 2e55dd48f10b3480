"""The progress page, the front page, the file of figures and the staff's dashboard."""

import csv
import datetime as dt
import io
import re

import pytest
from django.test import Client

from dashboard.staffing import work
from dashboard.tests.builders import NOW, a_goal, a_helper, a_partnership, a_person, an_area, kalmar
from dashboard.views import pages
from figures.models import Import
from figures.shipped import load_shipped
from partnership.places.actions.partnerships import load_profile
from partnership.places.profiles import profile_file, read_profile
from partnership.tests.cast import visit

pytestmark = pytest.mark.django_db
PUBLIC = ["", "progress/", "progress/figures.csv", "progress/figures-excel.csv"]


@pytest.fixture
def randers():
    load_shipped(now=NOW)
    partnership = a_partnership()
    a_goal(partnership)
    return partnership


def get(path: str, host: str = "randers.localhost"):
    return Client(HTTP_HOST=host).get(path)


@pytest.mark.parametrize("language", ["da", "sv", "en"])
@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_answer_without_a_cookie_and_may_be_cached(randers, path, language):
    answer = get(f"/{language}/{path}")
    assert answer.status_code == 200
    assert not answer.cookies
    assert "public" in answer["Cache-Control"]
    assert answer.get("Vary", "Accept-Encoding") == "Accept-Encoding"


def test_the_verdict_stands_first_on_the_progress_page(randers):
    html = get("/en/progress/").content.decode()
    assert html.index("We are behind: 267 burglaries") < html.index("Reported burglaries per quarter")


def test_every_figure_names_its_source_and_its_date(randers):
    html = get("/en/progress/").content.decode()
    assert "Danmarks Statistik, STRAF11" in html
    assert "12 February 2026" in html
    assert "CC BY 4.0" in html


def test_the_demonstrations_baseline_is_called_so(randers):
    assert "own choice" not in get("/en/progress/").content.decode()
    other = a_partnership("demo", municipality_code="730")
    a_goal(other, is_demonstration=True)
    html = get("/en/progress/", "demo.localhost").content.decode()
    assert "demonstration’s own choice" in html


def test_the_approver_of_a_real_baseline_is_named(randers):
    assert "Approved by Styregruppen" in get("/en/progress/").content.decode()


def test_kalmar_has_its_own_series_and_no_locked_goal():
    load_shipped(now=NOW)
    a_partnership()
    load_profile(profile=read_profile(profile_file("kalmar")))
    html = get("/en/progress/", "kalmar.localhost").content.decode()
    assert "Kalmar kommun has not set a goal for burglaries yet" in html
    assert "46%" in html
    assert "STRAF11" not in html


def test_kalmars_front_page_says_what_is_known_and_judges_nothing():
    load_shipped(now=NOW)
    kalmar()
    html = get("/en/", "kalmar.localhost").content.decode()
    assert "Kalmar kommun has not set a goal for burglaries yet" in html
    assert "368 burglaries in dwellings were reported in 2025, cellars and attics included" in html
    assert f"Source: {Import.objects.get(yearly_counts__year=2025).source}, fetched " in html
    assert "on their way" not in html


def test_figures_without_a_goal_are_shown_and_not_judged(randers):
    other = a_partnership("demo", municipality_code="730")
    html = get("/en/", "demo.localhost").content.decode()
    assert f"{other.municipality} has not set a goal for burglaries yet" in html
    assert "<dd>267</dd>" in html
    assert "on their way" not in html


def test_the_number_beside_the_count_is_the_target_for_now_and_the_end_target_has_its_year(randers):
    html = visit_front()
    assert re.search(r"burglaries, [^.]+\.\s+At most 165, if the target is to be met.", html)
    assert "The target is at most 95 burglaries a year by 18 August 2028." in html


def test_before_anything_can_be_judged_no_target_for_now_is_named(randers):
    other = a_partnership("demo", municipality_code="730")
    a_goal(other, starts_on=dt.date(2025, 8, 18), ends_on=dt.date(2030, 8, 18))
    html = visit_front("demo.localhost")
    assert "<dd>267</dd>" in html
    assert "burglaries a year by 18 August 2030." in html


def test_the_front_page_says_what_a_helper_does_and_who_stands_behind_it(randers):
    randers.partners = [{"name": "Randers Kommune", "role": "Tryghed"}, {"name": "Politiet", "role": "Foredrag"}]
    randers.save()
    head, _rest = visit_front().split('class="verdict"')
    assert "A neighbour helper knows the people next door and keeps an eye on their homes" in head
    assert head.index("Randers Kommune</span>") < head.index("Politiet</span>")


def test_the_card_leads_to_the_page_that_explains_and_the_button_to_the_form(randers):
    html = visit_front()
    assert '<a class="card" href="/en/neighbours/">' in html
    assert '<a class="button button-window" href="/en/neighbours/join/">' in html


def visit_front(host: str = "randers.localhost") -> str:
    """The English front page, each run of white space as one space."""
    return re.sub(r"\s+", " ", get("/en/", host).content.decode())


def test_only_where_there_is_no_figure_are_the_first_on_their_way(randers):
    a_partnership("demo", municipality_code="999")
    assert "on their way" in get("/en/", "demo.localhost").content.decode()
    assert "on their way" not in get("/en/").content.decode()


def test_a_partnership_without_any_figures_still_has_a_page():
    a_partnership()
    for path in PUBLIC:
        assert get(f"/da/{path}").status_code == 200


def test_the_file_for_excel_names_its_licence_in_the_readers_language():
    load_shipped(now=NOW)
    kalmar()
    rows = csv.reader(
        io.StringIO(get("/sv/progress/figures-excel.csv", "kalmar.localhost").content.decode()), delimiter=";"
    )
    assert {row[6] for row in list(rows)[1:]} == {"fri att använda om källan anges"}


def test_the_file_of_figures_has_every_count_with_its_source(randers):
    rows = list(csv.DictReader(io.StringIO(get("/da/progress/figures.csv").content.decode())))
    assert len(rows) == 80
    assert {row["area"] for row in rows} == {"730", "000"}
    last = [row for row in rows if row["area"] == "730"][-1]
    assert (last["period"], last["count"], last["licence"]) == ("2025K4", "84", "CC BY 4.0")


def test_the_file_for_excel_has_the_same_counts_with_names_and_semicolons(randers):
    plain = list(csv.DictReader(io.StringIO(get("/da/progress/figures.csv").content.decode())))
    data = get("/da/progress/figures-excel.csv").content
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert [row["Indbrud"] for row in rows] == [row["count"] for row in plain]
    assert {row["Område"] for row in rows} == {"Randers", "Hele landet"}
    english = get("/en/progress/figures-excel.csv").content
    assert b"All Denmark" in english
    assert b";2025Q1;" in english
    assert b";2025K1;" in data


@pytest.mark.parametrize("role", ["coordinator", "police", "administrator"])
def test_staff_see_the_dashboard(rf, randers, role):
    a_helper(randers, an_area(randers))
    request = rf.get("/en/dashboard/")
    request.partnership, request.user, request.session = randers, a_person(randers, role), {}
    answer = pages.staff(request)
    assert answer.status_code == 200


def test_a_stranger_is_sent_to_log_in(randers):
    answer = get("/da/dashboard/")
    assert answer.status_code == 302
    assert "/accounts/" in answer["Location"]


@pytest.mark.parametrize("roles", [(), ("naboven",)])
def test_helpers_and_nabovenner_do_not_see_the_dashboard(randers, roles):
    client = Client(HTTP_HOST="randers.localhost")
    client.force_login(a_person(randers, *roles), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/da/dashboard/").status_code == 403


def test_staff_of_another_partnership_do_not_see_this_one(randers):
    client = Client(HTTP_HOST="randers.localhost")
    client.force_login(a_person(kalmar(), "coordinator"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/da/dashboard/").status_code in (302, 403)


def areas_on_the_dashboard(partnership, number: int) -> str:
    for one in range(number):
        an_area(partnership, f"Area {one:02d}")
    return visit(a_person(partnership, "coordinator")).get("/en/dashboard/").content.decode()


def test_the_ten_areas_that_need_helpers_most_stand_open_and_the_others_behind_one_press(randers):
    html = areas_on_the_dashboard(randers, 13)
    open_ones, _summary, behind = html.partition("Show all 13 areas")
    assert [f"Area {one:02d}" in open_ones for one in range(13)] == [True] * 10 + [False] * 3
    assert [f"Area {one:02d}" in behind for one in range(13)] == [False] * 10 + [True] * 3


def test_few_areas_hide_nothing(randers):
    html = areas_on_the_dashboard(randers, 10)
    assert "Area 09" in html
    assert "Show all" not in html


def test_each_partnership_lists_its_own_sources_only(randers):
    kalmar_here = kalmar()
    for here, own, other in ((randers, "Danmarks Statistik", "Brå"), (kalmar_here, "Brå", "Danmarks Statistik")):
        listed = " ".join(one.source for one in work(here, NOW.date(), NOW).imports)
        assert own in listed
        assert other not in listed
