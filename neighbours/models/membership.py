"""Neighbour helpers, and the history of each."""

import calendar
import datetime as dt

from django.db import models
from django.db.models import BooleanField, Exists, OuterRef, Q, Subquery
from django.db.models.expressions import Combinable, RawSQL
from django.utils.translation import gettext_lazy as _

from neighbours.consent_words import SHOWN_TO_NABOVEN
from partnership import clock
from partnership.cases import Case, Step, Transitions
from partnership.fields.phone import e164
from partnership.people.mailboxes import typed_and_not_verified
from partnership.people.models import WITHOUT_EMAIL_LINK, Activity, Consent, Medium, User, Wording
from partnership.places.models import Area, Household, Partnership

ACTIVE_MONTHS = 6
# Longer than a link works: who has not used it by then did not want to, or somebody else typed their mailbox.
UNCONFIRMED_KEPT = dt.timedelta(days=30)
# Beside the media: staff have brought in a list of many, each of whom has said yes by a medium of their own.
FROM_LIST = "list"
JOINED_BY = [*WITHOUT_EMAIL_LINK, (FROM_LIST, _("by a list that staff brought in"))]


class State(models.TextChoices):
    PENDING = "pending", _("waiting for the link in the email")
    CONFIRMED = "confirmed", _("neighbour helper")
    LEFT = "left", _("has left")


class HeardFrom(models.TextChoices):
    """Where somebody heard of the neighbour helpers, as they say themselves."""

    NEIGHBOUR = "neighbour", _("From a neighbour or somebody I know")
    POSTER = "poster", _("On a poster, a sign or a leaflet")
    INVITATION = "invitation", _("By an invitation from a neighbour helper")
    TALK = "talk", _("At a talk or a meeting")
    NEWS = "news", _("In a newspaper, on the radio or on television")
    WEB = "web", _("On the web or on social media")
    AUTHORITY = "authority", _("From the municipality or the police")
    OTHER = "other", _("Somewhere else")


