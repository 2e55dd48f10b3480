"""The coordinator's queue, and the pages to answer it."""

import datetime as dt

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partnership import clock
from partnership.outbox.post import not_arrived_about
from partnership.people.access import LoggedInRequest, staff_required
from partnership.people.models import User
from partnership.places.need import facts_of
from partnership.web.acting import say_outcome
from partnership.web.forms import PortalForm
from partnership.web.viewing import fetch
from talks import need, rules, scopes
from talks.actions import bookings, closing, offers
from talks.actions.place_facts import show_to_all
from talks.forms.afterwards import CloseForm
from talks.forms.answers import (
    CancelForm,
    ConfirmForm,
    DeclineRequestForm,
    OfferForm,
    OfferInsteadForm,
    SeenPlaceForm,
    StaysForm,
)
from talks.forms.changes import MoveForm
from talks.messages.posting import key_of
from talks.models import Booking, Slot
from talks.views.for_callers import said_to_caller
from talks.views.looked_up import record_shown_on
from talks.views.notified import offered, with_both, with_chair
from talks.when import was_agreed

QUEUE_SHOWN = 300
LISTED = 100
SLOTS_SHOWN = 60
ANSWERS_SHOWN = dt.timedelta(days=14)
# A request that nobody answered in time: for two weeks, so that somebody calls the association.
NOT_ANSWERED_SHOWN = dt.timedelta(days=14)


@staff_required
def queue(request: LoggedInRequest) -> HttpResponse:
    """Requests, moves and wishes that wait for an answer, sorted by need; coming talks; past talks to close; and what
    associations have answered after theirs.
    """
    now = clock.now()
    mine = scopes.bookings_to_answer(request.user, request.partnership)
    wished = scopes.wishes_to_answer(request.user, request.partnership)
    facts = facts_of(request.partnership)
    context = {
        "waiting": need.by_need(mine.waiting()[:QUEUE_SHOWN], facts),
        "wishes": need.by_need(wished.waiting()[:QUEUE_SHOWN], facts),
        "moves": scopes.moves_to_answer(request.user, request.partnership)
        .standing(now)
        .select_related("booking__association")[:QUEUE_SHOWN],
        "not_answered": mine.not_answered_since(now - NOT_ANSWERED_SHOWN)[:LISTED],
        "offered": scopes.choosing(mine)[:QUEUE_SHOWN],
        "without": need.areas_without_association(request.partnership, facts)[:5],
        "to_show": mine.to_be_shown(now)[:LISTED],
        "upcoming": mine.upcoming(now)[:LISTED],
        "to_close": mine.to_close(now)[:LISTED],
        "answers": scopes.answers_since(request.user, request.partnership, now - ANSWERS_SHOWN)[:LISTED],
        "last_call": clock.local(now, request.partnership.zone).date() + dt.timedelta(days=1),
    }
    return render(request, "talks/queue.html", context)


@staff_required
def answer(request: LoggedInRequest, pk: int) -> HttpResponse:
    """One booking with the actions that staff may do now."""
    booking = fetch(scopes.bookings_to_answer(request.user, request.partnership), pk=pk)
    return _answer_page(request, booking)


def _answer_page(request: LoggedInRequest, booking: Booking, **forms: PortalForm) -> HttpResponse:
    now = clock.now()
    record_shown_on(request, booking, now)
    free = _free_for(booking, now)
    here = request.partnership
    context = {
        "booking": booking,
        # Each form has its own ids: with two fields called "why" a label would lead to the wrong one.
        "confirm_form": ConfirmForm(auto_id="confirm_%s"),
        "decline_form": DeclineRequestForm(auto_id="decline_%s"),
        "cancel_form": CancelForm(auto_id="cancel_%s"),
        "stays_form": StaysForm(auto_id="stays_%s"),
        "move_form": MoveForm(auto_id="move_%s", booking=booking, slots=free, reader=request.user),
        "offer_form": _offer_form(None, booking, free, request.user),
        "close_form": CloseForm(),
        "correct_form": CloseForm(initial=_recorded(booking)),
        "may_answer": rules.may_answer(request.user, booking),
        "may_correct": rules.may_correct(request.user, booking, now),
        "not_arrived": not_arrived_about(request.user, here, f"{key_of(booking)}."),
        "is_over": booking.is_over(now),
        "is_away": scopes.is_on_a_day_away(booking, now),
        "may_change": rules.may_change_place_facts(request.user, booking) and booking.place_facts_may_change(now),
        "steps": booking.steps.select_related("by"),
        "need": need.of(booking, facts_of(here)),
        "asked": scopes.move_asked_for(booking, now),
        "why_not_back": offers.why_not_back(booking, now),
        "kept": scopes.holds_to_choose_from(booking, now),
        "feedback": scopes.feedback_in_view(request.user, request.partnership).filter(booking=booking).first(),
        **forms,
        "form": next(iter(forms.values()), None),
    }
    return render(request, "talks/answer.html", context, status=400 if forms else 200)


