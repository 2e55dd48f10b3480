"""What cards of articles say below."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext

from advice.models import Article, Grade

register = template.Library()


@register.filter
def facts(article: Article) -> SafeString:
    """Return how sure we are and how long it takes, in the reader's language, whatever the article's is."""
    grade, language, minutes = Grade(article.grade), get_language(), article.minutes
    drawn = f'<span class="advice-grade advice-grade-{grade}" lang="{language}">{escape(grade.label)}</span>'
    if minutes:
        words = ngettext("%(minutes)s minute", "%(minutes)s minutes", minutes) % {"minutes": minutes}
        drawn += f' <span lang="{language}">{escape(words)}</span>'
    return mark_safe(drawn)  # noqa: S308 - the words are escaped above
