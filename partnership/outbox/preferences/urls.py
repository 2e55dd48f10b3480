from django.urls import path

from partnership.outbox.preferences import views

urlpatterns = [
    path("stop/<str:token>/", views.stop_mail, name="stop"),
    path("me/messages/", views.reach, name="reach"),
    path("me/messages/number/", views.number, name="number"),
    path("me/messages/number/again/", views.new_code, name="new_code"),
    path("me/messages/again/", views.resume, name="resume"),
    path("me/messages/choice/", views.own_choice, name="own_choice"),
]
