"""The library: articles, their editions in each language, and the words that the search knows. Articles are shared by
all partnerships; no row here is about people.
"""

from functools import reduce
from operator import add

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Case, Q, When
from django.utils.translation import gettext_lazy as _

from advice.wordlists import CONFIGURATIONS

# The weight of each column in the search. Parts of compounds weigh as much as the text that they come from.
WEIGHTS = {"title": "A", "keywords": "B", "front_parts": "B", "summary": "C", "body_words": "D"}


class Topic(models.TextChoices):
    HOME = "home", _("Doors, windows and light")
    NEIGHBOURS = "neighbours", _("Together with the neighbours")
    HABITS = "habits", _("Everyday habits")
    AFTER = "after", _("After a burglary")
    FLATS = "flats", _("Flats and shared entrances")
    MARKING = "marking", _("Marking and valuables")


class Grade(models.TextChoices):
    STRONG = "strong", _("Strong association")
    PROMISING = "promising", _("Promising")
    MIXED = "mixed", _("Mixed results")
    NONE = "none", _("No effect found")
    PRACTICE = "practice", _("Common sense")


class Readers(models.TextChoices):
    OWNER = "owner", _("Homeowners")
    TENANT = "tenant", _("Tenants")
    BOTH = "both", _("Everyone, owner or tenant")


def _by_topic(path: str) -> Case:
    return Case(*(When(**{path: topic}, then=index) for index, topic in enumerate(Topic.values)))


class ArticleQuerySet(models.QuerySet):
    def in_order(self):
        """As the library shows them: by topic, then by each article's own number."""
        return self.order_by(_by_topic("topic"), "order", "slug")


class Article(models.Model):
    slug = models.SlugField(_("address"), unique=True, max_length=80)
    topic = models.CharField(_("topic"), max_length=12, choices=Topic)
    grade = models.CharField(_("how sure we are"), max_length=12, choices=Grade)
    who = models.CharField(_("for whom"), max_length=6, choices=Readers)
    minutes = models.PositiveSmallIntegerField(_("minutes it takes"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order in its topic"))
    reviewed_on = models.DateField(_("last reviewed on"))

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            models.CheckConstraint(condition=Q(topic__in=Topic.values), name="advice_article_topic_known"),
            models.CheckConstraint(condition=Q(grade__in=Grade.values), name="advice_article_grade_known"),
            models.CheckConstraint(condition=Q(who__in=Readers.values), name="advice_article_who_known"),
        ]

    def __str__(self) -> str:
        return self.slug


def _document_in(configuration: str):
    parts = [SearchVector(column, weight=weight, config=configuration) for column, weight in WEIGHTS.items()]
    return reduce(add, parts)


class Edition(models.Model):
    """An article in one language. Written by `actions.publishing` only, which keeps the index's columns up to date."""

    class Language(models.TextChoices):
        DANISH = "da", "Dansk"
        SWEDISH = "sv", "Svenska"
        ENGLISH = "en", "English"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="editions", verbose_name=_("article"))
    language = models.CharField(_("language"), max_length=2, choices=Language)
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(_("summary"), max_length=300)
    grade_note = models.TextField(_("why we are that sure"))
    price = models.CharField(_("price"), max_length=120, blank=True)
    keywords = models.CharField(_("other words people search for"), max_length=600)
    body = models.TextField(_("text (Markdown)"))
    sources = models.JSONField(_("sources"), default=list)
    file_digest = models.CharField(max_length=64, blank=True, editable=False)
    corrected_at = models.DateTimeField(_("corrected by staff at"), null=True, editable=False)
    # For the index: the text without Markdown, and the parts of compounds.
    front_parts = models.TextField(default="", editable=False)
    body_words = models.TextField(default="", editable=False)
    document = models.GeneratedField(
        expression=Case(
            *(When(language=code, then=_document_in(name)) for code, name in CONFIGURATIONS.items() if code != "en"),
            default=_document_in(CONFIGURATIONS["en"]),
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        indexes = [GinIndex(fields=["document"], name="advice_edition_document")]
        constraints = [
            models.UniqueConstraint(fields=["article", "language"], name="advice_one_edition_a_language"),
            models.CheckConstraint(
                condition=Q(language__in=list(CONFIGURATIONS)), name="advice_edition_language_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"

    @property
    def made_by_staff(self) -> bool:
        """No file holds it: staff wrote this translation in the administration."""
        return not self.file_digest


class Word(models.Model):
    """A word of some edition in this language, used to split compounds and to correct spelling."""

    language = models.CharField(max_length=2)
    word = models.CharField(max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="advice_word_once_a_language")]

    def __str__(self) -> str:
        return self.word
