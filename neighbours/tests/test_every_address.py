"""Every address of people and neighbours, and what each of the cast gets there, also under another partnership.

The test fails for an address that is not in the table and for a wrong cell; partnership/tests/every_address.py says
what stands in one.
"""

import uuid
from dataclasses import dataclass

import pytest
from django.urls import reverse
from django.utils import translation

from neighbours import urls
from neighbours.actions import cards
from neighbours.actions.ticking import tick
from neighbours.first_things import FIRST_THINGS
from neighbours.tests import builders as make
from neighbours.tests.list_files import a_file, added, brought
from partnership import clock
from partnership.paper import printed_codes
from partnership.people import urls as people_urls
from partnership.people.actions import contacts
from partnership.tests.cast import Cast, assemble, visit
from partnership.tests.every_address import Row, Tables, log_in_all, read_table
from partnership.tests.written import tables_of

TABLE = """
address               names        nobody   helle    others   niels    karen     anne      unproved kerstin  gunnar
p:me                  -            in/in    200/200  200/200  200/200  200/200   200/200   in/in    200/200  200/200
p:language            -            in/in    200/302+ 200/302+ 200/302+ 200/302+  200/302+  in/in    200/302+ 200/302+
p:protection          -            in/in    200/302+ 200/302+ 200/302+ 200/302+  200/302+  in/in    200/302+ 200/302+
p:details             -            in/in    200/302+ 200/302+ 200/302+ 200/302+  200/302+  in/in    200/302+ 200/302+
p:data                -            in/in    200/405  200/405  200/405  200/405   200/405   in/in    200/405  200/405
p:download            -            in/in    200/405  200/405  200/405  200/405   200/405   in/in    200/405  200/405
p:erase               -            in/in    200/302+ 200/302+ 200/302+ 200/302+  200/302   in/in    200/302+ 200/302+
p:erased              -            200/405  200/405  200/405  200/405  200/405   200/405   200/405  200/405  200/405
p:search              -            in/in    403/403  403/403  403/403  200/200+  200/200+  in/in    200/200  403/403
p:person              person       in/in    403/403  403/403  403/403  200/302   200/302   in/in    404/404  403/403
p:write_down          -            in/in    403/403  403/403  403/403  200/302+  200/302+  in/in    200/400  403/403
p:correct             frede        in/in    403/403  403/403  403/403  200+/302+ 200+/302+ in/in    404/404  403/403
p:protection_of       person       in/in    403/403  403/403  403/403  200+/302+ 200+/302+ in/in    404/404  403/403
p:erase_for           person       in/in    403/403  403/403  403/403  200+/302+ 200+/302+ in/in    404/404  403/403
p:note                person       in/in    403/403  403/403  403/403  200+/302+ 200+/302+ in/in    404/404  403/403
p:note_undo           person,note  in/in    403/403  403/403  403/403  405/302+  405/302   in/in    405/404  403/403
p:confirm_association assoc.       in/in    403/403  403/403  403/403  200+/302+ 200+/302+ in/in    404/404  403/403
p:duplicates          -            in/in    403/403  403/403  403/403  403/403   200/405   in/in    403/403  403/403
n:overview            -            200/405  200/405  200/405  200/405  200/405   200/405   200/405  200/405  200/405
n:join                -            200/302+ 200/302+ 200/302+ 200/302+ 200/302+  200/302+  200/302+ 200/200  200/200
n:sent                -            200/200  200/200  200/200  200/200  200/200   200/200   200/200  200/200  200/200
n:streets             -            200/405  200/405  200/405  200/405  200/405   200/405   200/405  200/405  200/405
n:paper_slip          -            200/405  200/405  200/405  200/405  200/405   200/405   200/405  200/405  200/405
n:confirm             token        200/302+ 200/302+ 200/302+ 200/302+ 200/302+  200/302+  200/302+ 404/404  404/404
n:new_link            token        302/302+ 302/302+ 302/302+ 302/302+ 302/302+  302/302+  302/302+ 404/404  404/404
n:tick                thing        in/in    405/302+ 405/302  405/302  405/302   405/302   in/in    405/302  405/302
n:take_back           done         in/in    405/302+ 405/302  405/302  405/302   405/302   in/in    405/302  405/302
n:name                -            in/in    302/302  302/302  302/302  302/302   302/302   in/in    302/302  302/302
n:shown               -            in/in    405/302+ 405/302  405/302  405/302   405/302   in/in    405/302  405/302
n:address             -            in/in    200/302+ 302/302  302/302  302/302   302/302   in/in    302/302  302/302
n:leave               -            in/in    200/302+ 302/302  302/302  302/302   302/302   in/in    302/302  302/302
n:invite              -            in/in    200/405  302/405  302/405  302/405   302/405   in/in    302/405  302/405
n:invite_sheet        sheet        in/in    200/405  302/405  302/405  302/405   302/405   in/in    302/405  302/405
n:stickers            -            200/405  200/405  200/405  200/405  200/405   200/405   200/405  200/405  200/405
n:slip                -            in/in    403/403  403/403  403/403  200/302+  200/302+  in/in    200/200  403/403
n:pile                -            in/in    403/403  403/403  403/403  200/302+  200/302+  in/in    200/200  403/403
n:take_back_card      noted        in/in    403/403  403/403  403/403  405/302+  405/404   in/in    405/404  403/403
n:card_for            helper       in/in    403/403  403/403  403/403  200+/302+ 200+/302+ in/in    404/404  403/403
n:printed_card        helper       in/in    403/403  403/403  403/403  200+/405  404/405   in/in    404/405  403/403
n:helpers             -            in/in    403/403  403/403  200/405  200+/405  200+/405  in/in    200/405  403/403
n:lists               -            in/in    403/403  403/403  403/403  200/400  200/400  in/in    200/400  403/403
n:list_sample         -            in/in    403/403  403/403  403/403  200/405  200/405  in/in    200/405  403/403
n:list                list         in/in    403/403  403/403  403/403  200/302+ 200/302+ in/in    404/404  403/403
n:list_discard        list         in/in    403/403  403/403  403/403  405/302+ 405/302+ in/in    405/404  403/403
n:list_undo           added        in/in    403/403  403/403  403/403  200/302+ 200/302+ in/in    404/404  403/403
n:list_faulty         list         in/in    403/403  403/403  403/403  200/405  200/405  in/in    404/405  403/403
n:helper              helper       in/in    403/403  403/403  403/403  302/405   302/405   in/in    404/405  403/403
n:correct             helper       in/in    403/403  403/403  403/403  200+/302+ 200+/302+ in/in    404/404  403/403
n:shown_for           helper       in/in    403/403  403/403  403/403  200+/302+ 200+/302+ in/in    404/404  403/403
n:invite_sheet_for    helper,sheet in/in    403/403  403/403  403/403  200+/405  200+/405  in/in    404/405  403/403
n:leave_for           helper       in/in    403/403  403/403  403/403  200+/302+ 200+/302+ in/in    404/404  403/403
n:tick_for            helper,thing in/in    403/403  403/403  403/403  405/302+  405/302+  in/in    405/404  403/403
n:take_back_for       helper,done  in/in    403/403  403/403  403/403  405/302+  405/302   in/in    405/404  403/403
"""
# The people of each column, with their host name: Kalmar's people are anonymous under Randers' name, and so is staff
# without the second factor.
COLUMNS = {
    "nobody": [("", "randers"), ("kerstin", "randers"), ("gunnar", "randers")],
    "helle": [("helle", "randers")],
    "others": [(name, "randers") for name in ("frede", "ruth", "sven", "palle")],
    "niels": [("niels", "randers")],
    "karen": [("karen", "randers")],
    "anne": [("anne", "randers")],
    "unproved": [("karen", "randers"), ("anne", "randers")],
    "kerstin": [("kerstin", "kalmar")],
    "gunnar": [("gunnar", "kalmar")],
}
ROOMS = {"p": "people", "n": "neighbours"}
KNOWN_TO_STAFF = {"karen", "anne"}
AT_HOME = "Eksempelvej 12;8900;Møde i hallen;12-11-2026;på papir"
POUL, PHONE = "Poul Papir", "24 68 24 68"
pytestmark = pytest.mark.slow


