"""The portal as a WSGI application."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "partnership.settings")

application = get_wsgi_application()

# What is loaded by now stays for good. Looking through it for rubbish again and again is a tenth of what a page costs.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
