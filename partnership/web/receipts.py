"""The receipt of a form with a mailbox: the page after the redirect, which shows where we wrote to and lets a
wrong mailbox be corrected. What was typed is kept by the browser in a signed cookie; we store nothing, and no address
of a page contains it. Others may use the browser after its sender, on a library's computer for instance: it forgets
soon, when the sender says so, and when anybody logs in or out or begins a form with another mailbox.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from partnership.refusals import Refused
from partnership.web.cookies import SignedCookie
from partnership.web.forms import OnceForm
from written.mailboxes import canonical, readable

# The page says to wait for five minutes before looking further; the cookie must outlast that, and little more.
LASTS_SECONDS = 20 * 60
# One for all forms: a browser knows what was sent last, and nothing from before. It is listed on the privacy page, and
# for all pages, since each language has its own address.
COOKIE = SignedCookie("typed", seconds=LASTS_SECONDS)
# For so long the emptied cookie keeps browsers from filling in forms on the way back with what was typed before.
EMPTY_SECONDS = 24 * 60 * 60
# Browsers drop a cookie above 4,096 bytes, its name and attributes included.
MOST_BYTES = 3900

AnyForm = TypeVar("AnyForm", bound=forms.Form)


class EmailForm(OnceForm):
    """The right mailbox, on a receipt."""

    submit_label = _("Send to this address instead")

    email = forms.EmailField(label=_("Enter the right email address"), max_length=254)


@dataclass(frozen=True)
class SentForm:
    """What was typed: the fields as the browser sent them, the form's name, and the language that it was read in."""

    email: str
    form: str
    language: str
    fields: dict[str, str] | None

    @property
    def submission(self) -> uuid.UUID:
        """Return the submission that the corrected one replaces."""
        return uuid.UUID((self.fields or {})["submission"])

    def is_from_same_person(self, form: forms.Form, *names: str) -> bool:
        """Return whether a form has these fields in common with what was typed before, or is that form once more: then
        it replaces it. Otherwise somebody else may be at the same computer.
        """
        before = self.fields or {}
        if not before or form.data.get("submission") == before["submission"]:
            return bool(before)
        return all(_plain(before.get(name, "")) == _plain(form.data.get(name, "")) for name in names)

    def is_the_same_as(self, form: forms.Form) -> bool:
        """Return whether a valid form says what was typed before."""
        return self.fields == _as_typed(form)

    def corrected(self, right: EmailForm) -> dict[str, str]:
        """Return what was typed with the right mailbox, as a new submission."""
        cleaned = right.cleaned_data
        return {**(self.fields or {}), "email": cleaned["email"], "submission": str(cleaned["submission"])}

    def email_form(self, request: HttpRequest) -> EmailForm | None:
        """Return the form that corrects the mailbox; None if what was typed is not known."""
        return EmailForm(request.POST or None, initial={"email": readable(self.email)}) if self.fields else None


@dataclass(frozen=True)
class Receipt:
    """The receipt at `page`, of the forms with these names."""

    page: str
    names: tuple[str, ...]

    def answer(self, form: forms.Form, *, name: str, language: str = "", keeps: bool = True) -> HttpResponse:
        """Redirect from a valid form to its receipt; without `keeps` the browser keeps the mailbox alone."""
        response = redirect(self.page)
        email, spoken = form.cleaned_data["email"], language or get_language()
        COOKIE.put(response, [email, name, spoken, _as_typed(form) if keeps else None], path="/")
        if len(response.cookies[COOKIE.name].OutputString()) > MOST_BYTES:
            COOKIE.put(response, [email, name, spoken, None], path="/")
        return response

    def read(self, request: HttpRequest) -> SentForm | None:
        """Return what was typed; None if the browser does not bring it."""
        typed = _typed(request)
        return typed if typed and typed.form in self.names else None


class ForgettingMiddleware:
    """Forget what was typed whenever a log-in begins or ends in the browser. Once it is forgotten, `request` says that
    forms must not be filled in by the browser (`has_forgotten`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.has_forgotten = COOKIE.was_emptied(request)  # type: ignore[attr-defined]
        response = self.get_response(request)
        session = response.cookies.get(settings.SESSION_COOKIE_NAME)
        if session and session.value != request.COOKIES.get(settings.SESSION_COOKIE_NAME):
            forget(request, response)
        return response


def forget(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return the response; with it the browser forgets what was typed before, but not what it stores itself."""
    if COOKIE.name in request.COOKIES and COOKIE.name not in response.cookies:
        COOKIE.empty(response, seconds=EMPTY_SECONDS, path="/")
    return response


def forget_another(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return the page of a form; it deletes what was typed before if the form was sent with another mailbox."""
    before = _typed(request)
    is_another = request.method == "POST" and before and canonical(request.POST.get("email", "")) != before.email
    return forget(request, response) if is_another else response


def _typed(request: HttpRequest) -> SentForm | None:
    kept: Any = COOKIE.read(request)
    return SentForm(*kept) if kept else None


def still_valid(form: AnyForm) -> AnyForm:
    """Return a form that was valid when it was typed. Refused: no_longer, if it is not by now."""
    if not form.is_valid():
        raise Refused("no_longer", gettext("This can no longer be sent as it was. Please fill in the form once more."))
    return form


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _as_typed(form: forms.Form) -> dict[str, str]:
    names = tuple(form.fields)
    # A field of three boxes is sent as three.
    typed = {key: form.data[key] for key in form.data if key in names or key.rpartition("_")[0] in names}
    return {**typed, "submission": str(form.cleaned_data["submission"])}
