"""What people are given of the talks that they have asked for or give. Of a talk that somebody gives, the chair's name,
telephone and note are the chair's, and are given to the chair.
"""

from collections.abc import Callable

from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnership.fields.printed_languages import name_of
from partnership.people.models import Organisation, User
from partnership.people.own.sections import Section, by_whom
from talks import formats
from talks.models import (
    Booking,
    BookingStep,
    CalendarFeed,
    DaysAway,
    DeputyInvitation,
    Feedback,
    Slot,
    SlotHold,
    Speaker,
    TalkWish,
    WeeklyPattern,
)

STATE = pgettext_lazy("talk", "State")
BEGINS, ENDS, MADE, KIND = _("Begins"), _("Ends"), _("Made"), pgettext_lazy("sort", "Kind")
NAMES = dict(formats.CHOICES)
HOLDS = {"starts_at": BEGINS, "ends_at": ENDS}


def _own(person: User) -> Q:
    return Q(association__in=Organisation.objects.spoken_for_by(person))


def _asked_for(person: User) -> QuerySet[Booking]:
    return Booking.objects.filter(_own(person))


def _bookings(person: User) -> QuerySet[Booking]:
    theirs = Booking.objects.filter(_own(person) | Q(speaker__person=person)).distinct()
    return theirs.select_related("association__area").order_by("-starts_at")


def _of_chair(name: str) -> Callable[[Booking, User], object]:
    """Return what reads a field for who speaks for the association, and nothing for the speaker."""

    def read(booking: Booking, person: User) -> object:
        return getattr(booking, name) if _asked_for(person).filter(pk=booking.pk).exists() else ""

    return read


SECTIONS = [
    Section(
        Booking,
        _("Talks that you have asked for or give"),
        _bookings,
        shown={
            "starts_at": BEGINS, "format": _("Talk"), "association": _("Association"), "place": _("Place"),
            "state": STATE, "note": _("Note"), "name": _("Name"), "phone": _("Telephone"),
        },
        read={name: _of_chair(name) for name in ("note", "name", "phone", "seen_place")},
        hidden=("submission", "sequence"),
    ),
    Section(
        BookingStep,
        _("What has happened to these talks"),
        lambda person: BookingStep.objects.filter(booking__in=_asked_for(person)).order_by("-pk"),
        shown={"at": _("When"), "what": _("What"), "who": _("Who"), "why": _("Why")},
        read={"what": lambda row, person: capfirst(row.get_to_state_display()), "who": by_whom("by")},
        hidden=("by",),
    ),
    Section(
        TalkWish,
        _("Wishes for a talk"),
        lambda person: TalkWish.objects.filter(_own(person)).order_by("-asked_at"),
        shown={
            "asked_at": _("When"), "format": _("Talk"), "days": _("Days"), "place": _("Place"), "note": _("Note"),
            "why_not": _("Our answer"),
        },
        read={"closed_by": by_whom("closed_by"), "written_by": by_whom("written_by")},
        hidden=("submission",),
    ),
    Section(
        SlotHold,
        _("Other evenings for a talk of yours"),
        lambda person: SlotHold.objects.filter(booking__in=_asked_for(person)),
        shown=HOLDS,
        hidden=("submission", "speaker"),
    ),
    Section(
        Feedback,
        _("What you answered after a talk"),
        lambda person: Feedback.objects.filter(booking__in=_asked_for(person)),
        shown={"at": _("When"), "useful": _("Was it useful?"), "will_act": _("Will you act?"), "words": _("Comment")},
    ),
    Section(
        DeputyInvitation,
        _("Who was asked to be a deputy"),
        lambda person: DeputyInvitation.objects.filter(Q(asked_by=person) | Q(email=person.email or "-")),
        shown={"asked_at": _("When"), "association": _("Association"), "name": _("Name"), "email": _("Email")},
        read={"asked_by": by_whom("asked_by")},
        hidden=("version",),
    ),
    Section(
        Speaker,
        _("You as a speaker"),
        lambda person: Speaker.objects.filter(person=person).select_related("home_area"),
        shown={
            "gives": _("Talks"), "speaks": _("Languages"), "home_area": _("Local area"), "radius_km": _("Radius in km"),
            "is_active": _("Gives talks now"),
        },
        read={
            "gives": lambda row, person: [NAMES.get(one, one) for one in row.formats],
            "speaks": lambda row, person: [name_of(code) for code in row.languages],
        },
    ),
    Section(
        Slot,
        _("Evenings on which you are free"),
        lambda person: Slot.objects.filter(speaker__person=person).order_by("starts_at"),
        shown=HOLDS,
        hidden=("pattern",),
    ),
    Section(
        WeeklyPattern,
        _("Evenings that you offer each week"),
        lambda person: WeeklyPattern.objects.filter(speaker__person=person),
        shown={"weekday": _("Day"), "starts": BEGINS, "ends": ENDS, "first_on": _("From"), "last_on": _("Until")},
    ),
    Section(
        DaysAway,
        _("Days on which you give no talks"),
        lambda person: DaysAway.objects.filter(speaker__person=person),
        shown={"first_on": _("From"), "last_on": _("Until")},
    ),
    Section(
        CalendarFeed,
        _("Your calendar link"),
        lambda person: CalendarFeed.objects.filter(person=person),
        shown={"kind": KIND, "made_at": MADE},
        hidden=("nonce",),
    ),
]  # fmt: skip
