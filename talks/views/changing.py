"""The two pages on which a chair changes her talk: reached by a link in a mail, and from her own page."""

from django.http import HttpResponse
from django.shortcuts import render

from partnership import clock
from partnership.people.models import User
from partnership.web.acting import refusal_on_form
from partnership.web.viewing import PortalRequest
from talks import rules, scopes
from talks.actions import bookings, offers
from talks.forms.changes import ChangeForm, OptionForm
from talks.models import Booking

EVENINGS_SHOWN = 24


def change_page(request: PortalRequest, booking: Booking, *, by: User) -> HttpResponse:
    """Show the evenings that the talk could move to; on POST move it, or ask those whose evening it is."""
    now = clock.now()
    evenings = list(scopes.evenings_to_move_to(booking, now)[:EVENINGS_SHOWN])
    speakers = {one.speaker_id for one in evenings}
    without_asking = {speaker for speaker in speakers if rules.may_move_to(by, booking, speaker, now)}
    at_once = {one.pk for one in evenings if one.speaker_id in without_asking}
    form = ChangeForm(request.POST or None, booking=booking, evenings=evenings, at_once=at_once)
    context = {"booking": booking, "form": form, "evenings": evenings, "outcome": ""}
    if request.method == "POST" and form.is_valid():
        evening = form.chosen_evening()
        with refusal_on_form(form, "evening"):
            if evening.pk in at_once:
                moved = bookings.move(booking=booking, evening=evening, by=by, now=now)
                context |= {"booking": moved, "outcome": "moved"}
            else:
                asked = offers.ask_to_move(booking=booking, evening=evening, by=by, now=now)
                context |= {"option": asked, "outcome": "asked"}
    return render(request, "talks/change.html", context, status=400 if form.errors else 200)


def choose_page(request: PortalRequest, booking: Booking, *, by: User, is_this_offer: bool = True) -> HttpResponse:
    """Show the evenings that we keep for the chair; on POST confirm the one that she picks."""
    now = clock.now()
    options = list(scopes.options_kept(booking, now)) if is_this_offer and booking.state == "offered" else []
    form = OptionForm(request.POST or None, booking=booking, options=options)
    outcome = ""
    if request.method == "POST" and form.is_valid():
        with refusal_on_form(form, "option"):
            booking, outcome = offers.accept(option=form.chosen(), by=by, now=now), "chosen"
    context = {"booking": booking, "form": form, "options": options, "outcome": outcome}
    return render(request, "talks/choose.html", context, status=400 if form.errors else 200)
