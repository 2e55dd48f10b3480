"""What people are given of their membership as a helper."""

from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from neighbours.models import BroughtHelper, Helper, HelperList, HelperListStep, HelperStep, ReplyCard
from partnership.people.activities import name_of
from partnership.people.own.sections import NothingGiven, Section, by_whom
from partnership.places.models import Household

# Staff read "how we reach the person"; the person reads this.
OWN_WORDS = {
    "channel": _("how we reach you"),
    "way": _("how we reach you"),
    "was_helper": _("whether you were a helper before"),
}


def _what(step: HelperStep) -> str:
    words = HelperStep.CORRECTED | OWN_WORDS
    corrected = [str(words[name]) for name in HelperStep.CORRECTED if name in (step.changed or {})]
    if corrected:
        return gettext("Corrected: %(what)s.") % {"what": ", ".join(corrected)}
    return capfirst(step.get_to_state_display())


SECTIONS = [
    Section(
        Helper,
        _("You as a neighbour helper"),
        lambda person: Helper.objects.filter(person=person).select_related("household__address"),
        shown={
            "state": pgettext_lazy("helper", "State"),
            "home": _("Address"),
            "medium": _("How you joined"),
            "was_helper": _("A helper before"),
            "heard_from": _("Where you heard of it"),
            "joined_at": _("Asked to join"),
            "confirmed_at": _("Confirmed on"),
            "invitation": _("Code of your invitation"),
            "asked_on": _("Asked whether you are still with us"),
            "left_at": _("Stopped on"),
        },
        read={"home": lambda row, person: row.home.address.label if row.home else ""},
        hidden=("submission", "household", "invited_by"),
    ),
    Section(
        HelperStep,
        _("What has happened since you joined"),
        lambda person: HelperStep.objects.filter(helper__person=person).order_by("-pk"),
        shown={"at": _("When"), "what": _("What"), "who": _("Who"), "medium": _("How"), "why": _("Why")},
        read={
            "what": lambda row, person: _what(row),
            "who": by_whom("by"),
        },
        hidden=("helper", "by", "submission"),
    ),
    Section(
        ReplyCard,
        _("Your reply cards"),
        lambda person: ReplyCard.objects.filter(helper__person=person).select_related("code").order_by("-pk"),
        shown={
            "made": _("Printed on"),
            "ends": _("Ends"),
            "day": _("Day of what you ticked"),
            "what": _("What you ticked"),
            "asks_for_another": _("You asked for a new card"),
            "noted_at": _("Typed in"),
            "who": _("Who"),
        },
        read={
            "made": lambda row, person: row.code.made_at,
            "ends": lambda row, person: row.code.ended_at or row.code.expires_at,
            "what": lambda row, person: ", ".join(name_of(kind) for kind in row.things),
            "who": by_whom("noted_by"),
        },
        hidden=("helper", "code", "made_by", "made_with", "noted_by", "noted_with", "things", "added"),
    ),
    Section(
        Household,
        _("Your home"),
        lambda person: Household.objects.filter(helpers__person=person).select_related("address", "area"),
        shown={"address": _("Address"), "area": _("Local area")},
    ),
    Section(
        BroughtHelper,
        _("The list by which you came"),
        lambda person: BroughtHelper.objects.filter(helper__person=person).select_related("helper_list"),
        shown={"added_at": _("When"), "source": _("Where we have your details from")},
        read={"added_at": lambda row, person: row.helper_list.added_at},
        hidden=("helper_list", "helper", "line"),
    ),
    Section(
        HelperListStep,
        _("Lists of helpers that you have brought in"),
        lambda person: HelperListStep.objects.filter(by=person).order_by("-pk"),
        shown={"at": _("When"), "what": _("What")},
        read={"what": lambda row, person: capfirst(row.get_to_state_display())},
        hidden=("helper_list", "by"),
    ),
]
NOT_GIVEN = [
    NothingGiven(
        HelperList,
        "for a day, what a file of staff says of people of whom nothing has been written down; who is written down "
        "from it is given that",
    ),
]
