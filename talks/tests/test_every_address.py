"""Every URL of the room, and what each kind of person gets there: nobody reads or changes what is not theirs.

The test fails for a URL that is not in the table and for a wrong cell; partnership/tests/every_address.py says what
stands in one.
"""

import datetime as dt
import itertools
import uuid
from dataclasses import dataclass

import pytest
from django.urls import reverse
from django.utils import translation

from partnership import clock
from partnership.people.models import Organisation
from partnership.tests.cast import NOW, Cast, assemble, association, person, slot, speaker, visit
from partnership.tests.every_address import Row, Tables, log_in_all, read_table
from partnership.tests.written import attempts, tables_of
from talks import urls
from talks.actions import calendars, closing, deputies, offers, patterns
from talks.calendars import feeds
from talks.models import DeputyInvitation, WeeklyPattern
from talks.tests.bookings import confirmed, requested, unverified
from talks.tests.sent_links import token_of
from talks.tests.test_offers import offered
from talks.tests.test_pages import typed as typed_request
from talks.tests.test_wishes import wished

TABLE = """
address             names       nobody   stranger chair    deputy   speaker  another  staff    unproved kerstin  gunnar
overview            -           200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405
book                -           200/302+ 200/302+ 200/302+ 200/302+ 200/302+ 200/302+ 200/302+ 200/302+ 200/400  200/400
sent                -           200/200  200/200  200/200  200/200  200/200  200/200  200/200  200/200  200/200  200/200
wish                -           200/302+ 200/302+ 200/302+ 200/302+ 200/302+ 200/302+ 200/302+ 200/302+ 200/400  200/400
open                open        200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405  404/405  404/405
verify              link        200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 410/410  410/410
cancel              link        200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 410/410  410/410
change              link        200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 410/410  410/410
accept              link        200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 410/410  410/410
verify_wish         link        200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 410/410  410/410
confirm_association link        200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 410/410  410/410
become_deputy       link        200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 410/410  410/410
feedback            link        200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 200/200+ 410/410  410/410
calendar_feed       link        200/405  200/405  200/405  200/405  200/405  200/405  200/405  200/405  410/405  410/405
booking             talk        in/in    404/404  200/302+ 200/302+ 200/200  404/404  200+/302+ in/in   404/404  404/404
booking             request     in/in    404/404  200/302+ 200/302+ 404/404  404/404  200/302+ in/in    404/404  404/404
place_facts         talk        in/in    404/404  200/302+ 200/302+ 404/404  404/404  200/302+ in/in    404/404  404/404
move_own            talk        in/in    404/404  200/200+ 200/200+ 404/404  404/404  404/404  in/in    404/404  404/404
choose              offer       in/in    404/404  200/200+ 200/200+ 404/404  404/404  404/404  in/in    404/404  404/404
call_off            talk        in/in    404/404  404/404  404/404  200/302+ 404/404  200/302+ in/in    404/404  404/404
close_own           over        in/in    404/404  404/404  404/404  200/302+ 404/404  200+/302+ in/in   404/404  404/404
calendar            talk        in/in    404/404  200/200  200/200  200/200  404/404  200/200  in/in    404/404  404/404
poster              talk        in/in    404/404  200/200  200/200  200/200  404/404  200/200  in/in    404/404  404/404
leaflet             talk        in/in    404/404  200/200  200/200  200/200  404/404  200/200  in/in    404/404  404/404
withdraw_wish       wish        in/in    405/404  405/302+ 405/302+ 405/404  405/404  405/404  in/in    405/404  405/404
deputy              association in/in    404/404  200/302+ 200/400  404/404  404/404  404/404  in/in    404/404  404/404
take_back_invitation association in/in   405/404  405/302+ 405/302  405/404  405/404  405/404  in/in    405/404  405/404
end_deputy          association in/in    405/404  405/302+ 405/302+ 405/404  405/404  405/404  in/in    405/404  405/404
slots               -           in/in    403/403  403/403  403/403  200/302+ 200/400  200/302+ in/in    403/403  403/403
withdraw_slot       slot        in/in    405/404  405/404  405/404  405/302+ 405/404  405/302+ in/in    405/404  405/404
add_pattern         -           in/in    403/403  403/403  403/403  200/302+ 200/400  200/302+ in/in    403/403  403/403
end_pattern         pattern     in/in    405/404  405/404  405/404  405/302+ 405/404  405/302+ in/in    405/404  405/404
stay_away           -           in/in    403/403  403/403  403/403  200/302+ 200/400  200/302+ in/in    403/403  403/403
come_back           away        in/in    405/404  405/404  405/404  405/302+ 405/404  405/302+ in/in    405/404  405/404
renew_calendar      speaker     in/in    405/404  405/404  405/404  405/302+ 405/302+ 405/404  in/in    405/404  405/404
renew_calendar      coordinator in/in    405/404  405/404  405/404  405/404  405/404  405/302+ in/in    405/302+ 405/404
revoke_calendar     speaker     in/in    405/302  405/302  405/302  405/302+ 405/302  405/302  in/in    405/302  405/302
revoke_calendar     coordinator in/in    405/302  405/302  405/302  405/302  405/302  405/302+ in/in    405/302  405/302
queue               -           in/in    403/403  403/403  403/403  403/403  403/403  200/200  in/in    200/200  403/403
answer              request     in/in    403/403  403/403  403/403  403/403  403/403  200+/200+ in/in   404/404  403/403
confirm             request     in/in    405/403  405/403  405/403  405/403  405/403  405/302+ in/in    405/404  405/403
show                talk        in/in    405/403  405/403  405/403  405/403  405/403  405/302  in/in    405/404  405/403
decline             request     in/in    405/403  405/403  405/403  405/403  405/403  405/302+ in/in    405/404  405/403
offer               request     in/in    405/403  405/403  405/403  405/403  405/403  405/302+ in/in    405/404  405/403
withdraw_offer      offer       in/in    405/403  405/403  405/403  405/403  405/403  405/302+ in/in    405/404  405/403
move                talk        in/in    405/403  405/403  405/403  405/403  405/403  405/302+ in/in    405/404  405/403
staff_cancel        request     in/in    405/403  405/403  405/403  405/403  405/403  405/302+ in/in    405/404  405/403
close               over        in/in    405/403  405/403  405/403  405/403  405/403  405/302+ in/in    405/404  405/403
correct             recorded    in/in    405/403  405/403  405/403  405/403  405/403  405/302+ in/in    405/404  405/403
agree_to_move       move        in/in    405/403  405/403  405/403  405/403  405/403  405/302+ in/in    405/404  405/403
refuse_to_move      move        in/in    405/403  405/403  405/403  405/403  405/403  405/302+ in/in    405/404  405/403
answer_wish         wish        in/in    403/403  403/403  403/403  403/403  403/403  200+/200+ in/in   404/404  403/403
accept_wish         wish        in/in    405/403  405/403  405/403  405/403  405/403  405/302+ in/in    405/404  405/403
offer_instead       wish        in/in    405/403  405/403  405/403  405/403  405/403  405/302+ in/in    405/404  405/403
decline_wish        wish        in/in    405/403  405/403  405/403  405/403  405/403  405/302+ in/in    405/404  405/403
book_for            caller      in/in    403/403  403/403  403/403  403/403  403/403  200+/302+ in/in   404/404  403/403
wish_for            caller      in/in    403/403  403/403  403/403  403/403  403/403  200+/302+ in/in   404/404  403/403
call                talk        in/in    403/403  403/403  403/403  403/403  403/403  200+/405 in/in    404/405  403/403
move_for            talk        in/in    403/403  403/403  403/403  403/403  403/403  200+/302+ in/in   404/404  403/403
cancel_for          talk        in/in    403/403  403/403  403/403  403/403  403/403  200+/302+ in/in   404/404  403/403
choose_for          offer       in/in    403/403  403/403  403/403  403/403  403/403  200+/302+ in/in   404/404  403/403
take_back_for       talk        in/in    403/403  403/403  403/403  403/403  403/403  200+/302+ in/in   404/404  403/403
send_again          talk        in/in    405/403  405/403  405/403  405/403  405/403  405/302+ in/in    405/404  405/403
feedback_for        over        in/in    403/403  403/403  403/403  403/403  403/403  200+/302+ in/in   404/404  403/403
wish_call           wish        in/in    403/403  403/403  403/403  403/403  403/403  200+/405 in/in    404/405  403/403
withdraw_for        wish        in/in    405/403  405/403  405/403  405/403  405/403  405/302+ in/in    405/404  405/403
send_wish_again     wish        in/in    405/403  405/403  405/403  405/403  405/403  405/302+ in/in    405/404  405/403
"""

