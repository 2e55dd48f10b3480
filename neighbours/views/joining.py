"""The form to become a helper, and its receipt, where a wrong mailbox can be corrected."""

import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from neighbours.actions import joining, replacing
from neighbours.actions.inviting import LENGTH
from neighbours.actions.origin import Origin
from neighbours.actions.requests import JoinRequest
from neighbours.consent_words import consent_text, shown_text
from neighbours.forms.joining import JoinForm
from neighbours.links import CONFIRM_LINK_LASTS
from neighbours.scopes import is_helper
from partnership import clock
from partnership.people.actions.details import postal_address_of
from partnership.people.limits import is_owner, is_valid_within_limit, may_write_to, status_of
from partnership.web.acting import refusal_on_form
from partnership.web.receipts import Receipt, SentForm, forget_another, still_valid
from partnership.web.timing import in_equal_time
from partnership.web.viewing import PortalRequest
from written.mailboxes import readable

NAME = "neighbours.join"
RECEIPT = Receipt("neighbours:sent", (NAME,))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_equal_time
def join(request: PortalRequest) -> HttpResponse:
    """The form. From the receipt it comes back with what was typed, except for the ticks."""
    before, is_again = RECEIPT.read(request), "again" in request.GET
    known = _known(before if is_again else None, request)
    form = JoinForm(request.POST or None, partnership=request.partnership, initial=known)
    is_continued = before is not None and (is_again or before.is_from_same_person(form, "name"))
    if not is_valid_within_limit(request, form, NAME):
        context = {"form": form, "is_helper": is_helper(request.user)}
        page = render(request, "neighbours/join.html", context, status=status_of(form, faulty=200))
        return page if is_continued else forget_another(request, page)
    return _join_and_redirect(request, form, get_language(), before if is_continued else None)


def _known(before: SentForm | None, request: PortalRequest) -> dict[str, str]:
    """Return what was typed before, or what we know of a reader who is logged in and no helper yet."""
    invitation = {"invitation": request.GET.get("invitation", "")[:LENGTH]}
    kept = (before and before.fields) or invitation | _known_of_reader(request)
    return {name: value for name, value in kept.items() if name not in ("submission", "consent", "shown")}


def _known_of_reader(request: PortalRequest) -> dict[str, str]:
    person = request.user
    if not person.is_authenticated or is_helper(person):
        # The form is for somebody else.
        return {}
    home = postal_address_of(person)
    at_home = {"address": home.line, "postcode": home.postcode} if home else {}
    mailbox = readable(person.email) if person.has_open_mailbox else ""
    return {"name": person.name, "email": mailbox, **at_home}


def _join_and_redirect(request: PortalRequest, form: JoinForm, language: str, before: SentForm | None) -> HttpResponse:
    """Ask to join with a valid form, whose words were read in `language`, and redirect to the receipt. What was typed
    `before` with another mailbox ends.
    """
    typed = form.cleaned_data
    with override(language):
        words, shown = consent_text(request.partnership), shown_text(request.partnership)
    join_request = JoinRequest(
        partnership=request.partnership,
        name=typed["name"],
        email=typed["email"],
        address=typed["door"],
        consent_text=words,
        language=language,
        submission=typed["submission"],
        shown_text=shown if typed["shown"] else "",
        by_owner=is_owner(request, typed["email"]),
        is_protected=typed["is_protected"],
        origin=Origin(was_helper=typed["was_helper"], heard_from=typed["heard_from"], invitation=typed["invitation"]),
        continues=before.submission if before and before.fields and before.email == typed["email"] else None,
    )
    _ask(join_request, _replaced(before, typed["email"]), may_write=may_write_to(request, typed["email"], form=NAME))
    # Somebody else may use the browser next: whose address is protected is not shown to them.
    return RECEIPT.answer(form, name=NAME, language=language, keeps=not typed["is_protected"])


def _replaced(before: SentForm | None, email: str) -> uuid.UUID | None:
    """Return the submission of what was typed `before`, if it was another address."""
    return before.submission if before and before.fields and before.email != email else None


def _ask(join_request: JoinRequest, replaces: uuid.UUID | None, *, may_write: bool) -> None:
    now = clock.now()
    if replaces and may_write:
        replacing.ask_with_another_mailbox(replaces=replaces, join_request=join_request, now=now)
    elif replaces:
        replacing.end_replaced(replaces=replaces, partnership=join_request.partnership, now=now)
    elif may_write:
        joining.ask_to_join(join_request=join_request, now=now)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@in_equal_time
def sent(request: PortalRequest) -> HttpResponse:
    """The receipt: the same words whether we know the mailbox or not."""
    before = RECEIPT.read(request)
    form = before.email_form(request) if before else None
    if before and form and is_valid_within_limit(request, form, NAME):
        with refusal_on_form(form):
            again = still_valid(JoinForm(before.corrected(form), partnership=request.partnership))
            return _join_and_redirect(request, again, before.language, before)
    context = {"form": form, "typed": _shown(request, before), "days": CONFIRM_LINK_LASTS.days}
    return render(request, "neighbours/look_in_your_mailbox.html", context, status=status_of(form) if form else 200)


def _shown(request: PortalRequest, before: SentForm | None) -> dict:
    """Return what was typed, cleaned, with the home that it means; nothing if the browser does not bring it."""
    if not before or not before.fields:
        return {"email": before.email} if before else {}
    form = JoinForm(before.fields, partnership=request.partnership)
    form.is_valid()
    return form.cleaned_data
