"""What chairs, deputies and speakers do with their own talks, signed in."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnership import clock
from partnership.people.access import SignedInRequest
from partnership.people.rules import speaks_for
from partnership.people.scopes import organisations_in_view
from partnership.refusals import Refused
from partnership.web.forms import PortalForm
from partnership.web.viewing import fetch
from talks import rules, scopes
from talks.actions import associations, bookings, offers
from talks.forms.afterwards import CloseForm
from talks.forms.answers import IllForm
from talks.forms.changes import DeputyForm
from talks.models import Booking
from talks.views.changing import change_page, choose_page


def _one_of_hers(request: SignedInRequest, pk: int) -> Booking:
    """Return a booking of an association that the reader speaks for; 404 for everybody else, staff included."""
    booking = fetch(scopes.bookings_in_view(request.user, request.partnership), pk=pk)
    if not speaks_for(request.user, booking.association):
        raise Http404
    return booking


def _one_that_she_gives(request: SignedInRequest, pk: int) -> Booking:
    booking = fetch(scopes.bookings_in_view(request.user, request.partnership), pk=pk)
    if not rules.may_report_ill(request.user, booking):
        raise Http404
    return booking


def _is_speaker(request: SignedInRequest, one: Booking) -> bool:
    """Say whether she gives this talk herself; staff may do what she may, and are spoken to otherwise."""
    return one.speaker is not None and one.speaker.person_id == request.user.pk


def booking(request: SignedInRequest, pk: int) -> HttpResponse:
    """One booking, for its chair, its deputy, its speaker and staff; a button to cancel for those who may."""
    one = fetch(scopes.bookings_in_view(request.user, request.partnership), pk=pk)
    may_cancel = rules.may_cancel(request.user, one) and one.may_still_be_cancelled
    if request.method == "POST" and may_cancel:
        done = _("The talk is cancelled. You get a mail that says so.")
        return _told(request, lambda: bookings.cancel(booking=one, by=request.user, now=clock.now()), done, pk)
    return _booking_page(request, one)


def _booking_page(request: SignedInRequest, one: Booking, close_form: PortalForm | None = None) -> HttpResponse:
    now = clock.now()
    context = {
        "booking": one,
        "may_cancel": rules.may_cancel(request.user, one) and one.may_still_be_cancelled and one.ends_at > now,
        "speaks_for": speaks_for(request.user, one.association),
        "gives": rules.may_report_ill(request.user, one),
        "is_speaker": _is_speaker(request, one),
        "is_over": one.ends_at <= now,
        "asked": scopes.move_asked_for(one, now),
        "close_form": close_form or CloseForm(),
        "form": close_form,
    }
    return render(request, "talks/booking.html", context, status=400 if close_form else 200)


def move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Move one's own talk, or ask to."""
    return change_page(request, _one_of_hers(request, pk), by=request.user)


def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose among the evenings that we offered."""
    return choose_page(request, _one_of_hers(request, pk), by=request.user)


def ill(request: SignedInRequest, pk: int) -> HttpResponse:
    """The speaker cannot come. First click: this page, with evenings ticked. Second: the association is told."""
    one = _one_that_she_gives(request, pk)
    now = clock.now()
    found = offers.replacements(one, now)
    form = IllForm(request.POST or None, partnership=request.partnership, evenings=found)
    if request.method == "POST" and form.is_valid():
        picked = form.cleaned_data["evenings"]
        fall_ill = partial(offers.fall_ill, booking=one, evenings=picked, by=request.user, now=now)
        if _is_speaker(request, one):
            done = _("Thank you for saying so. The association has a mail, and you need do nothing more.")
            return _told(request, fall_ill, done)
        return _told(request, fall_ill, _("The association gets a mail that says so."), pk, page="answer")
    context = {"booking": one, "form": form, "evenings": found, "is_speaker": _is_speaker(request, one)}
    return render(request, "talks/ill.html", context, status=400 if form.errors else 200)


def close(request: SignedInRequest, pk: int) -> HttpResponse:
    """The speaker says whether it was held, and how many came."""
    one = _one_that_she_gives(request, pk)
    form = CloseForm(request.POST or None)
    if not form.is_valid():
        return _booking_page(request, one, form if form.is_bound else None)
    held = form.cleaned_data["held"]
    came = form.cleaned_data["attendance"] if held else None
    return _told(
        request,
        lambda: bookings.close(booking=one, held=held, attendance=came, by=request.user, now=clock.now()),
        _("That is noted. Thank you."),
    )


def deputy(request: SignedInRequest, pk: int) -> HttpResponse:
    """The chair names who may move and cancel in her place."""
    association = fetch(organisations_in_view(request.user, request.partnership), pk=pk)
    form = DeputyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            associations.name_deputy(association=association, by=request.user, now=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error("email", refusal.message)
        else:
            messages.success(request, _("The deputy has been told by mail."))
            return redirect("people:me")
    context = {"association": association, "form": form}
    return render(request, "talks/deputy.html", context, status=400 if form.errors else 200)


def _told(
    request: SignedInRequest, do: Callable[[], object], done: str, pk: int | None = None, page: str = "booking"
) -> HttpResponse:
    """Do it and say what was done, or why not; then show the talk, or the own page where it is hers no more."""
    try:
        do()
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
    return redirect(f"talks:{page}", pk=pk) if pk else redirect("people:me")
