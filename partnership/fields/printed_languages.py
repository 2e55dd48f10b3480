"""Languages as the reader's language writes them."""

from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _


def name_of(code: str) -> str:
    """Return a language in the active language, as it is written within a sentence; an unknown code unchanged."""
    if code == "so":
        return _("Somali")  # the portal itself is in no such language, so Django has no name for it
    try:
        name = str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
    return name if get_language() == "en" else name.lower()
