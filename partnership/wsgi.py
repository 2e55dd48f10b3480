"""The portal as a WSGI application."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from partnership.web.charsets import Utf8Request

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")

application = get_wsgi_application()
application.request_class = Utf8Request

# Everything loaded by now stays in memory. Not scanning it in each garbage collection saves a tenth of a page's time.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
