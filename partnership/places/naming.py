"""Names of places as they stand in addresses of pages."""

from django.utils.text import slugify

# Django's slugify drops ø and æ altogether, and Øster and Vester would both begin with st.
SPELT = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "é": "e", "ü": "y"})


def place_slug(name: str) -> str:
    """Return "oester-toerslev" for "Øster Tørslev"."""
    return slugify(name.lower().translate(SPELT))
