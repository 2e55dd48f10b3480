"""An association's booking of a talk, and its steps."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.utils.translation import gettext_lazy as _

from partnership import clock
from partnership.cases import Case, Step, Transitions
from partnership.people.models import WITHOUT_EMAIL_LINK, Organisation, contacts
from partnership.places.models import Partnership
from partnership.places.spans import busy, overlap
from talks.models.arrangements import Arrangement
from talks.models.ranges import Busy, Int8Range
from talks.models.speakers import Speaker

if TYPE_CHECKING:
    from talks.models.slots import Slot


# What a step that cancels a talk says of its cause.
NONE_SUITS = "none_suits"
SPEAKER_CANNOT_COME = "speaker_cannot_come"
# What a step says of a talk that takes place on its original evening, though others had been offered.
OFFER_WITHDRAWN = "offer_withdrawn"
# What a step says of a move that the chair has asked for, with the time; and of a place that the public page shows.
ASKED_FOR, NO_LONGER_ASKED_FOR, NOT_MOVED_TO = "asked_for", "no_longer_asked_for", "not_moved_to"
SHOWN = "shown"


def open_as_seen(booking: "Booking", place_seen: str | None) -> dict[str, Any]:
    """Return what to store of a talk whose page staff have had open: what is new since then they have not seen.
    `place_seen` is None if it did not say that everybody may come.
    """
    is_as_seen = bool(booking.is_public) and booking.place == place_seen
    return as_seen(is_public=is_as_seen, place=booking.place)


def as_seen(*, is_public: bool | None, place: str) -> dict[str, Any]:
    """Return the fields that record that staff have seen who may come and where; the place is stored only for an open
    talk.
    """
    return {"is_seen": bool(is_public), "seen_place": place if is_public else ""}


class BookingQuerySet(models.QuerySet["Booking"]):
    def blocking(self, now: dt.datetime) -> "BookingQuerySet":
        """Return those that occupy a speaker's time.

        An expired hold occupies nothing, whether it is released yet or not.
        """
        ran_out = Q(state__in=Booking.PENDING, held_until__lte=now)
        return self.filter(state__in=Booking.BLOCKING).exclude(ran_out)

    def verified(self) -> "BookingQuerySet":
        """Leave out the requests whose link nobody has used: anybody may have sent them."""
        return self.filter(_was_verified())

    def replaced(self) -> "BookingQuerySet":
        """Return the requests that another form replaced: cancelled before the mailbox was confirmed."""
        return self.filter(~_was_verified(), state=Booking.State.CANCELLED)

    def waiting(self) -> "BookingQuerySet":
        """Return those that wait for the coordinator's answer, the earliest deadline first."""
        return self.filter(state=Booking.State.REQUESTED).order_by("held_until", "pk")

    def not_answered_since(self, since: dt.datetime) -> "BookingQuerySet":
        """Return the requests that lapsed since then without the answer that was promised, the newest first."""
        lapsed = BookingStep.objects.filter(from_state=Booking.State.REQUESTED, to_state=Booking.State.LAPSED)
        rows = self.filter(state=Booking.State.LAPSED, pk__in=lapsed.filter(at__gte=since).values("booking"))
        return rows.order_by("-answer_by", "-pk")

    def run_out(self, now: dt.datetime) -> "BookingQuerySet":
        """Return the requests and offers whose hold has ended without an answer."""
        return self.filter(state__in=Booking.AWAITED, held_until__lte=now)

    def upcoming(self, now: dt.datetime) -> "BookingQuerySet":
        """Return the confirmed talks that have not ended, the next first."""
        return self.filter(state=Booking.State.CONFIRMED, ends_at__gt=now).order_by("starts_at", "pk")

    def to_be_given_between(self, speaker: Speaker, first: dt.datetime, last: dt.datetime) -> "BookingQuerySet":
        """Return those that wait for this speaker's evening in that time: asked for, agreed, or held to choose from."""
        own = Q(state__in=[Booking.State.REQUESTED, Booking.State.CONFIRMED], speaker=speaker)
        held = Q(holds__speaker=speaker, holds__closed_at__isnull=True)
        begins = {"starts_at__gte": first, "starts_at__lt": last}
        kept = {f"holds__{name}": moment for name, moment in begins.items()}
        return self.filter(own & Q(**begins) | held & Q(**kept)).distinct()

    def shown_to_all(self) -> "BookingQuerySet":
        """Return those with a public page: staff have seen that everybody may come, and where."""
        return self.filter(is_public=True, is_seen=True)

    def to_be_shown(self, now: dt.datetime) -> "BookingQuerySet":
        """Return the coming talks of which the public page waits until staff have seen the place."""
        return self.upcoming(now).filter(is_public=True).exclude(is_seen=True, seen_place=F("place"))

    def to_close(self, now: dt.datetime) -> "BookingQuerySet":
        """Return confirmed talks that are over and not closed."""
        return self.filter(state=Booking.State.CONFIRMED, ends_at__lte=now).order_by("starts_at", "pk")

    def took_place_between(self, first: dt.datetime, last: dt.datetime) -> "BookingQuerySet":
        """Return the talks that took place and began from `first` and before `last`."""
        return self.filter(state=Booking.State.TOOK_PLACE, starts_at__gte=first, starts_at__lt=last)

    def with_newest_step(self) -> "BookingQuerySet":
        """Add `stepped_at`, the time of each talk's newest step."""
        newest = BookingStep.objects.filter(booking=OuterRef("pk")).order_by("-pk").values("at")[:1]
        return self.annotate(stepped_at=Subquery(newest))

    def with_names(self) -> "BookingQuerySet":
        """Fetch association, contacts and speaker too, so that their names need no queries."""
        rows = self.select_related("partnership", "association__area", "speaker__person")
        return rows.prefetch_related(contacts("association__contacts"))


