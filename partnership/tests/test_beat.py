"""The list of periodic tasks: each entry names an existing task, and each of our tasks has one entry."""

import datetime as dt

from partnership.celery import app

# Tasks that are started in other ways: by a posted message and by the sweep, and the wrapper of nightly tasks.
WOKEN = {"outbox.deliver", "nights.once"}
NIGHTLY = {"dashboard.snapshot", "neighbours.nightly", "retention.run", "talks.nightly"}


def in_the_list() -> list[str]:
    return [entry.get("kwargs", entry)["task"] for entry in app.conf.beat_schedule.values()]


def ours() -> set[str]:
    app.loader.import_default_modules()
    return {name for name in app.tasks if not name.startswith(("celery.", "rivals.", "bench."))}


def test_every_task_is_in_the_list_once_and_nothing_else_is() -> None:
    assert sorted(in_the_list()) == sorted(ours() - WOKEN)


def test_the_table_of_retention_is_the_only_way_to_forget() -> None:
    assert "retention.run" in ours()
    assert not [name for name in ours() if "forget" in name]


def test_what_is_done_once_a_night_is_asked_for_every_hour() -> None:
    nightly = [entry for entry in app.conf.beat_schedule.values() if entry["task"] == "nights.once"]
    assert {entry["kwargs"]["task"] for entry in nightly} == NIGHTLY
    for entry in nightly:
        assert (len(entry["schedule"].hour), len(entry["schedule"].minute)) == (24, 1)
        after = dt.time.fromisoformat(entry["kwargs"]["after"])
        # At the very minute, so that on an ordinary night nobody waits an hour more.
        assert entry["schedule"].minute == {after.minute}
