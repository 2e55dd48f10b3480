"""A mailbox that another partnership knows: staff read that it cannot be used, and its owner's log has who read it."""

import uuid

import pytest

from neighbours.tests import builders as make
from neighbours.tests.test_slips import SLIPS, filled
from partnership.people.actions import mailboxes
from partnership.people.models import LookUp, User
from partnership.people.tests.looking_up import look_up
from partnership.refusals import Refused
from partnership.tests.cast import NOW, Cast, visit

GUNNAR, UNKNOWN = "gunnar@kalmar.example", "nobody@randers.example"
REFUSED = "This email address cannot be used here. Leave it out."


def slip(cast: Cast, email: str) -> str:
    make.home(cast.vorup)
    return visit(cast.karen).post(f"/en{SLIPS[3:]}", filled(email=email)).content.decode()


def caller(cast: Cast, email: str) -> str:
    form = {
        "medium": "phone", "name": "Gerda Holm", "phone": "20 11 22 33", "email": email, "address": "", "postcode": "",
        "language": "da", "heard": "on", "submission": str(uuid.uuid4()),
    }  # fmt: skip
    return visit(cast.karen).post("/en/staff/people/new/", form).content.decode()


def correction(cast: Cast, email: str) -> str:
    form = {
        "name": "Ruth", "phone": "", "email": email, "why": "misheard", "address": "", "postcode": "",
        "medium": "phone", "submission": str(uuid.uuid4()),
    }  # fmt: skip
    browser = visit(cast.karen)
    look_up(browser, cast.ruth)
    return browser.post(f"/en/staff/people/{cast.ruth.pk}/correct/", form).content.decode()


def correction_of_helper(cast: Cast, email: str) -> str:
    helper = make.slip(cast.karen, make.home(cast.vorup))
    form = {
        "name": "Poul Papir", "phone": "", "email": email, "why": "", "address": "Eksempelvej 12", "postcode": "8900",
        "medium": "phone", "channel": "mail", "submission": str(uuid.uuid4()),
    }  # fmt: skip
    return visit(cast.karen).post(f"/en/staff/helpers/{helper.pk}/correct/", form).content.decode()


def administered(cast: Cast, path: str, email: str) -> str:
    form = {"name": "Ruth", "email": email, "phone": "", "language": "da", "is_active": "on"}
    form |= {"roles-TOTAL_FORMS": "0", "roles-INITIAL_FORMS": "0"}
    return visit(cast.anne).post(path, form, headers={"accept-language": "en"}).content.decode()


def added(cast: Cast, email: str) -> str:
    return administered(cast, "/admin/people/user/add/", email)


def changed(cast: Cast, email: str) -> str:
    return administered(cast, f"/admin/people/user/{cast.ruth.pk}/change/", email)


WAYS = [slip, caller, correction, correction_of_helper, added, changed]


@pytest.fixture(autouse=True)
def _english(cast: Cast) -> None:
    for one in (cast.karen, cast.anne):
        one.language = "en"
        one.save(update_fields=["language"])


@pytest.mark.parametrize("way", WAYS)
def test_staff_read_neither_whose_it_is_nor_where_and_it_is_logged(cast: Cast, way) -> None:
    page = way(cast, GUNNAR)
    assert REFUSED in page
    assert "Another person" not in page
    assert cast.gunnar.name not in page
    row = LookUp.objects.get(person_id=cast.gunnar.pk)
    reader = cast.anne if way in (added, changed) else cast.karen
    assert (row.by_id, row.partnership, row.seen_on) == (reader.pk, cast.kalmar, LookUp.SeenOn.TYPED)


@pytest.mark.parametrize("way", WAYS)
def test_a_mailbox_that_nobody_has_is_no_look_up(cast: Cast, way) -> None:
    assert REFUSED not in way(cast, UNKNOWN)
    assert not LookUp.objects.filter(seen_on=LookUp.SeenOn.TYPED).exists()


def test_one_that_is_taken_there_while_staff_press_is_refused_alike(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For the same reason, by which pages log it."""
    held_by_another = mailboxes._held_by_another

    def then_taken(mailbox: str, person: User) -> Refused | None:
        refusal = held_by_another(mailbox, person)
        User.objects.filter(pk=cast.gunnar.pk).update(email=UNKNOWN)
        return refusal

    monkeypatch.setattr(mailboxes, "_held_by_another", then_taken)
    with pytest.raises(Refused) as refused:
        mailboxes.give_typed_mailbox(cast.ruth, UNKNOWN, NOW)
    assert refused.value.reason == mailboxes.ELSEWHERE


def test_its_owner_and_their_administrators_read_it_without_a_name(cast: Cast) -> None:
    caller(cast, GUNNAR)
    page = visit(cast.gunnar).get("/en/me/data/").content.decode()
    assert "Your email address, which staff of another partnership typed" in page
    assert cast.karen.name not in page
