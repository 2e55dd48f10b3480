"""The pages on which staff ask for a talk, move it and cancel it for somebody who calls."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnership import clock
from partnership.outbox.post import Way, not_arrived_about, way_to
from partnership.people import lookups
from partnership.people.access import LoggedInRequest, staff_required
from partnership.people.limits import (
    count_mail_of_staff,
    is_valid_within_changes,
    is_valid_within_limit,
    refuse_full_mailboxes,
    status_of,
)
from partnership.people.models import ASSOCIATIONS, LookUp, User
from partnership.people.scopes import organisations_of, people_in_view
from partnership.people.staff.telling import medium_of
from partnership.web.acting import refusal_on_form, say_outcome
from partnership.web.viewing import fetch
from talks import links, rules, scopes
from talks.actions import bookings, for_callers, wishes
from talks.forms.associations import fields_of
from talks.forms.for_callers import (
    CancelForCallerForm,
    MoveForCallerForm,
    RequestForCallerForm,
    SendAgainForm,
    WishForCallerForm,
)
from talks.messages.posting import deputy_to_tell, key_of
from talks.models import Booking, TalkWish
from talks.reminders import reminders_of
from talks.views.looked_up import record_shown_on

LIMIT = "talks.for_callers"
SLOTS_SHOWN = 60
# In the address of the page after something was done: only then is a message on its way to the caller.
DONE = "done"


@never_cache
@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Ask for a free evening for a caller, by the form of the public page."""
    caller, here, now = _caller(request, pk), request.partnership, clock.now()
    held = scopes.held_by_form(here, now, request.POST.get("submission", ""))
    form = RequestForCallerForm(
        request.POST or None,
        partnership=here,
        slots=scopes.slots_for_caller(here, now),
        held=held,
        caller=caller,
        initial=_known_of(request, caller),
    )
    if is_valid_within_limit(request, form, LIMIT):
        with refusal_on_form(form, "slot"):
            slot = form.chosen_slot()
            booking = for_callers.request_talk(slot=slot, **_asked(request, caller, form))
            return said_to_caller("talks:call", booking.pk)
        form.let_choose()  # refused: the slot is gone
    return _form_page(request, caller, form, "talks/book_for.html")


