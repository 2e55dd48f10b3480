"""The portal with a page and a task that fail, in production's way of answering.

With `UNFILTERED_DSN` in the environment all is reported that the package can gather: what the filter has to hold back.
"""

import os

import sentry_sdk
from sentry_sdk.integrations.celery import CeleryIntegration
from sentry_sdk.integrations.django import DjangoIntegration
from sentry_sdk.scrubber import EventScrubber

from partnership.settings import *  # noqa: F403
from partnership.settings import MIDDLEWARE

DEBUG = False
MIDDLEWARE = [*MIDDLEWARE, "partnership.tests.failing.FailOnDemand"]
CELERY_IMPORTS = ["partnership.tests.failing"]

if dsn := os.environ.get("UNFILTERED_DSN"):
    sentry_sdk.init(
        dsn,
        integrations=[DjangoIntegration(), CeleryIntegration()],
        send_default_pii=True,
        event_scrubber=EventScrubber(denylist=[], pii_denylist=[]),
    )
