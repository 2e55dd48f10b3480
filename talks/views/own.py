"""Pages for logged-in chairs, deputies and speakers about their own talks."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partnership import clock
from partnership.people.access import LoggedInRequest
from partnership.people.limits import is_valid_within_changes, status_of
from partnership.people.rules import speaks_for
from partnership.web.acting import say_outcome
from partnership.web.forms import PortalForm
from partnership.web.viewing import fetch
from talks import links, rules, scopes
from talks.actions import bookings, closing, offers, wishes
from talks.actions.place_facts import change_place_facts
from talks.forms.afterwards import CloseForm
from talks.forms.answers import CallOffForm
from talks.forms.place_facts import PlaceFactsForm
from talks.models import Booking
from talks.views.changing import change_page, choose_page
from talks.views.looked_up import record_speaker_shown_on
from talks.views.notified import and_call, with_both, with_reader
from talks.when import was_agreed


def _own_booking(request: LoggedInRequest, pk: int) -> Booking:
    """Return a booking of an association that the reader speaks for; 404 for everybody else, staff included."""
    booking = fetch(scopes.bookings_in_view(request.user, request.partnership), pk=pk)
    if not speaks_for(request.user, booking.association):
        raise Http404
    return booking


def _booking_to_give(request: LoggedInRequest, pk: int) -> Booking:
    booking = fetch(scopes.bookings_in_view(request.user, request.partnership), pk=pk)
    if not rules.may_call_off(request.user, booking):
        raise Http404
    return booking


def _is_speaker(request: LoggedInRequest, one: Booking) -> bool:
    """Return whether the reader is the speaker; staff may do the same, but read other words."""
    return one.speaker is not None and one.speaker.person_id == request.user.pk


def booking(request: LoggedInRequest, pk: int) -> HttpResponse:
    """One booking, for its chair, its deputy, its speaker and staff; a button to cancel for those who may."""
    try:
        one = fetch(scopes.bookings_in_view(request.user, request.partnership), pk=pk)
    except Http404:
        return _no_longer_theirs(request, pk)
    may_cancel = rules.may_cancel(request.user, one) and one.may_still_be_cancelled
    if request.method == "POST" and may_cancel:
        done = _("The talk is cancelled.") if was_agreed(one) else _("The request is withdrawn.")
        with say_outcome(request, with_reader(done, one, request.user)):
            bookings.cancel(booking=one, by=request.user, now=clock.now())
        return redirect("talks:booking", pk=pk)
    return _booking_page(request, one)


def _no_longer_theirs(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Say to who follows a link in an earlier email that the talk is theirs no more, and nothing else of it."""
    one = fetch(scopes.talks_told_of(request.user, request.partnership, pk), pk=pk)
    context = {"booking": one, "was_speaker": _is_speaker(request, one)}
    return render(request, "talks/no_longer_yours.html", context, status=410)


def _booking_page(request: LoggedInRequest, one: Booking, close_form: PortalForm | None = None) -> HttpResponse:
    now, theirs = clock.now(), speaks_for(request.user, one.association)
    if one.state == Booking.State.CONFIRMED and not theirs:
        record_speaker_shown_on(request, one, now)
    context = {
        "booking": one,
        "may_cancel": rules.may_cancel(request.user, one) and one.may_still_be_cancelled and not one.is_over(now),
        "speaks_for": theirs,
        "is_chair": one.association.chair == request.user,
        "gives": rules.may_call_off(request.user, one),
        "is_speaker": _is_speaker(request, one),
        "is_over": one.is_over(now),
        "may_call": one.may_be_called_about(now),
        "asked": scopes.move_asked_for(one, now),
        "may_change": one.place_facts_may_change(now),
        # How to ask again: of a talk that came to nothing.
        "again": links.again(one, request.user) if theirs and one.state in Booking.WITHOUT_TALK else "",
        "questions": links.questions_about(one, request.user, now) if theirs else "",
        "answers": links.answers_to_change(one, request.user, now) if theirs else "",
        "close_form": close_form or CloseForm(),
        "form": close_form,
    }
    return render(request, "talks/booking.html", context, status=400 if close_form else 200)