@never_cache
@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def wish(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Note the days that would suit a caller, by the form of the public page."""
    caller = _caller(request, pk)
    form = WishForCallerForm(
        request.POST or None, partnership=request.partnership, caller=caller, initial=_known_of(request, caller)
    )
    if is_valid_within_limit(request, form, LIMIT):
        with refusal_on_form(form, "first"):
            days = {"days": form.days(), "from_hour": form.cleaned_data["from_hour"]}
            made = for_callers.wish_for_days(**days, **_asked(request, caller, form))
            return said_to_caller("talks:wish_call", made.pk)
    return _form_page(request, caller, form, "talks/wish_for.html")


@never_cache
@staff_required
@require_safe
def call(request: LoggedInRequest, pk: int) -> HttpResponse:
    """The receipt, and how a talk stands: what to say to the caller, what is next, and what can be done."""
    return _call_page(request, booking_of(request, pk))


@never_cache
@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Offer the caller the same free evenings as on the chair's page, and move the talk."""
    booking, now = booking_of(request, pk), clock.now()
    free = scopes.slots_that_suit(booking, now, most=SLOTS_SHOWN, at_short_notice=True)
    told = {"medium": medium_told(request, booking)}
    form = MoveForCallerForm(request.POST or None, booking=booking, slots=free, reader=request.user, initial=told)
    if scopes.is_moved_to(booking, request.POST.get("slot", ""), request.user):
        return said_to_caller("talks:call", pk)  # a second press: it is saved, so it is neither counted nor refused
    if is_valid_within_limit(request, form, LIMIT):
        with refusal_on_form(form, "slot"):
            slot, medium = form.chosen_slot(), form.cleaned_data["medium"]
            refuse_full_mailboxes(request, *told_of(booking))
            bookings.move(booking=booking, slot=slot, by=request.user, now=now, medium=medium)
            return said_to_caller("talks:call", pk)
    record_shown_on(request, booking, now)
    context = {"booking": booking, "form": form, "slots": free}
    return render(request, "talks/move_for.html", context, status=status_of(form))


@never_cache
@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Cancel a talk, or withdraw a request, for the association."""
    booking, now = booking_of(request, pk), clock.now()
    told = {"medium": medium_told(request, booking)}
    form = CancelForCallerForm(request.POST or None, booking=booking, initial=told)
    if is_valid_within_limit(request, form, LIMIT):
        with refusal_on_form(form):
            # Counted, but never refused: somebody would come to a talk that nobody hears.
            count_mail_of_staff(request, *told_of(booking))
            bookings.cancel(booking=booking, by=request.user, now=now, medium=form.cleaned_data["medium"])
            return said_to_caller("talks:call", pk)
    record_shown_on(request, booking, now)
    context = {"booking": booking, "form": form, "way": way_to(booking.association.chair)}
    return render(request, "talks/cancel_for.html", context, status=status_of(form))


@require_POST
@staff_required
def send_again(request: LoggedInRequest, pk: int) -> HttpResponse:
    """On POST by staff, send the chair once more what they heard last of a talk, and go back to its receipt."""
    return _send_again(request, booking_of(request, pk), "talks:call")


@never_cache
@staff_required
@require_safe
def wish_call(request: LoggedInRequest, pk: int) -> HttpResponse:
    """The receipt of wished days, and how they stand."""
    one = _wish(request, pk)
    record_shown_on(request, one, clock.now())
    context = {"wish": one, "way": way_to(one.association.chair), "again_form": SendAgainForm()}
    context["is_done"] = DONE in request.GET
    return render(request, "talks/wish_call.html", context)


@require_POST
@staff_required
def withdraw_wish(request: LoggedInRequest, pk: int) -> HttpResponse:
    """On POST by staff, withdraw wished days for a caller, and go to their receipt."""
    one = _wish(request, pk)
    with say_outcome(request, _("The wished days are withdrawn for the caller.")):
        wishes.withdraw(wish=one, by=request.user, now=clock.now(), is_for_caller=True)
        return said_to_caller("talks:wish_call", pk)
    return redirect("talks:wish_call", pk=pk)


@require_POST
@staff_required
def send_wish_again(request: LoggedInRequest, pk: int) -> HttpResponse:
    """On POST by staff, send the chair once more what they heard of wished days, and go back to the receipt."""
    return _send_again(request, _wish(request, pk), "talks:wish_call")


# -- Parts ------------------------------------------------------------------------------------------------------------


def _caller(request: LoggedInRequest, pk: int) -> User:
    people = people_in_view(request.user, request.partnership).select_related("partnership")
    return fetch(people, pk=pk)


def booking_of(request: LoggedInRequest, pk: int) -> Booking:
    """Return a booking that the reader may move and cancel for its association; 404 for their own."""
    one = fetch(scopes.bookings_to_answer(request.user, request.partnership), pk=pk)
    return _ours(request, one)


def _wish(request: LoggedInRequest, pk: int) -> TalkWish:
    return _ours(request, fetch(scopes.wishes_to_answer(request.user, request.partnership), pk=pk))


def _ours(request: LoggedInRequest, one: Any) -> Any:
    if not rules.may_ask_for(request.user, one.association):
        raise Http404
    return one


def _mailbox(case: Booking | TalkWish) -> str:
    return (case.association.chair and case.association.chair.email) or ""


def told_of(booking: Booking) -> list[str]:
    """Return the mailboxes at the association that hear of a change."""
    deputy = deputy_to_tell(booking)
    return [_mailbox(booking), *([deputy.email] if deputy and deputy.email else [])]


def medium_told(request: LoggedInRequest, case: Booking | TalkWish) -> str:
    """Return how the association tells it, as the reader said on the page of the chair, the deputy or a contact."""
    now = clock.now()
    people = [contact.person for contact in case.association.contacts.all()]
    return next(filter(None, (medium_of(request, one, now) for one in people)), "")


def _known_of(request: LoggedInRequest, caller: User) -> dict[str, Any]:
    theirs = organisations_of(caller, request.user, request.partnership).filter(kind__in=ASSOCIATIONS)[:2]
    known = fields_of(theirs[0]) if len(theirs) == 1 else {}
    return {"slot": request.GET.get("slot"), "medium": medium_of(request, caller, clock.now()), **known}


def _asked(request: LoggedInRequest, caller: User, form: RequestForCallerForm | WishForCallerForm) -> dict[str, Any]:
    medium, submission = form.cleaned_data["medium"], form.cleaned_data["submission"]
    refuse_full_mailboxes(request, caller.email, submission=submission)
    noted = for_callers.Call(caller=caller, medium=medium, submission=submission, by=request.user)
    return {"partnership": request.partnership, "asked": form.talk_request(), "call": noted, "now": clock.now()}


def _form_page(
    request: LoggedInRequest, caller: User, form: RequestForCallerForm | WishForCallerForm, page: str
) -> HttpResponse:
    lookups.record_opened(request, caller, otherwise=LookUp.Purpose.CALL, now=clock.now())
    context = {"form": form, "person": caller, "way": way_to(caller)}
    return render(request, page, context, status=status_of(form))


def _call_page(request: LoggedInRequest, booking: Booking) -> HttpResponse:
    now = clock.now()
    record_shown_on(request, booking, now)
    way = way_to(booking.association.chair)
    context = {
        "booking": booking,
        "way": way,
        "is_done": DONE in request.GET,
        "not_arrived": not_arrived_about(request.user, request.partnership, f"{key_of(booking)}."),
        "reminded": _reminded(booking, way, now),
        "is_asked": links.is_asked_about(booking, now),
        "is_over": booking.is_over(now),
        "may_change": booking.place_facts_may_change(now),
        "asked": scopes.move_asked_for(booking, now),
        "choices": scopes.holds_to_choose_from(booking, now),
        "again_form": SendAgainForm(),
    }
    return render(request, "talks/call.html", context)


def _reminded(booking: Booking, way: Way, now: dt.datetime) -> str:
    """Return how the chair is reminded of a talk, while all of it is ahead; by letter only once."""
    if not way.arrives or not reminders_of(booking, now)[1:]:
        return ""
    if way.by_letter:
        return _("You get a letter that reminds you, some days before.")
    return _("We remind you a week before and the day before.")


def said_to_caller(page: str, pk: int) -> HttpResponse:
    """Redirect to what staff say to the caller, now that something is done."""
    return redirect(f"{reverse(page, args=[pk])}?{DONE}=1")


def _send_again(request: LoggedInRequest, case: Booking | TalkWish, page: str) -> HttpResponse:
    form = SendAgainForm(request.POST)
    with say_outcome(request):
        if not is_valid_within_changes(request, form, f"{LIMIT} {type(case).__name__} {case.pk}", by="mail_from_staff"):
            return redirect(page, pk=case.pk)
        submission = form.cleaned_data["submission"]
        refuse_full_mailboxes(request, _mailbox(case), submission=submission)
        if for_callers.send_again(case=case, submission=submission, by=request.user, now=clock.now()):
            messages.success(request, _("It is sent again.") + f" {way_to(case.association.chair).to_staff}")
            return said_to_caller(page, case.pk)
        messages.info(request, _("There is nothing to send again."))
    return redirect(page, pk=case.pk)
