"""The user model."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from partnership.fields.mailbox import MailboxField
from partnership.places.models import Partnership


class UserQuerySet(models.QuerySet["User"]):
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
        error_messages={"unique": _("Another person has this mailbox. Write another address, or leave it out.")},
    )
    # Only from before mailboxes had one spelling. The row keeps its own spelling, which no look-up finds.
    is_duplicate = models.BooleanField(default=False, editable=False, help_text="Somebody else holds the same mailbox")
    name = models.CharField(_("name"), max_length=80)
    language = models.CharField(_("language"), max_length=2, default="da")
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    # The number itself and not a flag, so that a change of `phone` makes it unverified.
    verified_phone = models.CharField(
        max_length=20, blank=True, editable=False, help_text=_("The telephone, once a code texted to it was typed here")
    )
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

    def __str__(self) -> str:
        return self.name

    @property
    def phone_is_verified(self) -> bool:
        """Whether the owner has typed a code texted to the number; only then do texts go to it."""
        return bool(self.phone) and self.phone == self.verified_phone

    @property
    def reached_by(self) -> str:
        """The chosen channel if we have what it needs; else email, else letter."""
        if self.channel == self.Channel.LETTER or (self.channel == self.Channel.SMS and self.phone_is_verified):
            return self.channel
        return self.Channel.MAIL if self.email else self.Channel.LETTER
