"""What people are given of the talks that they have asked for or give. Of a talk that somebody gives, the chair's name,
telephone and note are the chair's, and are given to the chair; who may not see a person reads nothing of who it is.
"""

from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnership.fields.printed_days import day_in_words
from partnership.fields.printed_languages import name_of
from partnership.people.mailboxes import organisations_to_read_of, own_mailbox
from partnership.people.models import Organisation, User, contacts
from partnership.people.own.sections import Read, Section, by_whom
from partnership.people.rules import may_see_person, speaks_for
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
    own = Organisation.objects.spoken_for_by(person)
    return Q(association__in=own.filter(pk__in=organisations_to_read_of(person).values("pk")))


def _asked_for(person: User) -> QuerySet[Booking]:
    return Booking.objects.filter(_own(person))


def _wishes(person: User) -> QuerySet[TalkWish]:
    wishes = TalkWish.objects.filter(_own(person)).select_related("association")
    return wishes.prefetch_related(contacts("association__contacts")).order_by("-asked_at")


def _bookings(person: User) -> QuerySet[Booking]:
    theirs = Booking.objects.filter(_own(person) | Q(speaker__person=person)).distinct()
    return theirs.with_names().order_by("-starts_at")


def _for_association(name: str) -> Read:
    """Return what reads a field for who speaks for the association, and nothing for the speaker."""

    def read(booking: Booking, person: User) -> object:
        return getattr(booking, name) if speaks_for(person, booking.association) else ""

    return read


def _of_chair(name: str) -> Read:
    """Return what reads who the chair is, as it was typed, for a deputy only if they may see the chair."""
    read_for_association = _for_association(name)

    def read(case: Booking | TalkWish, person: User) -> object:
        if not may_see_person(person, case.association.chair):
            return ""
        return read_for_association(case, person) if isinstance(case, Booking) else getattr(case, name)

    return read


def _speaker(booking: Booking, person: User) -> str:
    is_seen = booking.speaker is not None and may_see_person(person, booking.speaker.person)
    return str(booking.speaker) if is_seen else ""


def _travel_minutes(booking: Booking, person: User) -> int | None:
    """Return how long the way is, to the speaker alone: it tells others how far away they live."""
    return booking.travel_minutes if booking.speaker and booking.speaker.person_id == person.pk else None


def _of_invited(name: str) -> Read:
    """Return what reads who was asked: as the chair typed it, until the deputy is somebody whom they may not see."""

    def read(asked: DeputyInvitation, person: User) -> object:
        is_seen = asked.waits or asked.email == person.email or may_see_person(person, asked.association.deputy)
        return getattr(asked, name) if is_seen else ""

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
        read={
            **{name: _for_association(name) for name in ("note", "seen_place")},
            **{name: _of_chair(name) for name in ("name", "phone")},
            "speaker": _speaker,
            "travel_minutes": _travel_minutes,
        },
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
        _wishes,
        shown={
            "asked_at": _("When"), "format": _("Talk"), "days": _("Days"), "place": _("Place"), "note": _("Note"),
            "why_not": _("Our answer"),
        },
        read={
            **{name: by_whom(name) for name in ("closed_by", "written_by")},
            **{name: _of_chair(name) for name in ("name", "phone")},
            "days": lambda row, person: "; ".join(map(day_in_words, row.wished_days)),
        },
        hidden=("submission",),
    ),
    Section(
        SlotHold,
        _("Other evenings for a talk of yours"),
        lambda person: SlotHold.objects.filter(booking__in=_asked_for(person)),
        shown=HOLDS,
        hidden=("submission", "speaker", "travel_minutes"),
    ),
    Section(
        Feedback,
        _("What you answered after a talk"),
        lambda person: Feedback.objects.filter(booking__in=_asked_for(person)),
        shown={
            "at": _("When"), "useful": _("Was it useful?"), "will_act": _("Will you act?"), "words": _("Comment"),
            "medium": _("How you told us"), "written_by": _("Who wrote it down"),
        },
        read={"written_by": by_whom("written_by")},
    ),
    Section(
        DeputyInvitation,
        _("Who was asked to be a deputy"),
        lambda person: DeputyInvitation.objects.filter(Q(asked_by=person) | Q(email=own_mailbox(person) or "-")),
        shown={"asked_at": _("When"), "association": _("Association"), "name": _("Name"), "email": _("Email")},
        read={"asked_by": by_whom("asked_by"), **{name: _of_invited(name) for name in ("name", "email")}},
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
