"""The library for its pages: shelves by topic, and an article with those around it."""

from collections.abc import Iterable
from dataclasses import dataclass

from advice.articles import FIRST_LANGUAGE
from advice.models import Article, Edition, Readers, Topic
from advice.rendering import fill
from partnership.places.models import Partnership

# An enumeration makes a new list of its values each time that it is asked.
PLACES = {topic: place for place, topic in enumerate(Topic.values)}
HEAVY = ("body", "body_words", "front_parts", "document")


@dataclass(frozen=True)
class Card:
    edition: Edition
    summary: str


@dataclass(frozen=True)
class Shelf:
    topic: Topic
    cards: list[Card]


@dataclass(frozen=True)
class OpenArticle:
    edition: Edition
    previous: Edition | None
    next: Edition | None
    related: list[Edition]


def cards(editions: Iterable[Edition], numbers: tuple[str, str]) -> list[Card]:
    """Editions for display, with the partnership's telephone numbers in their summaries."""
    return [Card(edition, fill(edition.summary, numbers)) for edition in editions]


def shelves(language: str, numbers: tuple[str, str], who: str | None = None) -> list[Shelf]:
    """The library by topic in a reader's language (Danish if there is no translation), without empty shelves."""
    by_topic: dict[str, list[Edition]] = {}
    for edition in _for_reader(_in_order(language), who):
        by_topic.setdefault(edition.article.topic, []).append(edition)
    return [Shelf(Topic(topic), cards(found, numbers)) for topic, found in by_topic.items()]


def _in_order(language: str) -> list[Edition]:
    """One edition of each article, by topic: in this language, or in Danish where there is none."""
    editions = Edition.objects.filter(language__in=[language, FIRST_LANGUAGE]).select_related("article").defer(*HEAVY)
    best: dict[int, Edition] = {}
    for edition in editions:
        if edition.language == language or edition.article_id not in best:
            best[edition.article_id] = edition
    return sorted(best.values(), key=_order)


def _order(edition: Edition) -> tuple[int, int, str]:
    article = edition.article
    return PLACES[article.topic], article.order, article.slug


def _for_reader(editions: list[Edition], who: str | None) -> list[Edition]:
    """Those an owner or a tenant can use; all of them for anything else."""
    return [one for one in editions if who is None or one.article.who in (who, Readers.BOTH)]


def every_article(_partnership: Partnership) -> list[dict[str, str]]:
    """The arguments of each article's page; the library is the same in every partnership."""
    return [{"slug": slug} for slug in Article.objects.in_order().values_list("slug", flat=True)]


def topics_with_first(language: str) -> list[tuple[Topic, Edition]]:
    """Each topic with its first article, for a search that found nothing."""
    first: dict[str, Edition] = {}
    for edition in _in_order(language):
        first.setdefault(edition.article.topic, edition)
    return [(Topic(topic), edition) for topic, edition in first.items()]


def open_article(slug: str, language: str) -> OpenArticle | None:
    """An article in the reader's language with the ones before and after it, or None when there is none."""
    in_order = _in_order(language)
    index = next((index for index, edition in enumerate(in_order) if edition.article.slug == slug), None)
    if index is None:
        return None
    around = [None, *in_order, None]
    edition = Edition.objects.defer("body_words", "document").select_related("article").get(pk=in_order[index].pk)
    topic = [one for one in in_order if one.article.topic == edition.article.topic and one.pk != edition.pk]
    return OpenArticle(edition, previous=around[index], next=around[index + 2], related=topic)
