"""What a profile says about its partnership: who does what, the agreement in short, goals, whom to ask, and what to
know of its figures.

Each text is a dictionary with one text for each of the partnership's languages, or one text in its own language.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from partnership.fields.tables import is_hidden
from partnership.places.models import Partnership

Words = str | dict[str, str]
LISTS = {"agreement", "goals", "contacts", "remarks"}
PARTS = LISTS | {"press", "agreed_in"}
# Where a remark stands: below the chart of years, or on the progress page under a heading.
PLACES = {"years", "progress"}
WAYS = {"name", "email", "phone"}


@dataclass(frozen=True)
class TextInLanguage:
    """A text, and its language, which may not be the page's."""

    text: str
    language: str


@dataclass(frozen=True)
class Partner:
    name: str
    url: str
    role: TextInLanguage


@dataclass(frozen=True)
class Aim:
    """A goal of the agreement, with its year if one is named, and whether the portal has figures for it."""

    words: TextInLanguage
    year: int | None
    has_figures: bool


@dataclass(frozen=True)
class Contact:
    """Whom to ask about what; "" for what is not known."""

    about: TextInLanguage | None
    name: str
    email: str
    phone: str


@dataclass(frozen=True)
class Source:
    """Where something was read; "" if there is no page to lead to."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Remark:
    """What a reader must know about the figures of this place, and where it was read."""

    beside: str
    title: TextInLanguage | None
    paragraphs: list[TextInLanguage]
    sources: list[Source]


@dataclass(frozen=True)
class About:
    partners: list[Partner]
    agreement: list[TextInLanguage]
    goals: list[Aim]
    contacts: list[Contact]
    press: Contact | None
    remarks: list[Remark]
    # The year of the agreement, where no source names its day.
    agreed_in: int | None


def about(partnership: Partnership, language: str) -> About:
    """Return what the profile says, in `language`."""
    known, own = partnership.about, partnership.language

    def in_language(words: Words) -> TextInLanguage:
        if isinstance(words, str):
            return TextInLanguage(words, own)
        return TextInLanguage(words[language], language) if language in words else TextInLanguage(words[own], own)

    def contact(one: dict[str, Any]) -> Contact:
        of_what = in_language(one["about"]) if "about" in one else None
        return Contact(of_what, *(one.get(way, "") for way in ("name", "email", "phone")))

    def remark(one: dict[str, Any]) -> Remark:
        title = in_language(one["title"]) if "title" in one else None
        return Remark(one["beside"], title, [in_language(words) for words in one["paragraphs"]], _sources(one))

    return About(
        [Partner(one["name"], one.get("url", ""), in_language(one["role"])) for one in partnership.partners],
        [in_language(words) for words in known.get("agreement", [])],
        [
            Aim(in_language(one["words"]), one.get("year"), one.get("has_figures", True))
            for one in known.get("goals", [])
        ],
        [contact(one) for one in known.get("contacts", [])],
        contact(known["press"]) if "press" in known else None,
        [remark(one) for one in known.get("remarks", [])],
        known.get("agreed_in"),
    )


def is_about(value: Any, languages: Any) -> bool:
    """Whether a profile's `about` can be shown in each of these languages."""
    return (
        isinstance(value, dict)
        and set(value) <= PARTS
        and all(isinstance(value.get(part, []), list) for part in LISTS)
        and all(are_words(one, languages) for one in value.get("agreement", []))
        and all(_is_aim(one, languages) for one in value.get("goals", []))
        and all(_is_contact(one, languages, {"about"}) for one in value.get("contacts", []))
        and all(_is_remark(one, languages) for one in value.get("remarks", []))
        and type(value.get("agreed_in", 2000)) is int
        and ("press" not in value or _is_contact(value["press"], languages, set()))
    )


def are_words(value: Any, languages: Any) -> bool:
    """Whether this is a text, or one in each of these languages."""
    if isinstance(value, dict):
        is_known = isinstance(languages, list) and all(map(_is_text, languages))
        return is_known and set(value) == {*languages} and all(map(_is_text, value.values()))
    return _is_text(value)


def _is_aim(one: Any, languages: Any) -> bool:
    if not isinstance(one, dict) or not {"words"} <= set(one) <= {"words", "year", "has_figures"}:
        return False
    kinds = type(one.get("year", 2000)) is int and type(one.get("has_figures", True)) is bool
    return kinds and are_words(one["words"], languages)


def _is_remark(one: Any, languages: Any) -> bool:
    if not isinstance(one, dict) or one.get("beside") not in PLACES:
        return False
    title = {"title"} if one["beside"] == "progress" else set()
    if set(one) != {"beside", "paragraphs", "source"} | title or not isinstance(one["paragraphs"], list):
        return False
    words = [one[key] for key in title] + one["paragraphs"]
    return all(are_words(each, languages) for each in words) and _are_sources(one["source"])


def _sources(one: dict[str, Any]) -> list[Source]:
    """Return the sources of a remark: a text, or names, each with the page that shows the figure, if there is one. A
    front page shows nobody what was published, and is no link.
    """
    if isinstance(one["source"], str):
        return [Source(one["source"])]
    return [Source(each["name"], _page(each.get("url", ""))) for each in one["source"]]


def _page(url: str) -> str:
    address = urlsplit(url)
    return url if address.path.strip("/") or address.query else ""


def _are_sources(value: Any) -> bool:
    if not isinstance(value, list):
        return _is_text(value)
    return bool(value) and all(
        isinstance(one, dict)
        and {"name"} <= set(one) <= {"name", "url"}
        and all(map(_is_text, one.values()))
        and one.get("url", "https://").startswith("https://")
        for one in value
    )


def _is_contact(one: Any, languages: Any, more: set[str]) -> bool:
    if not isinstance(one, dict) or not {"name", *more} <= set(one) <= WAYS | more:
        return False
    return all(are_words(one[key], languages) if key in more else _is_text(one[key]) for key in one)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value) and not is_hidden(value)
