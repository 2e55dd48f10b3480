"""Helpers with their steps, consents and activities, at the scale of a country."""

from typing import Any

from django.db.backends.utils import CursorWrapper
from django.utils import translation

from neighbours.actions.inviting import ALPHABET
from neighbours.consent_words import PURPOSE, SHOWN_TO_NABOVEN, consent_text, shown_text
from neighbours.first_things import FIRST_THINGS
from partnership.people.actions.consents import wording_of
from partnership.places.models import Partnership
from partnership.scale import SLUG, Scale


def make_helpers(scale: Scale, cursor: CursorWrapper) -> None:
    """Make a helper of each person: two of three are active, one in four is quiet, the rest have left or still wait."""
    cursor.execute(
        "CREATE TEMPORARY TABLE scale_words (partnership_id bigint, joins bigint, shows bigint) ON COMMIT DROP"
    )
    cursor.executemany("INSERT INTO scale_words VALUES (%s, %s, %s)", _wordings())
    values: dict[str, Any] = {"now": scale.now, "alphabet": ALPHABET, "things": [thing.kind for thing in FIRST_THINGS]}
    for statement in (_PLAN, _HELPERS, _ASKED, _CONFIRMED, _LEFT, _CONSENTS, _ACTIVITIES):
        cursor.execute(statement, values)


def _wordings() -> list[tuple[int, int, int]]:
    with translation.override("da"):
        return [
            (
                where.pk,
                wording_of(purpose=PURPOSE, text=consent_text(where), language="da").pk,
                wording_of(purpose=SHOWN_TO_NABOVEN, text=shown_text(where), language="da").pk,
            )
            for where in Partnership.objects.filter(slug__startswith=SLUG)
        ]


# One in six came on paper, and is a helper at once. The invitation's code is the number in 31 letters and digits.
_PLAN = """
CREATE TEMPORARY TABLE scale_helper ON COMMIT DROP AS
SELECT number, person_id, partnership_id, household_id, joined_at, state,
    nextval(pg_get_serial_sequence('neighbours_helper', 'id')) AS helper_id,
    CASE WHEN number %% 6 = 5 THEN 'paper' ELSE 'web' END AS medium,
    joined_at + CASE WHEN number %% 6 = 5 THEN interval '0' ELSE interval '9 hours' END AS confirmed_at,
    CASE WHEN state = 'left' THEN LEAST(joined_at + interval '200 days', %(now)s) END AS left_at,
    number * 20 %% 47 < 31 AS is_active
FROM (
    SELECT person.*, household_id, CASE WHEN joined_at > %(now)s - interval '20 days' AND number %% 6 < 4 THEN 'pending'
        WHEN number %% 17 = 4 AND joined_at < %(now)s - interval '1 day' THEN 'left' ELSE 'confirmed' END AS state
    FROM scale_person AS person JOIN scale_home USING (number, partnership_id) ORDER BY number
) AS plan
"""
_HELPERS = """
INSERT INTO neighbours_helper (id, partnership_id, person_id, household_id, state, medium, joined_at, confirmed_at,
    left_at, submission, name, asks_protection, was_helper, heard_from, asked_on, invitation, made_person)
SELECT helper_id, partnership_id, person_id, CASE WHEN state <> 'left' THEN household_id END, state, medium, joined_at,
    CASE WHEN state <> 'pending' THEN confirmed_at END, left_at, md5('scale-' || number)::uuid, '', false,
    number %% 14 = 7, (ARRAY['neighbour', 'web', 'neighbour', 'poster', 'authority', 'news', ''])[1 + number %% 7],
    CASE WHEN state = 'confirmed' AND NOT is_active AND confirmed_at < %(now)s - interval '200 days'
        THEN %(now)s::date - (number * 7 %% 150)::int END,
    CASE WHEN state = 'confirmed' THEN code END, true
FROM scale_helper, LATERAL (
    SELECT string_agg(substr(%(alphabet)s, 1 + floor(number / 31 ^ place)::int %% 31, 1), '') AS code
    FROM generate_series(0, 9) AS place
) AS codes
ORDER BY number
"""
_ASKED = """
INSERT INTO neighbours_helperstep (helper_id, from_state, to_state, at, medium, why)
SELECT helper_id, '', CASE medium WHEN 'web' THEN 'pending' ELSE 'confirmed' END, joined_at, medium, ''
FROM scale_helper ORDER BY number
"""
_CONFIRMED = """
INSERT INTO neighbours_helperstep (helper_id, from_state, to_state, at, medium, why)
SELECT helper_id, 'pending', 'confirmed', confirmed_at, medium, ''
FROM scale_helper WHERE state <> 'pending' AND medium = 'web' ORDER BY number
"""
_LEFT = """
INSERT INTO neighbours_helperstep (helper_id, from_state, to_state, at, medium, why)
SELECT helper_id, 'confirmed', 'left', left_at, 'web', '' FROM scale_helper WHERE state = 'left' ORDER BY number
"""
_CONSENTS = """
INSERT INTO people_consent (partnership_id, person_id, wording_id, is_given, at, medium)
SELECT partnership_id, person_id, wording_id, true, confirmed_at, medium
FROM scale_helper JOIN scale_words USING (partnership_id),
    LATERAL (VALUES (joins, 0), (shows, 3)) AS given (wording_id, than)
WHERE state <> 'pending' AND (than = 0 OR number %% 4 <> than) ORDER BY number
"""
# Who is active has done something in the last six months, and before; of the others some did something at first.
_ACTIVITIES = """
INSERT INTO people_activity (partnership_id, person_id, kind, day)
SELECT partnership_id, person_id, kind, day FROM (
    SELECT DISTINCT number, partnership_id, person_id,
        (%(things)s::text[])[1 + (number + turn) %% cardinality(%(things)s::text[])] AS kind,
        CASE WHEN is_active THEN GREATEST(confirmed_at::date,
            %(now)s::date - (number * 11 %% 170)::int - 120 * turn) ELSE confirmed_at::date + (1 + number %% 9)::int END
            AS day
    FROM scale_helper, generate_series(0, 1) AS turn
    WHERE state <> 'pending' AND (is_active OR (number %% 5 < 3 AND turn = 0))
) AS done
WHERE day <= %(now)s::date ORDER BY number, day
"""
