"""Administrators read on the next morning what staff have done with a mailbox: each entry says which it was, why, and
how it stands by then.
"""

import re

import pytest

from entrance.tests.own_codes.test_mailboxes_held_back import DAY, TAKEN, corrected, known_since
from neighbours.tests import builders as make
from partnership import clock
from partnership.outbox.models import Message
from partnership.outbox.queue.final_check import final_check
from partnership.people.models import Role, User
from partnership.tests.cast import Cast, with_role

KINDS = ("entrance.mailbox_corrected", "neighbours.mailbox_corrected")


@pytest.fixture
def ada(cast: Cast) -> User:
    """A second administrator, who reads what Anne does."""
    ada = with_role("Ada", cast.randers, Role.Kind.ADMINISTRATOR)
    ada.language = "en"
    ada.save(update_fields=["language"])
    return ada


@pytest.fixture(params=["helper", "speaker"])
def known(request, cast: Cast) -> User:
    """Somebody whose mailbox is verified: as a helper, and as a person without a page of that kind."""
    if request.param == "speaker":
        return known_since(cast.sven, last_login=clock.now())
    make.helper(cast.helle, make.home(cast.vorup))
    return known_since(cast.helle)


def digest_of(reader: User) -> Message:
    return Message.objects.get(kind="outbox.digest", recipient=reader)


def told(reader: User, later=0 * DAY):
    words = final_check(digest_of(reader), clock.now() + DAY + later).words
    assert words
    return words


def test_a_change_that_was_put_back_is_two_entries_that_differ(cast: Cast, ada: User, known: User) -> None:
    own, name = known.email, known.name
    corrected(cast, known, by=cast.anne, email=TAKEN, why="Ringede om et nyt")
    corrected(cast, known, by=cast.anne, email=own, why="Det var forkert")
    changed, back = told(ada).things
    assert (changed.title, back.title) == (
        f"Another email address for {name}",
        f"{name} uses the email address of before again",
    )
    assert "It has been changed again since." in changed.lines[0]
    assert f"{name} can log in with it." in back.lines[0]
    assert [thing.lines[-1] for thing in (changed, back)] == ["Why: Ringede om et nyt", "Why: Det var forkert"]


def test_an_entry_says_all_that_it_says_alone_and_on_which_day_it_was(cast: Cast, ada: User, known: User) -> None:
    corrected(cast, known, by=cast.anne, email=TAKEN)
    alone = told(ada)
    assert not alone.things
    assert "Nobody can log in with it before" in alone.paragraphs[0]
    other = make.helper(cast.frede, make.home(cast.vorup, "14")).person
    corrected(cast, known_since(other), by=cast.anne, email="")
    first, second = told(ada).things
    assert first.lines == [*alone.paragraphs, *(f"{label}: {value}" for label, value in alone.facts)]
    assert "deleted the email address of" in second.lines[0]
    for line in (first.lines[0], second.lines[0]):
        assert re.search(r" on \w+ \d+ \w+ 20\d\d at \d+:\d\d\. ?", line.replace("\N{NO-BREAK SPACE}", " "))
    said = " ".join([*first.lines, *second.lines])
    assert "today" not in said
    assert "from now on" not in said


def test_it_says_that_the_two_weeks_are_over_once_they_are(cast: Cast, ada: User, known: User) -> None:
    corrected(cast, known, by=cast.anne, email=TAKEN)
    User.objects.filter(pk=known.pk).update(mailbox_opens_at=clock.now() - DAY)
    assert f"{known.name} can log in with it." in told(ada).paragraphs[0]


def test_what_was_stored_before_an_upgrade_is_still_told(cast: Cast, ada: User, known: User) -> None:
    corrected(cast, known, by=cast.anne, email=TAKEN)
    digest = digest_of(ada)
    for thing in digest.about["things"].values():
        assert thing["kind"] in KINDS
        del thing["about"]["mailbox"], thing["about"]["is_back"]
    digest.save(update_fields=["about"])
    assert "Nobody can log in with it before" in told(ada).paragraphs[0]
