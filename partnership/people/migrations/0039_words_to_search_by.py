"""An index of the words in names and mailboxes, for the search of staff."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

# As `written.streets.folded` does: aa for å, no accents, only a to z and digits. It has to say "immutable" to be in an
# index: whoever changes it makes the index again.
FORWARD = r"""
CREATE OR REPLACE FUNCTION people_words(name text, email text, partnership bigint) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN array_to_tsvector(
    array_remove(regexp_split_to_array(lower(regexp_replace(normalize(
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
            name || ' ' || coalesce(email, ''),
            'å', 'aa'), 'Å', 'aa'), 'æ', 'ae'), 'Æ', 'ae'), 'ä', 'ae'), 'Ä', 'ae'), 'ø', 'oe'), 'Ø', 'oe'),
            'ö', 'oe'), 'Ö', 'oe'), 'ü', 'u'), 'Ü', 'u'), 'ß', 'ss'),
        NFD), '[\u0300-\u036f]', '', 'g')), '[^a-z0-9]+'), '')
    || ('#' || coalesce(partnership::text, ''))
)
"""
BACKWARD = "DROP FUNCTION people_words"


class Migration(migrations.Migration):
    # The portal runs meanwhile (docs/scale.md).
    atomic = False

    dependencies = [("people", "0038_numbers_that_are_new")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        AddIndexConcurrently(
            model_name="user",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    models.F("name"),
                    models.F("email"),
                    models.F("partnership_id"),
                    function="people_words",
                    output_field=django.contrib.postgres.search.SearchVectorField(),
                ),
                name="person_words",
            ),
        ),
    ]
