from django.urls import path
from django.views.generic import RedirectView

from partnership.people import views
from partnership.people.own import views as own
from partnership.people.staff import confirming
from partnership.people.staff import details_views as details
from partnership.people.staff import erasing_views as erasing
from partnership.people.staff import views as staff

app_name = "people"
urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/language/", views.language, name="language"),
    path("me/protection/", views.protection, name="protection"),
    path("me/details/", own.details, name="details"),
    path("me/data/", own.data, name="data"),
    path("me/data/download/", own.download, name="download"),
    path("me/erase/", views.erase_me, name="erase"),
    path("me/erased/", views.erased, name="erased"),
    path("staff/people/", staff.search, name="search"),
    path("staff/people/<int:pk>/", staff.person, name="person"),
    path("staff/people/new/", details.write_down, name="write_down"),
    path("staff/people/<int:pk>/correct/", details.correct, name="correct"),
    path("staff/people/<int:pk>/protection/", staff.protection, name="protection_of"),
    path("staff/people/<int:pk>/erase/", erasing.erase_for, name="erase_for"),
    path("staff/people/<int:pk>/note/", staff.note, name="note"),
    path("staff/people/<int:pk>/notes/<int:note>/undo/", staff.note_undo, name="note_undo"),
    path("staff/associations/<int:pk>/right/", confirming.confirm_association, name="confirm_association"),
    path("staff/duplicates/", views.duplicates, name="duplicates"),
    # Its name before; somebody may have kept it.
    path("staff/doubles/", RedirectView.as_view(pattern_name="people:duplicates")),
]
