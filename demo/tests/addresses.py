"""The portal's addresses with the demonstration's among them: tests run with DEBUG off, and then they are not there."""

from django.urls import include, path

from partnership.urls import urlpatterns as without

urlpatterns = [*without, path("dev/", include("demo.urls"))]
