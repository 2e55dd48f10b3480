from django.urls import path

from . import views

app_name = "dashboard"
urlpatterns = [
    path("", views.front, name="front"),
    path("progress/", views.progress, name="progress"),
    path("progress/figures.csv", views.figures_csv, name="figures"),
    path("dashboard/", views.staff, name="staff"),
]
