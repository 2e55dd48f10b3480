"""Retention: the table covers every model, and the nightly task follows it."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection, models

from neighbours.models import Helper
from neighbours.tests import builders
from partnership import cases, clock, retention
from partnership.outbox.models import Bounce, LetterBatch, Message, Suppression
from partnership.outbox.suppression import suppress
from partnership.people.actions.forgetting import run
from partnership.people.models import Organisation, RetentionRun, User
from partnership.people.tasks import retention_run
from partnership.places.models import Partnership
from partnership.tests.cast import NOW, Cast, association, person, slot
from partnership.tests.moving import bring_to
from partnership.tests.past_limits import past_limit
from partnership.tests.retained import without_rule
from talks.models import Booking

THIRTEEN_MONTHS = dt.timedelta(days=396)
DAY = dt.timedelta(days=1)


def our_models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if not model._meta.proxy
        and Path(apps.get_app_config(model._meta.app_label).path).is_relative_to(settings.BASE_DIR)
        and ".venv" not in apps.get_app_config(model._meta.app_label).path
    ]


def test_every_model_of_ours_has_a_rule() -> None:
    assert without_rule(our_models()) == []


def test_a_model_without_a_rule_is_found() -> None:
    """The control."""

    class Forgotten(models.Model):
        class Meta:
            app_label = "people"
            managed = False

    try:
        assert without_rule([User, Forgotten]) == [Forgotten]
    finally:
        del apps.all_models["people"]["forgotten"]
        apps.clear_cache()


def test_personal_data_of_other_packages_has_a_rule_too() -> None:
    spoken = {rule.model._meta.label for rule in retention.rules}
    assert {"sessions.Session", "account.EmailAddress", "mfa.Authenticator", "admin.LogEntry"} <= spoken


def test_the_page_is_what_the_code_says() -> None:
    written = (settings.BASE_DIR / "docs" / "retention.md").read_text(encoding="utf-8")
    assert written == retention.as_table(), "Run manage.py write_retention."


def a_year_of_use(cast: Cast) -> None:
    """Make a row of every kind that has a limit, and rows that have none."""
    for number, state in enumerate(["sent", "failed", "withdrawn", "expired"]):
        Message.objects.create(
            key=f"m.{number}", partnership=cast.randers, kind="test.answer", recipient=cast.helle, state=state,
            created_at=NOW, due_at=NOW, try_at=NOW, ended_at=NOW, forget_after=NOW + 90 * DAY,
        )  # fmt: skip
    for kind in ("hard", "soft", "complaint"):
        Bounce.objects.create(digest="d", kind=kind, at=NOW, report=kind)
    suppress("gone@randers.example", reason="hard", now=NOW)
    LetterBatch.objects.create(partnership=cast.randers, number=1, made_at=NOW, handed_over_at=NOW, pdf=b"%PDF-")
    LetterBatch.objects.create(partnership=cast.randers, number=2, made_at=NOW, pdf=b"%PDF-")
    Session.objects.create(session_key="k" * 32, session_data="x", expire_date=NOW + 60 * DAY)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO cache VALUES ('tries', 'x', %s)", [NOW])
    LogEntry.objects.create(user=cast.anne, content_type=ContentType.objects.get_for_model(User), action_flag=2)
    LogEntry.objects.update(action_time=NOW)
    builders.ask(cast.randers, builders.home(cast.vorup))
    User.objects.update(joined_at=NOW)
    Helper.objects.update(joined_at=NOW)


def booking(cast: Cast, chair: User, state: str, asked: bool) -> Booking:
    free = slot(cast.speaker, days=20 + Booking.objects.count())
    row = Booking.objects.create(
        partnership=cast.randers, association=association(cast.vorup, chair, f"Of {chair.name}"), speaker=cast.speaker,
        format="burglary", starts_at=free.starts_at, ends_at=free.ends_at, held_until=NOW,
    )  # fmt: skip
    cases.begin(row, by=None, now=NOW)
    for step in [*(["requested"] if asked else []), state]:
        bring_to(row, step, now=NOW)
    return row


def test_after_thirteen_months_nothing_is_past_its_limit_and_a_second_night_changes_nothing(cast: Cast) -> None:
    a_year_of_use(cast)
    booking(cast, person("Never", cast.randers), "unverified", asked=False)
    kept = booking(cast, cast.ruth, Booking.State.TOOK_PLACE, asked=True)
    then = NOW + THIRTEEN_MONTHS
    before = past_limit(then)
    assert {"outbox.Message", "outbox.Bounce", "neighbours.Helper", "talks.Booking", "people.User"} <= set(before)
    first = run(now=then)
    assert past_limit(then) == {}
    assert first.removed["outbox.Message"] == 4
    assert -1 not in first.removed.values()
    second = run(now=then)
    assert second.removed == {}
    assert Suppression.objects.count() == 1
    assert Bounce.objects.get().kind == "complaint"
    assert not LetterBatch.objects.exists()
    assert list(Booking.objects.all()) == [kept]


def test_nothing_goes_before_its_time(cast: Cast) -> None:
    a_year_of_use(cast)
    booking(cast, person("Never", cast.randers), "lapsed", asked=False)
    people = set(User.objects.values_list("pk", flat=True))
    removed = run(now=NOW + 29 * DAY).removed
    assert set(removed) <= {"outbox.LetterBatch.pdf", "cache"}
    assert set(User.objects.values_list("pk", flat=True)) == people
    assert LetterBatch.objects.get(number=2).pdf


def test_a_request_that_was_never_confirmed_goes_with_everything_that_it_brought(cast: Cast) -> None:
    stranger = person("Never", cast.randers)
    booking(cast, stranger, "lapsed", asked=False)
    answered = booking(cast, cast.ruth, "cancelled", asked=True)
    User.objects.update(joined_at=NOW)
    run(now=NOW + 31 * DAY)
    assert not User.objects.filter(pk=stranger.pk).exists()
    assert not Organisation.objects.filter(contacts__person=stranger.pk).exists()
    assert Booking.objects.get() == answered


@pytest.mark.parametrize("name", ["helle", "frede"])
def test_who_came_once_is_kept(cast: Cast, name: str) -> None:
    User.objects.update(joined_at=NOW)
    User.objects.filter(pk=getattr(cast, name).pk).update(last_login=NOW)
    run(now=NOW + 40 * DAY)
    assert User.objects.filter(pk=getattr(cast, name).pk).exists()


def test_holders_of_roles_and_speakers_are_kept_though_they_never_logged_in(cast: Cast) -> None:
    User.objects.update(joined_at=NOW)
    run(now=NOW + 40 * DAY)
    left = {name for name, one in cast.everyone().items() if User.objects.filter(pk=one.pk).exists()}
    assert left == {"niels", "ruth", "sven", "karen", "palle", "anne", "kerstin", "gunnar"}


def test_an_error_in_one_room_does_not_stop_the_others(cast: Cast) -> None:
    a_year_of_use(cast)

    def broken(now: dt.datetime) -> int:
        Partnership.objects.raw("SELECT nothing FROM nowhere")[0]
        return 1

    rules = retention.rules
    with rules.only(replace(rules["outbox.Bounce"], remove=broken), rules["outbox.Message"]):
        removed = run(now=NOW + THIRTEEN_MONTHS).removed
    assert (removed["outbox.Bounce"], removed["outbox.Message"]) == (-1, 4)


def test_each_night_leaves_a_report_without_names(cast: Cast) -> None:
    retention_run()
    report = RetentionRun.objects.get()
    assert report.started_at <= report.ended_at <= clock.now()
    assert all(isinstance(number, int) for number in report.removed.values())
