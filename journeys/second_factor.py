"""Logging in with an emailed code, and an authenticator app with six digits."""

import base64
import hashlib
import hmac
import struct
import time

from journeys.portal import Portal
from journeys.reader import Reader

STEP_SECONDS = 30


def digits(secret: str, at: float | None = None) -> str:
    """Return what an authenticator app shows for `secret` (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    counter = struct.pack(">Q", int(time.time() if at is None else at) // STEP_SECONDS)
    digest = hmac.new(key, counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def signs_in_with_a_code(reader: Reader, portal: Portal, email: str, then: str = "/me/") -> None:
    """Open a page that requires a log-in, request a code, and type it."""
    reader.opens(then)
    types_the_code(reader, portal, email)


def types_the_code(reader: Reader, portal: Portal, email: str) -> None:
    """Go from the log-in page through an emailed code to the page that required it."""
    reader.stands_at("Log in")
    reader.page.get_by_role("main").get_by_role("textbox").fill(email)
    reader.presses("Send me a code")
    reader.stands_at("Enter the code from the email")
    code = portal.mailbox.received(email, reader.words("%(code)s is your code").replace("%(code)s", "").strip()).code
    reader.page.get_by_role("main").get_by_role("textbox").fill(code)
    reader.presses("Log in")


def connects_an_app(reader: Reader, portal: Portal, email: str) -> None:
    """Go from the page that requires an invitation through connecting an app to the recovery codes."""
    reader.stands_at("Set up a safe way in")
    reader.page.get_by_role("main").get_by_role("textbox").fill(portal.manages("invite_to_second_factor", email)[:9])
    reader.presses("Continue")
    reader.follows("Connect an app")
    reader.stands_at("Connect an app")
    secret = reader.page.locator(".secret").inner_text().replace(" ", "")
    reader.page.get_by_role("main").get_by_role("textbox").fill(digits(secret))
    reader.presses("Connect the app")
    reader.stands_at("Recovery codes")


def is_one_of_the_cast(reader: Reader, name: str) -> None:
    """Log in as one of the demonstration's cast by one click."""
    reader.goes_to(f"{reader.base}/dev/")
    reader.page.get_by_role("button", name=name).click()
    reader.page.wait_for_url(lambda url: "/dev/" not in url)
