"""Speakers, when they are available, and how far they travel."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnership import clock
from partnership.fields.printed_days import hours_in_words
from partnership.people.models import User
from partnership.places.models import Area, Partnership


class Speaker(models.Model):
    """Somebody from the corps or the police who gives talks."""

    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.CASCADE, related_name="speakers"
    )
    person = models.ForeignKey(User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="speaking_as")
    formats = models.JSONField(
        _("talks that are given"), default=list, help_text=_("Keys of the talks that this person gives")
    )
    languages = models.JSONField(
        _("languages"), default=list, blank=True, help_text=_("Codes; empty: the partnership’s own language")
    )
    home_area = models.ForeignKey(
        Area,
        verbose_name=_("home area"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Where the speaker sets out from"),
    )
    radius_km = models.PositiveSmallIntegerField(
        _("radius in km"),
        null=True,
        blank=True,
        help_text=_("How far the speaker goes, in a straight line; empty: the whole municipality"),
    )
    areas = models.ManyToManyField(
        Area,
        verbose_name=_("areas"),
        blank=True,
        related_name="+",
        help_text=_("Where the speaker gives talks; empty: everywhere"),
    )
    substitutes = models.ManyToManyField(
        "self",
        verbose_name=_("substitutes"),
        blank=True,
        symmetrical=False,
        related_name="+",
        help_text=_("Whose evenings are offered first when this speaker cannot come"),
    )
    is_active = models.BooleanField(_("gives talks now"), default=True)

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        constraints = [models.UniqueConstraint(fields=["partnership", "person"], name="speaker_once_in_a_partnership")]

    def __str__(self) -> str:
        return self.person.name

    def gives_format(self, format_key: str) -> bool:
        """Return whether the speaker gives talks of this format."""
        return format_key in self.formats

    def goes_to(self, area: Area | None) -> bool:
        """Return whether an area is among the speaker's own, if they have some, and within their radius; True if home,
        radius or area's position is unknown. For many speakers, prefetch their areas.
        """
        if area is None:
            return True
        own = self.areas.all()
        if own and area not in own:
            return False
        if self.home_area is None or self.radius_km is None:
            return True
        return self.home_area.kilometres_to(area) <= self.radius_km


class WeeklyPattern(models.Model):
    """The same slot every week, or every second: "Tuesdays from 19 to 21"."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, pgettext_lazy("weekday on its own", "Monday")
        TUESDAY = 1, pgettext_lazy("weekday on its own", "Tuesday")
        WEDNESDAY = 2, pgettext_lazy("weekday on its own", "Wednesday")
        THURSDAY = 3, pgettext_lazy("weekday on its own", "Thursday")
        FRIDAY = 4, pgettext_lazy("weekday on its own", "Friday")
        SATURDAY = 5, pgettext_lazy("weekday on its own", "Saturday")
        SUNDAY = 6, pgettext_lazy("weekday on its own", "Sunday")

    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="patterns")
    weekday = models.PositiveSmallIntegerField(choices=Weekday.choices)
    starts = models.TimeField(help_text=_("On the wall of the partnership"))
    ends = models.TimeField()
    every_weeks = models.PositiveSmallIntegerField(default=1, help_text=_("2: every second week, from the first"))
    first_on = models.DateField()
    last_on = models.DateField(null=True, blank=True)
    also_holidays = models.BooleanField(default=False, help_text=_("Offer public holidays too"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="pattern_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="pattern_on_a_day_of_the_week"),
            models.CheckConstraint(condition=Q(every_weeks__gte=1, every_weeks__lte=8), name="pattern_repeats"),
            models.UniqueConstraint(fields=["speaker", "weekday", "starts", "first_on"], name="pattern_given_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.hours}"

    @property
    def hours(self) -> str:
        return hours_in_words(self.starts, self.ends)


class DaysAwayQuerySet(models.QuerySet["DaysAway"]):
    def covering(self, speaker: Speaker | None, moment: dt.datetime) -> "DaysAwayQuerySet":
        """Return those of a speaker that include the local day of this moment."""
        if speaker is None:
            return self.none()
        day = clock.local(moment, speaker.partnership.zone).date()
        return self.filter(speaker=speaker, first_on__lte=day, last_on__gte=day)


class DaysAway(models.Model):
    """Days on which a speaker can be asked for no evening. The reason is not stored."""

    speaker = models.ForeignKey(Speaker, on_delete=models.CASCADE, related_name="days_away")
    first_on = models.DateField()
    last_on = models.DateField()

    objects = DaysAwayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="days_away_end_after_they_start"),
            models.UniqueConstraint(fields=["speaker", "first_on", "last_on"], name="days_away_said_once"),
        ]

    def __str__(self) -> str:
        return f"{self.speaker} {self.first_on}–{self.last_on}"

    def covers(self, day: dt.date) -> bool:
        """Return whether the speaker is away on this local day."""
        return self.first_on <= day <= self.last_on
