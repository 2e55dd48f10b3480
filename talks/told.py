"""What an association has told us about its place and its guests, in words, and what it provides for the talk."""

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


def lacks_screen(case: Booking | TalkWish) -> bool:
    """Return whether the talk needs a screen, and the association has told us that there is none."""
    return case.has_projector is False and case.about.without_screen is not None


def provided(case: Booking | TalkWish) -> str:
    """Return what the association provides; no screen if it has told us that there is none."""
    return str(case.about.without_screen if lacks_screen(case) else case.about.host_provides)


def no_screen(case: Booking | TalkWish, *, for_speaker: bool) -> str:
    """Return who brings the missing screen, for its reader; empty where none is missing."""
    if not lacks_screen(case):
        return ""
    if not for_speaker:
        return _("None, as you told us. We have asked the speaker to bring one.")
    call = {"name": case.partnership.contact_name, "phone": case.partnership.contact_phone}
    return _("There is none: bring one with you. If you have none, call %(name)s, %(phone)s.") % call
