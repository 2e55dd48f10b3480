from django.urls import path

from entrance import views
from entrance.own_codes import for_callers
from entrance.own_codes import views as own_codes

app_name = "entrance"
urlpatterns = [
    path("logged-out/", views.logged_out, name="logged_out"),
    path("me/email/", own_codes.new_email, name="new_email"),
    path("me/email/code/", own_codes.new_email_code, name="new_email_code"),
    path("me/without-account/", own_codes.without_account, name="without_account"),
    path("me/without-account/text/", own_codes.by_text, name="by_text"),
    path("me/without-account/text/code/", own_codes.text_code, name="text_code"),
    path("me/without-account/letter/", own_codes.by_letter, name="by_letter"),
    path("me/without-account/letter/asked/", own_codes.letter_asked, name="letter_asked"),
    path("me/without-account/code/", own_codes.printed_code, name="printed_code"),
    path("staff/people/<int:pk>/code/", for_callers.letter_for, name="letter_for"),
    # An address outlives a name: pages that are open in browsers send their forms here.
    path("me/sign-ins/end/", views.end_others, name="end_others"),
    path("me/sign-ins/<slug:number>/end/", views.end_log_in, name="end_log_in"),
]
