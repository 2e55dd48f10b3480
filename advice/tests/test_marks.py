"""Found words are marked, and the rest of the text stays text."""

from advice.compounds import Lexicon
from advice.search import marked


def test_found_words_are_marked_and_all_else_is_escaped() -> None:
    lexicon = Lexicon.of("da", ["lås", "dør"])
    assert marked("Lås <døren> & brug låsene", frozenset({"lås"}), lexicon) == (
        "<mark>Lås</mark> &lt;døren&gt; &amp; brug <mark>låsene</mark>"
    )
    assert marked("<intet>", frozenset({"lås"}), lexicon) == "&lt;intet&gt;"
