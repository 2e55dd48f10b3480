from django.urls import path

from dashboard.views import follow_up, pages, share

app_name = "dashboard"
urlpatterns = [
    path("", pages.front, name="front"),
    path("share.png", share.share_picture, name="share_picture"),
    path("partnership/", pages.partnership, name="partnership"),
    path("progress/", pages.progress, name="progress"),
    path("progress/figures.csv", pages.figures_csv, name="figures"),
    path("progress/figures-excel.csv", pages.figures_for_excel, name="figures_for_excel"),
    path("dashboard/", pages.staff, name="staff"),
    path("staff/talks/afterwards/", follow_up.after_talks, name="after_talks"),
]
