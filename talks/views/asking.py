"""What the two forms to ask for a talk do, and their receipt, where a wrong mailbox can be corrected."""

import uuid
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partnership import clock
from partnership.fields.printed_days import day_in_words
from partnership.people.limits import count_under, is_owner, is_valid_within_limit, may_write_to, status_of
from partnership.web.acting import refusal_on_form
from partnership.web.receipts import EmailForm, Receipt, SentForm, still_valid
from partnership.web.timing import in_equal_time
from partnership.web.viewing import PortalRequest
from talks import scopes
from talks.actions import bookings, replacing, wishes
from talks.formats import FORMATS
from talks.forms.requests import RequestForm, WishForm
from talks.when import when_in_words
from written.mailboxes import readable, without_tag

BOOK, WISH = "talks.book", "talks.wish"
RECEIPT = Receipt("talks:sent", (BOOK, WISH))


def typed_before(request: PortalRequest, name: str) -> SentForm | None:
    """Return what this browser has sent by the form of this name within the hour."""
    before = RECEIPT.read(request)
    return before if before and before.form == name and before.fields else None


def is_from_same_person(before: SentForm | None, form: RequestForm | WishForm) -> bool:
    """Return whether the same person asks for the same association as `before`."""
    return before is not None and before.is_from_same_person(form, "name", "association")


def replaced(request: PortalRequest, before: SentForm | None, form: RequestForm | WishForm) -> SentForm | None:
    """Return what was typed `before` if a valid form replaces it: the same page sent once more with something else in
    it, or the same person's request for the same association from another mailbox, while the first is not confirmed.
    """
    if before is None or not is_from_same_person(before, form):
        return None
    cleaned = form.cleaned_data
    if cleaned["submission"] == before.submission:
        if before.is_the_same_as(form):
            return None  # a double click
        # Derived, so that a double click of the changed page is one request too.
        cleaned["submission"] = uuid.uuid5(before.submission, repr(sorted(form.data.items())))
        return before
    is_open = before.email != cleaned["email"] and not scopes.is_verified(request.partnership, before.submission)
    return before if is_open else None


def request_talk(
    request: PortalRequest, form: RequestForm, before: SentForm | None = None, language: str = ""
) -> HttpResponse:
    """Ask for the slot of a valid form, instead of what was typed `before`; redirect to the receipt. Raise Refused."""
    here, now, language = request.partnership, clock.now(), language or get_language()
    email = form.cleaned_data["email"]
    # Counted for every mailbox that is typed, known or not, so that a slot which stays free tells nobody which it is. A
    # correction holds no further evening.
    whose = f"own {request.user.pk}" if is_owner(request, email) else without_tag(email)
    may_hold = before or count_under("evenings_for_mailbox", request, whose)
    if may_hold and may_write_to(request, email, form=BOOK):
        asked = _request_arguments(request, form, language) | {"slot": form.chosen_slot()}
        if before:
            replacing.replace_request(replaces=before.submission, now=now, **asked)
        else:
            bookings.request_talk(now=now, **asked)
    elif before:
        replacing.end_request(replaces=before.submission, partnership=here, now=now)
    return RECEIPT.answer(form, name=BOOK, language=language)


def wish_for_days(
    request: PortalRequest, form: WishForm, before: SentForm | None = None, language: str = ""
) -> HttpResponse:
    """Send the wishes of a valid form, instead of what was typed `before`; redirect to the receipt. Raise Refused."""
    here, now, language = request.partnership, clock.now(), language or get_language()
    if may_write_to(request, form.cleaned_data["email"], form=WISH):
        days = {"days": form.days(), "from_hour": form.cleaned_data["from_hour"]}
        asked = _request_arguments(request, form, language) | days
        if before:
            replacing.replace_wish(replaces=before.submission, now=now, **asked)
        else:
            wishes.wish_for_days(now=now, **asked)
    elif before:
        replacing.end_wish(replaces=before.submission, partnership=here, now=now)
    return RECEIPT.answer(form, name=WISH, language=language)


def _request_arguments(request: PortalRequest, form: RequestForm | WishForm, language: str) -> dict[str, Any]:
    return {
        "partnership": request.partnership,
        "asked": form.talk_request(),
        "submission": form.cleaned_data["submission"],
        "language": language,
        "by_owner": is_owner(request, form.cleaned_data["email"]),
    }


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_equal_time
def sent(request: PortalRequest) -> HttpResponse:
    """The receipt: the same words whether we know the mailbox or not."""
    typed = RECEIPT.read(request)
    form = typed.email_form(request) if typed else None
    if typed and form and is_valid_within_limit(request, form, typed.form):
        with refusal_on_form(form):
            return _again(request, typed, form)
    context = {
        "form": form,
        "email": readable(typed.email) if typed else "",
        "is_wish": typed and typed.form == WISH,
        "asked_for": _asked_for(request, typed) if typed and typed.fields else [],
    }
    return render(request, "talks/sent.html", context, status=status_of(form) if form else 200)


def _asked_for(request: PortalRequest, typed: SentForm) -> list[tuple[str, str]]:
    """Return what was typed that tells one request from another, as facts: nothing of what we know."""
    fields, here = typed.fields or {}, request.partnership
    about = FORMATS.get(fields.get("format", ""))
    facts = [(_("Talk"), str(about.title))] if about else []
    if typed.form == WISH:
        form = WishForm(fields, partnership=here)
        days = form.days() if form.is_valid() else []
        facts += [(_("Days wished for"), "\n".join(map(day_in_words, days)))] if days else []
    else:
        slot = scopes.coming_slots(here, clock.now()).filter(pk=fields["slot"]).first()
        facts += [(_("When"), when_in_words(slot, here, about.key if about else ""))] if slot else []
    return [*facts, (_("Association"), fields.get("association", ""))]


def _again(request: PortalRequest, typed: SentForm, right: EmailForm) -> HttpResponse:
    """Ask again for the same with the right mailbox. What was typed was valid a short while ago."""
    data, here = typed.corrected(right), request.partnership
    if typed.form == WISH:
        wished = WishForm(data, partnership=here)
        return wish_for_days(request, still_valid(wished), typed, typed.language)
    asked = RequestForm(data, partnership=here, slots=scopes.coming_slots(here, clock.now()))
    return request_talk(request, still_valid(asked), typed, typed.language)
