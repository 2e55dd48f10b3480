"""The page on which staff write down what a chair answers about a talk, in place of a link in our letters."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from partnership import clock
from partnership.people.access import LoggedInRequest, staff_required
from partnership.people.limits import status_of
from partnership.people.staff.telling import medium_of
from partnership.web.acting import refusal_on_form
from partnership.web.viewing import fetch
from talks import rules, scopes
from talks.actions import for_callers
from talks.forms.for_callers import FeedbackForCallerForm
from talks.views.looked_up import record_shown_on


@never_cache
@staff_required
@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Ask the two questions on the telephone."""
    booking, now = fetch(scopes.bookings_to_answer(request.user, request.partnership), pk=pk), clock.now()
    if not rules.may_ask_for(request.user, booking.association):
        raise Http404
    chair = booking.association.chair
    told = {"medium": medium_of(request, chair, now) if chair else ""}
    form = FeedbackForCallerForm(request.POST or None, initial=told)
    if form.is_valid():
        with refusal_on_form(form):
            for_callers.answer_questions(booking=booking, by=request.user, now=now, **form.cleaned_data)
            return redirect("talks:answer", pk=pk)
    record_shown_on(request, booking, now)
    return render(request, "talks/feedback_for.html", {"booking": booking, "form": form}, status=status_of(form))
