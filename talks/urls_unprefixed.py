"""Addresses that stand without a language: what a calendar program fetches."""

from django.urls import path

from talks.views import calendars

urlpatterns = [path("calendar/<str:token>.ics", calendars.feed, name="calendar_feed")]
