"""The user model."""

import datetime as dt
from collections.abc import Sequence

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.db import models
from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.functions import Cast, Lower
from django.utils.translation import gettext_lazy as _

from partnership.fields.columns import NameColumn, PhoneColumn
from partnership.fields.mailbox import MailboxField
from partnership.places.models import Partnership

# What the search compares, and has an index of: the words of name and mailbox as `written.streets.folded` writes them,
# and "#" with the number of the partnership. The first migration makes the function.
WORDS = Func(F("name"), F("email"), F("partnership_id"), function="people_words", output_field=SearchVectorField())


class UserQuerySet(models.QuerySet["User"]):
    def with_words(self, here: Partnership, *names: Sequence[str]) -> "UserQuerySet":
        """Return those in whose name and mailbox a word begins with each of these, which are only a to z and digits;
        with all words of one of several names.
        """
        some = " | ".join(f"({' & '.join(f'{word}:*' for word in words)})" for words in names)
        wanted = Cast(Value(f"'#{here.pk}' & ({some})"), SearchQueryField())
        return self.filter(
            Func(WORDS, wanted, template="%(expressions)s", arg_joiner=" @@ ", output_field=BooleanField())
        )

    def holding(self, *kinds: str, partnership: Partnership) -> "UserQuerySet":
        """Return those who hold one of these roles in `partnership` or in one of its areas."""
        return self.filter(is_active=True, roles__kind__in=kinds, roles__partnership=partnership).distinct()


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str | None, name: str, **more: object) -> "User":
        """Make someone without a password: they log in by a code sent to their email, or not at all."""
        user = self.model(email=email or None, name=name, **more)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, name: str, **more: object) -> "User":
        return self.create_user(email, name, is_superuser=True, **more)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. Those known on paper only have no email; platform administrators alone belong to no partnership."""

    class Channel(models.TextChoices):
        """How we reach somebody."""

        MAIL = "mail", _("by email")
        SMS = "sms", _("by text message")
        LETTER = "letter", _("by letter")

    partnership = models.ForeignKey(
        Partnership,
        verbose_name=_("partnership"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
    )
    email = MailboxField(
        _("email address"),
        unique=True,
        null=True,
        blank=True,
        error_messages={"unique": _("Another person has this email address. Write another, or leave it out.")},
    )
    # Only from before mailboxes had one spelling. The row keeps its own spelling, which no look-up finds.
    is_duplicate = models.BooleanField(default=False, editable=False, help_text="Somebody else holds the same mailbox")
    name = NameColumn(_("name"), max_length=80)
    language = models.CharField(_("language"), max_length=2, default="da")
    phone = PhoneColumn(_("telephone"), max_length=20, blank=True)
    # The number itself and not a flag, so that a change of `phone` makes it unverified.
    verified_phone = models.CharField(
        max_length=20, blank=True, editable=False, help_text=_("The telephone, once a code texted to it was typed here")
    )
    # Written by the database with every change, whoever makes it; empty for a number that was there from the first.
    phone_changed_at = models.DateTimeField(null=True, editable=False, help_text="When an unverified number was stored")
    channel = models.CharField(
        _("how we reach the person"),
        max_length=6,
        choices=Channel.choices,
        blank=True,
        help_text=_("Empty: by email if the person has one, else by letter"),
    )
    is_protected = models.BooleanField(
        _("name and address protection"),
        default=False,
        db_default=False,
        help_text=_("Only coordinators and administrators see this person"),
    )
    # Empty again once its owner has logged in after that.
    mailbox_opens_at = models.DateTimeField(
        null=True,
        editable=False,
        help_text="Staff have written the mailbox of somebody known: it opens nothing before this, and gets nothing",
    )
    # Empty again once an owner, or another change, has ended the waiting; it counts for no longer than that.
    mailbox_before = models.CharField(
        max_length=64,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text="Keyed hash of the verified mailbox whose successor is held back: put back, it counts at once",
    )
    letter_codes_from = models.DateTimeField(
        null=True,
        editable=False,
        help_text="The person has changed their own name or home: no letter with a code finds them before this",
    )
    is_active = models.BooleanField(_("may log in"), default=True)
    joined_at = models.DateTimeField(_("known since"), auto_now_add=True)

    objects = UserManager()

    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_is_lower_case"),
            # Unique as it is stored, and stored in one spelling: so one mailbox is one person.
            models.CheckConstraint(
                condition=Q(is_duplicate=True) | Q(email__regex="^[!-~]+$"), name="user_email_is_in_its_one_spelling"
            ),
            models.CheckConstraint(
                condition=Q(partnership__isnull=False) | Q(is_superuser=True), name="user_belongs_to_a_partnership"
            ),
        ]
        indexes = [
            GinIndex(WORDS, name="person_words"),
            models.Index(fields=["partnership", "name", "id"], name="person_by_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        """How the administration greets its reader; Django would show the email address."""
        return self.name

    @property
    def phone_is_verified(self) -> bool:
        """Whether the owner has typed a code texted to the number; only then do texts go to it."""
        return bool(self.phone) and self.phone == self.verified_phone

    @property
    def has_open_mailbox(self) -> bool:
        """Whether there is a mailbox that is not held back (`mailbox_opens_at`)."""
        return bool(self.email) and self.mailbox_opens_at is None

    def is_held_back(self, now: dt.datetime) -> bool:
        """Return whether the mailbox opens nothing yet."""
        return self.mailbox_opens_at is not None and now < self.mailbox_opens_at

    def gets_letter_codes(self, now: dt.datetime) -> bool:
        """Return whether a letter with a code finds the person by name and home (`letter_codes_from`)."""
        return self.letter_codes_from is None or self.letter_codes_from <= now

    @property
    def reached_by(self) -> str:
        """The chosen channel if we have what it needs; else email, else letter."""
        if self.channel == self.Channel.LETTER or (self.channel == self.Channel.SMS and self.phone_is_verified):
            return self.channel
        return self.Channel.MAIL if self.has_open_mailbox else self.Channel.LETTER

    @property
    def chosen_channel(self) -> str:
        """Email if that is chosen, also while the mailbox is held back; else what they are reached by."""
        return self.channel if self.channel == self.Channel.MAIL and self.email else self.reached_by
