"""Cached public pages: the same for all, never another partnership's, never older than a second."""

from django.conf import LazySettings
from django.core.cache import caches
from django.test import Client

from partnership.fields.unbroken import unbroken
from partnership.tests.cast import NOW, Cast, slot, visit
from talks.models import Slot


def shown(client: Client, address: str = "/da/talks/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_rush_is_answered_from_memory(
    cast: Cast, keeping: None, settings: LazySettings, django_assert_num_queries
) -> None:
    settings.RUSH_SECONDS = 60  # a busy machine may take longer than a second for the first page
    client = visit(None)
    first = shown(client)
    with django_assert_num_queries(0):
        assert shown(client) == first


def test_what_was_changed_is_seen_after_the_rush(cast: Cast, keeping: None, settings: LazySettings) -> None:
    settings.RUSH_SECONDS = 0
    client = visit(None)
    on = slot(cast.speaker, days=30)
    assert f"slot={on.pk}" in shown(client)
    Slot.objects.filter(pk=on.pk).update(withdrawn_at=NOW)
    assert f"slot={on.pk}" not in shown(client)
    cast.randers.contact_phone = "11 22 33 44"
    cast.randers.save()
    assert unbroken("11 22 33 44") in shown(client)


def test_languages_and_partnerships_have_pages_of_their_own(cast: Cast, keeping: None) -> None:
    here, there = visit(None), visit(None, host="kalmar.localhost")
    pages = {shown(here), shown(here, "/sv/talks/"), shown(there, "/sv/talks/"), shown(there, "/da/talks/")}
    assert len(pages) == 4
    assert all(cast.kalmar.contact_email not in shown(here, f"/{one}/talks/") for one in ("da", "sv"))


def test_what_is_not_to_be_stored_is_not_kept_here_either(cast: Cast, keeping: None) -> None:
    client = visit(None)
    for _twice in range(2):
        response = client.get("/da/advice/search/?q=010203-1234")
        assert response.headers["Cache-Control"] == "no-store"
    assert all("partnership-" in key for key in caches["pages"]._cache)


def test_nobody_is_told_that_a_missing_page_is_there(cast: Cast, keeping: None) -> None:
    client = visit(None)
    assert [client.get("/da/advice/nothing-like-it/").status_code for _twice in range(2)] == [404, 404]
