"""What the pages of an old link say is true, whatever has become of the helper."""

import pytest

from neighbours.actions import joining, leaving
from neighbours.models import Helper
from neighbours.tests import builders as make
from partnership import clock
from partnership.outbox.models import Message
from partnership.tests.cast import Cast, visit


@pytest.fixture
def vera(cast: Cast) -> Helper:
    return make.ask(cast.randers, make.home(cast.vorup))


def again(helper: Helper) -> str:
    return f"/en/neighbours/confirm/{make.token(helper, days_ago=15)}/again/"


def links() -> int:
    return Message.objects.filter(kind="neighbours.confirm").count()


def test_the_page_after_asking_survives_a_reload_and_another_language_and_sends_nothing_more(vera: Helper) -> None:
    # The link holds the second in which it was made.
    browser, page = visit(None), again(vera)
    assert browser.post(page).url == page + "?sent"
    sent = links()
    for language in ("en", "sv", "da"):
        assert browser.get(page.replace("en", language, 1) + "?sent").status_code == 200
    assert links() == sent == 2
    assert browser.get(page).url == page.removesuffix("again/")


def test_the_fourth_on_one_day_is_not_said_to_be_sent(vera: Helper) -> None:
    for _time in range(3):
        assert "is on its way" in visit(None).post(again(vera), follow=True).content.decode()
    sent = links()
    page = visit(None).post(again(vera), follow=True).content.decode()
    assert "is on its way to" not in page
    assert "The newest of them works" in page
    assert links() == sent


def test_a_helper_who_asks_for_a_new_link_reads_that_they_are_one(cast: Cast, vera: Helper) -> None:
    joining.confirm(helper=vera, now=clock.now())
    page = visit(None).post(again(vera), follow=True).content.decode()
    assert "You are a neighbour helper already" in page
    assert links() == 1


def test_who_has_left_is_told_to_join_again_and_promised_no_link(cast: Cast, vera: Helper) -> None:
    joining.confirm(helper=vera, now=clock.now())
    leaving.leave(helper=vera, by=vera.person, now=clock.now())
    for page in (again(vera), again(vera).removesuffix("again/")):
        answer = visit(None).post(page)
        assert answer.status_code == 410
        assert "Join again" in answer.content.decode()
        assert "Send me a new link" not in answer.content.decode()
    assert links() == 1
