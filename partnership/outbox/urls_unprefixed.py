"""URLs without a language: webhooks of the mail provider and the SMS gateway, each with a secret."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from partnership.outbox.returns.incoming import incoming_text

urlpatterns: list[URLPattern | URLResolver] = []
if settings.ANYMAIL:
    urlpatterns += [path("anymail/", include("anymail.urls"))]
if settings.SMS_WEBHOOK_SECRET:
    urlpatterns += [path("sms/incoming", incoming_text)]
