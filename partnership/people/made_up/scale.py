"""Staff, and the people who are to be helpers, at the scale of a country."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db.backends.utils import CursorWrapper

from partnership.people.made_up.names import FIRST, LAST
from partnership.people.models import Role, User
from partnership.places.models import Partnership
from partnership.scale import SLUG, Scale

STAFF = {"Karen Koordinator": Role.Kind.COORDINATOR, "Anne Administrator": Role.Kind.ADMINISTRATOR}


def make_people(scale: Scale, cursor: CursorWrapper) -> None:
    """Make a coordinator and an administrator of each partnership, a person for each helper, and a Naboven of each
    area.
    """
    _make_staff(scale)
    names: dict[str, Any] = {"first": FIRST["da"], "last": LAST["da"], "now": scale.now, "helpers": scale.helpers}
    for statement in (_PEOPLE, _USERS, _MAILBOXES, _NABOVENNER):
        cursor.execute(statement, names)


def _make_staff(scale: Scale) -> None:
    staff = [
        (User(partnership=where, name=name, email=f"{kind}@{where.slug}.example", password="!"), kind)  # noqa: S106 - nobody can log in with it
        for where in Partnership.objects.filter(slug__startswith=SLUG).order_by("pk")
        for name, kind in STAFF.items()
    ]
    people = User.objects.bulk_create(person for person, _kind in staff)
    Role.objects.bulk_create(Role(user=one, partnership=one.partnership, kind=kind) for one, kind in staff)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in people
    )


# As in the demonstration one in twelve has no mailbox. Seven of ten have a telephone, in three spellings.
_PEOPLE = """
CREATE TEMPORARY TABLE scale_person ON COMMIT DROP AS
SELECT number, partnership_id, area_id, nextval(pg_get_serial_sequence('people_user', 'id')) AS person_id,
    CASE WHEN number %% 12 <> 11 THEN 'helper-' || number || '@' || slug || '.example' END AS email,
    20000000 + number * 179 %% 79999999 AS phone,
    %(now)s - interval '1000 days' * (1 - number::float / %(helpers)s) AS joined_at
FROM (SELECT * FROM scale_home ORDER BY number) AS home
JOIN places_partnership AS partnership ON partnership.id = partnership_id ORDER BY number
"""
_USERS = """
INSERT INTO people_user (id, partnership_id, password, is_superuser, is_active, email, name, language, phone,
    verified_phone, channel, is_duplicate, is_protected, joined_at)
SELECT person_id, partnership_id, '!', false, true, email,
    first[1 + number %% cardinality(first)]
        || CASE WHEN number %% 3 = 0 THEN ' ' || last[1 + number / 1107 %% cardinality(last)] ELSE '' END
        || ' ' || last[1 + (number * 5 + number / cardinality(first)) %% cardinality(last)],
    'da', CASE number %% 10 WHEN 0 THEN '+45' || phone WHEN 1 THEN phone::text
        WHEN 2 THEN '' WHEN 3 THEN '' WHEN 4 THEN '' ELSE btrim(to_char(phone, '99 99 99 99')) END,
    '', '', false, number %% 100 = 50, joined_at
FROM scale_person, (SELECT %(first)s::text[] AS first, %(last)s::text[] AS last) AS names ORDER BY number
"""
_MAILBOXES = """
INSERT INTO account_emailaddress (user_id, email, verified, "primary")
SELECT person_id, email, true, true FROM scale_person WHERE email IS NOT NULL ORDER BY number
"""
_NABOVENNER = """
INSERT INTO people_role (user_id, partnership_id, area_id, kind)
SELECT DISTINCT ON (area_id) person_id, partnership_id, area_id, 'naboven' FROM scale_person ORDER BY area_id, number
"""
