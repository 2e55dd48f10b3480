"""URLs without a language, beside those of the log-in."""

from django.urls import path

from entrance import views

urlpatterns = [path("accounts/2fa/invitation/", views.invitation, name="second_factor_invitation")]