def rows() -> list[Row]:
    return read_table(TABLE, COLUMNS)


def in_full(address: str) -> str:
    room, _colon, name = address.partition(":")
    return f"{ROOMS[room]}:{name}"


@dataclass
class Scene:
    """The arguments of each address by their names, and a valid form for each."""

    named: dict[str, object]
    forms: dict[str, dict[str, object]]

    def path(self, row: Row) -> str:
        names = [] if row.names == "-" else row.names.split(",")
        with translation.override("da"):
            return reverse(in_full(row.address), args=[self.named[name] for name in names])

    def form(self, row: Row) -> dict[str, object]:
        # A button alone sends a value too: its token.
        return self.forms.get(in_full(row.address), {"csrfmiddlewaretoken": "x"})


@pytest.fixture(scope="module")
def cast(module_db: None) -> Cast:
    """Return the cast, which all tests of this module share: they roll back what they write."""
    return assemble()


@pytest.fixture(scope="module")
def scene(cast: Cast) -> Scene:
    """Make Helle a helper, Poul one without a mailbox with a thing done and a note, and somebody who waits."""
    make.helper(cast.helle, make.home(cast.vorup))
    poul = make.slip(cast.karen, make.home(cast.vorup, "14"), name=POUL, phone=PHONE)
    waiting = make.ask(cast.randers, make.home(cast.dronningborg, "16"))
    a_list = brought(cast.karen, a_file(f"Rosa Ravn;;;{AT_HOME}"))
    is_added = added(cast.karen, f"Sara Sand;;;{AT_HOME}")
    called = {"code": "called_us", "line": "", "submission": uuid.uuid4(), "now": clock.now()}
    for person in (cast.helle, poul.person):
        tick(person=person, thing=FIRST_THINGS[1], now=clock.now(), by=cast.karen)
    card = {"by": cast.karen, "now": clock.now(), "submission": uuid.uuid4()}
    noted = cards.note(
        here=cast.randers,
        digits=printed_codes.number_of(poul.reply_cards.get().code)[:-1].replace(" ", ""),
        boxes="2",
        day=cast.randers.today(),
        **card,
    )
    cards.make(helper=poul, by_letter=False, **card)
    note = contacts.note_contact(person=poul.person, here=cast.randers, by=cast.karen, **called)
    named = {
        "helper": poul.pk, "person": poul.person_id, "frede": cast.frede.pk, "note": note.pk,
        "token": make.token(waiting), "assoc.": cast.association.pk, "thing": FIRST_THINGS[0].slug,
        "done": FIRST_THINGS[1].slug, "sheet": "cards", "noted": noted.pk,
        "list": a_list.pk, "added": is_added.pk,
    }  # fmt: skip
    home = {"address": "Eksempelvej 14", "postcode": "8900"}
    told = {"medium": "phone", "submission": str(uuid.uuid4())}
    new = {"name": "Gerda Holm", "phone": "20 11 22 33", "email": "", "language": "da", **home, **told}
    forms = {
        "people:language": {"language": "en"},
        "people:protection": {"is_protected": "yes"},
        "people:protection_of": {"is_protected": "yes"},
        "people:details": {"name": "Helle Ny", "phone": ""},
        "people:data": {},
        "people:search": {"q": "Poul", "purpose": "call"},
        "people:person": {"purpose": "call"},
        "people:note": {"code": "called_us", "line": "", "submission": str(uuid.uuid4())},
        "people:write_down": new | {"heard": "on"},
        "people:correct": new | {"name": "Frede Ny", "email": "frede@randers.example"},
        "people:confirm_association": {"medium": "phone"},
        "neighbours:join": {
            "name": "Gerda Holm", "email": "gerda@randers.example", "consent": "on", "was_helper": "no",
            "submission": str(uuid.uuid4()), **home,
        },
        "neighbours:slip": new | {"consent": "on", "was_helper": "no"},
        "neighbours:list": {"consent": "on"},
        "neighbours:pile": {
            "number": printed_codes.number_of(poul.reply_cards.latest("pk").code), "boxes": "3", "day": "",
            "submission": str(uuid.uuid4()),
        },
        "neighbours:card_for": {"how": "letter", "submission": str(uuid.uuid4())},
        "neighbours:name": {"name": "Helle Ny"},
        "neighbours:shown": {"shown": "yes"},
        "neighbours:address": home,
        "neighbours:correct": new | {"name": "Poul Ny", "channel": "letter"},
        "neighbours:shown_for": {"shown": "yes", "medium": "phone"},
        "neighbours:leave_for": {"medium": "phone"},
        "people:erase_for": {"medium": "phone"},
    }  # fmt: skip
    return Scene(named, forms)


