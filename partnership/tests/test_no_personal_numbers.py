"""No text that anybody types may hold a CPR number or a personnummer: every form and the whole administration refuse
it, and say what to do. A new form, or a new class of the administration, is found by itself.
"""

import copy
import json

import pytest
from django import forms
from django.contrib import admin
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import Model
from django.test import RequestFactory
from django.utils import translation

from entrance.codes import CodeForm
from partnership.fields.typed import NOT_TYPED
from partnership.people.models import Organisation, User
from partnership.people.tests.looking_up import open_in_administration
from partnership.people.tests.test_administration import PEOPLE, saved
from partnership.tests.cast import Cast, visit
from partnership.tests.fields import every_form
from partnership.web.forms import PortalForm

NUMBERS = ("010190-1234", "19900101-1239")
LANGUAGES = ("da", "sv", "en")
REFUSED = "Skriv ikke CPR-nummeret. Vi har aldrig brug for det."
# What is compared and not stored.
COMPARED = {"SeenPlaceForm", "ChangeListSearchForm", "SearchForm"}


def a_text_with(number: str, field: forms.Field) -> str:
    if isinstance(field, forms.JSONField):
        return json.dumps([{"name": f"Kirsten {number}"}])
    if isinstance(field, forms.EmailField):
        return f"kirsten.{number}@example.dk"
    return number


def texts_of(form: type[forms.BaseForm]) -> dict[str, forms.Field]:
    """Return the fields of a form that keep a text as it was typed; those of the libraries' own forms are not used, and
    a code is compared.
    """
    if form.__module__.startswith(("django.contrib", "allauth")) or form.__name__ in COMPARED:
        return {}
    return {
        name: field
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.CharField) and not isinstance(field.widget, NOT_TYPED) and name != "code"
    }


def takes(form: type[forms.BaseForm], name: str, field: forms.Field, text: str) -> bool:
    """Return whether a field takes a text, with the rules that its form gives it."""
    if form is CodeForm:
        return CodeForm({name: text}).errors.as_data()[name][0].code != "cpr"
    base = PortalForm if issubclass(form, PortalForm) else forms.Form
    one = type("OneField", (base,), {name: copy.deepcopy(field)})({name: text})
    return not says_so([error.code for error in one.errors.as_data().get(name, [])], field)


def says_so(found: list, field: forms.Field, said: str = "cpr") -> bool:
    """Return whether what was found in a field says it; where a number does not fit, any refusal will do."""
    return said in found or (bool(found) and field.max_length is not None and field.max_length < 20)


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_field_of_any_form_takes_a_personal_number(language: str, number: str) -> None:
    taken, tried = [], 0
    with translation.override(language):
        for form in every_form():
            for name, field in texts_of(form).items():
                tried += 1
                if takes(form, name, field, a_text_with(number, field)):
                    taken.append(f"{form.__module__}.{form.__name__}.{name}")
    assert "\n".join(taken) == ""
    assert tried > 60


def test_the_administration_refuses_it_in_every_row_and_says_what_to_do(cast: Cast) -> None:
    request = RequestFactory().get("/admin/")
    request.user, request.partnership = User(is_superuser=True), cast.randers
    taken, tried = [], 0
    for model, registered in admin.site._registry.items():
        kinds = [(model, registered.get_form(request, change=True))]
        kinds += [(one.model, one.get_formset(request).form) for one in registered.get_inline_instances(request)]
        for kind, form in kinds:
            for name, field in texts_of(form).items():
                tried += 1
                if not is_refused(form, kind, name, field):
                    taken.append(f"{kind._meta.label}.{name}")
    assert "\n".join(taken) == ""
    assert tried > 30


def is_refused(form: type[forms.BaseForm], kind: type[Model], name: str, field: forms.Field) -> bool:
    with translation.override("da"):
        errors = form({name: a_text_with("010190-1234", field)}, instance=kind()).errors
    return says_so(errors.get(name, []), field, REFUSED)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_person_with_such_a_name_is_not_saved_in_the_administration(cast: Cast, number: str) -> None:
    anne = visit(cast.anne)
    for address in (f"{PEOPLE}{cast.helle.pk}/change/", f"{PEOPLE}add/"):
        if address.endswith("change/"):
            open_in_administration(anne, address)
        page = anne.post(address, saved(cast.helle, name=f"Helle {number}", email="h@randers.example"))
        assert page.status_code == 200
        assert REFUSED in page.content.decode()
    assert not User.objects.filter(name__contains=number).exists()


@pytest.mark.parametrize("phone", ["1234", "abc<>", "010190-1234"])
def test_a_number_that_nobody_can_call_is_refused_as_in_a_form(cast: Cast, phone: str) -> None:
    page = visit(cast.anne).post(f"{PEOPLE}{cast.helle.pk}/change/", saved(cast.helle, phone=phone))
    assert page.status_code == 200
    sentence = REFUSED if "-" in phone else "Skriv et telefonnummer med mindst 8 cifre"
    assert sentence in page.content.decode()
    cast.helle.refresh_from_db()
    assert cast.helle.phone == ""


@pytest.mark.parametrize("name", ["http://evil.example", "=1+1", "Ring 12 34 56 78", "\u200b"])
def test_a_name_is_cleaned_as_in_a_form(cast: Cast, name: str) -> None:
    anne = visit(cast.anne)
    assert anne.post(f"{PEOPLE}{cast.helle.pk}/change/", saved(cast.helle, name=name)).status_code == 200
    association = {"name": name, "kind": "landlord", "contacts-TOTAL_FORMS": 0, "contacts-INITIAL_FORMS": 0}
    assert anne.post("/admin/people/organisation/add/", association).status_code == 200
    cast.helle.refresh_from_db()
    assert cast.helle.name == "Helle"
    assert not Organisation.objects.filter(kind="landlord").exists()


def test_a_number_that_can_be_called_is_saved_as_it_was_written(cast: Cast) -> None:
    anne = visit(cast.anne)
    assert anne.post(f"{PEOPLE}{cast.helle.pk}/change/", saved(cast.helle, phone="12 34 56 78")).status_code == 302
    cast.helle.refresh_from_db()
    assert cast.helle.phone == "12 34 56 78"


def test_the_command_for_a_first_administrator_refuses_it_too(cast: Cast) -> None:
    with pytest.raises(CommandError, match="CPR-nummeret"):
        call_command("createsuperuser", name="Rut 010190-1234", email="rut@randers.example", interactive=False)