def _offer_form(typed: QueryDict | None, booking: Booking, free: list[Slot], reader: User) -> OfferForm:
    """Return the form that offers evenings, in order of time."""
    kind = OfferForm if booking.state == Booking.State.OFFERED else OfferInsteadForm
    now = clock.now()
    first = offers.slots_instead(booking, now)
    # Without its speaker that day only these make sense.
    rest = [] if scopes.is_speaker_away(booking) else [slot for slot in free if slot not in first]
    slots = sorted([*first, *rest], key=lambda slot: (slot.starts_at, slot.pk))
    return kind(typed, auto_id="offer_%s", case=booking, slots=slots, reader=reader)


def _recorded(booking: Booking) -> dict[str, object]:
    took_place = "yes" if booking.state == Booking.State.TOOK_PLACE else "no"
    return {"took_place": took_place, "attendance": booking.attendance}


def _free_for(booking: Booking, now: dt.datetime) -> list[Slot]:
    return scopes.slots_that_suit(booking, now, most=SLOTS_SHOWN, at_short_notice=True)


@require_POST
@staff_required
def confirm(request: LoggedInRequest, pk: int) -> HttpResponse:
    """On POST by staff, confirm a request with an answer to its chair, and go back to the talk, or to the page of the
    `call` during which it was pressed.
    """
    booking = fetch(scopes.bookings_to_answer(request.user, request.partnership), pk=pk)
    form = ConfirmForm(request.POST, auto_id="confirm_%s")
    if not form.is_valid():
        return _answer_page(request, booking, confirm_form=form)
    is_call = "call" in request.POST
    with say_outcome(request, with_both(_("The talk is confirmed."), booking, booking.speaker)):
        seen = SeenPlaceForm(request.POST).open_place
        bookings.confirm(booking=booking, by=request.user, now=clock.now(), place_seen=seen, **form.cleaned_data)
        if is_call:
            return said_to_caller("talks:call", pk)
    return redirect("talks:call" if is_call else "talks:answer", pk=pk)


