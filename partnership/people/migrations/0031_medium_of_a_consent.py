from django.db import migrations

# As 0002 made it, with the column's new name.
GUARD = """
CREATE OR REPLACE FUNCTION consent_is_only_added() RETURNS trigger AS $$
BEGIN
    IF (NEW.person_id, NEW.wording_id, NEW.is_given, NEW.at, NEW.{column})
       IS DISTINCT FROM (OLD.person_id, OLD.wording_id, OLD.is_given, OLD.at, OLD.{column}) THEN
        RAISE EXCEPTION 'A consent is never rewritten: add a row.';
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;
"""


class Migration(migrations.Migration):
    # A migration of neighbours writes consents under the column's name before.
    dependencies = [("people", "0030_duplicates"), ("neighbours", "0014_who_joined_before_stays_shown")]

    operations = [
        migrations.RenameField("consent", "channel", "medium"),
        migrations.RunSQL(GUARD.format(column="medium"), GUARD.format(column="channel")),
    ]