@pytest.fixture(scope="module")
def logged_in(cast: Cast, scene: Scene) -> dict[tuple[str, str, str], str]:
    """Return each browser's session cookies, by column, person and host."""
    return log_in_all(COLUMNS)


@pytest.fixture(scope="module")
def tables(logged_in: object) -> Tables:
    return Tables(tables_of("people", "places", "neighbours", "outbox"))


def test_every_address_of_both_rooms_is_in_the_table() -> None:
    both = {f"{room.app_name}:{one.name}" for room in (urls, people_urls) for one in room.urlpatterns if one.name}
    assert {in_full(row.address) for row in rows()} == both


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.address} {row.names}")
def test_each_gets_what_the_table_says(
    scene: Scene, tables: Tables, logged_in: dict[tuple[str, str, str], str], row: Row
) -> None:
    wrong = []
    for column, persons in COLUMNS.items():
        for name, home in persons:
            client = visit(None, host=f"{home}.localhost")
            client.cookies.load(logged_in[column, name, home])
            got, read = tables.tried(client.get, scene.path(row), {})
            client.cookies.load(logged_in[column, name, home])
            posted, answered = tables.tried(client.post, scene.path(row), scene.form(row))
            if f"{got}/{posted}" != row.cells[column]:
                wrong.append(f"{name} at {home}, {column}: {got}/{posted} and not {row.cells[column]}")
            if column not in KNOWN_TO_STAFF and (POUL in read + answered or PHONE in read + answered):
                wrong.append(f"{name} at {home}, {column}: reads of Poul")
    assert not wrong, "\n".join(wrong)
