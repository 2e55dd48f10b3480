"""Who someone is, what she may, what she has said yes to, and what she has done."""

import hashlib

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from partnership.places.models import Area, Partnership


class UserQuerySet(models.QuerySet["User"]):
    def holding(self, *kinds: str, partnership: Partnership) -> "UserQuerySet":
        """Return those who hold one of these roles in `partnership`, whole or part of it."""
        return self.filter(is_active=True, roles__kind__in=kinds, roles__partnership=partnership).distinct()


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str | None, name: str, **more: object) -> "User":
        """Make someone without a password: she logs in by a code sent to her e-mail, or not at all."""
        user = self.model(email=email.strip().lower() if email else None, name=name, **more)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, name: str, **more: object) -> "User":
        return self.create_user(email, name, is_staff=True, is_superuser=True, **more)


class User(AbstractBaseUser, PermissionsMixin):
    """A person. On paper only, she has no e-mail; platform administrators alone belong to no partnership."""

    class Channel(models.TextChoices):
        MAIL = "mail", _("by e-mail")
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
    email = models.EmailField(_("e-mail address"), unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=80)
    language = models.CharField(_("language"), max_length=2, default="da")
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    # The number itself and not a yes: whoever writes another one into `phone` has thereby shown nothing about it.
    proved_phone = models.CharField(
        max_length=20, blank=True, editable=False, help_text=_("The telephone, once a code texted to it was typed here")
    )
    channel = models.CharField(
        _("how we reach her"),
        max_length=6,
        choices=Channel.choices,
        blank=True,
        help_text=_("Empty: by e-mail where she has one, else by letter"),
    )
    is_active = models.BooleanField(_("may log in"), default=True)
    is_staff = models.BooleanField(_("staff"), default=False, help_text=_("May open the administration"))
    joined_at = models.DateTimeField(_("known since"), auto_now_add=True)

    objects = UserManager()

    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_is_lower_case"),
            models.CheckConstraint(
                condition=Q(partnership__isnull=False) | Q(is_superuser=True), name="user_belongs_to_a_partnership"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def phone_is_proved(self) -> bool:
        """Whether she has shown that the number is hers; only then do texts go to it."""
        return bool(self.phone) and self.phone == self.proved_phone

    @property
    def reached_by(self) -> str:
        """The channel that she chose, as far as we have what it needs; else e-mail, else a letter."""
        if self.channel == self.Channel.LETTER or (self.channel == self.Channel.SMS and self.phone_is_proved):
            return self.channel
        return self.Channel.MAIL if self.email else self.Channel.LETTER


class RoleQuerySet(models.QuerySet["Role"]):
    def of(self, user: User, partnership: Partnership) -> "RoleQuerySet":
        return self.filter(user=user, partnership=partnership)


class Role(models.Model):
    """What someone may, in a whole partnership or in one area of it."""

    class Kind(models.TextChoices):
        NABOVEN = "naboven", _("Naboven")
        COORDINATOR = "coordinator", _("coordinator")
        POLICE = "police", _("police officer")
        ADMINISTRATOR = "administrator", _("administrator")

    # They see other people's data, so a stolen mailbox alone must not be enough.
    NEEDS_SECOND_FACTOR = (Kind.COORDINATOR, Kind.POLICE, Kind.ADMINISTRATOR)

    user = models.ForeignKey(User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="roles")
    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.CASCADE, related_name="roles"
    )
    area = models.ForeignKey(
        Area, verbose_name=_("local area"), null=True, blank=True, on_delete=models.CASCADE, related_name="roles"
    )
    kind = models.CharField(_("role"), max_length=20, choices=Kind.choices)

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "partnership", "area", "kind"], nulls_distinct=False, name="role_held_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_kind_display()}"


class Wording(models.Model):
    """The exact words that a consent was given to. Never edited: new words are a new row."""

    purpose = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    text = models.TextField()
    digest = models.CharField(max_length=64, unique=True, help_text=_("SHA-256 of purpose, language and text"))

    def __str__(self) -> str:
        return f"{self.purpose} ({self.language})"

    @staticmethod
    def digest_of(purpose: str, language: str, text: str) -> str:
        return hashlib.sha256("\n".join((purpose, language, text)).encode()).hexdigest()


class ConsentQuerySet(models.QuerySet["Consent"]):
    def live(self, person: User, purpose: str) -> bool:
        """Say whether the newest word of `person` on `purpose` is yes. No word is a no."""
        newest = self.filter(person=person, wording__purpose=purpose).order_by("-pk").first()
        return newest is not None and newest.is_given


class Consent(models.Model):
    """One yes or one no, as it was said. Rows are added, never changed: a trigger in the database refuses it."""

    class Channel(models.TextChoices):
        WEB = "web", _("on the web")
        PAPER = "paper", _("on paper")
        PHONE = "phone", _("by telephone")
        MAIL = "mail", _("by a link in a mail")

    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.CASCADE, related_name="consents"
    )
    person = models.ForeignKey(User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="consents")
    wording = models.ForeignKey(Wording, verbose_name=_("wording"), on_delete=models.PROTECT)
    is_given = models.BooleanField(_("says yes"), help_text=_("False withdraws"))
    at = models.DateTimeField(_("said on"))
    channel = models.CharField(_("said how"), max_length=10, choices=Channel.choices)
    written_by = models.ForeignKey(
        User,
        verbose_name=_("written down by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Staff who typed a slip"),
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        indexes = [models.Index(F("person"), F("id").desc(), name="consent_newest")]

    def __str__(self) -> str:
        return f"{self.wording.purpose}: {'yes' if self.is_given else 'no'}"


class Activity(models.Model):
    """Something a helper did, on a day; written by whichever room saw it. Being active is counted from these."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="activities")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="activities")
    kind = models.CharField(max_length=40, help_text=_("The room and what was done: neighbours.met_a_neighbour"))
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "day"], name="activity_once_a_day")]
        indexes = [models.Index(fields=["partnership", "day"], name="activity_by_day")]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"


class NightlyRun(models.Model):
    """The last night whose work one nightly task has done, so that a night that was missed is made up for."""

    task = models.CharField(max_length=60, unique=True)
    night = models.DateField()
    claimed_until = models.DateTimeField(null=True, blank=True, help_text=_("While somebody is at it"))

    def __str__(self) -> str:
        return f"{self.task} {self.night}"


class RetentionRun(models.Model):
    """What one night's forgetting did: how many rows of which model went, by the rules of `partnership.retention`."""

    started_at = models.DateTimeField(_("began"))
    ended_at = models.DateTimeField(_("ended"))
    removed = models.JSONField(
        _("rows removed"), default=dict, help_text=_("Rule: how many rows; only those that let something go")
    )

    class Meta:
        verbose_name = _("night of clearing")
        verbose_name_plural = _("nights of clearing")

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d}: {sum(self.removed.values())}"
