"""What the database has an index of is what the search reads."""

import re

import pytest
from django.db import connection

from partnership.people.models import User
from partnership.people.staff import searching
from partnership.people.tests.looking_up import page_of
from partnership.tests.cast import Cast, visit
from written.streets import folded

NAMES = [
    "Åse Ærøskøbing-Østergård", "ÅSE ÄNGSTRÖM", "Müller", "Strauß", "Éva Ñandú", "Čapek", "O'Neill", "Anne  Marie",
    "李", "Bo 2", "Jørgen & Söhne", "d'Årc",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_the_database_writes_names_as_the_search_does(db: None, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(people_words(%s, 'a.b@x.example', 7))", [name])
        (words,) = cursor.fetchone()
    assert set(words) == {*re.findall("[a-z0-9]+", folded(name)), "a", "b", "x", "example", "#7"}


@pytest.mark.parametrize("wanted", ["aase", "Åse", "ÅSE", "ostergard, åse", "oestergaard", "åse østerg"])
def test_a_name_is_found_in_any_spelling(cast: Cast, wanted: str) -> None:
    aase = User.objects.create_user(None, "Åse Østergård", partnership=cast.randers)
    rows, number = searching.found(User.objects.filter(partnership=cast.randers), cast.randers, wanted)
    assert ([row.person for row in rows], number) == (([aase], 1) if wanted != "ostergard, åse" else ([], 0))


def test_what_fits_too_many_lists_nobody_and_asks_for_more(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MOST_READ", 3)
    for number in range(4):
        poul = User.objects.create_user(None, f"Poul {number}", partnership=cast.randers)
    page = visit(cast.karen).post("/en/staff/people/", {"q": "poul", "purpose": "call"}).content.decode()
    assert "That fits too many people" in page
    assert page_of(poul) not in page
    few = visit(cast.karen).post("/en/staff/people/", {"q": "karen", "purpose": "call"}).content.decode()
    assert "That fits too many" not in few