# The people of each column, with their host name: Kalmar's people are anonymous under Randers' name. For open URLs only
# the first of each column is tried.
COLUMNS = {
    "nobody": [("", "randers"), ("kerstin", "randers"), ("gunnar", "randers")],
    "stranger": [(name, "randers") for name in ("helle", "niels", "palle", "frede", "otto")],
    "chair": [("ruth", "randers")],
    "deputy": [("dorte", "randers")],
    "speaker": [("sven", "randers")],
    "another": [("signe", "randers")],
    "staff": [("karen", "randers"), ("anne", "randers")],
    "unproved": [("karen", "randers"), ("anne", "randers")],
    "kerstin": [("kerstin", "kalmar")],
    "gunnar": [("gunnar", "kalmar")],
}
WITH_A_PART = {"chair", "deputy", "speaker", "staff"}
ASSOCIATION = "Vorup Grundejerforening"
pytestmark = pytest.mark.slow


def rows() -> list[Row]:
    return read_table(TABLE, COLUMNS)


def is_secret(row: Row) -> bool:
    """Somebody with the link from an email or the address of a calendar is treated as its recipient."""
    return row.names == "link"


def visitors(row: Row) -> list[tuple[str, str, str]]:
    """Return the column, the name and the host of each person who tries this URL."""
    is_open = not row.cells["nobody"].startswith("in")
    columns = {column: persons[: 1 if is_open else None] for column, persons in COLUMNS.items()}
    return [(column, name, home) for column, persons in columns.items() for name, home in persons]


