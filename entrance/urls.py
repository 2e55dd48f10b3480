from django.urls import path

from entrance import views

app_name = "entrance"
urlpatterns = [
    path("logged-out/", views.logged_out, name="logged_out"),
    # An address outlives a name: pages that are open in browsers send their forms here.
    path("me/sign-ins/end/", views.end_others, name="end_others"),
    path("me/sign-ins/<slug:number>/end/", views.end_log_in, name="end_log_in"),
]
