"""Finds every form of the portal, of the administration and of allauth, and every field that holds text."""

import copy
import importlib
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.forms.forms import BaseForm
from django.http import HttpRequest
from django.test import RequestFactory

from partnership.fields.typed import NOT_TYPED
from partnership.people.models import User
from partnership.places.models import Partnership
from partnership.tests.house import module_name, sources


def every_form() -> list[type[BaseForm]]:
    """Return the classes of all forms; those of the administration as a platform administrator gets them."""
    for path in sources():
        if path.stem not in ("manage", "wsgi"):
            importlib.import_module(module_name(path))
    for part in ("account.forms", "mfa.base.forms", "mfa.totp.forms", "mfa.webauthn.forms", "mfa.recovery_codes.forms"):
        importlib.import_module(f"allauth.{part}")
    found = [*_below(BaseForm), *_of_the_administration()]
    return [form for form in dict.fromkeys(found) if not _is_of_tests(form)]


def _below(form: type) -> Iterator[type]:
    for one in form.__subclasses__():
        yield one
        yield from _below(one)


def _is_of_tests(form: type) -> bool:
    return ".tests." in form.__module__ or form.__module__.startswith("test")


def _of_the_administration() -> Iterator[type[BaseForm]]:
    request: Any = RequestFactory().get("/admin/")
    request.user, request.partnership = User(is_superuser=True), Partnership(pk=0)
    for registered in admin.site._registry.values():
        yield registered.get_form(request, change=True)
        yield from (inline.get_formset(request).form for inline in registered.get_inline_instances(request))
        yield registered.get_changelist(request).search_form_class


def text_fields() -> dict[str, forms.Field]:
    """Return the fields in which somebody types, each under its form's name; of a field in parts, each part."""
    found = {}
    for form in every_form():
        for name, field in getattr(form, "base_fields", {}).items():
            for number, part in enumerate(getattr(field, "fields", [field])):
                if not isinstance(part.widget, NOT_TYPED) and _is_typed(part):
                    found[f"{form.__module__}.{form.__qualname__}.{name}.{number}"] = part
    return found


def _is_typed(field: forms.Field) -> bool:
    return isinstance(field.widget, forms.Textarea) or getattr(field.widget, "input_type", "") in {
        "text", "email", "tel", "url", "number", "search", "date", "time",
    }  # fmt: skip


def filled_in(field: forms.Field, typed: str, base: type[forms.Form] = forms.Form) -> forms.Form:
    """Return a form of this one field with `typed` in it."""
    kind = type("OneField", (base,), {"it": copy.deepcopy(field)})
    return kind({"it": typed})


def a_request() -> HttpRequest:
    return RequestFactory().get("/")
