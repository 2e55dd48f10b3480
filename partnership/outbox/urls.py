from django.urls import include, path

app_name = "outbox"
urlpatterns = [
    path("", include("partnership.outbox.preferences.urls")),
    path("staff/messages/", include("partnership.outbox.staff.urls")),
]
