"""A HEAD request to a page with a limit sends nothing, writes nothing and uses up nothing of what its form may do."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.core.internal import ratelimit
from django.urls import reverse

from entrance.models import BrowserSession
from neighbours.models import Helper
from neighbours.tests import builders
from partnership.people.models import User
from partnership.tests.cast import Cast, slot, visit
from partnership.tests.house import module_name, sources
from partnership.tests.written import attempts, tables_of
from talks.tests.bookings import confirmed, requested
from talks.tests.sent_links import path_of
from talks.tests.test_offers import offered
from talks.tests.test_offers_by_letter import asked_to_move

pytestmark = pytest.mark.django_db
LIMITS = (
    "is_valid_within_limit",
    "may_read",
    "is_valid_within_changes",
    "may_write_to",
    "is_within_share",
    "count_mail_of_staff",
    "count_under",
    "is_within_rate",
)
TYPED = {"email": "new@mailbox.example", "name": "Ny", "slot": "1", "place": "Skolen", "again": "1", "homes": "9"}


def at(name: str, *args: object) -> str:
    return reverse(name, args=args)


Place = Callable[[Cast], tuple[User | None, str]]
# For each module that counts under a limit: who opens which of its pages.
PAGES: dict[str, list[Place]] = {
    "talks.views.public": [lambda _: (None, at("talks:book")), lambda _: (None, at("talks:wish"))],
    "talks.views.asking": [lambda _: (None, at("talks:sent"))],
    "talks.views.changing": [
        lambda cast: (None, path_of(confirmed(cast), "change")),
        lambda cast: (cast.ruth, at("talks:move_own", confirmed(cast, slot(cast.speaker, days=30)).pk)),
    ],
    "talks.views.own": [lambda cast: (cast.ruth, at("talks:place_facts", confirmed(cast).pk))],
    "talks.views.deputies": [lambda cast: (cast.ruth, at("talks:deputy", cast.association.pk))],
    "neighbours.views.own": [lambda cast: (helper(cast).person, at("neighbours:address"))],
    "neighbours.views.joining": [lambda _: (None, at("neighbours:join")), lambda _: (None, at("neighbours:sent"))],
    "neighbours.views.lists": [lambda cast: (cast.karen, at("neighbours:lists"))],
    "neighbours.views.staff": [lambda cast: (cast.karen, at("neighbours:slip"))],
    "neighbours.views.cards": [lambda cast: (cast.karen, at("neighbours:pile"))],
    "neighbours.views.correcting": [lambda cast: (cast.karen, at("neighbours:correct", helper(cast).pk))],
    "talks.views.for_callers": [
        lambda cast: (cast.karen, at("talks:book_for", cast.ruth.pk)),
        lambda cast: (cast.karen, at("talks:wish_for", cast.ruth.pk)),
        lambda cast: (cast.karen, at("talks:move_for", confirmed(cast).pk)),
        lambda cast: (cast.karen, at("talks:cancel_for", confirmed(cast, slot(cast.speaker, days=30)).pk)),
    ],
    "talks.views.answers_of_callers": [
        lambda cast: (cast.karen, at("talks:choose_for", offered(cast, requested(cast))[0].pk)),
        lambda cast: (cast.karen, at("talks:take_back_for", asked_to_move(cast).pk)),
    ],
    "partnership.people.staff.details_views": [
        lambda cast: (cast.karen, at("people:write_down")),
        lambda cast: (cast.karen, at("people:correct", cast.frede.pk)),
    ],
    "partnership.outbox.preferences.views": [lambda cast: (cast.helle, at("outbox:new_code"))],
    "entrance.own_codes.views": [
        lambda cast: (cast.helle, at("entrance:new_email")),
        lambda _: (None, at("entrance:by_letter")),
        lambda _: (None, at("entrance:printed_code")),
    ],
    "entrance.owners": [lambda _: (None, "/accounts/login/code/")],
}
# The challenge to a passkey is counted by GET and by HEAD, since each makes a session; the pages of a log-in that waits
# for its code, since each is work, and time tells something.
COUNTED = {"entrance.passkeys.ceremonies", "entrance.views"}


def helper(cast: Cast) -> Helper:
    return builders.helper(cast.helle, builders.home(cast.vorup))


def test_every_module_that_counts_is_in_the_list() -> None:
    calls = re.compile(rf"(?<!def )\b({'|'.join(LIMITS)})\(")
    counting = {module_name(path) for path in sources() if calls.search(path.read_text())}
    assert counting - {"partnership.people.limits"} == set(PAGES) | COUNTED


@pytest.mark.parametrize("module", PAGES)
def test_head_counts_and_changes_nothing(cast: Cast, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[str] = []
    consume = ratelimit._consume_single_rate

    def noted(*args: Any, **more: Any) -> Any:
        counted.append(str(args))
        return consume(*args, **more)

    tables = tables_of("talks", "people", "outbox")
    slot(cast.speaker, days=70)
    for place in PAGES[module]:
        who, path = place(cast)
        browser = visit(who)
        tries, sessions = attempts(tables), BrowserSession.objects.count()
        with monkeypatch.context() as patch:
            patch.setattr(ratelimit, "_consume_single_rate", noted)
            for _time in range(3):
                answer = browser.head(path, TYPED)
                assert answer.status_code in (200, 302, 405), path
                assert answer.content == b""
        assert (counted, attempts(tables), BrowserSession.objects.count()) == ([], tries, sessions), path
