"""URLs without a language. They stand before allauth's, and the first three take the place of its own."""

from django.urls import path

from entrance import views

urlpatterns = [
    path("accounts/login/", views.log_in),
    path("accounts/login/code/", views.ask_for_code),
    path("accounts/login/code/confirm/", views.type_code),
    path("accounts/2fa/invitation/", views.invitation, name="second_factor_invitation"),
]
