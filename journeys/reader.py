"""Somebody at a browser: what she does, and what she reads.

The journeys name the words in the language of the code. A reader turns them into her own by the same catalogue as the
portal, so one journey is walked in every language; that the catalogue is full is another test's matter.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils import translation
from django.utils.translation import gettext, ngettext
from playwright.sync_api import ConsoleMessage, Locator, Page, Response, expect

# The browser reports what its policy stopped as an event; kept on the page until somebody asks.
LISTEN = """
window.stoppedByPolicy = []
document.addEventListener('securitypolicyviolation', event =>
  window.stoppedByPolicy.push(`${event.violatedDirective}: ${event.blockedURI}`))
"""


@dataclass
class Reader:
    """One person with one browser window, at home in one partnership, reading one language."""

    page: Page
    home: str
    language: str
    base: str
    complaints: list[str] = field(default_factory=list)
    answered: Response | None = None

    def __post_init__(self) -> None:
        self.page.add_init_script(LISTEN)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))

    # -- Words --------------------------------------------------------------------------------------------------------

    def words(self, message: str, **values: object) -> str:
        """Return the portal's words in this reader's language."""
        with translation.override(self.language):
            return gettext(message) % values if values else gettext(message)

    def words_for(self, one: str, many: str, number: int, **values: object) -> str:
        """Return the words for a number of things."""
        with translation.override(self.language):
            return ngettext(one, many, number) % values

    # -- What she does ------------------------------------------------------------------------------------------------

    def opens(self, path: str) -> "Reader":
        """Go to a page of her own language, `/talks/`."""
        return self.goes_to(f"{self.base}/{self.language}{path}")

    def goes_to(self, url: str) -> "Reader":
        self.answered = self.page.goto(url)
        return self

    def follows(self, message: str, **values: object) -> None:
        self._link(message, **values).click()

    def presses(self, message: str, **values: object) -> None:
        name = self.words(message, **values)
        self.page.get_by_role("button", name=name).first.click()

    def writes(self, label: str, text: str) -> None:
        self._field(label).fill(text)

    def ticks(self, label: str, **values: object) -> None:
        self._field(label, **values).check()

    def picks(self, label: str, choice: str) -> None:
        """Choose from a drop-down by the words in it."""
        self._field(label).select_option(label=self.words(choice))

    def _field(self, label: str, **values: object) -> Locator:
        # What is not asked for is marked "(optional)" behind its label.
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(self.words(label, **values))}\s*(\(.*\))?\s*$"))

    def _link(self, message: str, **values: object) -> Locator:
        return self.page.get_by_role("main").get_by_role("link", name=self.words(message, **values)).first

    # -- What she reads -----------------------------------------------------------------------------------------------

    def stands_at(self, heading: str, **values: object) -> None:
        """The page's one main heading says this."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.words(heading, **values))

    def reads(self, message: str, **values: object) -> None:
        """Somewhere on the page these words can be seen."""
        expect(self.page.get_by_text(self.words(message, **values)).first).to_be_visible()

    def sees(self, text: str) -> None:
        """Somewhere on the page this text, which is nobody's translation, can be seen."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def sees_no(self, text: str) -> None:
        expect(self.page.get_by_text(text)).to_have_count(0)

    # -- What goes wrong behind her back ------------------------------------------------------------------------------

    def all_complaints(self) -> list[str]:
        """Return what the browser has complained of since she sat down."""
        stopped = self.page.evaluate("window.stoppedByPolicy || []")
        return [*self.complaints, *(f"policy: {one}" for one in stopped)]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        # A form that comes back with 400, or a link that has grown old, is an answer and no accident.
        is_the_page_itself = message.location.get("url") == self.page.url
        if "Failed to load resource" in message.text and is_the_page_itself:
            return
        self.complaints.append(f"console: {message.text} ({message.location.get('url')})")


# Seats somebody at a browser of her own: `seat("kalmar", "sv", scripts=False)`.
Seating = Callable[..., Reader]
