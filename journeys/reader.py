"""Somebody at a browser: what they do and what they read.

The journeys name texts by their English source strings. A reader translates them with the portal's own catalogue, so
one journey runs in every language; another test checks that the catalogue is complete.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext
from playwright.sync_api import ConsoleMessage, Locator, Page, Response, expect

# The browser reports what its security policy blocked as an event, which is stored on the page.
LISTEN = """
window.stoppedByPolicy = []
document.addEventListener('securitypolicyviolation', event =>
  window.stoppedByPolicy.push(`${event.violatedDirective}: ${event.blockedURI}`))
"""


@dataclass
class Reader:
    """One person with one browser window, in one partnership and one language."""

    page: Page
    home: str
    language: str
    base: str
    complaints: list[str] = field(default_factory=list)
    # The answer that the window shows.
    answered: Response | None = None

    def __post_init__(self) -> None:
        self.page.add_init_script(LISTEN)
        self.page.on("console", self._hear)
        self.page.on("response", self._keep)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))

    # -- Words --------------------------------------------------------------------------------------------------------

    def words(self, message: str, **values: object) -> str:
        """Return the portal's words in this reader's language."""
        with translation.override(self.language):
            return gettext(message) % values if values else gettext(message)

    # -- What they do -------------------------------------------------------------------------------------------------

    def opens(self, path: str) -> "Reader":
        """Open a page such as `/talks/` in the reader's language."""
        return self.goes_to(f"{self.base}/{self.language}{path}")

    def goes_to(self, url: str) -> "Reader":
        self.page.goto(url)
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
        """Choose an option of a drop-down by its text, which begins with a capital there."""
        self._field(label).select_option(label=capfirst(self.words(choice)))

    def _field(self, label: str, **values: object) -> Locator:
        # Optional fields have "(optional)" after their label.
        return self.page.get_by_label(re.compile(rf"^\s*{re.escape(self.words(label, **values))}\s*(\(.*\))?\s*$"))

    def _link(self, message: str, **values: object) -> Locator:
        return self.page.get_by_role("main").get_by_role("link", name=self.words(message, **values)).first

    # -- What they read -----------------------------------------------------------------------------------------------

    def stands_at(self, heading: str, **values: object) -> None:
        """Check the page's only main heading."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.words(heading, **values))

    def reads(self, message: str, **values: object) -> None:
        """Check that these words are visible on the page."""
        expect(self.page.get_by_text(self.words(message, **values)).first).to_be_visible()

    def sees(self, text: str) -> None:
        """Check that this untranslated text is visible on the page."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def sees_no(self, text: str) -> None:
        expect(self.page.get_by_text(text)).to_have_count(0)

    # -- What goes wrong unseen ---------------------------------------------------------------------------------------

    def all_complaints(self) -> list[str]:
        """Return all errors that the browser has reported."""
        stopped = self.page.evaluate("window.stoppedByPolicy || []")
        return [*self.complaints, *(f"policy: {one}" for one in stopped)]

    def _keep(self, answer: Response) -> None:
        """Remember an answer that became the page in the window, also that to a form."""
        asked = answer.request
        if asked.is_navigation_request() and not 300 <= answer.status < 400:
            self.answered = answer

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        # A form with errors (400) or an expired link is a normal answer.
        is_the_page_itself = message.location.get("url") == self.page.url
        if "Failed to load resource" in message.text and is_the_page_itself:
            return
        self.complaints.append(f"console: {message.text} ({message.location.get('url')})")


# Gives somebody a new browser: `seat("kalmar", "sv", scripts=False)`.
Seating = Callable[..., Reader]
