"""Fields of the administration that choose another row: what stands in the address, or was sent, names nobody of
another partnership, and odd values are no error of the server.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.db.models import Model
from django.http import HttpRequest
from django.test import Client, RequestFactory

from partnership.people.models import Role, User
from partnership.places.administration import OwnChoices, path_to_partnership
from partnership.tests.cast import Cast, person, visit, with_role
from partnership.tests.test_administration_hosts import both  # noqa: F401
from partnership.tests.test_administration_hosts import foreign as foreign_to

ODD = ["true", "1.5", "\x00", "-1", "9" * 30, "²", "1,2", "Å" * 300]


@dataclass(frozen=True)
class Relation:
    """A field of an administration's form that chooses a row, and the addresses where the form stands."""

    address: str
    name: str
    related: type[Model]
    more: tuple[tuple[str, object], ...] = ()

    def sent(self, value: object) -> dict[str, object]:
        return {**dict(self.more), self.name: value}


def relations(request: HttpRequest) -> Iterator[Relation]:
    """Yield every relation in every form of the administration for adding or changing a row."""
    for model, one in admin.site._registry.items():
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        row = one.get_queryset(request).first()
        pages = [f"{base}add/"] if one.has_add_permission(request) else []
        if row and one.has_change_permission(request, row):
            pages.append(f"{base}{row.pk}/change/")
        for page in pages:
            counts: dict[str, object] = {}
            inline_relations = []
            for inline in one.get_inline_instances(request):
                formset = inline.get_formset(request, None)
                prefix = formset.get_default_prefix()
                counts |= {f"{prefix}-TOTAL_FORMS": 1, f"{prefix}-INITIAL_FORMS": 0}
                inline_relations += [(f"{prefix}-0-{name}", of) for name, of in _chosen(formset.form.base_fields)]
            form = one.get_form(request, None, change=not page.endswith("add/"))
            for name, of in [*_chosen(form.base_fields), *inline_relations]:
                yield Relation(page, name, of, tuple(counts.items()))


def _chosen(fields: dict[str, forms.Field]) -> list[tuple[str, type[Model]]]:
    return [(name, one.queryset.model) for name, one in fields.items() if isinstance(one, forms.ModelChoiceField)]


@pytest.fixture
def kerstin(both: Cast) -> Client:  # noqa: F811
    User.objects.filter(pk=both.kerstin.pk).update(is_superuser=True)
    both.kerstin.refresh_from_db()
    client = visit(both.kerstin)
    client.raise_request_exception = False
    return client


@pytest.fixture
def found(both: Cast, rf: RequestFactory) -> list[Relation]:  # noqa: F811
    request = rf.get("/admin/", headers={"host": "kalmar.localhost"})
    request.user = person("Root", None, is_superuser=True)
    request.partnership = both.kalmar
    return list(relations(request))


def answers(client: Client, one: Relation, value: object) -> Iterator[tuple[str, int, str]]:
    for how, sent in (("get", {one.name: value}), ("post", one.sent(value))):
        answer = getattr(client, how)(one.address, sent)
        yield how, answer.status_code, answer.content.decode()


def test_no_field_names_a_row_of_another_partnership(both: Cast, kerstin: Client, found: list[Relation]) -> None:  # noqa: F811
    assert {one.name for one in found} >= {"person", "contacts-0-person", "area", "home_area"}
    named, tried = [], 0
    for one in found:
        if not path_to_partnership(one.related):
            continue
        for row in foreign_to(one.related._default_manager.order_by("pk"), both.kalmar)[:5]:
            for how, _status, page in answers(kerstin, one, row.pk):
                tried += 1
                # Their own names stand in no page of Kalmar's; "Sven" is a word of its own, not the start of Svenska.
                if re.search(rf"\b{re.escape(str(row))}\b", page):
                    named.append((one.address, one.name, how, str(row)))
    assert tried > 50
    assert named == []


def test_odd_values_in_a_field_are_no_error_of_the_server(kerstin: Client, found: list[Relation]) -> None:
    """In all fields of a form at once: each is shown again as it was sent."""
    failed = []
    for address in {one.address for one in found}:
        fields = [one for one in found if one.address == address]
        for value in ODD:
            odd = {one.name: value for one in fields}
            if kerstin.get(address, odd).status_code >= 500:
                failed.append((address, "get", value))
            if kerstin.post(address, {**dict(fields[0].more), **odd}).status_code >= 500:
                failed.append((address, "post", value))
    assert failed == []


def test_a_field_names_a_row_of_its_own_partnership(both: Cast, kerstin: Client) -> None:  # noqa: F811
    assert "Gunnar" in kerstin.get("/admin/talks/speaker/add/", {"person": both.gunnar.pk}).content.decode()
    pia = with_role("Pia", both.kalmar, Role.Kind.POLICE)
    assert "Pia" in kerstin.get("/admin/entrance/invitation/add/", {"person": pia.pk}).content.decode()


def test_every_form_has_the_widgets_of_the_base_class(rf: RequestFactory) -> None:
    every: list[BaseModelAdmin] = list(admin.site._registry.values())
    every += [inline(one.model, admin.site) for one in admin.site._registry.values() for inline in one.inlines]
    assert [one for one in every if not isinstance(one, OwnChoices)] == []


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("value", ["x", "", *ODD])
def test_odd_rows_marked_in_a_list_are_no_rows(cast: Cast, value: str) -> None:
    """In every list, with each of its actions, and with one that it does not have."""
    root = visit(person("Root", None, is_superuser=True), host="randers.localhost")
    root.raise_request_exception = False
    failed = []
    for model, one in admin.site._registry.items():
        page = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        for action in {"delete_selected", *(getattr(each, "__name__", each) for each in one.actions or ())}:
            for more in ({}, {"index": "0"}):
                typed = {"action": action, "_selected_action": value, **more}
                if root.post(page, typed).status_code >= 500:
                    failed.append((page, typed))
    assert failed == []


@pytest.mark.django_db
@pytest.mark.parametrize("page, prefix", [("people/user", "roles"), ("people/organisation", "contacts")])
def test_more_rows_inside_a_page_than_anybody_types_are_not_read(cast: Cast, page: str, prefix: str) -> None:
    root = visit(person("Root", None, is_superuser=True), host="randers.localhost")
    row = {"people/user": cast.helle, "people/organisation": cast.association}[page]
    sent = {f"{prefix}-TOTAL_FORMS": 99999999, f"{prefix}-INITIAL_FORMS": 0}
    answer = root.post(f"/admin/{page}/{row.pk}/change/", sent)
    assert answer.status_code == 200
    assert len(answer.context["inline_admin_formsets"][0].formset.forms) <= 60
