"""The exact words that a helper consents to, on the screen and on the paper slip.

Two consents, as each is asked for by itself: to be a helper, whose address coordinators see, and to be shown to the
Naboven of the area, which nobody has to say yes to.
"""

from typing import NamedTuple

from django.utils.translation import gettext as _

from partnership.places.models import Partnership

PURPOSE = "neighbours.helper"
SHOWN_TO_NABOVEN = "neighbours.shown_to_naboven"


class Consent(NamedTuple):
    """The words of one consent: beside its box, and what the form opens on request. Both are read, signed and stored as
    one text; any change makes a new wording, and the old one stays stored.
    """

    short: str
    more: str

    @property
    def text(self) -> str:
        return f"{self.short} {self.more}"


def to_be_helper(partnership: Partnership, *, on_paper: bool = False) -> Consent:
    """Return the words in the active language. The slip and the call ask for email and telephone, which may both stay
    empty; the form on the web asks for no telephone, which somebody may add later.
    """
    here = {"name": partnership.name, "phone": partnership.in_groups(partnership.contact_phone)}
    short = _(
        "I want to be a neighbour helper. %(name)s may keep my name, my address and my email address, and a telephone "
        "number if I add one on my page, and write to me about it. I can leave at any time."
    )
    if on_paper:
        short = _(
            "I want to be a neighbour helper. %(name)s may keep my name and address, and my email address and "
            "telephone number if I give them, and write to me about it. I can leave at any time."
        )
    more = _("Only coordinators and administrators see my address. I leave on my own page or by calling %(phone)s.")
    return Consent(short % here, more % here)


def to_be_shown(partnership: Partnership) -> Consent:
    """Return the words about being seen by the local contact person, in the active language."""
    short = _(
        "Optional: my local contact person may see my name, and which of the first three things I have ticked, but not "
        "my address."
    )
    more = _(
        "This counts only if my area has a local contact person. I can be a neighbour helper without it, and can "
        "change my mind on my own page or by calling %(phone)s."
    )
    return Consent(short, more % {"phone": partnership.in_groups(partnership.contact_phone)})


def consent_text(partnership: Partnership, *, on_paper: bool = False) -> str:
    """Return the words of the consent to be a helper, in the active language, as they are stored; those of the slip, or
    of the form on the web.
    """
    return to_be_helper(partnership, on_paper=on_paper).text


def shown_text(partnership: Partnership) -> str:
    """Return the words about being seen by the local contact person, in the active language, as they are stored."""
    return to_be_shown(partnership).text
