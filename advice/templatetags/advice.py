"""What cards of articles say beneath."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext

from advice.models import Article

register = template.Library()


@register.filter
def facts(article: Article) -> SafeString:
    """Return how sure we are and how long it takes, in the reader's language, whatever the article's is."""
    language, minutes = get_language(), article.minutes
    grade = format_html(
        '<span class="advice-grade advice-grade-{}" lang="{}">{}</span>',
        article.grade,
        language,
        article.get_grade_display(),
    )
    if not minutes:
        return grade
    words = ngettext("%(minutes)s minute", "%(minutes)s minutes", minutes) % {"minutes": minutes}
    return format_html('{} <span lang="{}">{}</span>', grade, language, words)
