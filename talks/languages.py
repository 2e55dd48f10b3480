"""The languages that talks are given in."""

from django.utils.text import get_text_list
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partnership.fields.printed_languages import name_of
from partnership.places.models import Partnership
from talks.models import Booking, Speaker, TalkWish

# Codes to choose from in the administration; others that are stored already stay.
SPOKEN = ("da", "sv", "en", "de", "ar", "fa", "pl", "so", "tr", "uk")


def language_of_talk(booking: Booking) -> str:
    """Return the language of a talk's poster: its partnership's, or the first other one of the portal's that the
    speaker gives talks in.
    """
    own, spoken = booking.partnership.language, booking.speaker.languages if booking.speaker else []
    if not spoken or own in spoken:
        return own
    return next((code for code in spoken if code in booking.partnership.languages), own)


def given_in(booking: Booking, reads: str) -> str:
    """Return in which language the talk is, as a sentence to whoever reads in the language `reads`; "" if it is the
    partnership's own, and theirs.
    """
    language = language_of_talk(booking)
    if language == booking.partnership.language == reads:
        return ""
    return _("The talk is given in %(language)s.") % {"language": name_of(language)}


def printed_in(booking: Booking) -> str:
    """Return in which language poster and leaflets are, as a sentence; "" if it is the one that is read now."""
    language = language_of_talk(booking)
    if language == get_language():
        return ""
    return _("Poster and leaflets are in %(language)s, like the talk.") % {"language": name_of(language)}


def spoken_by(speaker: Speaker, partnership: Partnership) -> str:
    """Return the languages that a speaker can give a talk in, "Danish or English"; "" if it is only the partnership's
    own, and the one that is read now.
    """
    codes = _codes(speaker, partnership)
    return "" if codes == [partnership.language] == [get_language()] else _joined(codes)


def spoken_instead(speaker: Speaker, case: Booking | TalkWish) -> str:
    """Return the languages in which a talk could be given by this speaker, as `spoken_by`; also if it is only the
    partnership's own, and the chair reads another, or the talk could be given in another until now.
    """
    codes = _codes(speaker, case.partnership)
    wanted = {case.association.chair.language} if case.association.chair else set()
    if isinstance(case, Booking) and case.speaker:
        wanted |= {*_codes(case.speaker, case.partnership)}
    return spoken_by(speaker, case.partnership) if wanted <= {*codes} else _joined(codes)


def _codes(speaker: Speaker, partnership: Partnership) -> list[str]:
    return speaker.languages or [partnership.language]


def _joined(codes: list[str]) -> str:
    return get_text_list([*map(name_of, codes)], _("or"))
