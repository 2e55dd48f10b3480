from django.urls import path

from talks import calendar_views, letter_views, own_views, print_views, speaker_views, staff_views, views

app_name = "talks"
urlpatterns = [
    path("talks/", views.overview, name="overview"),
    path("talks/book/", views.book, name="book"),
    path("talks/book/sent/", views.sent, name="sent"),
    path("talks/wish/", views.wish, name="wish"),
    # From mails, each with a token for one purpose.
    path("talks/verify/<str:token>/", letter_views.verify, name="verify"),
    path("talks/cancel/<str:token>/", letter_views.cancel, name="cancel"),
    path("talks/change/<str:token>/", letter_views.change, name="change"),
    path("talks/choose/<str:token>/", letter_views.accept, name="accept"),
    path("talks/wish/verify/<str:token>/", letter_views.verify_wish, name="verify_wish"),
    path("talks/association/<str:token>/", letter_views.confirm_association, name="confirm_association"),
    path("talks/feedback/<str:token>/", letter_views.feedback, name="feedback"),
    # One's own.
    path("talks/bookings/<int:pk>/", own_views.booking, name="booking"),
    path("talks/bookings/<int:pk>/move/", own_views.move, name="move_own"),
    path("talks/bookings/<int:pk>/choose/", own_views.choose, name="choose"),
    path("talks/bookings/<int:pk>/ill/", own_views.ill, name="ill"),
    path("talks/bookings/<int:pk>/close/", own_views.close, name="close_own"),
    path("talks/bookings/<int:pk>/poster.pdf", print_views.poster, name="poster"),
    path("talks/bookings/<int:pk>/leaflet.pdf", print_views.leaflet, name="leaflet"),
    path("talks/associations/<int:pk>/deputy/", own_views.deputy, name="deputy"),
    path("talks/evenings/", speaker_views.own_evenings, name="evenings"),
    path("talks/evenings/<int:pk>/withdraw/", speaker_views.withdraw_evening, name="withdraw_evening"),
    path("talks/evenings/patterns/", speaker_views.add_pattern, name="add_pattern"),
    path("talks/evenings/patterns/<int:pk>/end/", speaker_views.end_pattern, name="end_pattern"),
    path("talks/evenings/away/", speaker_views.stay_away, name="stay_away"),
    path("talks/evenings/away/<int:pk>/back/", speaker_views.come_back, name="come_back"),
    path("talks/calendar/<str:kind>/", calendar_views.renew, name="renew_calendar"),
    path("talks/calendar/<str:kind>/stop/", calendar_views.revoke, name="revoke_calendar"),
    # Staff's.
    path("staff/talks/", staff_views.queue, name="queue"),
    path("staff/talks/<int:pk>/", staff_views.answer, name="answer"),
    path("staff/talks/<int:pk>/confirm/", staff_views.confirm, name="confirm"),
    path("staff/talks/<int:pk>/decline/", staff_views.decline, name="decline"),
    path("staff/talks/<int:pk>/offer/", staff_views.offer, name="offer"),
    path("staff/talks/<int:pk>/move/", staff_views.move, name="move"),
    path("staff/talks/<int:pk>/cancel/", staff_views.cancel, name="staff_cancel"),
    path("staff/talks/<int:pk>/close/", staff_views.close, name="close"),
    path("staff/talks/moves/<int:pk>/agree/", staff_views.agree_to_move, name="agree_to_move"),
    path("staff/talks/moves/<int:pk>/refuse/", staff_views.refuse_to_move, name="refuse_to_move"),
    path("staff/talks/wishes/<int:pk>/", staff_views.answer_wish, name="answer_wish"),
    path("staff/talks/wishes/<int:pk>/meet/", staff_views.meet_wish, name="meet_wish"),
    path("staff/talks/wishes/<int:pk>/decline/", staff_views.decline_wish, name="decline_wish"),
]
