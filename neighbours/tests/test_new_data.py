"""New data end old links: what is confirmed is what the page showed."""

import pytest

from neighbours.actions import joining
from neighbours.models import Helper
from neighbours.tests import builders as make
from partnership import clock
from partnership.outbox.channels.email import email_for
from partnership.outbox.kinds import kind
from partnership.outbox.models import Message
from partnership.refusals import Refused
from partnership.tests.cast import Cast, visit

JOIN = "/da/neighbours/join/"
BAIT = "Nu uden kode"


@pytest.fixture
def doors(cast: Cast) -> None:
    make.home(cast.vorup)
    make.home(cast.vorup, "14")


@pytest.fixture
def vera(doors: None) -> Helper:
    visit(None).post(JOIN, make.typed())
    return Helper.objects.get(person__email="vera@randers.example")


def page_of(helper: Helper) -> str:
    return f"/da/neighbours/confirm/{make.token(helper)}/"


def a_stranger_joins_again(times: int = 1) -> None:
    for number in range(times):
        typed = make.typed(name="Stranger", address="Eksempelvej 14")
        visit(None).post(JOIN, typed, REMOTE_ADDR=f"10.0.0.{number}")


def links() -> int:
    return Message.objects.filter(kind="neighbours.confirm").count()


def test_after_somebody_has_typed_again_the_first_link_confirms_nothing_and_says_why(vera: Helper) -> None:
    page, browser = page_of(vera), visit(None)
    assert browser.get(page).status_code == 200
    a_stranger_joins_again()
    for answer in (browser.post(page), browser.get(page)):
        assert answer.status_code == 410
        assert f"{page}again/" in answer.content.decode()
    vera.refresh_from_db()
    assert vera.is_pending
    newest = browser.get(page_of(vera)).content.decode()
    assert "Stranger" in newest
    assert "Eksempelvej 14" in newest


def test_a_link_of_before_links_said_what_was_typed_works_until_something_else_is(vera: Helper) -> None:
    issued = int(vera.joined_at.timestamp())
    page = f"/da/neighbours/confirm/{make.signed(vera, f'{vera.pk}-{issued}')}/"
    assert visit(None).get(page).status_code == 200
    Helper.objects.filter(pk=vera.pk).update(joined_at=vera.joined_at + make.HOUR)
    assert visit(None).get(page).status_code == 410


def test_data_that_change_between_the_page_and_the_press_are_not_confirmed(vera: Helper) -> None:
    a_stranger_joins_again()
    with pytest.raises(Refused):
        joining.confirm(helper=vera, now=clock.now())


def test_when_a_stranger_has_used_up_the_links_the_last_one_sent_still_confirms(vera: Helper) -> None:
    a_stranger_joins_again(2)
    vera.refresh_from_db()
    last = page_of(vera)
    a_stranger_joins_again(3)
    assert links() == 3
    assert visit(None).get(last).status_code == 200


def test_the_owners_new_links_are_not_used_up_by_a_stranger(vera: Helper) -> None:
    page = page_of(vera)
    a_stranger_joins_again(4)
    assert links() == 3
    assert visit(None).post(f"{page}again/").status_code == 302
    assert links() == 4
    assert Message.objects.open().filter(kind="neighbours.confirm_reminder").count() == 1


def test_the_email_repeats_neither_name_nor_address(doors: None) -> None:
    visit(None).post(JOIN, make.typed(name=BAIT))
    messages = Message.objects.filter(kind__startswith="neighbours.confirm")
    assert len(messages) == 2
    for message in messages:
        sent = email_for(message, kind(message.kind).write(message))
        said = sent.subject + sent.body + str(sent.alternatives)
        assert BAIT not in said
        assert "Eksempelvej" not in said


def test_one_mailbox_gets_four_emails_an_hour_from_here_however_it_is_written(doors: None) -> None:
    for number in range(9):
        assert visit(None).post(JOIN, make.typed(email=f"vera+{number}@x.example")).status_code == 302
    assert links() == 4
