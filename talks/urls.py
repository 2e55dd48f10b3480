from django.urls import path

from talks.views import asking, calendars, deputies, links, own, prints, public, speakers, staff, wishes

app_name = "talks"
urlpatterns = [
    path("talks/", public.overview, name="overview"),
    path("talks/book/", public.book, name="book"),
    path("talks/book/sent/", asking.sent, name="sent"),
    path("talks/wish/", public.wish, name="wish"),
    # From emails, each with a token for one purpose.
    path("talks/verify/<str:token>/", links.verify, name="verify"),
    path("talks/cancel/<str:token>/", links.cancel, name="cancel"),
    path("talks/change/<str:token>/", links.change, name="change"),
    path("talks/choose/<str:token>/", links.accept, name="accept"),
    path("talks/wish/verify/<str:token>/", links.verify_wish, name="verify_wish"),
    path("talks/association/<str:token>/", links.confirm_association, name="confirm_association"),
    path("talks/deputy/<str:token>/", links.become_deputy, name="become_deputy"),
    path("talks/feedback/<str:token>/", links.feedback, name="feedback"),
    # Of chairs, deputies and speakers.
    path("talks/bookings/<int:pk>/", own.booking, name="booking"),
    path("talks/bookings/<int:pk>/move/", own.move, name="move_own"),
    path("talks/bookings/<int:pk>/choose/", own.choose, name="choose"),
    path("talks/bookings/<int:pk>/call-off/", own.call_off, name="call_off"),
    path("talks/bookings/<int:pk>/close/", own.close, name="close_own"),
    path("talks/bookings/<int:pk>/poster.pdf", prints.poster, name="poster"),
    path("talks/bookings/<int:pk>/leaflet.pdf", prints.leaflet, name="leaflet"),
    path("talks/associations/<int:pk>/deputy/", deputies.deputy, name="deputy"),
    path("talks/associations/<int:pk>/deputy/take-back/", deputies.take_back_invitation, name="take_back_invitation"),
    path("talks/associations/<int:pk>/deputy/end/", deputies.end_deputy, name="end_deputy"),
    path("talks/evenings/", speakers.own_slots, name="slots"),
    path("talks/evenings/<int:pk>/withdraw/", speakers.withdraw_slot, name="withdraw_slot"),
    path("talks/evenings/patterns/", speakers.add_pattern, name="add_pattern"),
    path("talks/evenings/patterns/<int:pk>/end/", speakers.end_pattern, name="end_pattern"),
    path("talks/evenings/away/", speakers.stay_away, name="stay_away"),
    path("talks/evenings/away/<int:pk>/back/", speakers.come_back, name="come_back"),
    path("talks/calendar/<str:kind>/", calendars.renew, name="renew_calendar"),
    path("talks/calendar/<str:kind>/stop/", calendars.revoke, name="revoke_calendar"),
    # Of staff.
    path("staff/talks/", staff.queue, name="queue"),
    path("staff/talks/<int:pk>/", staff.answer, name="answer"),
    path("staff/talks/<int:pk>/confirm/", staff.confirm, name="confirm"),
    path("staff/talks/<int:pk>/decline/", staff.decline, name="decline"),
    path("staff/talks/<int:pk>/offer/", staff.offer, name="offer"),
    path("staff/talks/<int:pk>/move/", staff.move, name="move"),
    path("staff/talks/<int:pk>/cancel/", staff.cancel, name="staff_cancel"),
    path("staff/talks/<int:pk>/close/", staff.close, name="close"),
    path("staff/talks/moves/<int:pk>/agree/", staff.agree_to_move, name="agree_to_move"),
    path("staff/talks/moves/<int:pk>/refuse/", staff.refuse_to_move, name="refuse_to_move"),
    path("staff/talks/wishes/<int:pk>/", wishes.answer_wish, name="answer_wish"),
    path("staff/talks/wishes/<int:pk>/meet/", wishes.accept_wish, name="accept_wish"),
    path("staff/talks/wishes/<int:pk>/offer/", wishes.offer_instead, name="offer_instead"),
    path("staff/talks/wishes/<int:pk>/decline/", wishes.decline_wish, name="decline_wish"),
]
