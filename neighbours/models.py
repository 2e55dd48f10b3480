"""Neighbour helpers: who has joined, and how each of them came to where she is."""

import calendar
import datetime as dt

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from partnership.people.models import Activity, User, Wording
from partnership.places.models import Address, Area, Household, Partnership

ACTIVE_MONTHS = 6


class State(models.TextChoices):
    PENDING = "pending", _("waiting for the link in the mail")
    CONFIRMED = "confirmed", _("neighbour helper")
    LEFT = "left", _("has left")


class Channel(models.TextChoices):
    WEB = "web", _("on the web")
    PAPER = "paper", _("on paper")
    PHONE = "phone", _("by telephone")


# From where to where; "" is before the first step. Someone who has left may come back.
TRANSITIONS: dict[str, tuple[str, ...]] = {
    "": (State.PENDING, State.CONFIRMED),
    State.PENDING: (State.CONFIRMED, State.LEFT),
    State.CONFIRMED: (State.LEFT,),
    State.LEFT: (State.PENDING, State.CONFIRMED),
}


def months_before(day: dt.date, months: int) -> dt.date:
    """Return the same day of the month `months` earlier, or the last day of that month where it is shorter."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


class HelperQuerySet(models.QuerySet["Helper"]):
    def confirmed(self) -> "HelperQuerySet":
        return self.filter(state=State.CONFIRMED)

    def pending(self) -> "HelperQuerySet":
        return self.filter(state=State.PENDING)

    def active(self, on: dt.date) -> "HelperQuerySet":
        """Return the confirmed ones who have done something in the six months that end with the local day `on`."""
        done = Activity.objects.filter(
            person=OuterRef("person"),
            partnership=OuterRef("partnership"),
            day__gt=months_before(on, ACTIVE_MONTHS),
            day__lte=on,
        )
        return self.confirmed().filter(Exists(done))

    def in_area(self, area: Area) -> "HelperQuerySet":
        return self.filter(household__area=area)

    def on_street(self, address: Address) -> "HelperQuerySet":
        """Return those who live on the same street in the same postcode."""
        return self.filter(
            partnership=address.partnership_id,
            household__address__street=address.street,
            household__address__postcode=address.postcode,
        )


class Helper(models.Model):
    """A person's place among the neighbour helpers of her partnership; who comes back after leaving has it again."""

    State = State
    Channel = Channel

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="helpers")
    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="helper")
    household = models.ForeignKey(
        Household,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="helpers",
        help_text=_("Let go of when the helper leaves"),
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.WEB)
    joined_at = models.DateTimeField(help_text=_("When she last asked to join"))
    confirmed_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    submission = models.UUIDField(help_text=_("Drawn with the form: a double click counts once"))
    asked_wording = models.ForeignKey(
        Wording,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The words she ticked; they become a consent when the mailbox is hers"),
    )
    made_person = models.BooleanField(default=False, help_text=_("We did not know the person before she asked to join"))

    objects = HelperQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="pending", confirmed_at__isnull=True, left_at__isnull=True)
                | Q(state="confirmed", confirmed_at__isnull=False, left_at__isnull=True)
                | Q(state="left", left_at__isnull=False),
                name="helper_state_has_its_times",
            ),
            # Two staff, or one with a double click, cannot type the same slip twice.
            models.UniqueConstraint(
                fields=["partnership", "submission"],
                condition=Q(channel__in=["paper", "phone"]),
                name="helper_slip_typed_once",
            ),
        ]
        indexes = [models.Index(fields=["partnership", "state"], name="helper_by_state")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_state_display()}"

    @property
    def is_confirmed(self) -> bool:
        return self.state == State.CONFIRMED

    @property
    def is_pending(self) -> bool:
        return self.state == State.PENDING

    def may_become(self, state: str) -> bool:
        return state in TRANSITIONS[self.state]


class HelperStep(models.Model):
    """One step of a helper's history. Rows are added, never changed: a trigger in the database refuses it."""

    helper = models.ForeignKey(Helper, on_delete=models.CASCADE, related_name="steps")
    from_state = models.CharField(max_length=10, choices=State.choices, blank=True)
    to_state = models.CharField(max_length=10, choices=State.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_state="", to_state__in=["pending", "confirmed"])
                | Q(from_state="pending", to_state__in=["confirmed", "left"])
                | Q(from_state="confirmed", to_state="left")
                | Q(from_state="left", to_state__in=["pending", "confirmed"]),
                name="helper_step_is_allowed",
            ),
        ]
        indexes = [models.Index(fields=["by", "at"], name="helper_step_by_staff")]

    def __str__(self) -> str:
        return f"{self.from_state or 'new'} > {self.to_state}"
