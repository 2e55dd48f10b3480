"""The pages that search engines should find; rooms add theirs."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from partnership.places.models import Partnership
from partnership.registers import Register

Arguments = Mapping[str, str]
# The name of a URL, and its arguments.
Page = tuple[str, Arguments]


def one_page(_partnership: Partnership) -> Iterable[Arguments]:
    """Return no arguments: the URL is one page."""
    return [{}]


@dataclass(frozen=True)
class SitemapEntry:
    """A URL that search engines should find, with the arguments of each of its pages in a partnership."""

    url_name: str
    pages: Callable[[Partnership], Iterable[Arguments]] = one_page


# The URL name of the picture that a preview of a link to a page shows.
pictures: Register[str] = Register("pictures in previews of links")
entries: Register[SitemapEntry] = Register("the sitemap", key=lambda entry: entry.url_name)
