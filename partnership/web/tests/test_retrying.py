"""A request that lost against another one is done once more, unless it has committed something."""

from collections.abc import Callable

import psycopg
import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, OperationalError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import ResolverMatch

from partnership.people.models import User
from partnership.tests.cast import Cast, assemble
from partnership.web.middleware import NOT_UPDATED, TIMES, RetryingMiddleware


def caused_by(kind: type[DatabaseError], cause: type[psycopg.Error], words: str = "") -> DatabaseError:
    error = kind(words)
    error.__cause__ = cause(words)
    return error


DEADLOCK = caused_by(OperationalError, psycopg.errors.DeadlockDetected)
NOBODY = caused_by(IntegrityError, psycopg.errors.ForeignKeyViolation, 'Key is not present in table "people_user".')
STILL_NEEDED = caused_by(IntegrityError, psycopg.errors.ForeignKeyViolation, "Key is still referenced from table.")
LOST = {
    "deadlock": DEADLOCK,
    "order": caused_by(OperationalError, psycopg.errors.SerializationFailure),
    "nobody": NOBODY,
    "still needed": STILL_NEEDED,
    "not updated": DatabaseError(NOT_UPDATED),
    "not found": ObjectDoesNotExist(),
}
OTHERS = [
    ValueError(),
    Http404(),
    DatabaseError("x"),
    caused_by(IntegrityError, psycopg.errors.UniqueViolation),
    caused_by(OperationalError, psycopg.errors.LockNotAvailable),
]
View = Callable[[HttpRequest], HttpResponse]


def answered(view: View, request: HttpRequest | None = None, **kwargs: str) -> HttpResponse:
    """Return what a view answers under the middleware, which Django asks about an exception as here."""
    request = request or RequestFactory().post("/")
    request.resolver_match = ResolverMatch(view, (), kwargs, route="x")

    def get_response(request: HttpRequest) -> HttpResponse:
        try:
            return view(request, **kwargs)
        except Exception as error:
            found = middleware.process_exception(request, error)
            if found is None:
                raise
            return found

    middleware = RetryingMiddleware(get_response)
    return middleware(request)


def losing(times: int, error: Exception, before: Callable[[], object] = lambda: None) -> tuple[View, list[str]]:
    """Return a view that raises `error` so many times, and a list of what it was called with."""
    calls: list[str] = []

    def view(request: HttpRequest, **kwargs: str) -> HttpResponse:
        calls.append(request.POST.get("x", ""))
        before()
        if len(calls) <= times:
            raise error
        return HttpResponse("done")

    return view, calls


@pytest.mark.django_db
@pytest.mark.parametrize("error", LOST.values(), ids=LOST)
def test_who_lost_is_asked_again(error: Exception) -> None:
    view, calls = losing(TIMES - 1, error)
    assert answered(view, RequestFactory().post("/", {"x": "y"})).content == b"done"
    assert calls == ["y"] * TIMES


@pytest.mark.django_db
@pytest.mark.parametrize("error", OTHERS, ids=lambda error: type(error).__name__)
def test_any_other_error_is_raised_at_once(error: Exception) -> None:
    view, calls = losing(1, error)
    with pytest.raises(type(error)):
        answered(view)
    assert len(calls) == 1


@pytest.mark.django_db
def test_nobody_is_asked_for_ever() -> None:
    view, calls = losing(99, DEADLOCK)
    with pytest.raises(OperationalError):
        answered(view)
    assert len(calls) == TIMES


@pytest.mark.django_db
@pytest.mark.parametrize("error", [NOBODY, LOST["not updated"]])
def test_who_is_gone_is_not_there(error: Exception) -> None:
    view, _calls = losing(99, error)
    with pytest.raises(Http404):
        answered(view)


@pytest.mark.django_db
@pytest.mark.parametrize("error", [STILL_NEEDED, LOST["not found"]])
def test_what_fails_each_time_is_an_error_to_be_seen(error: Exception) -> None:
    view, _calls = losing(99, error)
    with pytest.raises(type(error)):
        answered(view)


@pytest.mark.django_db
def test_a_link_whose_reader_is_gone_gets_the_page_that_helps(cast: Cast) -> None:
    view, _calls = losing(99, NOBODY)
    request = RequestFactory().post("/")
    request.partnership = cast.randers
    request.user = cast.helle
    assert answered(view, request, token="x").status_code == 404


@pytest.fixture
def stored(transactional_db: None) -> Cast:
    return assemble()


def in_transaction(person: User) -> None:
    with transaction.atomic():
        User.objects.filter(pk=person.pk).update(name="Helle B")


def in_savepoints(person: User) -> None:
    with transaction.atomic():
        try:
            with transaction.atomic():
                User.objects.filter(pk=person.pk).update(name="X")
                raise ValueError
        except ValueError:
            User.objects.filter(pk=person.pk).update(name="Helle B")


def at_once(person: User) -> None:
    User.objects.filter(pk=person.pk).update(name="Helle B")


@pytest.mark.parametrize("write", [in_transaction, in_savepoints, at_once])
def test_never_after_something_was_committed(stored: Cast, write: Callable) -> None:
    view, calls = losing(1, DEADLOCK, before=lambda: write(stored.helle))
    with pytest.raises(OperationalError):
        answered(view)
    assert len(calls) == 1


def test_but_after_all_that_was_written_is_rolled_back(stored: Cast) -> None:
    calls: list[int] = []

    def view(request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            calls.append(User.objects.filter(pk=stored.helle.pk, name="Helle").update(name="Helle B"))
            if len(calls) == 1:
                raise DEADLOCK
        return HttpResponse()

    answered(view)
    assert calls == [1, 1]


def test_counts_of_requests_are_nothing_to_keep(stored: Cast) -> None:
    def count() -> None:
        with connection.cursor() as cursor:
            cursor.execute('DELETE FROM "cache" WHERE expires < now()')

    view, calls = losing(1, DEADLOCK, before=count)
    assert answered(view).content == b"done"
    assert len(calls) == 2


@pytest.mark.django_db
def test_an_upload_is_read_from_its_beginning_again() -> None:
    read: list[bytes] = []

    def view(request: HttpRequest) -> HttpResponse:
        read.append(request.FILES["file"].read())
        if len(read) == 1:
            raise DEADLOCK
        return HttpResponse()

    answered(view, RequestFactory().post("/", {"file": SimpleUploadedFile("a.csv", b"1;2")}))
    assert read == [b"1;2", b"1;2"]
