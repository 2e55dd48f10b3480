"""What the library keeps: articles, about nobody."""

from advice.models import Article, Edition, Word

ABOUT_NOBODY = [Article, Edition, Word]
