"""Where speakers enter when they are free; staff can do it for them, for instance on the telephone."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partnership import clock
from partnership.people.access import LoggedInRequest, has_role
from partnership.people.models import Role
from partnership.web.acting import refusal_on_form, say_outcome
from partnership.web.forms import PortalForm
from partnership.web.months import by_month
from partnership.web.viewing import fetch
from talks import scopes
from talks.actions import patterns, slots
from talks.calendars import feeds
from talks.forms.speakers import AwayForm, PatternForm, SlotForm

FORMS = {"slot_form": SlotForm, "pattern_form": PatternForm, "away_form": AwayForm}
SLOTS_SHOWN = 60
# How many slots are shown at once: more would hide the rest of the page on a telephone.
SLOTS_AT_ONCE = 8


def own_slots(request: LoggedInRequest) -> HttpResponse:
    """Everything about a speaker's time on one page, with the form for a single slot."""
    return _take(request, "slot_form", _offer_one)


def add_pattern(request: LoggedInRequest) -> HttpResponse:
    """On POST by a speaker or staff, offer an evening of each week; shown on the page of `own_slots`."""
    return _take(request, "pattern_form", _add_pattern)


def stay_away(request: LoggedInRequest) -> HttpResponse:
    """On POST by a speaker or staff, mark days without talks; shown on the page of `own_slots`."""
    return _take(request, "away_form", _stay_away)


def _offer_one(request: LoggedInRequest, form: SlotForm) -> str:
    starts_at, ends_at = form.moments
    slots.offer_slot(
        speaker=form.speaker_chosen, starts_at=starts_at, ends_at=ends_at, by=request.user, now=clock.now()
    )
    return _("The evening can now be asked for.")


def _add_pattern(request: LoggedInRequest, form: PatternForm) -> str:
    patterns.add_pattern(pattern=form.pattern(), by=request.user, now=clock.now())
    return _("The evenings can now be asked for, six months ahead.")


def _stay_away(request: LoggedInRequest, form: AwayForm) -> str:
    days = {name: form.cleaned_data[name] for name in ("speaker", "first_on", "last_on")}
    away = patterns.stay_away(by=request.user, now=clock.now(), **days)
    done = _("The days without talks are marked.")
    if not patterns.planned_on(away).exists():
        return done
    stays = _(
        "Talks, and evenings that somebody has asked for, stay until they are moved. We tell the coordinator of them."
    )
    return f"{done} {stays}"


def _take(request: LoggedInRequest, name: str, do: Callable[[LoggedInRequest, Any], str]) -> HttpResponse:
    """Show the page with its three forms; on POST handle the one called `name`."""
    speakers = scopes.speakers_in_view(request.user, request.partnership)
    if not speakers:
        raise PermissionDenied
    given: dict[str, Any] = {"speakers": speakers, "partnership": request.partnership}
    forms = {key: kind(auto_id=f"{key}_%s", **given) for key, kind in FORMS.items() if key != name}
    form = FORMS[name](request.POST if request.method == "POST" else None, auto_id=f"{name}_%s", **given)
    if form.is_bound and form.is_valid():
        with refusal_on_form(form):
            messages.success(request, do(request, form))
            return redirect("talks:slots")
    return _page(request, {**forms, name: form}, failed=name if form.is_bound else "", several=len(speakers) > 1)


def _page(request: LoggedInRequest, forms: dict[str, PortalForm], failed: str, several: bool) -> HttpResponse:
    now = clock.now()
    coming = list(scopes.slots_in_view(request.user, request.partnership).to_show(now)[:SLOTS_SHOWN])
    talks = scopes.confirmed_talks_of({slot.speaker_id for slot in coming}, now)
    for slot in coming:
        slot.has_talk = any(slot.speaker_id == talk.speaker_id and talk.blocks(slot) for talk in talks)
    today = clock.local(now, request.partnership.zone).date()
    context = {
        **forms,
        "form": forms.get(failed),
        "failed": failed,
        "names_speakers": several or has_role(request.user, request.partnership, *Role.STAFF),
        "months": by_month(coming[:SLOTS_AT_ONCE], request.partnership.zone),
        "later": by_month(coming[SLOTS_AT_ONCE:], request.partnership.zone),
        "number_later": len(coming[SLOTS_AT_ONCE:]),
        "patterns": [
            one
            for one in scopes.patterns_in_view(request.user, request.partnership).order_by("weekday", "starts")
            if one.last_on is None or one.last_on >= today
        ],
        "days_away": scopes.days_away_in_view(request.user, request.partnership).filter(last_on__gte=today),
        "feeds": feeds.of(request.user, request.partnership),
    }
    return render(request, "talks/slots.html", context, status=400 if failed else 200)


@require_POST
def withdraw_slot(request: LoggedInRequest, pk: int) -> HttpResponse:
    """On POST by a speaker or staff, take one evening off the list, and go back to the page of evenings."""
    slot = fetch(scopes.slots_in_view(request.user, request.partnership), pk=pk)
    with say_outcome(request, _("The evening can no longer be asked for.")):
        slots.withdraw_slot(slot=slot, by=request.user, now=clock.now())
    return redirect("talks:slots")


@require_POST
def end_pattern(request: LoggedInRequest, pk: int) -> HttpResponse:
    """On POST by a speaker or staff, end a weekly evening, and go back to the page of evenings."""
    pattern = fetch(scopes.patterns_in_view(request.user, request.partnership), pk=pk)
    with say_outcome(request, _("The recurring evening has ended. Evenings that somebody has asked for stay.")):
        patterns.end_pattern(pattern=pattern, by=request.user, now=clock.now())
    return redirect("talks:slots")


@require_POST
def come_back(request: LoggedInRequest, pk: int) -> HttpResponse:
    """On POST by a speaker or staff, offer days again that were marked as away, and go back to the page."""
    away = fetch(scopes.days_away_in_view(request.user, request.partnership), pk=pk)
    with say_outcome(request, _("The days are on offer again.")):
        patterns.come_back(away=away, by=request.user, now=clock.now())
    return redirect("talks:slots")
