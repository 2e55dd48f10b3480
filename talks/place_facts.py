"""What an association has told us about its place and its guests, in words, and what it provides for the talk."""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from talks.models import Booking, TalkWish


def _questions() -> dict[str, tuple[str, str, str]]:
    """Return each question with what is answered to it: yes and no."""
    return {
        "is_accessible": (_("Way in without steps"), _("Yes"), _("No")),
        "has_projector": (_("Screen or projector"), _("Yes"), _("No")),
        "is_public": (_("Who may come"), _("Everybody who lives nearby"), _("Members only")),
    }


def online() -> str:
    """Return where an online talk is: the same on every page, in messages, in calendars and on paper."""
    return _("Online; the board gives the link to those who come")


def facts_of_place(case: Booking | TalkWish) -> list[tuple[str, str]]:
    """Return what the place is like and who may come, one fact each; what was not told is not known."""
    asked = {"is_public"} if case.about.is_online else {*_questions()}
    return [
        (label, _answer(getattr(case, name), yes, no))
        for name, (label, yes, no) in _questions().items()
        if name in asked
    ]


def _answer(told: bool | None, yes: str, no: str) -> str:
    return _("Not known") if told is None else yes if told else no


def steps_in_words(booking: Booking) -> str:
    """Return whether there are steps at the way in, for those who come; empty where we do not know."""
    if booking.about.is_online or booking.is_accessible is None:
        return ""
    return _("There is a way in without steps.") if booking.is_accessible else _("There are steps at the way in.")


def changed_in_words(changed: dict[str, list]) -> str:
    """Return what the association has changed, from the step that says so."""
    names = {"place": _("where it is"), "note": _("the note")}
    answers = [
        f"{label}: {_answer(changed[name][1], yes, no)}"
        for name, (label, yes, no) in _questions().items()
        if changed.get(name)
    ]
    written = get_text_list([words for name, words in names.items() if name in changed], _("and"))
    return "; ".join(filter(None, [written, *answers]))


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
    sentence = _("There is none: bring one with you. If you have none, call %(name)s, %(phone)s.")
    return sentence % case.partnership.call_us
