"""A link to a mistyped mailbox says what has become of it: it was sent anew, and its reader need do nothing."""

from neighbours.tests import builders as make
from partnership.tests.cast import Cast, visit

SENT_ELSEWHERE = "The form was sent again with another email address"


def test_the_link_in_the_wrong_mailbox_says_that_the_form_was_sent_elsewhere(cast: Cast) -> None:
    home = make.home(cast.vorup)
    wrong = make.ask(cast.randers, home, "vrea@randers.example")
    make.ask(cast.randers, home, replaces=wrong.submission)
    page = f"/en/neighbours/confirm/{make.token(wrong)}/"
    for address in (page, f"{page}again/"):
        answer = visit(None).get(address)
        assert answer.status_code == 410
        assert SENT_ELSEWHERE in answer.content.decode()
        assert "We do not know this link" not in answer.content.decode()


def test_it_makes_nobody_a_helper_and_offers_no_new_link(cast: Cast) -> None:
    home = make.home(cast.vorup)
    wrong = make.ask(cast.randers, home, "vrea@randers.example")
    make.ask(cast.randers, home, replaces=wrong.submission)
    page = f"/en/neighbours/confirm/{make.token(wrong)}/"
    assert "Send me a new link" not in visit(None).get(page).content.decode()
    visit(None).post(page)
    wrong.refresh_from_db()
    assert wrong.is_pending
