"""Names of places as they are written in URLs."""

from django.utils.text import slugify

from written.folding import SPELT_OUT, table

# Django's slugify drops ø and æ altogether, and Øster and Vester would both begin with st.
_LETTERS = table(SPELT_OUT, é="e", ü="y")


def place_slug(name: str) -> str:
    """Return "oester-toerslev" for "Øster Tørslev"."""
    return slugify(name.lower().translate(_LETTERS))
