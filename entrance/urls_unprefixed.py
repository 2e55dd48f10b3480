"""URLs without a language. They stand before allauth's, and all except the last take the place of its own."""

from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from entrance import views
from entrance.passkeys.ceremonies import answered_where_asked, limited_where_asked

urlpatterns = [
    path("accounts/login/", views.log_in),
    path("accounts/login/code/", views.ask_for_code),
    path("accounts/login/code/confirm/", views.type_code),
    path("accounts/2fa/authenticate/", answered_where_asked(views.show_factor)),
    path("accounts/2fa/webauthn/add/", answered_where_asked(passkeys.add_webauthn)),
    path("accounts/2fa/webauthn/login/", limited_where_asked(answered_where_asked(views.LogInByPasskey.as_view()))),
    path("accounts/2fa/webauthn/reauthenticate/", answered_where_asked(passkeys.reauthenticate_webauthn)),
    path("accounts/2fa/totp/deactivate/", views.DisconnectApp.as_view()),
    path("accounts/2fa/webauthn/keys/<int:pk>/remove/", views.RemoveKey.as_view()),
    path("accounts/2fa/", views.SecondFactors.as_view()),
    path("accounts/2fa/invitation/", views.invitation, name="second_factor_invitation"),
]
