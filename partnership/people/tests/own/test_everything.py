"""What people see and download of their own data: a section for each model about people, in their own language, and
nothing about anybody else.
"""

import io
import json
import zipfile
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from partnership import retention
from partnership.people.actions.consents import give_consent
from partnership.people.lookups import record
from partnership.people.models import LookUp, User
from partnership.people.own.readable import for_machines, in_words
from partnership.people.own.sections import not_given, sections, sections_of
from partnership.people.tests.canary import CANARY, PHONE, rows_about
from partnership.retention import CONSENT, Rule
from partnership.tests.cast import NOW, Cast, person, visit
from partnership.tests.costs import seconds
from partnership.tests.retained import personal_models

# What a file must not hold: keys that open something, and hashes.
SECRETS = {"password", "digest", "session_key", "session_data", "nonce", "seed", "number", "data", "sent_to"}
# What somebody typed or is to know; any other whole number in the file is the portal's own.
NUMBERS_OF_THEIR_OWN = {"homes", "attendance", "travel_minutes", "radius_km", "weekday", "every_weeks"}
WORDS = {
    "da": ("Hvad vi ved om dig", "Hvem der har slået dig op", "Koordinator", "Du ringede"),
    "sv": ("Vad vi vet om dig", "Vem som har tittat på dina uppgifter", "Samordnare", "Du ringde"),
    "en": ("What we know about you", "Who has looked you up", "Coordinator", "You called"),
}


@pytest.fixture
def canary(cast: Cast) -> User:
    return rows_about(cast)[0]


def without_section() -> list[str]:
    """Return the models about people of which nobody has said what people are given."""
    said = {section.model for section in sections} | {one.model for one in not_given}
    return sorted(model._meta.label for model in personal_models() - said)


def test_every_model_about_people_has_a_section_or_a_reason() -> None:
    assert without_section() == [], "Add a section to the room's own_data.py."
    assert not {section.model for section in sections} & {one.model for one in not_given}


def test_a_new_model_about_people_without_a_section_is_found() -> None:
    """The control."""

    class SignUp(models.Model):
        class Meta:
            app_label = "people"
            managed = False

    try:
        said = dict.fromkeys(("holds", "purpose", "how_long", "seen_by"), "x")
        with retention.rules.only(*retention.rules, Rule(SignUp, basis=CONSENT, **said)):
            assert without_section() == ["people.SignUp"]
    finally:
        del apps.all_models["people"]["signup"]
        apps.clear_cache()


def test_each_section_finds_the_rows_of_its_person(canary: User) -> None:
    found = {section.name for section, _rows in sections_of(canary)}
    assert {section.name for section in sections} - found == set()


def test_a_stranger_finds_nothing_of_theirs(cast: Cast, canary: User) -> None:
    assert CANARY not in json.dumps(for_machines(cast.helle), default=str)
    assert {section.name for section, _rows in sections_of(cast.helle)} == {"people.User"}


def test_the_file_holds_what_they_wrote_and_no_secret_and_no_name_of_staff(cast: Cast, canary: User) -> None:
    record(cast.karen, [canary], purpose="call", seen_on="page", now=NOW)
    given = for_machines(canary)
    text = json.dumps(given, ensure_ascii=False, default=str)
    assert PHONE in text
    assert text.count(CANARY) > 10
    assert {key for rows in given.values() for row in rows for key in row} & SECRETS == set()
    assert "code" not in given["outbox.NumberCode"][0]
    for staff in (cast.karen, cast.anne):
        assert staff.name not in text
        assert (staff.email or "") not in text


