"""Publishing articles, from the library's files or by staff; the search index is always updated with the text."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

from django.db import connection, transaction

from advice.articles import LANGUAGES, ArticleText, EditionText
from advice.compounds import Lexicon, words_of
from advice.models import Article, Edition, Word
from advice.rendering import plain_text

LONGEST_WORD = 100
INDEX_COLUMNS = ["front_parts", "body_words"]
# Any number will do, as long as nobody else in this database uses it for an advisory lock.
PUBLISHING_LOCK = 7_300_880


@dataclass
class Changes:
    """What a load did, each as "slug/language"."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


@transaction.atomic
def publish_library(*, articles: Iterable[ArticleText], replace_corrected: bool = False) -> Changes:
    """Make the library contain exactly these articles, and return what changed. An edition that staff have corrected
    stays as it is, unless `replace_corrected`. Articles and editions that are not given are deleted, except a
    translation that staff wrote themselves. Loading the same files again writes nothing.
    """
    _one_at_a_time()
    articles = list(articles)
    changes = Changes()
    touched: set[str] = set()
    for given in articles:
        article = _write_article(given)
        for language, text in given.editions.items():
            touched |= _write_edition(article, language, text, replace_corrected, changes)
    touched |= _withdraw_others(articles, changes)
    for language in sorted(touched):
        _index(language)
    return changes


def _write_article(given: ArticleText) -> Article:
    values = next(iter(given.editions.values())).shared
    article = Article.objects.filter(slug=given.slug).first() or Article(slug=given.slug)
    if article.pk is None or any(getattr(article, name) != value for name, value in values.items()):
        Article.objects.update_or_create(slug=given.slug, defaults=values)
        article = Article.objects.get(slug=given.slug)
    return article


def _write_edition(
    article: Article, language: str, text: EditionText, replace_corrected: bool, changes: Changes
) -> set[str]:
    """Write one edition if its file has changed since it was last loaded; return the languages to index again."""
    name = f"{article.slug}/{language}"
    digest = hashlib.sha256(repr(text).encode()).hexdigest()
    before = Edition.objects.filter(article=article, language=language).first()
    corrected = before is not None and before.corrected_at is not None
    if before and before.file_digest == digest and not (corrected and replace_corrected):
        changes.unchanged.append(name)
        return set()
    if corrected and not replace_corrected:
        changes.kept.append(name)
        return set()
    values = {key: getattr(text, key) for key in ("title", "summary", "grade_note", "price", "keywords", "body")}
    values |= {"sources": [asdict(source) for source in text.sources], "file_digest": digest, "corrected_at": None}
    Edition.objects.update_or_create(article=article, language=language, defaults=values)
    (changes.changed if before else changes.added).append(name)
    return {language}


def _withdraw_others(articles: list[ArticleText], changes: Changes) -> set[str]:
    slugs = {article.slug for article in articles}
    given = {(article.slug, language) for article in articles for language in article.editions}
    gone = [
        edition
        for edition in Edition.objects.select_related("article").order_by("article__slug", "language")
        if (edition.article.slug, edition.language) not in given
        and not (edition.made_by_staff and edition.article.slug in slugs)
    ]
    changes.withdrawn += [f"{edition.article.slug}/{edition.language}" for edition in gone]
    Edition.objects.filter(pk__in=[edition.pk for edition in gone]).delete()
    Article.objects.exclude(slug__in=slugs).delete()
    return {edition.language for edition in gone}


@transaction.atomic
def correct_edition(*, edition: Edition, values: Mapping[str, object], now: dt.datetime) -> Edition:
    """Save an edition (new or old) that staff have changed; later loads do not change it."""
    _one_at_a_time()
    before = Edition.objects.filter(pk=edition.pk).values_list("language", flat=True).first()
    for name, value in values.items():
        setattr(edition, name, value)
    edition.corrected_at = now
    if edition.pk is None:
        Edition.objects.bulk_create([edition])
    else:
        edition.save(update_fields=[*values, "corrected_at"])
    for language in {edition.language, before or edition.language}:
        _index(language)
    edition.refresh_from_db()
    return edition


def _one_at_a_time() -> None:
    # Two loads at once would each index without the other's words.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISHING_LOCK])


def _index(language: str) -> None:
    """Collect the language's words again, and split the compounds of all its editions. All of them, because a new word
    in one article can split a compound in another.
    """
    assert language in LANGUAGES
    editions = list(Edition.objects.filter(language=language))
    plain = {edition.pk: plain_text(edition.body) for edition in editions}
    words = {
        word[:LONGEST_WORD]
        for edition in editions
        for text in (edition.title, edition.summary, edition.keywords, plain[edition.pk])
        for word in words_of(text)
    }
    known = set(Word.objects.filter(language=language).values_list("word", flat=True))
    Word.objects.filter(language=language, word__in=known - words).delete()
    Word.objects.bulk_create(Word(language=language, word=word) for word in sorted(words - known))
    lexicon = Lexicon.of(language, words)
    for edition in editions:
        edition.front_parts = " ".join(lexicon.parts_in(f"{edition.title} {edition.keywords}"))
        body_parts = lexicon.parts_in(f"{edition.summary} {plain[edition.pk]}")
        edition.body_words = f"{plain[edition.pk]}\n{' '.join(body_parts)}"
    Edition.objects.bulk_update(editions, INDEX_COLUMNS)
