"""Range expressions for exclusion constraints without an extension such as btree_gist."""

from django.contrib.postgres.fields import DateTimeRangeField
from django.db.models import CharField, Func


class Int8Range(Func):
    """A number as a range with one element."""

    function = "int8range"
    output_field = CharField()


class TsTzRange(Func):
    function = "tstzrange"
    output_field = DateTimeRangeField()


class Busy(Func):
    """The time from the speaker's departure to their return, from `starts_at`, `ends_at` and the minutes of one way. It
    needs a database function (the first migration): in PostgreSQL "timestamptz minus interval" depends on the time zone
    of the session, and an index allows only immutable expressions.
    """

    function = "talks_busy"
    output_field = DateTimeRangeField()
