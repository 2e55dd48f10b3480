"""Beside the mailbox of a helper staff read for how long a new one opens nothing."""

import datetime as dt

from neighbours.tests import builders as make
from partnership import clock
from partnership.people.models import User
from partnership.tests.cast import Cast, visit

HELD = "Nobody can log in with the new address for two weeks."


def test_the_form_says_how_long_a_new_mailbox_opens_nothing_only_where_that_holds(cast: Cast) -> None:
    vera = make.slip(cast.karen, make.home(cast.vorup), email="vera@randers.example")
    page = f"/en/staff/helpers/{vera.pk}/correct/"
    assert HELD not in visit(cast.karen).get(page).content.decode(), "Vera was written down a moment ago"
    User.objects.filter(pk=vera.person_id).update(joined_at=clock.now() - dt.timedelta(days=30))
    assert HELD in visit(cast.karen).get(page).content.decode()
