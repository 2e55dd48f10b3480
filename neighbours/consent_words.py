"""The exact words that a helper consents to, on the screen and on the paper slip."""

from django.utils.translation import gettext as _

from partnership.fields.unbroken import unbroken
from partnership.places.models import Partnership

PURPOSE = "neighbours.helper"


def consent_text(partnership: Partnership) -> str:
    """Return the words in the active language. Any change makes a new wording; the old one stays stored."""
    return _(
        "I want to be a neighbour helper. %(name)s may keep my name and address, and my e-mail address and telephone "
        "number if I give them, and may write to me about being a helper. Only coordinators and administrators see my "
        "address. If my area has a Naboven, they see my name, and which of the three first things I have ticked. I can "
        "leave at any time, on my own page or by calling %(phone)s."
    ) % {"name": partnership.name, "phone": unbroken(partnership.contact_phone)}
