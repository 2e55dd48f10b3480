"""Many people of a file are recognised as one by one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from neighbours.tests import builders as make
from partnership.people.actions.recognising import alike
from partnership.people.actions.recognising_many import Recognised, Sought
from partnership.people.models import User
from partnership.places.models import Address
from partnership.tests.cast import Cast


@pytest.fixture
def doors(cast: Cast) -> list[Address]:
    found = [make.home(cast.vorup, number) for number in ("12", "14")]
    make.slip(cast.karen, found[0], name="Bente Kirstine Bro", phone="12 34 56 78")
    User.objects.filter(pk=cast.helle.pk).update(email="hel.le@gmail.com")
    User.objects.filter(pk=cast.ruth.pk).update(email="ruth+1@randers.example")
    return found


SOUGHT = [
    ("Bente Bro", "", "", 0),
    ("Bro, Bente", "", "", 0),
    ("Bente Bro", "", "", 1),
    ("Bente Bro", "", "+45 12345678", 1),
    ("Bente Bro", "", "12 34 56 79", 1),
    ("Bo Bro", "", "12 34 56 78", 0),
    ("Helle", "helle@googlemail.com", "", 1),
    ("Nobody", "helle+2@gmail.com", "", 1),
    ("Nobody", "RUTH@randers.example", "", 1),
    ("Nobody", "frede+x@randers.example", "", 1),
    ("Nobody", "frede@randers.example", "", 1),
    ("Gunnar", "gunnar@kalmar.example", "", 1),
    ("Nobody", "nobody@randers.example", "", 1),
]


@pytest.mark.parametrize("row", SOUGHT)
def test_many_are_recognised_as_one_by_one(cast: Cast, doors: list[Address], row: tuple[str, str, str, int]) -> None:
    everyone = [Sought(name=name, email=email, phone=phone, address=doors[door]) for name, email, phone, door in SOUGHT]
    name, email, phone, door = row
    found = Recognised(cast.randers, everyone).known(everyone[SOUGHT.index(row)])
    one_by_one = alike(cast.randers, name=name, email=email, phone=phone, address=doors[door])
    assert ([found] if found else []) == one_by_one


def test_whose_mailbox_is_elsewhere_is_known_and_not_who_is_here(cast: Cast, doors: list[Address]) -> None:
    gunnar = Sought(name="Gunnar", email="Gunnar@kalmar.example", phone="", address=doors[0])
    frede = Sought(name="Frede", email="frede@randers.example", phone="", address=doors[0])
    recognised = Recognised(cast.randers, [gunnar, frede])
    assert recognised.elsewhere(gunnar) == cast.gunnar
    assert recognised.known(gunnar) is None
    assert recognised.elsewhere(frede) is None


def test_strangers_cost_no_more_statements_however_many_they_are(cast: Cast, doors: list[Address]) -> None:
    def statements(many: int) -> int:
        people = [
            Sought(name=f"Nobody {n}", email=f"n{n}@x.example", phone=f"{20000000 + n}", address=doors[n % 2])
            for n in range(many)
        ]
        with CaptureQueriesContext(connection) as asked:
            recognised = Recognised(cast.randers, people)
            assert not any(map(recognised.known, people))
        return len(asked)

    assert statements(500) == statements(2)