@require_POST
@staff_required
def show(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Let the public page show the place that stands on staff's page."""
    booking = fetch(scopes.bookings_to_answer(request.user, request.partnership), pk=pk)
    with say_outcome(request, _("The public page shows the place.")):
        show_to_all(booking=booking, place=SeenPlaceForm(request.POST).open_place, by=request.user, now=clock.now())
    return redirect("talks:answer", pk=pk)


@require_POST
@staff_required
def cancel(request: LoggedInRequest, pk: int) -> HttpResponse:
    """On POST by staff, cancel a talk or withdraw a request, with a reason to its chair, and go back to the talk."""
    booking = fetch(scopes.bookings_to_answer(request.user, request.partnership), pk=pk)
    form = CancelForm(request.POST, auto_id="cancel_%s")
    if not form.is_valid():
        return _answer_page(request, booking, cancel_form=form)
    agreed = booking.speaker if booking.state == Booking.State.CONFIRMED else None
    done = _("The talk is cancelled.") if was_agreed(booking) else _("The request is withdrawn.")
    with say_outcome(request, with_both(done, booking, agreed)):
        bookings.cancel(booking=booking, by=request.user, now=clock.now(), why=form.cleaned_data["why"])
    return redirect("talks:answer", pk=pk)


@require_POST
@staff_required
def decline(request: LoggedInRequest, pk: int) -> HttpResponse:
    """On POST by staff, say no to a request, with a reason to its chair, and go back to the talk."""
    booking = fetch(scopes.bookings_to_answer(request.user, request.partnership), pk=pk)
    form = DeclineRequestForm(request.POST, auto_id="decline_%s")
    if not form.is_valid():
        return _answer_page(request, booking, decline_form=form)
    with say_outcome(request, with_chair(_("The request is declined, with your reason."), booking)):
        bookings.decline(booking=booking, by=request.user, now=clock.now(), **form.cleaned_data)
    return redirect("talks:answer", pk=pk)


@require_POST
@staff_required
def move(request: LoggedInRequest, pk: int) -> HttpResponse:
    """On POST by staff, move a talk to another free evening, and go back to the talk; a second press does no more."""
    booking = fetch(scopes.bookings_to_answer(request.user, request.partnership), pk=pk)
    if scopes.is_moved_to(booking, request.POST.get("slot", ""), request.user):
        return redirect("talks:answer", pk=pk)  # a second press
    free = _free_for(booking, clock.now())
    form = MoveForm(request.POST, auto_id="move_%s", booking=booking, slots=free, reader=request.user)
    if not form.is_valid():
        return _answer_page(request, booking, move_form=form)
    slot = form.chosen_slot()
    with say_outcome(request, with_both(_("The talk is moved."), booking, slot.speaker)):
        bookings.move(booking=booking, by=request.user, now=clock.now(), slot=slot)
    return redirect("talks:answer", pk=pk)


@require_POST
@staff_required
def offer(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Offer other slots instead of the one that was asked for."""
    booking = fetch(scopes.bookings_to_answer(request.user, request.partnership), pk=pk)
    free = _free_for(booking, clock.now())
    form = _offer_form(request.POST, booking, free, request.user)
    if not form.is_valid():
        return _answer_page(request, booking, offer_form=form)
    with say_outcome(request, offered(_("The evenings are offered, and the chair chooses."), booking)):
        now, seen = clock.now(), SeenPlaceForm(request.POST).open_place
        offers.offer(booking=booking, by=request.user, now=now, place_seen=seen, **form.cleaned_data)
    return redirect("talks:answer", pk=pk)


@require_POST
@staff_required
def withdraw_offer(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Take back the offered evenings; the talk takes place on its own."""
    booking = fetch(scopes.bookings_to_answer(request.user, request.partnership), pk=pk)
    done = _("The offer is withdrawn, and the talk confirmed.")
    with say_outcome(request, with_both(done, booking, booking.speaker)):
        offers.withdraw_offer(booking=booking, by=request.user, now=clock.now())
    return redirect("talks:answer", pk=pk)


@require_POST
@staff_required
def agree_to_move(request: LoggedInRequest, pk: int) -> HttpResponse:
    """On POST by staff, move a talk as its chair has asked, and go back to the talk."""
    hold = fetch(scopes.moves_to_answer(request.user, request.partnership), pk=pk)
    with say_outcome(request, with_both(_("The talk is moved."), hold.booking, hold.speaker)):
        offers.agree_to_move(hold=hold, by=request.user, now=clock.now())
    return redirect("talks:answer", pk=hold.booking_id)


@require_POST
@staff_required
def refuse_to_move(request: LoggedInRequest, pk: int) -> HttpResponse:
    """On POST by staff, leave a talk where it is, with a reason to its chair, and go back to the talk."""
    hold = fetch(scopes.moves_to_answer(request.user, request.partnership), pk=pk)
    form = StaysForm(request.POST, auto_id="stays_%s")
    if not form.is_valid():
        booking = fetch(scopes.bookings_to_answer(request.user, request.partnership), pk=hold.booking_id)
        return _answer_page(request, booking, stays_form=form)
    with say_outcome(request, with_chair(_("The talk stays where it is."), hold.booking)):
        offers.refuse_to_move(hold=hold, by=request.user, now=clock.now(), why=form.cleaned_data["why"])
    return redirect("talks:answer", pk=hold.booking_id)


@require_POST
@staff_required
def close(request: LoggedInRequest, pk: int) -> HttpResponse:
    """On POST by staff, record whether a past talk took place and how many came, and go back to the talk."""
    booking = fetch(scopes.bookings_to_answer(request.user, request.partnership), pk=pk)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _answer_page(request, booking, close_form=form)
    with say_outcome(request, _("That is noted. Thank you.")):
        closing.close(booking=booking, by=request.user, now=clock.now(), **form.cleaned_data)
    return redirect("talks:answer", pk=pk)


@require_POST
@staff_required
def correct(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Correct what was recorded after a talk."""
    booking = fetch(scopes.bookings_to_answer(request.user, request.partnership), pk=pk)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _answer_page(request, booking, correct_form=form)
    with say_outcome(request):
        if closing.correct(booking=booking, by=request.user, now=clock.now(), **form.cleaned_data):
            messages.success(request, _("That is corrected. Thank you."))
        else:
            messages.info(request, _("That is how it was recorded already, so nothing is changed."))
    return redirect("talks:answer", pk=pk)
