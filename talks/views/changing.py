"""The two pages on which a chair changes a talk: reached by a link in an email, and from the own page."""

from django.http import HttpResponse
from django.shortcuts import render

from partnership import clock
from partnership.people.limits import is_valid_within_changes, status_of
from partnership.people.models import User
from partnership.web.acting import refusal_on_form, refusal_on_page
from partnership.web.viewing import PortalRequest
from talks import links, rules, scopes
from talks.actions import bookings, offers
from talks.forms.changes import ChangeForm, SlotHoldForm
from talks.models import Booking, SlotHold

SLOTS_SHOWN = 24


def change_page(request: PortalRequest, booking: Booking, *, by: User, back: str = "") -> HttpResponse:
    """Show the slots that the talk could move to; on POST move it, ask the other speaker, or take that back. A talk for
    which other evenings are offered shows these. `back` is the page that it is opened from, if it is one of ours.
    """
    now = clock.now()
    if scopes.holds_to_choose_from(booking, now).exists() or {"hold", "none"} & set(request.POST):
        return choose_page(request, booking, by=by, back=back)
    asked = scopes.move_asked_for(booking, now)
    if asked and "take_back" in request.POST:
        return _take_back_page(request, asked, booking, by)
    slots = scopes.slots_that_suit(booking, now, most=SLOTS_SHOWN)
    speakers = {one.speaker_id for one in slots}
    without_asking = {speaker for speaker in speakers if rules.may_move_to(by, booking, speaker, now)}
    at_once = {one.pk for one in slots if one.speaker_id in without_asking}
    form = ChangeForm(request.POST or None, booking=booking, slots=slots, at_once=at_once, reader=by)
    is_late = booking.starts_at - now <= rules.CHAIR_MOVES_UNTIL
    context = {"booking": booking, "form": form, "slots": slots, "is_late": is_late, "asked": asked, "outcome": ""}
    context["back"] = back
    if scopes.is_moved_to(booking, request.POST.get("slot", ""), by):
        # A second press: it is saved, so it is neither counted nor refused.
        return render(request, "talks/change.html", {"booking": booking, "outcome": "moved"})
    if request.method == "POST" and is_valid_within_changes(request, form, f"talks.move {booking.pk}"):
        slot = form.chosen_slot()
        with refusal_on_form(form, "slot"):
            if slot.pk in at_once:
                moved = bookings.move(booking=booking, slot=slot, by=by, now=now)
                context |= {"booking": moved, "outcome": "moved"}
            else:
                asked = offers.ask_to_move(booking=booking, slot=slot, by=by, now=now)
                context |= {"hold": asked, "outcome": "asked"}
    return render(request, "talks/change.html", context, status=status_of(form))


def _take_back_page(request: PortalRequest, asked: SlotHold, booking: Booking, by: User) -> HttpResponse:
    """Take back what was asked, and say that the talk stays."""
    with refusal_on_page() as refused:
        booking = offers.take_back_move(hold=asked, by=by, now=clock.now())
    return render(request, "talks/taken_back.html", {"booking": booking, "refused": refused})


def choose_page(
    request: PortalRequest, booking: Booking, *, by: User, is_this_offer: bool = True, back: str = ""
) -> HttpResponse:
    """Show the slots that are held for the chair; on POST confirm the chosen one. `back` is as for `change_page`."""
    now = clock.now()
    holds = list(scopes.holds_to_choose_from(booking, now)) if is_this_offer and booking.state == "offered" else []
    none_suits = request.method == "POST" and "none" in request.POST and bool(holds)
    form = SlotHoldForm(None if none_suits else request.POST or None, booking=booking, holds=holds)
    outcome, refused = "", None
    if none_suits:
        with refusal_on_page() as refused:
            booking, outcome = offers.decline_offer(booking=booking, by=by, now=now), "none"
    if request.method == "POST" and form.is_valid():
        with refusal_on_form(form, "hold"):
            booking, outcome = offers.accept(hold=form.chosen(), by=by, now=now), "chosen"
    context = {
        "booking": booking,
        "form": form,
        "holds": holds,
        "outcome": outcome,
        "refused": refused,
        "again": links.again(booking, by),
        "back": back,
    }
    return render(request, "talks/choose.html", context, status=400 if form.errors else 200)
