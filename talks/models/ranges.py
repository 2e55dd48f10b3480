"""Expressions that the core's GiST can compare: no extension needed."""

from django.contrib.postgres.fields import DateTimeRangeField
from django.db.models import CharField, Func


class Int8Range(Func):
    """A number as a range of one."""

    function = "int8range"
    output_field = CharField()


class TsTzRange(Func):
    function = "tstzrange"
    output_field = DateTimeRangeField()


class Busy(Func):
    """From when the speaker leaves to when she is back: `starts_at`, `ends_at` and the minutes of one way.

    A function of our own (migration 0003): to PostgreSQL "timestamptz minus interval" depends on the session's zone,
    which minutes do not, and an index takes only what depends on nothing.
    """

    function = "talks_busy"
    output_field = DateTimeRangeField()