@dataclass
class Scene:
    """Ruth's and Sven's rows by name, the token of each link, and a valid form for each URL."""

    ids: dict[str, int]
    links: dict[str, str]
    forms: dict[str, dict[str, object]]

    def path(self, row: Row) -> str:
        named = self.links[row.address] if is_secret(row) else self.ids.get(row.names, row.names)
        if row.address == "calendar_feed":
            return reverse("calendar_feed", args=[named])
        with translation.override("da"):
            return reverse(f"talks:{row.address}", args=[] if row.names == "-" else [named])

    def form(self, row: Row) -> dict[str, object]:
        # A button alone sends a value too: its token.
        return self.forms.get(row.address, {"csrfmiddlewaretoken": "x"})


@pytest.fixture(scope="module")
def cast(module_db: None) -> Cast:
    """Return the cast, which all tests of this module share: they roll back what they write."""
    return assemble()


@pytest.fixture(scope="module")
def scene(cast: Cast) -> Scene:
    """Make data: for Ruth a coming and a past talk, requests, an offer, wishes and a deputy; for Sven a calendar."""
    talk = confirmed(cast)
    offer, _slots = offered(cast, requested(cast, slot(cast.speaker, days=21)))
    request = requested(cast, slot(cast.speaker, days=22))
    asked = unverified(cast, slot(cast.speaker, days=23))
    over = confirmed(cast, slot(cast.speaker, days=-5), now=NOW - dt.timedelta(days=40))
    everybodys = confirmed(
        cast,
        slot(cast.speaker, days=90),
        is_public=True,
        association="Åben Forening",
        name="Aase",
        email="aase@randers.example",
    )
    recorded = confirmed(cast, slot(cast.speaker, days=-6), now=NOW - dt.timedelta(days=40))
    closing.close(booking=recorded, took_place=True, attendance=3, by=cast.karen, now=NOW)
    weekly = WeeklyPattern(
        speaker=cast.speaker, weekday=3, starts=dt.time(12), ends=dt.time(14), first_on=dt.date(2027, 2, 1)
    )
    weekly = patterns.add_pattern(pattern=weekly, by=cast.sven, now=NOW)
    away = patterns.stay_away(
        speaker=cast.speaker, first_on=dt.date(2027, 3, 1), last_on=dt.date(2027, 3, 2), by=cast.sven, now=NOW
    )
    signe = speaker(person("Signe", cast.randers))
    move = offers.ask_to_move(booking=talk, slot=slot(signe, days=60), by=cast.ruth, now=NOW)
    free = slot(cast.speaker, days=70)
    association(cast.dronningborg, person("Otto", cast.randers), "Ottos forening")
    dorte, dagny = {"name": "Dorte", "email": "dorte@randers.example"}, {"name": "Dagny", "email": "dagny@x.example"}
    deputies.ask_deputy(association=cast.association, by=cast.ruth, now=NOW, **dorte)
    deputies.accept_deputy(invitation=DeputyInvitation.objects.get(), version=1, now=NOW)
    deputies.ask_deputy(association=cast.association, by=cast.ruth, now=clock.now(), **dagny)
    # Otherwise the talks that were asked for this year would have confirmed it.
    Organisation.objects.filter(pk=cast.association.pk).update(confirmed_on=dt.date(2025, 3, 1))
    feed = calendars.renew(person=cast.sven, partnership=cast.randers, kind="speaker", now=NOW)
    for staff in (cast.karen, cast.anne):
        calendars.renew(person=staff, partnership=cast.randers, kind="coordinator", now=NOW)
    wish, early = wished(cast), wished(cast, verified=False)
    ids = {
        "talk": talk.pk,
        "offer": offer.pk,
        "request": request.pk,
        "over": over.pk,
        "recorded": recorded.pk,
        "open": everybodys.pk,
        "pattern": weekly.pk,
        "away": away.pk,
        "move": move.pk,
        "slot": free.pk,
        "association": cast.association.pk,
        "wish": wish.pk,
        "caller": cast.frede.pk,
    }
    links = {
        "verify": token(asked, "verify"),
        "cancel": token(talk, "cancel"),
        "change": token(talk, "change"),
        "accept": token(offer, "accept", offer.sequence),
        "verify_wish": token(early, "verify_wish"),
        "confirm_association": token(cast.association, "confirm_association"),
        "become_deputy": token(DeputyInvitation.objects.get(), "become_deputy", 2),
        "feedback": token(over, "feedback"),
        "calendar_feed": feeds.url(feed).rpartition("/")[2].removesuffix(".ics"),
    }
    request_form = typed_request(cast, slot=free.pk, email="new@randers.example", association="Nygård")
    svens = {"speaker": cast.speaker.pk, "starts": "9.00", "ends": "11.00"}
    forms = {
        "book": request_form,
        "wish": request_form
        | {"from_hour": "19.00", "submission": str(uuid.uuid4())}
        | three_boxes("first", dt.date(2027, 4, 1))
        | three_boxes("second", dt.date(2027, 4, 2)),
        "book_for": request_form | {"medium": "phone", "submission": str(uuid.uuid4())},
        "wish_for": request_form
        | {"medium": "phone", "from_hour": "19.00", "submission": str(uuid.uuid4())}
        | three_boxes("first", dt.date(2027, 4, 1))
        | three_boxes("second", dt.date(2027, 4, 2)),
        "move_for": {"slot": free.pk, "medium": "phone"},
        "cancel_for": {"medium": "phone"},
        "choose_for": {"hold": offer.holds.first().pk, "medium": "phone"},
        "take_back_for": {"medium": "phone"},
        "change": {"slot": free.pk},
        "place_facts": {"place": "Skolen"},
        "move_own": {"slot": free.pk},
        "move": {"slot": free.pk},
        "accept": {"hold": offer.holds.first().pk},
        "choose": {"hold": offer.holds.first().pk},
        "feedback": {"useful": "yes", "will_act": "no"},
        "feedback_for": {"useful": "yes", "will_act": "no", "medium": "phone"},
        "correct": {"took_place": "no"},
        "close": {"took_place": "yes", "attendance": "9"},
        "close_own": {"took_place": "yes", "attendance": "9"},
        "deputy": {"name": "Dagny", "email": "dagny@randers.example"},
        "slots": svens | three_boxes("day", dt.date(2027, 4, 1)),
        "add_pattern": svens | {"weekday": "1", "every_weeks": "1"} | three_boxes("first_on", dt.date(2027, 4, 1)),
        "stay_away": svens | three_boxes("first_on", dt.date(2027, 4, 1)) | three_boxes("last_on", dt.date(2027, 4, 1)),
        "decline": {"why": "Nej.", "is_gone": "no"},
        "decline_wish": {"why": "Nej."},
        "offer_instead": {"slots": [free.pk]},
        "offer": {"slots": [free.pk], "is_gone": "yes"},
        "call_off": {"slots": [free.pk]},
        "accept_wish": {"speaker": cast.speaker.pk, "day": wish.days[0]},
    }
    return Scene(ids, links, forms)


