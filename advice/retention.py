"""What the library stores: articles, not about people."""

from advice.models import Article, Edition, Word

ABOUT_NOBODY = [Article, Edition, Word]
