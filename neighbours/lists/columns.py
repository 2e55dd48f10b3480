"""The columns of a list of helpers, and the words that may stand in them, in the portal's languages.

Each text has one word or several with " | " between them, the first of which we print ourselves.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from neighbours.models import HeardFrom
from partnership.people.models import Medium


class Column(NamedTuple):
    """A column by its name in code, what it may be called, and an example of what stands in it. A file without one
    that is `needed` cannot be read.
    """

    name: str
    called: Promise
    example: Promise | str
    needed: bool = False

    @property
    def title(self) -> str:
        return first(self.called)


COLUMNS = (
    Column("name", _("Name | Full name"), "Vera Vestergaard", needed=True),
    Column("email", _("Email address"), "vera@example.com"),
    Column("phone", _("Telephone | Phone | Mobile"), "12 34 56 78"),
    Column("address", _("Road and number | Address | Street and number | Street"), _("Example Road 12"), needed=True),
    Column("postcode", _("Postcode | Post code | Postal code | Zip"), "8900", needed=True),
    Column("town", _("Town | City"), ""),
    # With a context: without one, the name of the language would be translated so everywhere.
    Column("language", _("Language"), pgettext_lazy("what an example in a list says", "English")),
    Column("was_helper", _("Helper before | Was a helper before | Member before"), _("no")),
    Column("heard_from", _("Heard of it | Heard of us | Where they heard of it"), _("neighbour")),
    Column("is_protected", _("Name and address protection | Protected"), _("no")),
    Column("source", _("Source | From where"), _("Meeting in the hall on 12 November"), needed=True),
    Column("said_on", _("Said yes on | Date of the yes | Date"), "2026-11-12", needed=True),
    Column("said_how", _("Said yes how | How"), _("on paper"), needed=True),
)
LANGUAGES: Mapping[str, Promise] = {
    "da": _("Danish | da"),
    "sv": _("Swedish | sv"),
    "en": _("English | en"),
}
MEDIA: Mapping[str, Promise] = {
    Medium.PAPER: _("on paper | paper | slip | letter | signed"),
    Medium.PHONE: _("by telephone | telephone | phone | call"),
    Medium.PERSON: _("in person | spoken | at a meeting | meeting"),
    Medium.EMAIL: _("by email"),
}
YES_OR_NO: Mapping[bool, Promise] = {True: _("yes | y | x | 1"), False: _("no | n | 0")}
HEARD: Mapping[str, Promise] = {
    HeardFrom.NEIGHBOUR: _("neighbour | friend | family"),
    HeardFrom.POSTER: _("poster | sign | leaflet"),
    HeardFrom.INVITATION: _("invitation"),
    HeardFrom.TALK: _("talk | meeting"),
    HeardFrom.NEWS: _("newspaper | radio | television"),
    HeardFrom.WEB: _("web | internet | social media | facebook"),
    HeardFrom.AUTHORITY: _("municipality | police"),
    HeardFrom.OTHER: _("other | something else"),
}
# What people call it in any language, as a column and as a medium. The portal has one word in each.
EMAIL = ("email", "e-mail", "mail", "mailadresse", "e-post", "epost", "mejl", "på mail", "med mejl")
ALSO: Mapping[Any, tuple[str, ...]] = {"email": EMAIL}
# By the column that they may stand in.
WORDS: Mapping[str, Mapping[Any, Promise]] = {
    "language": LANGUAGES,
    "was_helper": YES_OR_NO,
    "heard_from": HEARD,
    "is_protected": YES_OR_NO,
    "said_how": MEDIA,
}


def first(words: Promise | str) -> str:
    """Return the word that we print, in the active language."""
    return str(words).partition("|")[0].strip()


def column_called(written: str) -> str | None:
    """Return which column a file means, in any language and with any signs between the words; None if it is none."""
    return _columns().get(_plain(written))


def meant(column: str, written: str) -> Any:
    """Return what a cell of this column means, in any language; None if it is none of its words."""
    return _meanings(column).get(_plain(written))


def in_a_row(words: Iterable[Promise]) -> str:
    """Return the words that we print ourselves, to choose one of them."""
    return ", ".join(map(first, words))


@cache
def _columns() -> dict[str, str]:
    named = _in_each_language((column.name, column.called) for column in COLUMNS)
    return {**named, **{_plain(column.name): column.name for column in COLUMNS}}


@cache
def _meanings(column: str) -> dict[str, Any]:
    return _in_each_language(WORDS[column].items())


def _in_each_language(words: Iterable[tuple[Any, Promise]]) -> dict[str, Any]:
    found, pairs = dict[str, Any](), list(words)
    for code, _name in settings.LANGUAGES:
        with override(code):
            for meaning, called in pairs:
                written = (*str(called).split("|"), *ALSO.get(meaning, ()))
                found |= {_plain(one): meaning for one in written}
    return found


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold().replace("_", " ")))