def numbers_in(value: object, key: str = "") -> Iterator[str]:
    """Yield the keys below which a value of the file holds whole numbers."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from numbers_in(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from numbers_in(inner, key)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield key


def test_no_running_number_is_given_that_counts_what_others_did(canary: User) -> None:
    """That of a home would tell that somebody there had asked to join before its newest helper."""
    assert set(numbers_in(for_machines(canary))) <= NUMBERS_OF_THEIR_OWN
    assert not [section.name for section in sections if section.model._meta.pk.name in section.shown]


@pytest.mark.parametrize("language", WORDS)
def test_the_page_says_it_in_words_and_who_looked_by_role_and_why(cast: Cast, language: str) -> None:
    record(cast.karen, [cast.helle], purpose="call", seen_on="page", now=NOW)
    seen = visit(cast.helle).get(f"/{language}/me/data/").content.decode()
    assert [words for words in WORDS[language] if words not in seen] == []
    assert "Karen" not in seen


def test_whoever_has_no_role_any_more_is_said_to_have_none(cast: Cast) -> None:
    record(cast.karen, [cast.helle], purpose="email", seen_on="search", now=NOW)
    cast.karen.roles.all().delete()
    seen = visit(cast.helle).get("/en/me/data/").content.decode()
    assert "Somebody who has no role here any more" in seen


@pytest.mark.parametrize("is_root", [True, False])
def test_whoever_has_a_role_elsewhere_is_not_said_to_have_none(cast: Cast, is_root: bool) -> None:
    reader = person("Root", cast.randers, is_superuser=True) if is_root else cast.kerstin
    record(reader, [cast.helle], purpose="email", seen_on="search", now=NOW)
    seen = visit(cast.helle).get("/en/me/data/").content.decode()
    assert "Somebody from another partnership, or who runs the portal" in seen
    assert "no role here any more" not in seen


@pytest.mark.parametrize("language", WORDS)
def test_no_purpose_and_no_way_is_left_without_words(cast: Cast, language: str) -> None:
    for purpose in LookUp.Purpose.values:
        for seen_on in LookUp.SeenOn.values:
            record(cast.karen, [cast.helle], purpose=purpose, seen_on=seen_on, now=NOW)
    with translation.override(language):
        (part,) = [part for part in in_words(cast.helle) if part.anchor == "people-lookup"]
    values = {value for row in part.rows for _label, value in row}
    stored = {*LookUp.Purpose.values, *LookUp.SeenOn.values}
    assert not [value for value in values if str(value).casefold() in stored]


@pytest.mark.parametrize("language", WORDS)
def test_the_list_of_duplicates_is_named_like_another_list(cast: Cast, language: str) -> None:
    given = []
    for who, seen_on in ((cast.helle, "mailboxes"), (cast.frede, "helpers")):
        record(cast.anne, [who], purpose="other", seen_on=seen_on, now=NOW)
        with translation.override(language):
            (part,) = [part for part in in_words(who) if part.anchor == "people-lookup"]
            (row,) = for_machines(who)["people.LookUp"]
        given.append((part.rows, row))
    assert given[0] == given[1]


def test_consents_are_shown_with_the_words_that_were_read(cast: Cast) -> None:
    words = "Ja, jeg vil være nabohjælper"
    give_consent(person=cast.helle, purpose="neighbours.helper", text=words, language="da", medium="web", now=NOW)
    assert words in visit(cast.helle).get("/en/me/data/").content.decode()


@pytest.mark.parametrize("language", WORDS)
def test_everything_is_downloaded_in_one_file(canary: User, language: str) -> None:
    browser = visit(User.objects.get(pk=canary.pk))
    answer = browser.get(f"/{language}/me/data/download/")
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    packed = zipfile.ZipFile(io.BytesIO(answer.content))
    assert packed.namelist() == ["index.html", "data.json"]
    page = packed.read("index.html").decode()
    assert f'<html lang="{language}">' in page
    assert WORDS[language][0] in page
    assert CANARY in page
    assert "http" not in page.replace("http://www.w3.org", "")
    given = json.loads(packed.read("data.json"))
    assert given["data"]["people.User"][0]["name"] == CANARY


def test_what_somebody_called_themselves_is_no_markup(cast: Cast) -> None:
    User.objects.filter(pk=cast.helle.pk).update(name="<script>x</script>")
    answer = visit(User.objects.get(pk=cast.helle.pk)).get("/da/me/data/download/")
    page = zipfile.ZipFile(io.BytesIO(answer.content)).read("index.html").decode()
    assert "<script>" not in page


def test_a_mailbox_is_written_as_its_owner_writes_it_and_a_role_begins_with_a_capital(cast: Cast) -> None:
    record(cast.karen, [cast.helle], purpose="call", seen_on="page", now=NOW)
    seen = visit(cast.helle).get("/da/me/data/").content.decode()
    assert "<dd>helle@randers.example</dd>" in seen
    assert "<dd>Koordinator</dd>" in seen


def test_the_file_costs_little_more_than_the_page(canary: User) -> None:
    browser = visit(User.objects.get(pk=canary.pk))
    page = seconds(lambda: browser.get("/da/me/data/"))
    assert seconds(lambda: browser.get("/da/me/data/download/")) < 10 * page


def test_the_queries_of_the_file_do_not_grow_with_the_look_ups(cast: Cast) -> None:
    asked = []
    for more in (2, 20):
        row = {"by_id": cast.karen.pk, "person_id": cast.helle.pk, "partnership_id": cast.randers.pk, "at": NOW}
        LookUp.objects.bulk_create(LookUp(**row, purpose="call", seen_on="page") for _time in range(more))
        with CaptureQueriesContext(connection) as queries:
            given = for_machines(User.objects.get(pk=cast.helle.pk))
        asked.append(len(queries))
    assert asked[0] == asked[1]
    assert len(given["people.LookUp"]) == 22


def test_look_ups_are_given_at_a_cost_that_grows_with_their_number(cast: Cast) -> None:
    browser, taken = visit(cast.helle), []
    for more in (150, 450):
        row = {"by_id": cast.karen.pk, "person_id": cast.helle.pk, "partnership_id": cast.randers.pk, "at": NOW}
        LookUp.objects.bulk_create(LookUp(**row, purpose="call", seen_on="page") for _time in range(more))
        taken.append(seconds(lambda: browser.get("/da/me/data/download/")))
    assert taken[1] < 6 * taken[0]  # four times as many: by the square, sixteen times as long
    answer = browser.get("/da/me/data/download/")
    given = json.loads(zipfile.ZipFile(io.BytesIO(answer.content)).read("data.json"))
    assert len(given["data"]["people.LookUp"]) == 600
