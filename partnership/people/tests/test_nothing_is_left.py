"""Erasing a person with a row in every table about people: the rows are gone, or they name nobody."""

from collections import defaultdict

import pytest
from django.apps import apps
from django.db import models

from partnership import retention
from partnership.people.actions.erasing import erase
from partnership.people.models import User
from partnership.people.tests.canary import CANARY, PHONE, STAYS, everything_in_the_database, rows_about
from partnership.retention import CONSENT, Rule
from partnership.tests.cast import NOW, Cast
from partnership.tests.retained import personal_models

# Long texts of ours, in which no name can stand.
NO_NAMES = {
    "admin.LogEntry.object_id", "entrance.BrowserSession.session_data", "outbox.Bounce.report",
    "outbox.Message.key", "outbox.Pace.domain", "people.User.password", "sessions.Session.session_data",
    "talks.Booking.sent_uid",
}  # fmt: skip


def without_rows(made: list[models.Model]) -> list[str]:
    """Return the models about people of which the canary has no row."""
    return sorted(model._meta.label for model in personal_models() - {type(row) for row in made})


def is_free_text(field: models.Field) -> bool:
    """Return whether somebody may have written a name into a field."""
    is_long = isinstance(field, models.TextField) or (isinstance(field, models.CharField) and field.max_length >= 80)
    return is_long and not field.choices


def is_stored(row: models.Model) -> bool:
    return type(row)._base_manager.filter(pk=row.pk).exists()


@pytest.fixture
def canary(cast: Cast) -> tuple[User, list[models.Model]]:
    return rows_about(cast)


def test_the_canary_has_a_row_of_every_model_about_people(canary) -> None:
    _who, made = canary
    assert without_rows(made) == [], "Add a row of each of these to partnership/people/tests/canary.py."
    assert all(is_stored(row) for row in made)


def test_a_new_model_about_people_without_a_row_is_found(canary) -> None:
    """The control."""

    class SignUp(models.Model):
        class Meta:
            app_label = "people"
            managed = False

    try:
        said = dict.fromkeys(("holds", "purpose", "how_long", "seen_by"), "x")
        with retention.rules.only(*retention.rules, Rule(SignUp, basis=CONSENT, **said)):
            assert "people.SignUp" in without_rows(canary[1])
    finally:
        del apps.all_models["people"]["signup"]
        apps.clear_cache()


def test_the_name_stands_wherever_somebody_could_have_written_it(canary) -> None:
    _who, made = canary
    said: dict[str, str] = defaultdict(str)
    for row in made:
        for field in filter(is_free_text, row._meta.concrete_fields):
            said[f"{row._meta.label}.{field.name}"] += str(field.value_from_object(row)).lower()
    assert sorted(name for name, texts in said.items() if CANARY.lower() not in texts) == sorted(NO_NAMES)


def test_no_trace_is_left_in_any_table(canary) -> None:
    who, _made = canary
    before = everything_in_the_database()
    assert before.lower().count(CANARY.lower()) > 20
    assert before.count(PHONE) > 2
    erase(person=who, by=who, now=NOW)
    after = everything_in_the_database()
    assert [line for line in after.splitlines() if CANARY.lower() in line.lower() or PHONE in line] == []


def test_only_what_is_said_to_stay_stays_and_it_refers_to_nobody(canary) -> None:
    who, made = canary
    erase(person=who, by=who, now=NOW)
    left = {row._meta.label for row in made if is_stored(row)}
    assert left == set(STAYS)
    for row in made:
        if is_stored(row):
            row.refresh_from_db()
            people = [field for field in row._meta.concrete_fields if field.related_model is User]
            assert who.pk not in [getattr(row, field.attname) for field in people], row._meta.label
