from django.urls import path

from dashboard.views import tails

urlpatterns = [path("staff/talks/afterwards/", tails.after_talks, name="after_talks")]