def three_boxes(name: str, day: dt.date) -> dict[str, int]:
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def token(case: object, purpose: str, version: int = 0) -> str:
    return token_of(case, purpose, version=version)


@pytest.fixture(scope="module")
def logged_in(cast: Cast, scene: Scene) -> dict[tuple[str, str, str], str]:
    """Return each browser's session cookies, by column, person and host."""
    return log_in_all(COLUMNS)


@pytest.fixture(scope="module")
def tables(logged_in: object) -> Tables:
    return Tables(tables_of("talks", "people", "outbox"))


def test_every_address_of_the_room_is_in_the_table() -> None:
    assert {row.address for row in rows()} == {one.name for one in urls.urlpatterns} | {"calendar_feed"}


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row.address} {row.names}")
def test_each_gets_what_the_table_says(
    scene: Scene, tables: Tables, logged_in: dict[tuple[str, str, str], str], row: Row
) -> None:
    wrong = []
    for column, name, home in visitors(row):
        client = visit(None, host=f"{home}.localhost")
        client.cookies.load(logged_in[column, name, home])
        got, read = tables.tried(client.get, scene.path(row), {})
        posted, answered = tables.tried(client.post, scene.path(row), scene.form(row))
        if f"{got}/{posted}" != row.cells[column]:
            wrong.append(f"{name} at {home}, {column}: {got}/{posted} and not {row.cells[column]}")
        if column not in WITH_A_PART and not is_secret(row) and ASSOCIATION in read + answered:
            wrong.append(f"{name} at {home}, {column}: reads the name of the association")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("row", [row for row in rows() if is_secret(row)], ids=lambda row: row.address)
def test_a_made_up_link_is_404(cast: Cast, row: Row) -> None:
    scene = Scene({}, {row.address: "nonsense"}, {})
    assert visit(None).get(scene.path(row)).status_code == 404


def test_a_link_for_one_thing_opens_nothing_else(cast: Cast, scene: Scene, tables: Tables) -> None:
    talk = cast.association.bookings.get(pk=scene.ids["talk"])
    tries = attempts(tables.names)
    with_links = [row for row in rows() if is_secret(row) and row.address != "calendar_feed"]
    for made_for, used_for in itertools.permutations(with_links, 2):
        wrong = Scene({}, {used_for.address: token(talk, made_for.address)}, scene.forms)
        response = visit(None).post(wrong.path(used_for), wrong.form(used_for))
        assert response.status_code == 404, (made_for.address, used_for.address)
    assert attempts(tables.names) == tries
