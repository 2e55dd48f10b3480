"""What an association has told us about its place and its guests, in words."""

from django.template.defaultfilters import capfirst, yesno
from django.utils.translation import gettext as _

from talks.models import Booking, TalkWish


def _words() -> dict[str, str]:
    """Return for each question the words for yes, no and not known."""
    return {
        "is_accessible": _("no steps,steps,steps: not known"),
        "has_projector": _("screen or projector,no screen,screen: not known"),
        "is_public": _("open to neighbours,members only,open to neighbours: not known"),
    }


def place_in_words(case: Booking | TalkWish) -> str:
    """Return what the place is like and who may come; what was not told is not known."""
    return capfirst(", ".join(str(yesno(getattr(case, name), words)) for name, words in _words().items()))


def told_anew(changed: dict[str, list]) -> str:
    """Return what the association has changed, from the step that says so."""
    names = {"place": _("where it is"), "note": _("the note")}
    answers = [str(yesno(changed[name][1], words)) for name, words in _words().items() if changed.get(name)]
    return ", ".join([*(words for name, words in names.items() if name in changed), *answers])
