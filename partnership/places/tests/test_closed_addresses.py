"""The register closes addresses and makes doors again; households keep their homes, closed doors are not offered."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from partnership.places.address_lookup import Problem, look_up, streets_beginning
from partnership.places.models import Address, Household, Partnership
from partnership.places.tests.test_commands import home, register
from partnership.places.tests.test_reading_addresses import dar


@pytest.fixture
def randers(db: None) -> Partnership:
    call_command("load_partnership", "randers", stdout=io.StringIO())
    return Partnership.objects.get()


def load(folder: Path, *lines: bytes) -> str:
    """Load a DAR extract; return what the command says."""
    out = io.StringIO()
    (folder / "dar.json").write_bytes(b"\n".join(lines) + b"\n")
    call_command("load_addresses", folder / "dar.json", partnership="randers", area="8182", stdout=out)
    return out.getvalue()


def moved_in(address: Address) -> Household:
    return Household.objects.create(partnership=address.partnership, area=address.area, address=address)


ENDED = [{"registreringtil": "2026-01-01"}, {"virkningtil": "2026-01-01"}, {"status": "4"}]


@pytest.mark.parametrize("ended", ENDED)
def test_an_address_that_has_ended_is_no_longer_offered_and_its_household_keeps_it(randers, tmp_path, ended) -> None:
    load(tmp_path, dar())
    home = moved_in(Address.objects.get())
    assert look_up(randers, "Eksempelvej 7, 2. th", "8900").door == home.address
    assert "0 new, 0 changed, 0 as before, 1 closed" in load(tmp_path, dar(**ended))
    assert look_up(randers, "Eksempelvej 7, 2. th", "8900").door is None
    assert streets_beginning(randers, "Eks") == []
    home.refresh_from_db()
    assert home.address.label == "Eksempelvej 7, 2. th, 8900 Randers C"
    assert "0 closed" in load(tmp_path, dar(**ended))


def test_history_beside_a_current_record_closes_nothing(randers, tmp_path) -> None:
    load(tmp_path, dar())
    assert "1 as before, 0 closed" in load(tmp_path, dar(), *(dar(**ended) for ended in ENDED))
    assert "1 as before, 0 closed" in load(tmp_path, *(dar(**ended) for ended in ENDED), dar())


@pytest.mark.parametrize("with_history", [True, False])
def test_a_door_made_again_under_a_new_identifier_takes_over(randers, tmp_path, with_history) -> None:
    load(tmp_path, dar())
    home = moved_in(Address.objects.get())
    history = [dar(status="4")] if with_history else []
    assert "1 new, 0 changed, 0 as before, 1 closed" in load(tmp_path, *history, dar(id="a2"))
    door = look_up(randers, "Eksempelvej 7, 2. th", "8900").door
    assert door.register_id == "a2"
    home.refresh_from_db()
    assert home.address == door
    assert "0 new, 0 changed, 1 as before, 0 closed" in load(tmp_path, *history, dar(id="a2"))


def test_a_door_made_again_later_takes_the_household_over(randers, tmp_path) -> None:
    load(tmp_path, dar())
    home = moved_in(Address.objects.get())
    load(tmp_path, dar(status="4"))
    load(tmp_path, dar(id="a2"))
    home.refresh_from_db()
    assert home.address.register_id == "a2"


def test_two_current_doors_of_one_label_both_stay(randers, tmp_path) -> None:
    assert "2 new, 0 changed, 0 as before, 0 closed" in load(tmp_path, dar(), dar(id="a2"))
    assert look_up(randers, "Eksempelvej 7, 2. th", "8900").problem == Problem.SEVERAL_DOORS


def test_a_closed_address_that_comes_back_is_offered_again(randers, tmp_path) -> None:
    load(tmp_path, dar())
    load(tmp_path, dar(status="4"))
    assert "0 new, 1 changed" in load(tmp_path, dar())
    assert look_up(randers, "Eksempelvej 7, 2. th", "8900").door


def test_nothing_is_closed_by_a_bad_file(randers, tmp_path) -> None:
    load(tmp_path, dar())
    with pytest.raises(CommandError):
        load(tmp_path, dar(status="4"), b"{broken")
    assert Address.objects.get().is_closed is False


def test_what_a_whole_register_does_not_hold_is_closed_only_when_asked(randers, tmp_path) -> None:
    def loaded(*lines: str, whole: bool) -> str:
        out = io.StringIO()
        call_command("load_addresses", register(tmp_path, *lines), partnership="randers", whole=whole, stdout=out)
        return out.getvalue()

    loaded(home(1), home(2), home(3), whole=False)
    assert "0 closed" in loaded(home(1), home(2), whole=False)
    assert "1 closed" in loaded(home(1), home(2), whole=True)
    load(tmp_path, dar())
    with pytest.raises(CommandError, match="More than half"):
        loaded(home(1), whole=True)
    assert Address.objects.offered().count() == 3


def homes(count: int) -> list[bytes]:
    return [dar(id=f"a{n}", adressebetegnelse=f"Eksempelvej {n}, 8900 Randers C") for n in range(1, count + 1)]


@pytest.mark.parametrize(
    "other",
    [
        {"status": "9"}, {"status": "Gældende"}, {"status": None}, {"status": ["3"]}, {"virkningtil": "i går"},
        {"registreringtil": {}}, {"id": None}, {"id": ""},
    ],
)  # fmt: skip
def test_a_record_that_we_do_not_understand_closes_nothing(randers, tmp_path, other) -> None:
    load(tmp_path, dar())
    with pytest.raises(CommandError, match="1 bad lines"):
        load(tmp_path, dar(**other))
    assert Address.objects.get().is_closed is False


@pytest.mark.parametrize("name", ["id", "status", "registreringtil", "virkningtil"])
def test_a_record_without_what_says_whether_it_is_current_closes_nothing(randers, tmp_path, name: str) -> None:
    load(tmp_path, dar())
    record = json.loads(dar())
    record[name.upper()] = record.pop(name)
    with pytest.raises(CommandError, match="Nothing was imported"):
        load(tmp_path, json.dumps(record).encode())
    assert Address.objects.get().is_closed is False


@pytest.mark.parametrize(
    "same",
    [
        {"status": 3}, {"status": "3 "}, {"virkningtil": ""}, {"registreringtil": ""},
        {"virkningtil": "9999-12-31T23:59:59Z"}, {"registreringtil": "2099-01-01"},
    ],
)  # fmt: skip
def test_other_ways_to_write_a_current_record_are_current(randers, tmp_path, same) -> None:
    load(tmp_path, dar())
    assert "1 as before, 0 closed" in load(tmp_path, dar(**same))


def test_a_file_that_would_close_a_large_part_is_refused_until_somebody_has_looked(randers, tmp_path) -> None:
    lines = homes(60)
    load(tmp_path, *lines)
    ended = [json.dumps(json.loads(line) | {"status": "4"}).encode() for line in lines[:25]]
    with pytest.raises(CommandError, match="25 of the 60 addresses would be closed"):
        load(tmp_path, *ended, *lines[25:])
    assert not Address.objects.filter(is_closed=True).exists()
    (tmp_path / "dar.json").write_bytes(b"\n".join([*ended, *lines[25:]]))
    call_command("load_addresses", tmp_path / "dar.json", partnership="randers", area="8182", close_many=True)
    assert Address.objects.filter(is_closed=True).count() == 25


def test_a_whole_file_that_was_cut_is_refused(randers, tmp_path) -> None:
    lines = homes(60)
    load(tmp_path, *lines)
    (tmp_path / "dar.json").write_bytes(b"\n".join(lines[:36]))
    with pytest.raises(CommandError, match="24 of the 60"):
        call_command("load_addresses", tmp_path / "dar.json", partnership="randers", area="8182", whole=True)
