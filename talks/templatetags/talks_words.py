"""Days and hours of talks in the partnership's local time."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnership import clock
from partnership.fields.printed_days import day_in_words, hour_in_words, period_in_words, start_in_words
from partnership.places.need import Need
from partnership.web import drawn_months
from partnership.web.months import Month
from talks import history, place_facts
from talks.actions import free_evenings
from talks.languages import printed_in, spoken_by, spoken_instead
from talks.messages import about
from talks.messages.about import outdated_in_words
from talks.messages.moves import ask_first
from talks.messages.reaching import call_first, unreached
from talks.models import Booking, BookingStep, Slot, SlotHold, Speaker, TalkWish
from talks.when import has_own_time, offered_in_words, shows_time, was_agreed, was_moved, when_in_words

register = template.Library()
register.filter(printed_in)


@register.simple_tag(takes_context=True)
def when(context: dict[str, Any], one: Booking | Slot | SlotHold, format_key: str = "") -> SafeString:
    """Return day and hours of a talk in words; a line never ends between "at" and the hours. What is kept for a talk
    says its languages too.
    """
    words = _kept_together(when_in_words(one, context["request"].partnership, format_key))
    languages = spoken_instead(one.speaker, one.booking) if isinstance(one, SlotHold) and one.booking else ""
    return format_html(_("{evening}, in {languages}"), evening=words, languages=languages) if languages else words


@register.filter
def days_drawn(month: Month[Slot]) -> SafeString:
    """Return the rows of a month's calendar, in which a day with free evenings leads to them in the list."""
    return drawn_months.days(month, _free_evenings)


def _free_evenings(free: int) -> str:
    return ngettext("%(free)s free evening", "%(free)s free evenings", free) % {"free": free}


@register.simple_tag(takes_context=True)
def offered(context: dict[str, Any], slot: Slot) -> SafeString:
    """Return day and hours of the whole time that a speaker has offered."""
    return _kept_together(offered_in_words(slot, context["request"].partnership))


def _kept_together(words: str) -> SafeString:
    """Keep the last word on one line: the hours, which a line may break after the dash."""
    day, hours = words.rsplit(" ", 1)
    return format_html('{} <span class="nowrap">{}</span>', day, hours)


@register.simple_tag(takes_context=True)
def spoken(context: dict[str, Any], speaker: Speaker) -> str:
    """Return the languages a speaker gives talks in; "" if it is only the partnership's own, in which this is read."""
    return spoken_by(speaker, context["request"].partnership)


@register.simple_tag(takes_context=True)
def outdated_answer(context: dict[str, Any]) -> str:
    """Return what the chair reads beside an answer of ours from before another speaker took the talk."""
    return outdated_in_words(context["request"].partnership)


@register.simple_tag(takes_context=True)
def what_happened(context: dict[str, Any], step: BookingStep) -> str:
    """Return what a step of a talk did, in words."""
    return history.in_words(step, context["request"].partnership)


@register.filter
def state_in_words(booking: Booking) -> str:
    """Return the state of a talk, and of a cancelled one how that came."""
    if booking.state != Booking.State.CANCELLED:
        return booking.get_state_display()
    return history.cancelled_in_words(history.newest_step(booking))


@register.filter
def standing(booking: Booking) -> str:
    """Return how a talk stands, as a sentence: see `history.standing`."""
    return history.standing(booking)


register.filter("call_first", call_first)
register.filter("unreached", unreached)
register.filter("none_suits", history.none_suits)
register.filter("answer", history.answer_of)
register.filter("is_answer_outdated", history.is_answer_outdated)


@register.filter
def last_reason(booking: Booking) -> str:
    """Return what was written about the newest step of a talk; "" if nothing was."""
    return history.newest_step(booking).why


@register.filter
def facts_of_place(case: Booking | TalkWish) -> list[tuple[str, str]]:
    """Return what an association has told us about its place and its guests, one fact each."""
    return place_facts.facts_of_place(case)


@register.filter
def reads_another(booking: Booking) -> str:
    """Return which language the chair has chosen, if it is not the partnership's own: see `about.reads_another`."""
    chair = booking.association.chair
    return about.reads_another(chair, booking.partnership) if chair else ""


@register.filter
def lack_a_need(pairs: Iterable[tuple[Booking | TalkWish, Need]] | None) -> bool:
    """Return whether the need of any case in a list is not known, and shown as a dash."""
    return any(not need.is_known for _case, need in pairs or [])


@register.filter
def wish_standing(wish: TalkWish) -> str:
    """Return how wished days stand that nobody waits for any more, as a sentence."""
    if wish.is_withdrawn:
        return _("The wished days are withdrawn, and we no longer look for a speaker.")
    return _("We have answered your wishes.")


@register.filter
def evening_now(booking: Booking) -> str:
    """Return what has become of the evening of a talk that ended before it, for staff: see `free_evenings`."""
    return free_evenings.evening_now(booking, clock.now())


register.simple_tag(ask_first, name="ask_first")
register.simple_tag(place_facts.online, name="where_online")
register.filter("shows_own_time", has_own_time)
register.filter("shows_time", shows_time)
register.filter("steps", place_facts.steps_in_words)
register.filter("was_agreed", was_agreed)
register.filter("was_moved", was_moved)


@register.filter
def provides(case: Booking | TalkWish) -> str:
    """Return what the association provides at the place: see `place_facts.provided`."""
    return place_facts.provided(case)


@register.simple_tag
def missing_screen(booking: Booking, *, for_speaker: bool) -> str:
    """Return who brings the screen that is missing, for the reader of the page; "" where none is missing."""
    return place_facts.no_screen(booking, for_speaker=for_speaker)


@register.filter
def day(value: dt.date) -> str:
    """Return a day with its weekday: "Tuesday 1 December 2026"."""
    return day_in_words(value)


@register.filter
def hour(value: dt.time) -> str:
    """Return a time as in a sentence: "19:00"."""
    return hour_in_words(value)


@register.filter
def period(value: str) -> str:
    """Return a stored period such as "2025K1-2025K4" in words."""
    return period_in_words(value)


@register.simple_tag(takes_context=True)
def local_date(context: dict[str, Any], at: dt.datetime) -> str:
    """Return the local day of a moment without its weekday, for the title of a page: "1 December 2026"."""
    return date_format(clock.local(at, context["request"].partnership.zone).date(), "DATE_FORMAT")


@register.simple_tag(takes_context=True)
def moment(context: dict[str, Any], at: dt.datetime) -> str:
    """Return the local day and hour of a moment: "Tuesday 1 December 2026 at 14:05"."""
    return start_in_words(clock.local(at, context["request"].partnership.zone))
