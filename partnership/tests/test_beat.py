"""The list of everything periodic: each entry is there to be run, and each task of ours is run by one."""

from partnership.celery import app

# Woken by a message that was posted, and by the sweep.
WOKEN = {"outbox.deliver"}


def in_the_list() -> list[str]:
    return [entry["task"] for entry in app.conf.beat_schedule.values()]


def ours() -> set[str]:
    app.loader.import_default_modules()
    return {name for name in app.tasks if not name.startswith(("celery.", "rivals.", "bench."))}


def test_every_task_is_in_the_list_once_and_nothing_else_is() -> None:
    assert sorted(in_the_list()) == sorted(ours() - WOKEN)


def test_the_table_of_retention_is_the_only_way_to_forget() -> None:
    assert "retention.run" in ours()
    assert not [name for name in ours() if "forget" in name]
