"""The exact words that a helper consents to, on the screen and on the paper slip.

Two consents, as each is asked for by itself: to be a helper, whose address coordinators see, and to be shown to the
Naboven of the area, which nobody has to say yes to.
"""

from django.utils.translation import gettext as _

from partnership.fields.unbroken import unbroken
from partnership.places.models import Partnership

PURPOSE = "neighbours.helper"
SHOWN_TO_NABOVEN = "neighbours.shown_to_naboven"


def consent_text(partnership: Partnership) -> str:
    """Return the words in the active language. Any change makes a new wording; the old one stays stored."""
    return _(
        "I want to be a neighbour helper. %(name)s may keep my name and address, and my email address and telephone "
        "number if I give them, and may write to me about being a helper. Only coordinators and administrators see my "
        "address. I can leave at any time, on my own page or by calling %(phone)s."
    ) % {"name": partnership.name, "phone": unbroken(partnership.contact_phone)}


def shown_text(partnership: Partnership) -> str:
    """Return the words about the Naboven in the active language. Any change makes a new wording, as above."""
    return _(
        "If my area has a Naboven (local coordinator), the Naboven may see my name, and "
        "which of the three first things I have ticked, but not my address. I can be a "
        "neighbour helper without this, and can change my mind on my own page or by "
        "calling %(phone)s."
    ) % {"phone": unbroken(partnership.contact_phone)}