def _was_verified() -> Q:
    return Q(Exists(BookingStep.objects.filter(booking=OuterRef("pk"), to_state=Booking.State.REQUESTED)))


class Booking(Arrangement, Case):
    """An association's talk, from the first request to its result."""

    class State(models.TextChoices):
        UNVERIFIED = "unverified", _("waiting for the email to be confirmed")
        REQUESTED = "requested", _("requested")
        OFFERED = "offered", _("offered another evening")
        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")
        LAPSED = "lapsed", _("not answered in time")
        CANCELLED = "cancelled", _("cancelled")
        # The stored values are older than the names; rows, steps and constraints have them.
        TOOK_PLACE = "held", _("took place")
        DID_NOT_TAKE_PLACE = "not_held", _("did not take place")

    PENDING = (State.UNVERIFIED, State.REQUESTED)
    # States that expire at `held_until`. An offer holds other slots than the booking's own.
    AWAITED = (State.UNVERIFIED, State.REQUESTED, State.OFFERED)
    BLOCKING = (State.UNVERIFIED, State.REQUESTED, State.CONFIRMED)
    CLOSED = (State.TOOK_PLACE, State.DID_NOT_TAKE_PLACE)
    ENDED = (State.DECLINED, State.LAPSED, State.CANCELLED, *CLOSED)
    WITHOUT_TALK = (State.DECLINED, State.LAPSED, State.CANCELLED, State.DID_NOT_TAKE_PLACE)
    TRANSITIONS = Transitions(
        State,
        {
            "": [State.UNVERIFIED, State.REQUESTED],
            State.UNVERIFIED: [State.REQUESTED, State.CANCELLED, State.LAPSED],
            State.REQUESTED: [State.CONFIRMED, State.OFFERED, State.DECLINED, State.CANCELLED, State.LAPSED],
            State.OFFERED: [State.CONFIRMED, State.DECLINED, State.CANCELLED, State.LAPSED],
            State.CONFIRMED: [State.OFFERED, State.CANCELLED, State.TOOK_PLACE, State.DID_NOT_TAKE_PLACE],
            **dict.fromkeys(ENDED, ()),
            State.TOOK_PLACE: [State.DID_NOT_TAKE_PLACE],
            State.DID_NOT_TAKE_PLACE: [State.TOOK_PLACE],
        },
        # A moved talk stays confirmed, but a second "confirm" must be refused; another count, an offer in place of
        # another, and what the association changes of its place, are steps of their own.
        stays=[State.REQUESTED, State.OFFERED, State.CONFIRMED, State.TOOK_PLACE],
        refusal=_("That can no longer be done: the talk is marked “%(state)s” now. See its page."),
    )

    RECORDED = ("starts_at", "attendance", "is_accessible", "has_projector", "is_public")
    NOTED = ("speaker", "place", "note")

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="bookings")
    association = models.ForeignKey(
        Organisation, verbose_name=_("association"), on_delete=models.RESTRICT, related_name="bookings"
    )
    # Empty once the speaker is erased, and only for ended talks (erasing.py).
    speaker = models.ForeignKey(
        Speaker, verbose_name=_("speaker"), null=True, blank=True, on_delete=models.PROTECT, related_name="bookings"
    )
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    is_seen = models.BooleanField(default=False, editable=False, help_text="Staff have seen that everybody may come")
    seen_place = models.CharField(
        max_length=160, blank=True, editable=False, help_text="The place that staff saw then; empty for a talk online"
    )
    travel_minutes = models.PositiveSmallIntegerField(
        default=0, help_text=_("One way, from where the speaker starts; the time is kept free before and after")
    )
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.UNVERIFIED)
    held_until = models.DateTimeField(help_text=_("A request without an answer keeps the evening until then"))
    answer_by = models.DateField(null=True, blank=True, help_text=_("The day we have promised an answer by"))
    attendance = models.PositiveIntegerField(null=True, blank=True)
    # Calendars update an event only when this grows (RFC 5545, SEQUENCE).
    sequence = models.PositiveIntegerField(default=0)
    sent_uid = models.CharField(
        max_length=300,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text="The UID that calendars got when it ended with the first host name; empty for newer talks",
    )
    submission = models.UUIDField(default=uuid.uuid4, help_text=_("The form that it came from"))

    # The speaker sees how to reach the chair until then, for what is left to be said.
    REACHED_AFTER = dt.timedelta(days=1)

    # For the chair's own page: the address of the two questions. Set by the view.
    questions = ""

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("talk")
        verbose_name_plural = _("talks")
        constraints = [
            # An empty range overlaps nothing, so it would pass the next constraint.
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_ends_after_it_starts"),
            ExclusionConstraint(
                name="booking_speaker_in_one_place",
                expressions=[
                    # "speaker", not "speaker_id": validation maps field names only, and would refuse a free speaker.
                    (Int8Range("speaker", "speaker", Value("[]")), RangeOperators.OVERLAPS),
                    (Busy("starts_at", "ends_at", "travel_minutes"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=["unverified", "requested", "confirmed"]),
                violation_error_message=_("This evening has just been taken. Please pick another."),
            ),
            models.UniqueConstraint(fields=["partnership", "submission"], name="booking_once_for_a_form"),
            # Only one if both are empty, too.
            models.CheckConstraint(
                condition=Q(speaker__isnull=False)
                | Q(state__in=["declined", "lapsed", "cancelled", "held", "not_held"]),
                name="booking_ahead_has_a_speaker",
            ),
            models.CheckConstraint(
                condition=Q(attendance__isnull=True) | Q(state="held"),
                name="booking_attendance_of_a_talk_that_took_place",
            ),
        ]
        indexes = [
            models.Index(fields=["partnership", "state", "starts_at"], name="booking_queue"),
            models.Index(fields=["speaker", "starts_at"], name="booking_of_speaker"),
        ]

    def __str__(self) -> str:
        return f"{self.association} {self.starts_at:%Y-%m-%d}"

    @property
    def calendar_uid(self) -> str:
        """What names its event in calendars: the same for as long as it exists, whatever the portal is called, and
        another one in every portal.
        """
        return self.sent_uid or f"talk-{uuid.uuid5(self.submission, 'calendar')}"

    @property
    def is_pending(self) -> bool:
        return self.state in self.PENDING

    @property
    def is_shown_to_all(self) -> bool:
        """Whether everybody may come, and staff have seen its place."""
        return bool(self.is_public) and self.is_seen

    @property
    def waits_to_be_shown(self) -> bool:
        """Whether its public page waits until staff have seen the place."""
        return self.state == self.State.CONFIRMED and bool(self.is_public) and not self._place_is_seen

    @property
    def place_for_all(self) -> str:
        """Return the place for the public page; empty while staff have not seen a new one."""
        return self.place if self._place_is_seen else ""

    @property
    def _place_is_seen(self) -> bool:
        return self.is_seen and self.seen_place == self.place

    def blocks(self, slot: "Slot") -> bool:
        """Return whether its speaker is away for it, the way included, during any of the slot."""
        return overlap(busy((self.starts_at, self.ends_at), self.travel_minutes), (slot.starts_at, slot.ends_at))

    def may_be_called_about(self, now: dt.datetime) -> bool:
        """Return whether the speaker still sees how to reach the chair."""
        return now < self.ends_at + self.REACHED_AFTER

    def is_over(self, now: dt.datetime) -> bool:
        """Return whether its time has passed. While a chair chooses among others, its own time is off."""
        return self.state != self.State.OFFERED and self.ends_at <= now

    @property
    def choose_by(self) -> dt.date:
        """The last day on which the chair can choose among the slots that are offered."""
        return clock.last_day(self.held_until, self.partnership.zone)

    @property
    def runs_out(self) -> bool:
        """Whether it holds slots only until `held_until`."""
        return self.state in self.AWAITED

    def place_facts_may_change(self, now: dt.datetime) -> bool:
        """Return whether the association can still change the facts of its place and its guests."""
        return self.state in (self.State.REQUESTED, self.State.CONFIRMED) and now < self.starts_at

    @property
    def may_still_be_cancelled(self) -> bool:
        """Whether its state allows it, whoever asks."""
        return self.may_become(self.State.CANCELLED)


class BookingStepQuerySet(models.QuerySet["BookingStep"]):
    def recorded(self) -> "BookingStepQuerySet":
        """Return those that say whether the talk took place: the first, and its corrections."""
        return self.filter(to_state__in=Booking.CLOSED)


class BookingStep(Step):
    """Who moved a booking to which state, when and why."""

    TRANSITIONS = Booking.TRANSITIONS

    booking = models.ForeignKey(Booking, verbose_name=_("talk"), on_delete=models.CASCADE, related_name="steps")
    # Empty if who did it acted for themselves.
    medium = models.CharField(
        max_length=10,
        choices=WITHOUT_EMAIL_LINK,
        blank=True,
        default="",
        db_default="",
        help_text=_("How the association told staff, who did it for them"),
    )

    objects = BookingStepQuerySet.as_manager()

    class Meta(Step.Meta):
        constraints = Booking.TRANSITIONS.constraints("booking_step", case="booking")
