"""Under one partnership's host name the administration shows, and offers, rows of that partnership only."""

import uuid
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.test import RequestFactory

from dashboard.tests.builders import a_goal
from entrance.actions.inviting import invite
from entrance.models import Invitation
from neighbours.models import HelperList, HelperStep
from neighbours.tests.builders import helper
from partnership import cases
from partnership.outbox.models import Letter
from partnership.outbox.tests.posted import post_one
from partnership.people.models import User
from partnership.places.administration import OfThisPartnership, path_to_partnership
from partnership.places.models import Partnership
from partnership.places.tests.builders import an_address
from partnership.tests.cast import NOW, Cast, person, slot, speaker, visit
from talks.actions import bookings
from talks.models import BookingStep, SlotHold, WeeklyPattern
from talks.tests.bookings import talk_request

ADMINS = list(admin.site._registry.items())


@pytest.fixture
def both(cast: Cast) -> Cast:
    """Give Kalmar a row of every kind that the administration shows."""
    gunnar = speaker(cast.gunnar)
    asked = talk_request(
        cast, name="Gunnar", email=cast.gunnar.email, association="BRF Malmen", area=cast.malmen, kind="cooperative"
    )
    bookings.request_talk(
        partnership=cast.kalmar, slot=slot(gunnar), asked=asked, submission=uuid.uuid4(), language="sv", now=NOW
    )
    helper(cast.kerstin, an_address(cast.malmen))
    a_list = HelperList.objects.create(partnership=cast.kalmar, submission=uuid.uuid4(), read_at=NOW)
    cases.begin(a_list, by=cast.kerstin, now=NOW)
    a_goal(cast.kalmar, locked=False)
    post_one(cast.kalmar, cast.gunnar)
    invite(person=cast.kerstin, by=None, now=NOW)
    Authenticator.objects.create(user=cast.kerstin, type="totp", data={})
    return cast


@pytest.fixture
def request_here(both: Cast, rf: RequestFactory) -> HttpRequest:
    request = rf.get("/admin/", headers={"host": "randers.localhost"})
    request.user = person("Root", None, is_superuser=True)
    request.partnership = both.randers
    return request


def foreign(rows: QuerySet, home: Partnership) -> list[Model]:
    path = path_to_partnership(rows.model)
    return list(rows.exclude(**{path: home.pk})) if path else []


def test_every_admin_has_the_one_base_class() -> None:
    assert [model for model, one in ADMINS if not isinstance(one, OfThisPartnership)] == []
    # A row that belongs to all names nobody.
    of_all = [model for model, one in ADMINS if not one.is_by_partnership]
    assert [model._meta.label for model in of_all] == ["figures.Import"]
    assert [field.name for model in of_all for field in model._meta.fields if field.related_model is User] == []


def test_no_list_shows_a_row_of_another_partnership(both: Cast, request_here: HttpRequest) -> None:
    lists = [one for model, one in ADMINS if path_to_partnership(model) and one.is_by_partnership]
    assert len(lists) >= 12
    there_is_none = [one for one in lists if not foreign(one.model._default_manager.all(), both.randers)]
    assert there_is_none == [], "there must be a row that could be shown"
    assert [row for one in lists for row in foreign(one.get_queryset(request_here), both.randers)] == []


def fields_of(one: admin.ModelAdmin, request: HttpRequest) -> Iterator[forms.Field]:
    if one.has_add_permission(request) or one.has_change_permission(request):
        yield from one.get_form(request, None, change=True)().fields.values()
    for inline in one.get_inline_instances(request):
        yield from inline.get_formset(request, None).form().fields.values()


def test_no_form_offers_a_row_of_another_partnership(both: Cast, request_here: HttpRequest) -> None:
    fields = [field for _model, one in ADMINS for field in fields_of(one, request_here)]
    offered = [field.queryset for field in fields if isinstance(field, forms.ModelChoiceField)]
    assert len(offered) >= 10
    assert [row for rows in offered for row in foreign(rows, both.randers)] == []


def test_a_row_may_hang_on_its_partnership_by_another_row(db: None) -> None:
    assert path_to_partnership(WeeklyPattern) == "speaker__partnership"
    assert path_to_partnership(Partnership) == "pk"


def test_a_row_hangs_on_its_partnership_by_what_is_never_empty(db: None) -> None:
    """Nobody moved a step that came by itself, and nobody is left of a person who was erased."""
    assert path_to_partnership(BookingStep) == "booking__partnership"
    assert path_to_partnership(HelperStep) == "helper__partnership"
    assert path_to_partnership(SlotHold) == "speaker__partnership"
    assert path_to_partnership(Invitation) == "person__partnership"


def test_a_model_with_two_ways_that_are_equally_good_is_refused_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Letter._meta.get_field("message"), "null", False)
    with pytest.raises(ImproperlyConfigured, match="batch__partnership and message__partnership"):
        OfThisPartnership(Letter, admin.site)


def test_the_pages_themselves_do_not_name_it(both: Cast) -> None:
    root = visit(person("Root", None, is_superuser=True), host="randers.localhost")
    for address in ("talks/booking", "talks/speaker", "talks/slot", "people/user"):
        here, there = (
            root.get(f"/admin/{address}/", headers={"host": f"{home}.localhost"}).content.decode()
            for home in ("randers", "kalmar")
        )
        assert "BRF Malmen" in there or "Gunnar" in there
        assert "BRF Malmen" not in here
        assert "Gunnar" not in here


def test_the_first_page_does_not_list_what_was_done_elsewhere(both: Cast) -> None:
    root = visit(person("Root", None, is_superuser=True), host="kalmar.localhost")
    typed = {"name": "Gunnars namn", "email": "g@kalmar.example", "phone": "", "language": "sv", "is_active": "on"}
    typed |= {"roles-TOTAL_FORMS": 0, "roles-INITIAL_FORMS": 0}
    assert root.post(f"/admin/people/user/{both.gunnar.pk}/change/", typed).status_code == 302
    assert "Gunnars namn" in root.get("/admin/").content.decode(), "what was done is said once, where it was done"
    assert "Gunnars namn" not in root.get("/admin/", headers={"host": "randers.localhost"}).content.decode()
