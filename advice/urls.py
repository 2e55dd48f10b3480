from django.urls import path

from advice import views

app_name = "advice"

urlpatterns = [
    path("advice/", views.library, name="library"),
    path("advice/search/", views.find, name="search"),
    path("advice/<slug:slug>/", views.article, name="article"),
]
