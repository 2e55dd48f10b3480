"""Every message that the portal is to send or has sent, with its state."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from partnership import clock
from partnership.fields.mailbox import MailboxField
from partnership.people.models import User
from partnership.people.rules import is_known_by_name
from partnership.places.models import Partnership
from written.mailboxes import canonical

# Staff who try a failed message again do so within days.
TRIED_AGAIN_WITHIN = dt.timedelta(days=30)


class MessageQuerySet(models.QuerySet["Message"]):
    def open(self) -> "MessageQuerySet":
        """Return those that may still be sent."""
        return self.filter(state__in=Message.OPEN)

    def claimable(self, now: dt.datetime) -> "MessageQuerySet":
        """Return those that are due and those that a dead worker had claimed; the urgent first."""
        waiting = Q(state__in=[Message.State.QUEUED, Message.State.RETRY], try_at__lte=now)
        abandoned = Q(state=Message.State.CLAIMED, claimed_until__lt=now)
        return self.filter(waiting | abandoned).order_by("priority", "try_at", "pk")

    def overdue(self, now: dt.datetime) -> "MessageQuerySet":
        """Return those that are due and not sent, the oldest first. One that a mail server has deferred is not due
        until its next attempt, so it does not count as late and cannot hide another that is.
        """
        return self.filter(state__in=Message.TO_SEND, try_at__lte=now).order_by("try_at")

    def not_arrived(self) -> "MessageQuerySet":
        """Return those that failed, came back or were reported as unwanted, and that nobody has seen to yet."""
        return self.filter(Q(state=Message.State.FAILED) | ~Q(returned_as=""), seen_to_at=None)

    def gone_out_to(self, person: User) -> "MessageQuerySet":
        """Return the messages to a person that are sent or being sent, and the letters that are in a batch: a printed
        one may be in the post before staff note it.
        """
        return self.filter(
            Q(state__in=[Message.State.CLAIMED, Message.State.SENT]) | Q(letter__isnull=False), recipient=person
        )

    def to_unknown(self, mailbox: str, digest: str) -> "MessageQuerySet":
        """Return the messages to this mailbox of nobody we know, which only the keyed hash names when they ended."""
        return self.filter(Q(mailbox__iexact=mailbox) | Q(sent_to=digest), recipient=None) if mailbox else self.none()

    def with_a_useless_mailbox(self, now: dt.datetime) -> "MessageQuerySet":
        """Return the failed messages to somebody we do not know that nobody sends again: it is too late."""
        too_late = Q(expires_at__lte=now) | Q(ended_at__lte=now - TRIED_AGAIN_WITHIN)
        return self.filter(too_late, state=Message.State.FAILED, recipient=None).exclude(mailbox="")

    def past_retention(self, now: dt.datetime) -> "MessageQuerySet":
        """Return the messages that have ended and whose time to be forgotten has come."""
        return self.exclude(state__in=Message.OPEN).filter(forget_after__lte=now)


class Message(models.Model):
    """One message to one person. It stores ids of the case and the reader; the words are rendered when it is sent."""

    class State(models.TextChoices):
        QUEUED = "queued", _("not sent yet")
        CLAIMED = "claimed", _("being sent")
        RETRY = "retry", _("will be tried again")
        PAPER = "paper", _("waiting to be printed")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        WITHDRAWN = "withdrawn", _("withdrawn")
        EXPIRED = "expired", _("too late to send")

    class Returned(models.TextChoices):
        """How one that was sent came back, the weakest first: a later report replaces a weaker one."""

        REFUSED = "refused", _("came back: the mail provider did not take it")
        SOFT = "soft", _("came back: it did not arrive this time")
        HARD = "hard", _("came back: the address does not work")
        COMPLAINT = "complaint", _("reported as unwanted by the reader")

    class Priority(models.IntegerChoices):
        URGENT = 1, _("someone is waiting for it now")
        NORMAL = 5, _("about something of the reader’s own")
        BULK = 9, _("the same to many")

    TO_SEND = (State.QUEUED, State.CLAIMED, State.RETRY)
    OPEN = (State.QUEUED, State.CLAIMED, State.RETRY, State.PAPER)

    # The key names the case and its version, so that a retried task, a second scheduler or a double click makes no
    # second row.
    key = models.CharField(_("key"), max_length=200, unique=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(_("kind"), max_length=60)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority.choices, default=Priority.NORMAL)
    recipient = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="messages")
    # Emptied when it ends, unless staff may try again; then only the hash in `sent_to` tells whose it was.
    mailbox = MailboxField(blank=True, help_text=_("Only where the reader is nobody we know"))
    language = models.CharField(max_length=2, blank=True, help_text=_("Empty: the reader’s own"))
    about = models.JSONField(default=dict, help_text=_("Ids of what it speaks of; emptied when it is done"))
    created_at = models.DateTimeField(_("written at"))
    due_at = models.DateTimeField(_("due at"))
    expires_at = models.DateTimeField(
        _("too late after"), null=True, blank=True, help_text=_("Better unsent than absurdly late")
    )
    forget_after = models.DateTimeField(_("deleted after"), help_text=_("The row is deleted after this moment"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    try_at = models.DateTimeField(_("next attempt"), help_text=_("Next attempt; at first the due time"))
    claimed_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    # The reader's own mailbox may be another when a bounce or a complaint comes back. Of somebody we do not know it is
    # stored from the beginning.
    sent_to = models.CharField(
        max_length=64, blank=True, default="", db_default="", editable=False, help_text="Keyed hash of the address"
    )
    reason = models.CharField(_("why"), max_length=200, blank=True, help_text=_("Why it is not sent, or not yet"))

    returned_as = models.CharField(
        _("came back"), max_length=10, choices=Returned.choices, blank=True, default="", db_default=""
    )
    returned_at = models.DateTimeField(_("came back at"), null=True, blank=True)
    seen_to_at = models.DateTimeField(
        _("seen to at"),
        null=True,
        blank=True,
        help_text=_("When staff noted that they have seen to it"),
    )

    objects = MessageQuerySet.as_manager()

    # What the kind's `prepare` has fetched for a whole batch (see kinds.py); None: the words fetch it themselves.
    prepared: object = None
    # Whether email to the mailbox is stopped, likewise; None: not looked up.
    suppressed: bool | None = None
    # Whether staff typed the mailbox and it is not verified yet, likewise.
    not_verified: bool | None = None
    # When its words are written: words such as "tomorrow" are true then, and may not be when it was planned.
    written_at: dt.datetime | None = None

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(
                condition=Q(recipient__isnull=False)
                | ~Q(mailbox="")
                | ~Q(state__in=["queued", "claimed", "retry", "paper"]),
                name="message_has_a_reader",
            ),
            models.CheckConstraint(
                condition=Q(state="claimed", claimed_until__isnull=False)
                | (~Q(state="claimed") & Q(claimed_until__isnull=True)),
                name="message_claim_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "claimed", "retry", "paper"], ended_at__isnull=True)
                | Q(state__in=["sent", "failed", "withdrawn", "expired"], ended_at__isnull=False),
                name="message_ends_once",
            ),
        ]
        indexes = [
            # All columns of the claim's order: otherwise 50,000 notices of one hour would be sorted for every batch.
            models.Index(
                "priority", "try_at", "id", condition=Q(state__in=["queued", "claimed", "retry"]), name="message_open"
            ),
            # For bounces and erasing; only messages to unknown people have a mailbox of their own.
            models.Index(Upper("mailbox"), condition=~Q(mailbox=""), name="message_by_mailbox"),
            models.Index(fields=["sent_to"], condition=Q(recipient=None), name="message_by_hash"),
            models.Index(
                "partnership",
                condition=(Q(state="failed") | ~Q(returned_as="")) & Q(seen_to_at=None),
                name="message_not_arrived",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def standing(self) -> str:
        """The state in words; of one that came back, how."""
        return str(self.get_returned_as_display() if self.returned_as else self.get_state_display())

    @property
    def has_not_arrived(self) -> bool:
        """Whether it failed or came back, and nobody has seen to it yet."""
        return self.seen_to_at is None and (self.state == self.State.FAILED or bool(self.returned_as))

    @property
    def reading_language(self) -> str:
        """The language to write in: the message's own, the reader's, or the partnership's."""
        return self.language or (self.recipient.language if self.recipient else self.partnership.language)

    def ends_at(self, lives: dt.timedelta) -> dt.datetime:
        """Return the local time until which what it holds works; a sample for staff has no end of its own."""
        return clock.local(self.expires_at or clock.now() + lives, self.partnership.zone)

    @property
    def is_sample(self) -> bool:
        """Whether it is a sample for staff, which holds no real code (staff/samples.py)."""
        return bool(self.about.get("is_sample"))

    @property
    def written_on(self) -> dt.date:
        """The local day on which its words are written."""
        return clock.local(self.written_at or clock.now(), self.partnership.zone).date()

    @property
    def to_mailbox(self) -> str:
        """Where an email goes: the reader's present mailbox, or a stranger's; "" if there is none."""
        return canonical(self.recipient.email or "") if self.recipient else self.mailbox

    @property
    def greeted_name(self) -> str:
        """The reader's name, unless a stranger may have typed it."""
        return self.recipient.name if self.recipient and is_known_by_name(self.recipient) else ""


