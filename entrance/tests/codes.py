"""The code that an authenticator app shows."""

import time

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

# The time a test has between reading a code and using it.
ENOUGH = 5


def code_of(secret: str) -> str:
    """Return the code for this secret; near the end of its period, wait for the next, as people do."""
    left = app_settings.TOTP_PERIOD - time.time() % app_settings.TOTP_PERIOD
    if left < ENOUGH:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD))
