"""The portal's URLs with the address for one provider's notices."""

from django.urls import include, path

from partnership.outbox.urls_unprefixed import of_provider
from partnership.urls import urlpatterns as portal

urlpatterns = [*portal, path("anymail/", include((of_provider("postmark"), "anymail")))]
