"""The receipt of a form with an email address: the page after the redirect, which shows where we wrote to and lets a
wrong address be corrected. What was typed is kept by the browser in a signed cookie; we store nothing, and no address
of a page contains it.
"""

import uuid
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from partnership.refusals import Refused
from partnership.web.cookies import SignedCookie
from partnership.web.forms import OnceForm
from written.mailboxes import shown

# The page says to wait for five minutes before looking further; the cookie must outlast that.
LASTS_SECONDS = 60 * 60
# Browsers drop a cookie above 4,096 bytes, its name and attributes included.
MOST_BYTES = 3900

AnyForm = TypeVar("AnyForm", bound=forms.Form)


class AddressForm(OnceForm):
    """The right address, on a receipt."""

    submit_label = _("Send to this address instead")

    email = forms.EmailField(label=_("Write the right e-mail address"), max_length=254)


@dataclass(frozen=True)
class Typed:
    """What was typed: the fields as the browser sent them, the form's name, and the language that it was read in."""

    email: str
    form: str = ""
    language: str = ""
    fields: dict[str, str] | None = None

    @property
    def submission(self) -> uuid.UUID:
        """Return the submission that the corrected one replaces."""
        return uuid.UUID((self.fields or {})["submission"])

    def corrected(self, right: AddressForm) -> dict[str, str]:
        """Return what was typed with the right address, as a new submission."""
        cleaned = right.cleaned_data
        return {**(self.fields or {}), "email": cleaned["email"], "submission": str(cleaned["submission"])}

    def address_form(self, request: HttpRequest) -> AddressForm | None:
        """Return the form that corrects the address; None if what was typed is not known."""
        return AddressForm(request.POST or None, initial={"email": shown(self.email)}) if self.fields else None


@dataclass(frozen=True)
class Receipt:
    """The receipt at `page`, with its cookie; the cookie is for all pages, since each language has its own address."""

    page: str
    cookie: SignedCookie

    def answer(self, form: forms.Form, *, name: str, language: str = "") -> HttpResponse:
        """Redirect from a valid form to its receipt."""
        response = redirect(self.page)
        email, spoken = form.cleaned_data["email"], language or get_language()
        self.cookie.put(response, [email, name, spoken, _as_typed(form)], path="/")
        if len(response.cookies[self.cookie.name].OutputString()) > MOST_BYTES:
            self.cookie.put(response, [email, name, spoken, None], path="/")
        return response

    def read(self, request: HttpRequest) -> Typed | None:
        """Return what was typed; None if the browser does not bring it."""
        kept: Any = self.cookie.read(request)
        if isinstance(kept, list):
            return Typed(*kept)
        if isinstance(kept, dict):  # of the version before, which could not correct the address
            return Typed(kept.get("email") or "", "talks.wish" if kept.get("is_wish") else "talks.book")
        return Typed(kept) if kept else None


def still_valid(form: AnyForm) -> AnyForm:
    """Return a form that was valid when it was typed. Refused: no_longer, if it is not by now."""
    if not form.is_valid():
        raise Refused("no_longer", gettext("This can no longer be sent as it was. Please fill in the form once more."))
    return form


def _as_typed(form: forms.Form) -> dict[str, str]:
    names = tuple(form.fields)
    # A field of three boxes is sent as three.
    typed = {key: form.data[key] for key in form.data if key in names or key.rpartition("_")[0] in names}
    return {**typed, "submission": str(form.cleaned_data["submission"])}
