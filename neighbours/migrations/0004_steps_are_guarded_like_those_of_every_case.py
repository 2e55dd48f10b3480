from django.db import migrations

from partnership import cases

TABLES = {"steps": "neighbours_helperstep", "case": "neighbours_helper", "key": "helper_id"}

# What 0002 made, which no later column was covered by and which let a step be deleted.
AS_BEFORE = """
CREATE FUNCTION helper_step_is_only_added() RETURNS trigger AS $$
BEGIN
    IF (NEW.helper_id, NEW.from_state, NEW.to_state, NEW.at, NEW.channel, NEW.why)
       IS DISTINCT FROM (OLD.helper_id, OLD.from_state, OLD.to_state, OLD.at, OLD.channel, OLD.why)
       OR (NEW.by_id IS DISTINCT FROM OLD.by_id AND NEW.by_id IS NOT NULL) THEN
        RAISE EXCEPTION 'A step is never rewritten: add a row.';
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER helper_step_is_only_added BEFORE UPDATE ON neighbours_helperstep
    FOR EACH ROW EXECUTE FUNCTION helper_step_is_only_added();
"""
DROP = """
DROP TRIGGER helper_step_is_only_added ON neighbours_helperstep;
DROP FUNCTION helper_step_is_only_added();
"""


class Migration(migrations.Migration):
    dependencies = [("neighbours", "0003_steps_like_those_of_every_case")]

    operations = [
        migrations.RunSQL(DROP, AS_BEFORE),
        cases.append_only(**TABLES),
        cases.state_is_newest_step(**TABLES),
    ]
