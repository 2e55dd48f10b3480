"""URLs without a language: calendar feeds."""

from django.urls import path

from talks.views import calendars

urlpatterns = [path("calendar/<str:token>.ics", calendars.feed, name="calendar_feed")]
