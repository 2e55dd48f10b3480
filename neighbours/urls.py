from django.urls import path

from neighbours.views import correcting, ending, inviting, joining, links, lists, one_helper, own, public, staff

app_name = "neighbours"
urlpatterns = [
    path("neighbours/", public.overview, name="overview"),
    path("neighbours/join/", joining.join, name="join"),
    path("neighbours/join/sent/", joining.sent, name="sent"),
    path("neighbours/streets/", public.streets, name="streets"),
    path("neighbours/slip/", public.paper_slip, name="paper_slip"),
    path("neighbours/confirm/<str:token>/", links.confirm, name="confirm"),
    path("neighbours/confirm/<str:token>/again/", links.new_link, name="new_link"),
    path("neighbours/things/<slug:thing>/", own.tick, name="tick"),
    path("neighbours/things/<slug:thing>/undo/", own.take_back, name="take_back"),
    path("neighbours/name/", own.name, name="name"),
    path("neighbours/shown/", own.shown, name="shown"),
    path("neighbours/address/", own.address, name="address"),
    path("neighbours/leave/", own.leave, name="leave"),
    path("neighbours/invite/", inviting.invite, name="invite"),
    path("neighbours/invite/<slug:sheet>.pdf", inviting.sheet, name="invite_sheet"),
    path("neighbours/stickers.pdf", inviting.stickers, name="stickers"),
    path("staff/slips/", staff.slip, name="slip"),
    path("staff/helpers/", staff.helpers, name="helpers"),
    path("staff/helpers/import/", lists.all_lists, name="lists"),
    path("staff/helpers/import/sample.csv", lists.sample, name="list_sample"),
    path("staff/helpers/import/<int:pk>/", lists.one_list, name="list"),
    path("staff/helpers/import/<int:pk>/discard/", lists.discard, name="list_discard"),
    path("staff/helpers/import/<int:pk>/undo/", lists.take_back, name="list_undo"),
    path("staff/helpers/import/<int:pk>/not-added.csv", lists.faulty_lines, name="list_faulty"),
    path("staff/helpers/<int:pk>/", one_helper.helper, name="helper"),
    path("staff/helpers/<int:pk>/correct/", correcting.correct, name="correct"),
    path("staff/helpers/<int:pk>/shown/", one_helper.shown, name="shown_for"),
    path("staff/helpers/<int:pk>/invite/<slug:sheet>.pdf", inviting.sheet_for, name="invite_sheet_for"),
    path("staff/helpers/<int:pk>/leave/", ending.leave, name="leave_for"),
    path("staff/helpers/<int:pk>/things/<slug:thing>/", one_helper.tick, name="tick_for"),
    path("staff/helpers/<int:pk>/things/<slug:thing>/undo/", one_helper.take_back, name="take_back_for"),
]
