"""A list and somebody else at the same moment: real threads on PostgreSQL."""

import uuid

import pytest

from neighbours.actions import joining, lists, undoing_lists
from neighbours.actions.requests import JoinRequest
from neighbours.consent_words import consent_text
from neighbours.lists.reading import read
from neighbours.models import Helper, HelperList, HelperListStep
from neighbours.tests import builders as make
from neighbours.tests.list_files import LISTS, POUL, VERA, a_file, added, brought
from partnership import clock
from partnership.outbox.models import Message
from partnership.people.models import User
from partnership.refusals import Refused
from partnership.tests.cast import assemble, visit
from partnership.tests.crowd import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 10


@pytest.fixture
def everyone():
    made = assemble()
    for number in ("12", "14"):
        make.home(made.vorup, number)
    return made


def test_one_list_added_by_many_presses_at_once_is_added_once(everyone):
    found = brought(everyone.karen, a_file(VERA, POUL))

    def press(number):
        return visit(everyone.karen).post(f"{LISTS}{found.pk}/", {"consent": "on"}).status_code

    assert set(all_at_once(THREADS, press)) == {302}
    assert Helper.objects.count() == Message.objects.count() == 2
    assert HelperListStep.objects.filter(helper_list=found, to_state="added").count() == 1


def test_one_file_read_by_many_presses_at_once_is_one_list(everyone):
    key, table = uuid.uuid4(), read(a_file(VERA))

    def press(number):
        return lists.read_list(
            partnership=everyone.randers, table=table, by=everyone.karen, submission=key, now=clock.now()
        ).pk

    assert len(set(all_at_once(THREADS, press))) == 1


def test_two_lists_with_the_same_people_at_once_add_each_once(everyone):
    found = [brought(everyone.karen if number % 2 else everyone.anne, a_file(VERA, POUL)) for number in range(6)]

    def press(number):
        try:
            return lists.add_list(helper_list=found[number], by=everyone.karen, now=clock.now()).added
        except Refused as refused:
            return refused.reason

    answers = all_at_once(len(found), press)
    assert sorted(map(str, answers)) == ["2"] + ["nothing_to_add"] * (len(found) - 1)
    assert Helper.objects.count() == 2


def test_somebody_who_joins_at_the_same_moment_is_one_person(everyone):
    found = brought(everyone.karen, a_file(VERA, POUL))
    door = everyone.randers.addresses.get(number="12")

    def join_or_add(number):
        if number:
            return lists.add_list(helper_list=found, by=everyone.karen, now=clock.now()).added
        joining.ask_to_join(
            join_request=JoinRequest(
                partnership=everyone.randers, name="Vera Vestergaard", email="vera@randers.example", address=door,
                consent_text=consent_text(everyone.randers), language="da", submission=uuid.uuid4(),
            ),
            now=clock.now(),
        )  # fmt: skip
        return None

    all_at_once(2, join_or_add)
    assert User.objects.filter(email="vera@randers.example").count() == 1
    assert Helper.objects.count() == 2


def test_taken_back_and_added_at_once_end_in_one_true_state(everyone):
    found = brought(everyone.karen, a_file(VERA, POUL))

    def add_or_take_back(number):
        try:
            if number % 2:
                undoing_lists.take_back(helper_list=found, by=everyone.karen, now=clock.now())
            else:
                lists.add_list(helper_list=found, by=everyone.karen, now=clock.now())
        except Refused as refused:
            return refused.reason
        return "done"

    answers = all_at_once(THREADS, add_or_take_back)
    assert set(answers) <= {"done", "not_allowed_now"}
    found.refresh_from_db()
    assert Helper.objects.count() == (2 if found.state == "added" else 0)


def test_taken_back_by_many_presses_at_once_is_taken_back_once(everyone):
    found = added(everyone.karen, VERA, POUL)

    def press(number):
        return visit(everyone.karen).post(f"{LISTS}{found.pk}/undo/").status_code

    assert set(all_at_once(THREADS, press)) == {302}
    found.refresh_from_db()
    assert (found.removed, HelperListStep.objects.filter(helper_list=found, to_state="taken_back").count()) == (2, 1)


def test_somebody_who_logs_in_while_the_list_is_taken_back_stays_or_is_gone_whole(everyone):
    found = added(everyone.karen, VERA, POUL)
    vera = User.objects.get(email="vera@randers.example")

    def log_in_or_take_back(number):
        if number:
            return undoing_lists.take_back(helper_list=found, by=everyone.karen, now=clock.now()).removed
        return User.objects.filter(pk=vera.pk).update(last_login=clock.now())

    came, removed = all_at_once(2, log_in_or_take_back)
    assert removed == 2 - came
    assert User.objects.filter(pk=vera.pk).exists() == bool(came)
    assert Helper.objects.count() == HelperList.objects.get().brought.count() == came
