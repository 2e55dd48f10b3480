from django.db import migrations

from partnership import cases

TABLES = {"steps": "talks_bookingstep", "case": "talks_booking", "key": "booking_id"}

# What 0002 made, which no later column was covered by and which let a step be deleted.
AS_BEFORE = """
CREATE FUNCTION booking_step_is_only_added() RETURNS trigger AS $$
BEGIN
    IF (NEW.booking_id, NEW.to_state, NEW.at, NEW.why) IS DISTINCT FROM (OLD.booking_id, OLD.to_state, OLD.at, OLD.why)
    THEN
        RAISE EXCEPTION 'A step is never rewritten: add a row.';
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER booking_step_is_only_added BEFORE UPDATE ON talks_bookingstep
    FOR EACH ROW EXECUTE FUNCTION booking_step_is_only_added();

CREATE FUNCTION booking_is_where_its_newest_step_says() RETURNS trigger AS $$
DECLARE
    stands varchar;
    newest varchar;
BEGIN
    SELECT state INTO stands FROM talks_booking WHERE id = NEW.id;
    SELECT to_state INTO newest FROM talks_bookingstep WHERE booking_id = NEW.id ORDER BY id DESC LIMIT 1;
    IF stands IS NOT NULL AND stands IS DISTINCT FROM newest THEN
        RAISE EXCEPTION 'Booking % is % but its newest step says %.', NEW.id, stands, newest
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$ LANGUAGE plpgsql;
CREATE CONSTRAINT TRIGGER booking_is_where_its_newest_step_says
    AFTER INSERT OR UPDATE OF state ON talks_booking DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION booking_is_where_its_newest_step_says();
"""
DROP = """
DROP TRIGGER booking_is_where_its_newest_step_says ON talks_booking;
DROP FUNCTION booking_is_where_its_newest_step_says();
DROP TRIGGER booking_step_is_only_added ON talks_bookingstep;
DROP FUNCTION booking_step_is_only_added();
"""


class Migration(migrations.Migration):
    dependencies = [("talks", "0011_steps_keep_to_the_table")]

    operations = [
        migrations.RunSQL(DROP, AS_BEFORE),
        cases.append_only(**TABLES),
        cases.state_is_newest_step(**TABLES),
    ]