class MailServer(models.Model):
    """The state of the mail server, shared by all workers: whether it is down, and when it may be tried next."""

    name = models.CharField(max_length=120, unique=True, help_text=_("Host and port"))
    failures = models.PositiveIntegerField(default=0, help_text=_("In a row"))
    down_since = models.DateTimeField(null=True, blank=True)
    probe_at = models.DateTimeField(null=True, blank=True, help_text=_("Until then nobody tries; then one, with one"))
    reason = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name


class Pace(models.Model):
    """How many messages were to be sent to one domain in the last minute with any."""

    domain = models.CharField(max_length=253, unique=True)
    minute_at = models.DateTimeField()
    asked = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.domain


class Suppression(models.Model):
    """A mailbox that gets no more email, or a number that answered STOP: a keyed hash, kept after erasing."""

    digest = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=60)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.reason} {self.at:%Y-%m-%d}"


class Bounce(models.Model):
    """One bounce or complaint. The mailbox is stored only as a keyed hash."""

    class Kind(models.TextChoices):
        HARD = "hard", _("the address does not work")
        SOFT = "soft", _("did not arrive this time")
        COMPLAINT = "complaint", _("the reader called it unwanted")

    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    status = models.CharField(max_length=12, blank=True, help_text=_("What the server said: 5.1.1"))
    at = models.DateTimeField()
    # The same report read twice, or sent both by webhook and by email, counts once.
    report = models.CharField(max_length=80, unique=True, help_text=_("Which message it is about, and what of it"))

    class Meta:
        indexes = [models.Index(fields=["digest", "at"], name="bounce_of_address")]

    def __str__(self) -> str:
        return f"{self.kind} {self.status} {self.at:%Y-%m-%d}"


