"""The pages on which staff answer a wish."""

import datetime as dt

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partnership import clock
from partnership.people.access import LoggedInRequest, staff_required
from partnership.places.need import facts_of
from partnership.web.acting import say_outcome
from partnership.web.forms import PortalForm
from partnership.web.viewing import fetch
from talks import need, rules, scopes
from talks.actions import wishes
from talks.forms.answers import DeclineForm, MeetForm, OfferForm
from talks.models import Slot, Speaker, TalkWish
from talks.views.looked_up import record_shown_on
from talks.views.notified import offered, with_both, with_chair

SLOTS_SHOWN = 60


@staff_required
def answer_wish(request: LoggedInRequest, pk: int) -> HttpResponse:
    """One wish, with the speakers to choose from."""
    wish = fetch(scopes.wishes_to_answer(request.user, request.partnership), pk=pk)
    return _wish_page(request, wish)


def _wish_page(request: LoggedInRequest, wish: TalkWish, **forms: PortalForm) -> HttpResponse:
    record_shown_on(request, wish, clock.now())
    speakers = _speakers_for(request, wish)
    free = _free_for(wish, clock.now())
    context = {
        "wish": wish,
        "may_answer": rules.may_answer(request.user, wish),
        "free_then": [slot for slot in free if wish.is_met_by(slot)],
        "need": need.of(wish, facts_of(request.partnership)),
        "meet_form": MeetForm(wish=wish, speakers=speakers),
        "offer_form": OfferForm(auto_id="offer_%s", case=wish, slots=_others(wish, free), reader=request.user),
        "decline_form": DeclineForm(auto_id="decline_%s"),
        **forms,
        "form": next(iter(forms.values()), None),
    }
    return render(request, "talks/answer_wish.html", context, status=400 if forms else 200)


def _free_for(wish: TalkWish, now: dt.datetime) -> list[Slot]:
    return scopes.slots_for_wish(wish, now) if wish.is_waiting else []


def _others(wish: TalkWish, free: list[Slot]) -> list[Slot]:
    """Return the slots to offer in place of the wished ones, in order of time; all those on a wished day among them."""
    others, zone = [slot for slot in free if not wish.is_met_by(slot)], wish.partnership.zone
    nearest = sorted(others, key=lambda slot: clock.local(slot.starts_at, zone).date() not in wish.wished_days)
    return sorted(nearest[:SLOTS_SHOWN], key=lambda slot: (slot.starts_at, slot.pk))


def _speakers_for(request: LoggedInRequest, wish: TalkWish) -> QuerySet[Speaker]:
    giving = scopes.speakers_in_view(request.user, request.partnership).filter(formats__contains=[wish.format])
    if wish.about.is_online:
        return giving
    coming = giving.select_related("home_area").prefetch_related("areas")
    return giving.filter(pk__in=[speaker.pk for speaker in coming if speaker.goes_to(wish.association.area)])


@require_POST
@staff_required
def accept_wish(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Confirm a talk on a wished day with a speaker who has agreed."""
    wish = fetch(scopes.wishes_to_answer(request.user, request.partnership), pk=pk)
    speakers = _speakers_for(request, wish)
    form = MeetForm(request.POST, wish=wish, speakers=speakers)
    if not form.is_valid():
        return _wish_page(request, wish, meet_form=form)
    with say_outcome(request, with_both(_("The talk is confirmed."), wish, form.cleaned_data["speaker"])):
        booking = wishes.accept(wish=wish, by=request.user, now=clock.now(), **form.cleaned_data)
        return redirect("talks:answer", pk=booking.pk)
    return redirect("talks:answer_wish", pk=pk)


@require_POST
@staff_required
def decline_wish(request: LoggedInRequest, pk: int) -> HttpResponse:
    """On POST by staff, say that there is no speaker for the wished days, with a reason, and go to the queue."""
    wish = fetch(scopes.wishes_to_answer(request.user, request.partnership), pk=pk)
    form = DeclineForm(request.POST, auto_id="decline_%s")
    if not form.is_valid():
        return _wish_page(request, wish, decline_form=form)
    why = form.cleaned_data["why"]
    with say_outcome(request, with_chair(_("The request is declined, with your reason."), wish)):
        wishes.decline(wish=wish, why=why, by=request.user, now=clock.now())
    return redirect("talks:queue")


@require_POST
@staff_required
def offer_instead(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Offer free slots in place of the wished days."""
    wish = fetch(scopes.wishes_to_answer(request.user, request.partnership), pk=pk)
    slots = _others(wish, _free_for(wish, clock.now()))
    form = OfferForm(request.POST, auto_id="offer_%s", case=wish, slots=slots, reader=request.user)
    if not form.is_valid():
        return _wish_page(request, wish, offer_form=form)
    with say_outcome(request, offered(_("The evenings are offered, and the chair chooses."), wish)):
        booking = wishes.offer(wish=wish, by=request.user, now=clock.now(), **form.cleaned_data)
        return redirect("talks:answer", pk=booking.pk)
    return redirect("talks:answer_wish", pk=pk)
