from django.urls import path

from . import tail_views

urlpatterns = [path("staff/talks/afterwards/", tail_views.after_talks, name="after_talks")]
