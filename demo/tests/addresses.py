"""The portal's URLs with the demonstration's, which are otherwise missing in tests, where DEBUG is off."""

from django.urls import include, path

from partnership.urls import urlpatterns as without

urlpatterns = [*without, path("dev/", include("demo.urls"))]
