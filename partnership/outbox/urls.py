from django.urls import path

from partnership.outbox.preferences import views
from partnership.outbox.staff import views as staff_views

app_name = "outbox"
urlpatterns = [
    path("stop/<str:token>/", views.stop_mail, name="stop"),
    path("me/messages/", views.reach, name="reach"),
    path("me/messages/number/", views.number, name="number"),
    path("me/messages/number/again/", views.new_code, name="new_code"),
    path("me/messages/choice/", views.own_choice, name="own_choice"),
    path("staff/messages/", staff_views.staff, name="staff"),
    path("staff/messages/tests/", staff_views.tests, name="tests"),
    path("staff/messages/letters/", staff_views.letters, name="letters"),
    path("staff/messages/letters/<int:number>/pdf/", staff_views.batch_pdf, name="batch_pdf"),
    path("staff/messages/letters/<int:number>/posted/", staff_views.batch_posted, name="batch_posted"),
    path("staff/messages/<int:pk>/", staff_views.message, name="message"),
    path("staff/messages/<int:pk>/html/", staff_views.message_html, name="message_html"),
    path("staff/messages/<int:pk>/<slug:what>/", staff_views.handle, name="handle"),
]
