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


def to_be_helper(partnership: Partnership) -> Consent:
    """Return the words in the active language."""
    here = {"name": partnership.name, "phone": partnership.in_groups(partnership.contact_phone)}
    short = _(
        "I want to be a neighbour helper. %(name)s may keep my name and address, and my email address and telephone "
        "number if I give them, and write to me about it. I can leave at any time."
    )
    more = _("Only coordinators and administrators see my address. I leave on my own page or by calling %(phone)s.")
    return Consent(short % here, more % here)


def to_be_shown(partnership: Partnership) -> Consent:
    """Return the words about the Naboven in the active language."""
    short = _(
        "Optional: my Naboven may see my name, and which of the first three things I have ticked, but not my address."
    )
    more = _(
        "This counts only if my area has a Naboven (local contact person). I can be a neighbour helper without it, and "
        "can change my mind on my own page or by calling %(phone)s."
    )
    return Consent(short, more % {"phone": partnership.in_groups(partnership.contact_phone)})


def consent_text(partnership: Partnership) -> str:
    return to_be_helper(partnership).text


def shown_text(partnership: Partnership) -> str:
    return to_be_shown(partnership).text
