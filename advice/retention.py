"""What the library keeps: articles, about nobody."""

from advice.models import Article, Edition, Word
from partnership.retention import holds_nobody

holds_nobody(Article, Edition, Word)
