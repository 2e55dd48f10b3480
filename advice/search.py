"""Finding articles in the reader's language: PostgreSQL handles inflections, our words compounds and misspellings."""

from dataclasses import dataclass, field
from functools import reduce
from operator import add, or_

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, IntegerField, When
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from advice.compounds import WORD, Lexicon, words_of
from advice.models import Edition, Word
from advice.rendering import fill
from advice.wordlists import CONFIGURATIONS

MOST_WORDS = 8
# Shorter beginnings match too many other words ("bil" begins "billede").
SHORTEST_BEGINNING = 4
# D, C, B, A: see models.WEIGHTS.
RANK_WEIGHTS = [0.1, 0.2, 0.5, 1.0]


@dataclass(frozen=True)
class Wanted:
    """One word of the reader's: any of these spellings will do, or else all the parts of the compound."""

    spellings: tuple[str, ...]
    parts: tuple[str, ...] = ()

    @property
    def exact(self) -> str:
        """The spellings as a query of PostgreSQL (`to_tsquery`)."""
        return " | ".join(self.spellings)

    @property
    def loose(self) -> str:
        """The same, with beginnings of longer words and the parts of the compound."""
        beginnings = [_beginning(word) for word in self.spellings]
        together = [f"({' & '.join(_beginning(part) for part in self.parts)})"] if self.parts else []
        return " | ".join([*beginnings, *together])

    @property
    def marks(self) -> tuple[str, ...]:
        """What to mark in a found text."""
        return self.spellings + self.parts


def _beginning(word: str) -> str:
    return f"{word}:*" if len(word) >= SHORTEST_BEGINNING else word


@dataclass(frozen=True)
class Hit:
    """An article that was found, with the reader's words marked."""

    edition: Edition
    title: SafeString
    summary: SafeString


@dataclass(frozen=True)
class Results:
    """What a search has found, the best first."""

    hits: list[Hit] = field(default_factory=list)
    # What was searched for instead, if the reader's spelling was not known.
    corrected: tuple[str, ...] = ()
    # No article has all of the reader's words; these have most of them.
    are_partial: bool = False


def lexicon_of(language: str) -> Lexicon:
    """Return the words of all texts in a language."""
    return Lexicon.of(language, Word.objects.filter(language=language).values_list("word", flat=True))


def understand(text: str, lexicon: Lexicon) -> tuple[tuple[Wanted, ...], tuple[str, ...]]:
    """What to look for, and the spellings we took instead of the reader's own."""
    wanted: list[Wanted] = []
    corrected: list[str] = []
    meant = dict.fromkeys(word for word in words_of(text) if not lexicon.is_small(word) and len(word) > 1)
    for word in list(meant)[:MOST_WORDS]:
        spellings = [word]
        parts = lexicon.split(word)
        if not (lexicon.knows(word) or parts or lexicon.has_beginning(word)):
            spellings = lexicon.spellings.closest(word) or lexicon.tail(word) or [word]
            corrected += [spelling for spelling in spellings if spelling != word][:1]
            parts = lexicon.split(spellings[0])
        base = lexicon.base(spellings[0])
        wanted.append(Wanted(tuple(dict.fromkeys([*spellings, base] if base else spellings)), tuple(parts)))
    return tuple(wanted), tuple(corrected)


def find(text: str, language: str, numbers: tuple[str, str]) -> Results:
    """The editions in a language that contain most of the reader's words, best first, with those words marked."""
    lexicon = lexicon_of(language)
    wanted, corrected = understand(text, lexicon)
    if not wanted:
        return Results()
    needles = _needles(wanted, lexicon)
    editions, words_found = _editions(wanted, language)
    hits = [
        Hit(edition, marked(edition.title, needles, lexicon), marked(fill(edition.summary, numbers), needles, lexicon))
        for edition in editions
    ]
    return Results(hits, corrected, are_partial=words_found < len(wanted))


def _editions(wanted: tuple[Wanted, ...], language: str) -> tuple[list[Edition], int]:
    """Return the editions with most of the words, and how many of them these have."""
    config = CONFIGURATIONS[language]
    loose = [SearchQuery(each.loose, config=config, search_type="raw") for each in wanted]
    exact = [SearchQuery(each.exact, config=config, search_type="raw") for each in wanted]
    found = [Case(When(document=query, then=1), default=0, output_field=IntegerField()) for query in loose]
    as_typed, somehow = (SearchRank(F("document"), reduce(or_, each), weights=RANK_WEIGHTS) for each in (exact, loose))
    editions = list(
        Edition.objects.filter(language=language, document=reduce(or_, loose))
        .annotate(words_found=reduce(add, found), rank=somehow + 2 * as_typed)
        .select_related("article")
        .defer("body", "body_words", "front_parts", "document")
        .order_by("-words_found", "-rank", "article__order", "article__slug")
    )
    most = editions[0].words_found if editions else 0
    return [edition for edition in editions if edition.words_found == most], most


def _needles(wanted: tuple[Wanted, ...], lexicon: Lexicon) -> frozenset[str]:
    return frozenset(lexicon.base(mark) or mark for each in wanted for mark in each.marks)


def marked(text: str, needles: frozenset[str], lexicon: Lexicon) -> SafeString:
    """The text, escaped, with `<mark>` around each word that the reader looked for or that contains it as a part."""
    pieces = []
    end = 0
    for match in WORD.finditer(text):
        if _is_hit(match[0].lower(), needles, lexicon):
            pieces += [escape(text[end : match.start()]), f"<mark>{escape(match[0])}</mark>"]
            end = match.end()
    return mark_safe("".join([*pieces, escape(text[end:])]))  # noqa: S308 - each piece is escaped


def _is_hit(word: str, needles: frozenset[str], lexicon: Lexicon) -> bool:
    forms = {word, lexicon.base(word) or word, *lexicon.split(word)}
    return any(
        form == needle or (len(needle) >= SHORTEST_BEGINNING and form.startswith(needle))
        for form in forms
        for needle in needles
    )