def place_facts(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Show what the association has told us about place and guests; on POST change it."""
    one, now = fetch(scopes.bookings_in_view(request.user, request.partnership), pk=pk), clock.now()
    if not rules.may_change_place_facts(request.user, one):
        raise Http404
    is_theirs = speaks_for(request.user, one.association)
    back = reverse("talks:booking" if is_theirs else "talks:answer", args=[pk])
    form = PlaceFactsForm(request.POST or None, booking=one)
    by = "mail_from_person" if is_theirs else "mail_from_staff"
    if is_valid_within_changes(request, form, f"talks.facts {pk}", by=by):
        with say_outcome(request):
            if change_place_facts(booking=one, facts=form.cleaned_data, by=request.user, now=now):
                messages.success(request, _saved(one, is_theirs))
            else:
                messages.info(request, _("Nothing is changed."))
        return redirect(back)
    context = {
        "booking": one,
        "form": form,
        "is_theirs": is_theirs,
        "heading": _("Change what you have told us") if is_theirs else _("Change place and guests"),
        "back": back,
        "may_change": one.place_facts_may_change(now),
    }
    return render(request, "talks/place_facts.html", context, status=status_of(form))


def _saved(one: Booking, is_theirs: bool) -> str:
    if one.state != Booking.State.CONFIRMED:
        return _("Saved.")
    one.refresh_from_db()
    said = _("Saved. We tell the speaker. Have you put up a poster? Print the new one.")
    if one.waits_to_be_shown:
        said += " " + _("The public page shows the place once we have looked at it.")
    return said if is_theirs else with_both(_("Saved."), one, one.speaker)


def move(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Move the association's own talk, or ask to."""
    return change_page(request, _own_booking(request, pk), by=request.user, back=reverse("talks:booking", args=[pk]))


def choose(request: LoggedInRequest, pk: int) -> HttpResponse:
    """Choose among the offered slots."""
    return choose_page(request, _own_booking(request, pk), by=request.user, back=reverse("talks:booking", args=[pk]))


def call_off(request: LoggedInRequest, pk: int) -> HttpResponse:
    """The speaker cannot come. GET shows slots to offer instead; POST tells the association."""
    one = _booking_to_give(request, pk)
    is_speaker = _is_speaker(request, one)
    now = clock.now()
    found = offers.slots_instead(one, now)
    typed = request.POST if request.method == "POST" else None
    form = CallOffForm(typed, case=one, slots=found, is_speaker=is_speaker, reader=request.user)
    if form.is_valid() and form.cleaned_data.get("cancels") and "sure" not in request.POST:
        return render(request, "talks/call_off_sure.html", {"booking": one, "form": form, "is_speaker": is_speaker})
    if form.is_valid():
        with say_outcome(request, _called_off(one, is_speaker, bool(form.cleaned_data.get("slots")))):
            given = {name: form.cleaned_data[name] for name in ("slots", "why") if name in form.cleaned_data}
            offers.call_off(booking=one, by=request.user, now=now, **{"slots": [], **given})
        return redirect("people:me") if is_speaker else redirect("talks:answer", pk=pk)
    context = {"booking": one, "form": form, "slots": found, "is_speaker": is_speaker}
    return render(request, "talks/call_off.html", context, status=400 if form.errors else 200)


def _called_off(one: Booking, is_speaker: bool, chooses: bool) -> str:
    """Return what is done, who is told, and that the speaker's day is marked."""
    if is_speaker:
        told = _("Thank you for telling us.") + " " + _("We tell the association.")
        marked = _("The day is marked as one without talks. You can take the mark away under your free evenings.")
    else:
        done = _("The association chooses another evening.") if chooses else _("The talk is cancelled.")
        call = and_call(one) if chooses else ""
        told = f"{with_both(done, one, one.speaker)} {call}".strip()
        marked = _("The speaker’s day is marked as one without talks.")
    return f"{told} {marked}"


@require_POST
def withdraw_wish(request: LoggedInRequest, pk: int) -> HttpResponse:
    """The association no longer wishes for its days."""
    wish = fetch(scopes.own_wishes(request.user, request.partnership), pk=pk)
    with say_outcome(request, with_reader(_("Your wishes are withdrawn."), wish, request.user)):
        wishes.withdraw(wish=wish, by=request.user, now=clock.now())
    return redirect("people:me")


def close(request: LoggedInRequest, pk: int) -> HttpResponse:
    """The speaker says whether the talk took place, and how many came."""
    one = _booking_to_give(request, pk)
    form = CloseForm(request.POST or None)
    if not form.is_valid():
        return _booking_page(request, one, form if form.is_bound else None)
    with say_outcome(request, _("That is noted. Thank you.")):
        closing.close(booking=one, by=request.user, now=clock.now(), **form.cleaned_data)
    return redirect("people:me")
