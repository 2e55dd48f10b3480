"""The rows that most tests begin with are copies: what a test adds to them has ids of its own."""

import pytest
from django.db import connection

from partnership.people.models import OrganisationContact
from partnership.tests.cast import assemble, association
from partnership.tests.rolling_back import rolled_back


@pytest.mark.django_db
def test_what_follows_copied_rows_has_ids_of_its_own_after_a_table_was_made_anew() -> None:
    with rolled_back():
        assemble()
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER SEQUENCE {OrganisationContact._meta.db_table}_id_seq RESTART")
    cast = assemble()
    copied = set(OrganisationContact.objects.values_list("pk", flat=True))
    association(cast.malmen, cast.gunnar, "Malmens villaägare")
    assert OrganisationContact.objects.exclude(pk__in=copied).count() == 1
