from django.db import migrations

# A helper's history is evidence of who did what: a row may be added, or go with the helper, and never be rewritten.
# Staff who are deleted leave an empty `by_id` behind; nothing else may change.
FORWARD = """
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
BACKWARD = """
DROP TRIGGER helper_step_is_only_added ON neighbours_helperstep;
DROP FUNCTION helper_step_is_only_added();
"""


class Migration(migrations.Migration):
    dependencies = [("neighbours", "0001_helpers")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
