"""The pages on which staff write down what a chair answers about a talk, in place of a link in our letters."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partnership import clock
from partnership.people.access import LoggedInRequest, staff_required
from partnership.people.limits import count_mail_of_staff, is_valid_within_limit, refuse_full_mailboxes, status_of
from partnership.people.staff.telling import medium_of
from partnership.web.acting import refusal_on_form
from talks import scopes
from talks.actions import for_callers, offers
from talks.forms.for_callers import ChooseForCallerForm, FeedbackForCallerForm, TakeBackForCallerForm
from talks.models import Booking
from talks.views.for_callers import LIMIT, booking_of, medium_told, said_to_caller, told_of
from talks.views.looked_up import record_shown_on


@never_cache
@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Read out the evenings that are kept for the caller; they choose one, or say that none suits."""
    booking, now = booking_of(request, pk), clock.now()
    if request.method == "POST" and scopes.is_answered_by(booking, request.user):
        return said_to_caller("talks:call", pk)  # a second press: it is saved, so it is neither counted nor refused
    holds = list(scopes.holds_to_choose_from(booking, now)) if booking.state == Booking.State.OFFERED else []
    told = {"medium": medium_told(request, booking)}
    form = ChooseForCallerForm(request.POST or None, booking=booking, holds=holds, reader=request.user, initial=told)
    if is_valid_within_limit(request, form, LIMIT):
        with refusal_on_form(form, "hold"):
            by = {"by": request.user, "now": now, "medium": form.cleaned_data["medium"]}
            if form.none_suits:
                # Counted, but never refused: evenings would be kept that nobody wants.
                count_mail_of_staff(request, *told_of(booking))
                offers.decline_offer(booking=booking, **by)
            else:
                refuse_full_mailboxes(request, *told_of(booking))
                offers.accept(hold=form.chosen(), **by)
            return said_to_caller("talks:call", pk)
    record_shown_on(request, booking, now)
    context = {"booking": booking, "form": form, "holds": holds}
    return render(request, "talks/choose_for.html", context, status=status_of(form))


@never_cache
@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: LoggedInRequest, pk: int) -> HttpResponse:
    """The caller no longer asks to move the talk."""
    booking, now = booking_of(request, pk), clock.now()
    asked = scopes.move_asked_for(booking, now)
    if request.method == "POST" and asked is None:
        return redirect("talks:call", pk=pk)  # a second press, or answered meanwhile: the page says how it stands
    form = TakeBackForCallerForm(request.POST or None, initial={"medium": medium_told(request, booking)})
    if asked and is_valid_within_limit(request, form, LIMIT):
        with refusal_on_form(form):
            refuse_full_mailboxes(request, *told_of(booking))
            offers.take_back_move(hold=asked, by=request.user, now=now, medium=form.cleaned_data["medium"])
            return said_to_caller("talks:call", pk)
    record_shown_on(request, booking, now)
    context = {"booking": booking, "form": form, "asked": asked}
    return render(request, "talks/take_back_for.html", context, status=status_of(form))


@never_cache
@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Ask the two questions on the telephone."""
    booking, now = booking_of(request, pk), clock.now()
    chair = booking.association.chair
    told = {"medium": medium_of(request, chair, now) if chair else ""}
    form = FeedbackForCallerForm(request.POST or None, initial=told)
    if form.is_valid():
        with refusal_on_form(form):
            for_callers.answer_questions(booking=booking, by=request.user, now=now, **form.cleaned_data)
            return redirect("talks:answer", pk=pk)
    record_shown_on(request, booking, now)
    return render(request, "talks/feedback_for.html", {"booking": booking, "form": form}, status=status_of(form))
