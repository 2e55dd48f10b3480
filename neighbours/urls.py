from django.urls import path

from neighbours import staff_views, views

app_name = "neighbours"
urlpatterns = [
    path("neighbours/", views.overview, name="overview"),
    path("neighbours/join/", views.join, name="join"),
    path("neighbours/streets/", views.streets, name="streets"),
    path("neighbours/slip/", views.paper_slip, name="paper_slip"),
    path("neighbours/confirm/<str:token>/", views.confirm, name="confirm"),
    path("neighbours/confirm/<str:token>/again/", views.new_link, name="new_link"),
    path("neighbours/things/<slug:thing>/", views.tick, name="tick"),
    path("neighbours/things/<slug:thing>/undo/", views.take_back, name="take_back"),
    path("neighbours/leave/", views.leave, name="leave"),
    path("staff/slips/", staff_views.slip, name="slip"),
    path("staff/helpers/", staff_views.helpers, name="helpers"),
]