class NumberCode(models.Model):
    """A code texted to a mobile number, which its owner types to verify it. Number and code are keyed hashes."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="number_codes")
    number = models.CharField(max_length=64)
    code = models.CharField(max_length=64)
    at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["number", "at"], name="number_code_of_number")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.at:%Y-%m-%d}"


class MessageStep(models.Model):
    """What staff did to a message by hand. Rows are only added. This is not a step of a case: the queue also moves
    messages, and two of these actions move nothing.
    """

    class What(models.TextChoices):
        TRIED_AGAIN = "tried_again", _("tried again")
        SENT_NOW = "sent_now", _("sent at once")
        WITHDRAWN = "withdrawn", _("withdrawn")
        LIFTED = "lifted", _("address allowed again")
        SEEN_TO = "seen_to", _("seen to")

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="steps")
    what = models.CharField(max_length=12, choices=What.choices)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.what}"


class LetterBatch(models.Model):
    """Letters that were printed together. The file is kept for a reprint, until two weeks after handing them over."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="letter_batches")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    pdf = models.BinaryField(default=bytes, help_text=_("Emptied when it need not be printed again"))
    handed_over_at = models.DateTimeField(null=True, blank=True, help_text=_("When staff handed it over to the post"))
    handed_over_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_shredded = models.BooleanField(default=False, db_default=False, help_text=_("No letter of it was posted"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partnership", "number"], name="letter_batch_numbered_once")]

    def __str__(self) -> str:
        return f"{self.partnership.short_name} {self.number}"


class Letter(models.Model):
    """One message's position in a batch. What is printed outlives what is deleted: of a reader who is erased, and
    of a letter that a later print leaves out, the position stays until the batch is handed over, so that staff take the
    right letter out.
    """

    batch = models.ForeignKey(LetterBatch, on_delete=models.CASCADE, related_name="letters")
    message = models.OneToOneField(
        Message,
        null=True,
        on_delete=models.CASCADE,
        related_name="letter",
        help_text=_("Empty: deleted from the batch"),
    )
    printed_to = models.CharField(
        max_length=16, blank=True, default="", db_default="", help_text=_("Digest of the name and address on it")
    )
    position = models.PositiveSmallIntegerField(help_text=_("First, second, … in the pile"))

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.position}"
