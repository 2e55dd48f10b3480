"""Lists of neighbour helpers that staff bring in from a file, and who has come by which."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from neighbours.models.membership import Helper
from partnership.cases import Case, Step, Transitions
from partnership.places.models import Partnership

# Until then a list can be taken back, and lines of its file are kept that nobody has been written down from.
UNDONE_WITHIN = dt.timedelta(days=1)
# That a list was brought in, once nobody of it is here any more.
LIST_KEPT = dt.timedelta(days=365)


class HelperListQuerySet(models.QuerySet["HelperList"]):
    def abandoned(self, now: dt.datetime) -> "HelperListQuerySet":
        """Return those that were only read, and not added in time."""
        return self.filter(state=HelperList.State.READ, read_at__lte=now - UNDONE_WITHIN)

    def with_old_lines(self, now: dt.datetime) -> "HelperListQuerySet":
        """Return those with lines of the file that nobody needs any more."""
        return self.exclude(state=HelperList.State.READ).exclude(lines=[]).filter(read_at__lte=now - UNDONE_WITHIN)

    def without_helpers(self, now: dt.datetime) -> "HelperListQuerySet":
        """Return those of a year ago of which nobody is here any more."""
        return self.filter(read_at__lte=now - LIST_KEPT, brought__isnull=True)


class HelperList(Case):
    """A file of neighbour helpers: read and shown to the reader, then added, and perhaps taken back. What the file says
    of people is in `lines` for a day at most; who was added is a helper like any other.
    """

    class State(models.TextChoices):
        READ = "read", _("file read")
        ADDED = "added", _("added")
        TAKEN_BACK = "taken_back", _("taken back")

    TRANSITIONS = Transitions(
        State, {"": [State.READ], State.READ: [State.ADDED], State.ADDED: [State.TAKEN_BACK], State.TAKEN_BACK: []}
    )

    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.CASCADE, related_name="helper_lists"
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.READ)
    submission = models.UUIDField(editable=False, help_text=_("Drawn with the form: a double click counts once"))
    read_at = models.DateTimeField(_("read on"))
    added_at = models.DateTimeField(_("added on"), null=True, blank=True)
    # What the press did, as its page said it: later the helpers themselves are counted.
    added = models.PositiveIntegerField(_("helpers added"), null=True, blank=True)
    removed = models.PositiveIntegerField(_("helpers removed again"), null=True, blank=True)
    lines = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text=_("Lines of the file that nobody has been written down from; emptied at night"),
    )

    objects = HelperListQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of helpers from a file")
        verbose_name_plural = _("lists of helpers from files")
        constraints = [
            models.UniqueConstraint(fields=["partnership", "submission"], name="helper_list_read_once"),
            models.CheckConstraint(
                condition=Q(state="read", added_at__isnull=True, added__isnull=True, removed__isnull=True)
                | Q(state="added", added_at__isnull=False, added__isnull=False, removed__isnull=True)
                | Q(state="taken_back", added_at__isnull=False, added__isnull=False, removed__isnull=False),
                name="helper_list_state_has_its_numbers",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partnership.short_name} {self.read_at:%Y-%m-%d}: {self.get_state_display()}"

    @property
    def is_read(self) -> bool:
        return self.state == self.State.READ

    @property
    def is_added(self) -> bool:
        return self.state == self.State.ADDED

    @property
    def undone_until(self) -> dt.datetime | None:
        """When the day ends within which the list can be taken back; None if it is not added."""
        return self.added_at + UNDONE_WITHIN if self.added_at and self.is_added else None

    def may_be_undone(self, now: dt.datetime) -> bool:
        """Return whether the list is added, and its day has not ended."""
        return self.undone_until is not None and now < self.undone_until


class HelperListStep(Step):
    """One step of a list: who of the staff read, added and took it back, and when."""

    TRANSITIONS = HelperList.TRANSITIONS

    helper_list = models.ForeignKey(HelperList, on_delete=models.CASCADE, related_name="steps")

    class Meta(Step.Meta):
        constraints = HelperList.TRANSITIONS.constraints("helper_list_step", case="helper_list")


class BroughtHelper(models.Model):
    """That a helper came by a list, and where whoever made it had their details from. When and how they said yes stands
    in their consent.
    """

    helper_list = models.ForeignKey(
        HelperList, verbose_name=_("list"), on_delete=models.CASCADE, related_name="brought"
    )
    helper = models.OneToOneField(
        Helper, verbose_name=_("neighbour helper"), on_delete=models.CASCADE, related_name="brought_by"
    )
    line = models.PositiveIntegerField(_("line of the file"))
    source = models.CharField(_("where the details are from"), max_length=200)

    class Meta:
        verbose_name = _("helper from a list")
        verbose_name_plural = _("helpers from lists")

    def __str__(self) -> str:
        return f"{self.helper_id}: {self.line}"
