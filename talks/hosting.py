"""What an association provides for its talk, and what is said of a screen that it lacks."""

from django.utils.translation import gettext as _

from talks.models import Booking, TalkWish


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
        return _("None, as you told us. The speaker knows that and brings one.")
    call = {"name": case.partnership.contact_name, "phone": case.partnership.contact_phone}
    return _("There is none: bring one with you. If you have none, call %(name)s, %(phone)s.") % call
