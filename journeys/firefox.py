"""Somebody at Firefox, by Mozilla's own client for it: what they do and read, in the words of `reader.py`."""

import base64
import re
from dataclasses import dataclass
from pathlib import Path

from marionette_driver import By, Wait
from marionette_driver.marionette import HTMLElement, Marionette

from journeys.inspection import DOES_NOT_FIT, SHOTS
from journeys.reader import Reader

PATIENCE_SECONDS = 15
# Playwright calls the function itself; Firefox is told to, and where to give its answer.
DOES_NOT_FIT_HERE = f"const [done] = [...arguments].slice(-1); ({DOES_NOT_FIT})().then(done)"


@dataclass
class FirefoxReader:
    """One person at the window of Firefox, in one partnership and one language."""

    window: Marionette
    home: str
    language: str
    base: str

    words = Reader.words

    # -- What they do -------------------------------------------------------------------------------------------------

    def opens(self, path: str) -> "FirefoxReader":
        return self.goes_to(f"{self.base}/{self.language}{path}")

    def goes_to(self, url: str) -> "FirefoxReader":
        self.window.navigate(url)
        return self

    def follows(self, message: str) -> None:
        self._first("main a", re.escape(self.words(message))).click()

    def presses(self, message: str) -> None:
        self._first("main button", re.escape(self.words(message))).click()

    def writes(self, label: str, text: str) -> None:
        field = self._field(label)
        field.clear()
        field.send_keys(text)

    def ticks(self, label: str) -> None:
        """Press the label, as people do, and check that it ticked its box."""
        self._label(self.words(label)).click()
        assert self._field(label).is_selected(), label

    def picks(self, label: str, choice: str) -> None:
        field = self._field(label)
        self._first(f"#{field.get_attribute('id')} option", rf"^{re.escape(self.words(choice))}$").click()

    # -- What they read -----------------------------------------------------------------------------------------------

    def stands_at(self, heading: str) -> None:
        words = self.words(heading)
        Wait(self.window, PATIENCE_SECONDS).until(lambda window: self.texts("h1") == [words], message=words)

    def texts(self, selector: str) -> list[str]:
        return [one.text.strip() for one in self.window.find_elements(By.CSS_SELECTOR, selector)]

    def faults(self, name: str) -> list[str]:
        """Return what does not fit into the window, and keep a picture of the page where that is wished for."""
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            picture = base64.b64decode(self.window.screenshot(full=True))
            (Path(SHOTS) / f"firefox-{name}.png").write_bytes(picture)
        return self.window.execute_async_script(DOES_NOT_FIT_HERE, sandbox=None)

    # -- Where things are ---------------------------------------------------------------------------------------------

    def _field(self, label: str) -> HTMLElement:
        return self.window.find_element(By.ID, self._label(self.words(label)).get_attribute("for"))

    def _label(self, words: str) -> HTMLElement:
        # Optional fields have "(optional)" after their label.
        return self._first("main label", rf"^{re.escape(words)}\s*(\(.*\))?$")

    def _first(self, selector: str, pattern: str) -> HTMLElement:
        found = self.window.find_elements(By.CSS_SELECTOR, selector)
        return next(one for one in found if re.search(pattern, " ".join(one.text.split()), re.IGNORECASE))
