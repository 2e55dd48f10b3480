from django.urls import path

from partnership.outbox.staff import views

urlpatterns = [
    path("", views.staff, name="staff"),
    path("tests/", views.tests, name="tests"),
    path("letters/", views.letters, name="letters"),
    path("letters/<int:number>/pdf/", views.batch_pdf, name="batch_pdf"),
    path("letters/<int:number>/check/", views.batch_check, name="batch_check"),
    path("letters/<int:number>/posted/", views.batch_handed_over, name="batch_handed_over"),
    path("<int:pk>/", views.message, name="message"),
    path("<int:pk>/html/", views.message_html, name="message_html"),
    path("<int:pk>/<slug:what>/", views.handle, name="handle"),
]