def months_before(day: dt.date, months: int) -> dt.date:
    """Return the same day of the month `months` earlier, or that month's last day if it is shorter."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


def _not_done_since_asked() -> Combinable:
    done = Activity.objects.filter(
        person=OuterRef("person"), partnership=OuterRef("partnership"), day__gte=OuterRef("asked_on")
    )
    return ~Exists(done)


class HelperQuerySet(models.QuerySet["Helper"]):
    def confirmed(self) -> "HelperQuerySet":
        return self.filter(state=State.CONFIRMED)

    def pending(self) -> "HelperQuerySet":
        return self.filter(state=State.PENDING)

    def waiting(self) -> "HelperQuerySet":
        """Return those who have a link to use: who is pending, and who has left and asked to come back."""
        return self.filter(Q(state=State.PENDING) | Q(state=State.LEFT, household__isnull=False))

    def verified(self) -> "HelperQuerySet":
        """Leave out those whose mailbox staff have typed and nobody has used; a slip without one is enough."""
        unused = typed_and_not_verified().filter(user=OuterRef("person"))
        return self.exclude(Exists(unused))

    def but_replaced(self) -> "HelperQuerySet":
        """Leave out those who typed another mailbox: they are deleted, and that form counts in their place."""
        return self.exclude(state=State.PENDING, replaced_at__isnull=False)

    def to_be_deleted(self, now: dt.datetime) -> "HelperQuerySet":
        """Return those who have not used their link in time, or typed another mailbox; the night deletes them."""
        return self.waiting().filter(Q(joined_at__lte=now - UNCONFIRMED_KEPT) | Q(replaced_at__isnull=False))

    def active(self, on: dt.date) -> "HelperQuerySet":
        """Return the verified helpers with an activity in the six months that end with the local day `on`."""
        return self.confirmed().filter(_is_active(on))

    def quiet(self, on: dt.date, here: Partnership) -> "HelperQuerySet":
        """Return a partnership's helpers who were confirmed six months ago or more, and have done nothing since the
        local day six months before `on`.
        """
        since = months_before(on, ACTIVE_MONTHS)
        begins = clock.at(since + dt.timedelta(days=1), dt.time(0), here.zone)
        done = Activity.objects.filter(person=OuterRef("person"), partnership=here, day__gt=since)
        return self.confirmed().filter(~Exists(done), partnership=here, confirmed_at__lt=begins)

    def quiet_since_asked(self, on: dt.date, here: Partnership) -> "HelperQuerySet":
        """Return the quiet ones who have been asked whether they are still helpers, and have done nothing since."""
        return self.quiet(on, here).filter(_not_done_since_asked(), asked_on__isnull=False)

    def to_be_asked(self, on: dt.date, here: Partnership) -> "HelperQuerySet":
        """Return the quiet ones who have not been asked since they last did something."""
        return self.quiet(on, here).exclude(_not_done_since_asked(), asked_on__isnull=False)

    def new(self) -> "HelperQuerySet":
        """Leave out those who were helpers already before they joined here: the goal counts new ones. Who has not been
        asked counts as new.
        """
        return self.exclude(was_helper=True)

    def with_name_and_telephone(self, partnership: Partnership, name: str, phone: str) -> "HelperQuerySet":
        """Return those of this name with this telephone number, in any spelling; none without a number."""
        number = e164(phone, partnership.country)
        named = self.filter(partnership=partnership, person__name__iexact=name).values_list("pk", "person__phone")
        return self.filter(
            pk__in=[pk for pk, stored in named if number and e164(stored, partnership.country) == number]
        )

    def shown_to_naboven(self) -> "HelperQuerySet":
        """Return those whose newest answer is that the Naboven of their area may see them; no answer means no."""
        answers = Consent.objects.filter(person=OuterRef("person"), wording__purpose=SHOWN_TO_NABOVEN)
        newest = answers.order_by("-pk").values("is_given")[:1]
        return self.alias(is_shown=Subquery(newest, output_field=BooleanField())).filter(is_shown=True)

    def in_area(self, area: Area) -> "HelperQuerySet":
        return self.filter(household__area=area)


def _is_active(on: dt.date) -> RawSQL:
    """Return an SQL expression: whether a helper has an activity in the six months that end with `on`, and a mailbox
    that is not only typed by staff. It is SQL since the front page counts by it, and Django takes longer to build
    `Exists()` than PostgreSQL to run it (benchmarks/RESULTS.md). A test compares the two.
    """
    return RawSQL(
        """
        EXISTS (
            SELECT FROM people_activity AS done
            WHERE done.person_id = neighbours_helper.person_id
            AND done.partnership_id = neighbours_helper.partnership_id
            AND done.day > %s AND done.day <= %s
        ) AND NOT EXISTS (
            SELECT FROM account_emailaddress AS typed JOIN people_user AS person ON person.id = typed.user_id
            WHERE typed.user_id = neighbours_helper.person_id AND typed.email = person.email AND NOT typed.verified
        )
        """,
        [months_before(on, ACTIVE_MONTHS), on],
        output_field=BooleanField(),
    )


class Helper(Case):
    """A person's membership as a neighbour helper; somebody who leaves and comes back has the same row."""

    State = State
    # Helpers who have left may come back.
    TRANSITIONS = Transitions(
        State,
        {
            "": [State.PENDING, State.CONFIRMED],
            State.PENDING: [State.CONFIRMED, State.LEFT],
            State.CONFIRMED: [State.LEFT],
            State.LEFT: [State.PENDING, State.CONFIRMED],
        },
        # A correction of what we know is a step without a move.
        stays=[State.PENDING, State.CONFIRMED],
    )

    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.CASCADE, related_name="helpers"
    )
    person = models.OneToOneField(User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="helper")
    household = models.ForeignKey(
        Household,
        verbose_name=_("household"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="helpers",
        help_text=_("Let go of when the helper leaves; then that of who asks to come back, until they have confirmed"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PENDING)
    medium = models.CharField(_("joined how"), max_length=10, choices=JOINED_BY, default=Medium.WEB)
    joined_at = models.DateTimeField(_("joined on"), help_text=_("When the person last asked to join"))
    confirmed_at = models.DateTimeField(_("confirmed on"), null=True, blank=True)
    left_at = models.DateTimeField(_("left on"), null=True, blank=True)
    replaced_at = models.DateTimeField(
        null=True, editable=False, help_text=_("When the person typed another email address on the receipt")
    )
    asked_on = models.DateField(
        _("asked whether still a helper on"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("After six months without an activity; once, until they have done something again"),
    )
    submission = models.UUIDField(help_text=_("Drawn with the form: a double click counts once"))
    asked_wording = models.ForeignKey(
        Wording,
        verbose_name=_("words agreed to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The words the person ticked; they become a consent when the address is confirmed"),
    )
    asked_to_be_shown = models.ForeignKey(
        Wording,
        verbose_name=_("words about the local contact person agreed to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty if the person did not tick them; they become a consent with the others"),
    )
    name = models.CharField(
        _("name"),
        max_length=80,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text=_("As it was typed, until the link is used"),
    )
    asks_protection = models.BooleanField(
        default=False,
        db_default=False,
        editable=False,
        help_text=_("Name and address protection was ticked in the form; it counts when the link is used"),
    )
    was_helper = models.BooleanField(
        _("was a helper before"),
        null=True,
        blank=True,
        help_text=_("In the country’s own neighbour service, before joining here; empty: not asked"),
    )
    heard_from = models.CharField(
        _("heard of it"), max_length=10, choices=HeardFrom.choices, blank=True, default="", db_default=""
    )
    invitation = models.CharField(
        _("code of the invitation"), max_length=10, null=True, blank=True, unique=True, editable=False
    )
    invited_by = models.ForeignKey(
        "self",
        verbose_name=_("invited by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="invited",
    )
    made_person = models.BooleanField(
        _("new to us"), default=False, help_text=_("We did not know the person before they asked to join")
    )

    objects = HelperQuerySet.as_manager()

    class Meta:
        verbose_name = _("neighbour helper")
        verbose_name_plural = _("neighbour helpers")
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
                condition=Q(medium__in=["paper", "phone"]),
                name="helper_slip_typed_once",
            ),
        ]
        # With all that counting reads, so that it reads the index alone.
        indexes = [
            models.Index(
                fields=["partnership", "state"],
                include=["id", "person", "household", "confirmed_at", "asked_on", "was_helper", "replaced_at"],
                name="helper_counted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_state_display()}"

    @property
    def is_confirmed(self) -> bool:
        return self.state == State.CONFIRMED

    @property
    def is_pending(self) -> bool:
        return self.state == State.PENDING

    @property
    def is_waiting(self) -> bool:
        """Whether the helper has a link to use: they are pending, or have left and asked to come back. Until they use
        it they count as left, since anybody can type their mailbox.
        """
        return self.is_pending or (self.state == State.LEFT and self.household_id is not None)

    @property
    def home(self) -> Household | None:
        """The household; not one that somebody typed for a helper who has left."""
        return None if self.state == State.LEFT else self.household

    def is_to_be_deleted(self, now: dt.datetime) -> bool:
        """Return what `HelperQuerySet.to_be_deleted` says of this row."""
        return self.is_waiting and (self.replaced_at is not None or now - self.joined_at >= UNCONFIRMED_KEPT)


class HelperStep(Step):
    """One step of a helper's history, and the medium by which it came."""

    TRANSITIONS = Helper.TRANSITIONS

    helper = models.ForeignKey(Helper, on_delete=models.CASCADE, related_name="steps")
    medium = models.CharField(_("joined how"), max_length=10, choices=JOINED_BY)
    # None of steps without a form of staff, and of older ones.
    submission = models.UUIDField(null=True, blank=True, help_text="Drawn with the form: a double click counts once")

    # In the order of the page.
    CORRECTED = {
        "name": _("name"),
        "address": _("address"),
        "phone": _("telephone"),
        "email": _("email address"),
        "channel": _("how we reach the person"),
        "was_helper": _("whether a helper before"),
        # The channel in steps from before it had that name: rows are never changed, so the key stays.
        "way": _("how we reach the person"),
    }
    # Beside "email": nobody had used the mailbox before.
    UNVERIFIED_MAILBOX = "unused_mailbox"

    class Meta(Step.Meta):
        constraints = [
            *Helper.TRANSITIONS.constraints("helper_step", case="helper"),
            models.UniqueConstraint(fields=["helper", "by", "submission"], name="helper_step_once_for_a_form"),
        ]
        indexes = [
            models.Index(fields=["by", "at"], name="helper_step_by_staff"),
            models.Index(fields=["at"], include=["helper", "from_state", "to_state"], name="helper_step_counted"),
        ]

    @property
    def corrected(self) -> list[str]:
        """Return which details were corrected; none for a step that moved the helper."""
        return [str(label) for name, label in self.CORRECTED.items() if name in (self.changed or {})]
