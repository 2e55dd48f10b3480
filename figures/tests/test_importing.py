"""One file, one transaction: everything or nothing, and nothing is ever overwritten."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from figures.actions.importing import BadFile, import_straf11
from figures.models import BurglaryCount, Import
from figures.quarters import Quarter
from figures.series import burglaries, yearly
from figures.shipped import load_shipped

NOW = dt.datetime(2026, 2, 20, 9, 0, tzinfo=dt.UTC)
HEAD = "\ufeffOMRÅDE;OVERTRÆD;TID;INDHOLD\r\n"


def file_of(*lines: str) -> bytes:
    return (HEAD + "".join(f"{line}\r\n" for line in lines)).encode()


def take(*lines: str, now: dt.datetime = NOW, **more):
    return import_straf11(file_of(*lines), fetched_at=more.pop("fetched_at", now), now=now, **more)


@pytest.mark.django_db
def test_an_import_keeps_its_source_its_hash_and_what_it_replaced():
    first = take("730;1320;2025K3;54").record
    second = take("730;1320;2025K3;55", "730;1320;2025K4;84", now=NOW + dt.timedelta(days=1)).record
    assert first.source == "Danmarks Statistik, STRAF11"
    assert len(first.sha256) == 64
    assert (second.replaces, second.rows, second.revised) == (first, 2, 1)


@pytest.mark.django_db
def test_the_newest_import_wins_and_the_older_figure_stays_readable():
    first = take("730;1320;2025K3;54").record
    take("730;1320;2025K3;55", now=NOW + dt.timedelta(days=1))
    assert burglaries("730").counts == {Quarter(2025, 3): 55}
    assert first.burglary_counts.get().count == 54


@pytest.mark.django_db
def test_an_older_file_that_is_found_later_does_not_win():
    take("730;1320;2025K3;55")
    take("730;1320;2025K3;54", now=NOW + dt.timedelta(days=1), fetched_at=NOW - dt.timedelta(days=30))
    assert burglaries("730").counts == {Quarter(2025, 3): 55}


@pytest.mark.django_db
def test_a_quarter_that_a_newer_import_does_not_mention_keeps_its_older_figure():
    take("730;1320;2025K3;54")
    take("730;1320;2025K4;84", now=NOW + dt.timedelta(days=1))
    assert burglaries("730").counts == {Quarter(2025, 3): 54, Quarter(2025, 4): 84}


@pytest.mark.django_db
def test_the_same_file_again_leaves_no_trace():
    take("730;1320;2025K3;54")
    assert take("730;1320;2025K3;54", now=NOW + dt.timedelta(days=1)).unchanged
    assert Import.objects.count() == 1


@pytest.mark.django_db
def test_nothing_of_a_file_with_one_bad_line_is_imported_and_every_bad_line_is_named():
    with pytest.raises(BadFile) as refusal:
        take("730;1320;2025K3;54", "731;1320;2025K3;1", "730;1320;2025K9;2")
    assert [error.line for error in refusal.value.errors] == [3, 4]
    assert not Import.objects.exists()
    assert not BurglaryCount.objects.exists()


@pytest.mark.django_db
def test_a_quarter_that_is_not_over_cannot_be_imported():
    with pytest.raises(BadFile):
        take("730;1320;2026K1;54")


@pytest.mark.django_db
def test_a_suppressed_count_makes_every_sum_that_holds_it_unknown():
    take("730;1320;2025K1;89", "730;1320;2025K2;..", "730;1320;2025K3;54", "730;1320;2025K4;84")
    assert burglaries("730").four_quarters(Quarter(2025, 4)) is None


@pytest.mark.django_db
def test_three_quarters_are_never_summed_as_if_they_were_four():
    take("730;1320;2025K1;89", "730;1320;2025K3;54", "730;1320;2025K4;84")
    assert burglaries("730").four_quarters(Quarter(2025, 4)) is None
    assert burglaries("730").rolling() == []


@pytest.mark.django_db
def test_the_database_itself_refuses_a_quarter_that_is_none():
    record = take("730;1320;2025K3;54").record
    with pytest.raises(IntegrityError), transaction.atomic():
        BurglaryCount.objects.create(from_import=record, area_code="730", offence="1320", quarter="2025K5", count=1)


@pytest.mark.django_db
def test_a_fresh_clone_holds_the_real_figures_and_a_second_load_changes_nothing():
    load_shipped(now=NOW)
    load_shipped(now=NOW)
    assert Import.objects.count() == 2
    randers, denmark = burglaries("730"), burglaries("000")
    years = {
        2016: (31777, 576), 2017: (29137, 508), 2018: (28765, 440), 2019: (24553, 438), 2020: (17430, 336),
        2021: (14804, 327), 2022: (14899, 326), 2023: (14787, 258), 2024: (14405, 225), 2025: (15747, 267),
    }  # fmt: skip
    for year, counts in years.items():
        assert (denmark.four_quarters(Quarter(year, 4)), randers.four_quarters(Quarter(year, 4))) == counts
    kalmar = {row.year: row.count for row in yearly("0880")}
    assert [kalmar[year] for year in (2015, 2016, 2017)] == [540, 407, 463]


@pytest.mark.django_db
def test_loading_the_shipped_figures_again_does_not_undo_a_newer_import():
    load_shipped(now=NOW)
    take("730;1320;2025K4;85", now=NOW + dt.timedelta(days=1))
    load_shipped(now=NOW + dt.timedelta(days=2))
    assert burglaries("730").counts[Quarter(2025, 4)] == 85


@pytest.mark.django_db(transaction=True)
def test_the_same_file_in_two_imports_at_once_is_taken_once():
    def work():
        take("730;1320;2025K3;54")
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Import.objects.count() == 1
