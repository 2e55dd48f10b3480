"""The address that the text gateway posts to: without a language, since no person reads it."""

from django.urls import path

from partnership.outbox.returns.incoming import incoming_text

urlpatterns = [path("sms/incoming", incoming_text)]
