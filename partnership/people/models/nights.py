"""Records of the nightly tasks."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NightlyRun(models.Model):
    """The last night for which a nightly task has done its work, so that a missed night is caught up."""

    task = models.CharField(max_length=60, unique=True)
    night = models.DateField()
    claimed_until = models.DateTimeField(null=True, blank=True, help_text=_("While somebody is at it"))

    def __str__(self) -> str:
        return f"{self.task} {self.night}"


class RetentionRun(models.Model):
    """How many rows of each model one night deleted, by the rules of `partnership.retention`."""

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
