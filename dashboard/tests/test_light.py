"""As many windows are lit as helpers are active: the same on pages, in their feet, in emails and on paper."""

import pytest
from django.test import Client

from dashboard.tests.builders import a_helper, a_partnership, an_area
from partnership.outbox.channels.layout import sender_of
from partnership.places import lighting
from street import drawing
from street.tests.test_street import lit_windows

pytestmark = pytest.mark.django_db


@pytest.fixture
def randers():
    partnership = a_partnership(helpers_goal=10, skyline="river")
    area = an_area(partnership)
    for _number in range(3):
        a_helper(partnership, area, active_on=partnership.today())
    return partnership


def fetched(path: str):
    answer = Client(HTTP_HOST="randers.localhost").get(path)
    assert answer.status_code == 200
    assert not answer.cookies
    return answer


def test_the_share_of_the_goal_is_lit_at_the_foot_of_pages_on_the_front_page_and_on_paper(randers):
    lit = drawing.lit(0.3, drawing.windows())
    assert lighting.share_alight(randers) == 0.3
    assert lit_windows(fetched("/street.svg").content.decode()) == lit
    assert lit_windows(fetched("/da/").content.decode()) == lit
    assert lit_windows(lighting.strip(randers).decode()) == lit
    assert b'<img src="/street.svg"' in fetched("/da/progress/").content


def test_an_email_shows_the_street_as_a_small_picture_of_today(randers):
    assert sender_of(randers).street_url.endswith("/street.png")
    picture = fetched("/street.png")
    assert picture["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert len(picture.content) < 40_000


def test_without_helpers_no_window_is_lit():
    dark = a_partnership("demo")
    assert lighting.share_alight(dark) == 0
    assert lit_windows(lighting.strip(dark).decode()) == 0
