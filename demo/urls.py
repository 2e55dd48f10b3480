from django.urls import path

from demo import views

app_name = "demo"
urlpatterns = [
    path("", views.cast, name="cast"),
    path("log-in/<int:pk>/", views.log_in_as, name="log_in_as"),
    path("mail/", views.mailbox, name="mailbox"),
    path("mail/<str:name>/", views.mail, name="mail"),
    path("mail/<str:name>/html/", views.mail_html, name="mail_html"),
    path("mail/<str:name>/<int:number>/", views.attachment, name="attachment"),
]
