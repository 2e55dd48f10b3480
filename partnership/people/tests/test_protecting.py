"""Noting that somebody has name and address protection, and ending it: who may, where, and who is told."""

import pytest
from django.utils import translation

from partnership.outbox.kinds import kind
from partnership.outbox.models import Message
from partnership.people import rules
from partnership.people.actions import protecting
from partnership.people.models import User
from partnership.people.tests.looking_up import look_up, page_of
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, visit


def test_who_may_note_it_and_who_may_end_it(cast: Cast) -> None:
    """Each of the cast, of Frede."""
    may_note = {name for name, one in cast.everyone().items() if rules.may_protect(one, cast.frede)}
    may_end = {name for name, one in cast.everyone().items() if rules.may_end_protection(one, cast.frede)}
    assert (may_note, may_end) == ({"frede", "karen", "anne"}, {"frede", "anne"})
    for name, one in cast.everyone().items():
        for change, may in ((protecting.protect, may_note), (protecting.end_protection, may_end)):
            if name in may:
                change(person=cast.frede, by=one, now=NOW)
            else:
                with pytest.raises(Refused):
                    change(person=cast.frede, by=one, now=NOW)


def test_who_sees_them(cast: Cast) -> None:
    cast.frede.is_protected = True
    sees = {name for name, one in cast.everyone().items() if rules.may_see_person(one, cast.frede)}
    assert sees == {"frede", "karen", "anne"}
    cast.frede.is_protected = False
    assert {name for name, one in cast.everyone().items() if rules.may_see_person(one, cast.frede)} == set(
        cast.everyone()
    )


def test_one_says_it_on_the_own_page(cast: Cast) -> None:
    browser = visit(cast.frede)
    for answer, says in (("yes", True), ("no", False)):
        assert browser.post("/da/me/protection/", {"is_protected": answer}).status_code == 302
        cast.frede.refresh_from_db()
        assert cast.frede.is_protected is says
    assert browser.post("/da/me/protection/", {}).status_code == 400
    # What they did themselves is told when it hides them no longer: somebody else may have found their browser.
    assert Message.objects.filter(kind="entrance.protection_changed", recipient=cast.frede).count() == 1


def test_staff_note_it_for_a_caller_and_the_person_is_told(cast: Cast) -> None:
    browser = visit(cast.karen)
    page = look_up(browser, cast.frede, "da")
    assert f"{page_of(cast.frede, 'da')}protection/" in page
    browser.post(f"{page_of(cast.frede, 'da')}protection/", {"is_protected": "yes"})
    cast.frede.refresh_from_db()
    assert cast.frede.is_protected
    told_of = Message.objects.get(kind="entrance.protection_changed", recipient=cast.frede)
    with translation.override("da"):
        words = kind(told_of.kind).write(told_of)
    assert words
    assert "koordinatorer og administratorer" in words.subject
    # A coordinator cannot end it.
    browser.post(f"{page_of(cast.frede, 'da')}protection/", {"is_protected": "no"})
    cast.frede.refresh_from_db()
    assert cast.frede.is_protected
    visit(cast.anne).post(f"{page_of(cast.frede, 'da')}protection/", {"is_protected": "no"})
    cast.frede.refresh_from_db()
    assert not cast.frede.is_protected


def test_the_administration_is_for_administrators_and_changes_it_by_the_same_action(cast: Cast) -> None:
    address = f"/admin/people/user/{cast.frede.pk}/change/"
    typed = {"name": "Frede", "email": "frede@randers.example", "phone": "", "language": "da", "is_active": "on",
             "is_protected": "on", "roles-TOTAL_FORMS": "0", "roles-INITIAL_FORMS": "0"}  # fmt: skip
    assert visit(cast.karen).get(address).status_code == 302
    assert visit(cast.anne).post(address, typed).status_code == 302
    cast.frede.refresh_from_db()
    assert cast.frede.is_protected
    assert Message.objects.filter(kind="entrance.protection_changed", recipient=cast.frede).exists()


def test_nobody_is_hidden_who_runs_the_platform_by_others(cast: Cast) -> None:
    root = User.objects.create_superuser("root@portal.example", "Rita Root")
    assert not rules.may_protect(cast.anne, root)
    assert rules.may_protect(root, root)
    assert rules.may_see_protected(root, cast.randers)
