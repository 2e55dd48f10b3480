from django.db import migrations

# What someone said yes to is evidence: a row may be added, or go with the person, and never be rewritten.
FORWARD = """
CREATE FUNCTION consent_is_only_added() RETURNS trigger AS $$
BEGIN
    IF (NEW.person_id, NEW.wording_id, NEW.is_given, NEW.at, NEW.channel)
       IS DISTINCT FROM (OLD.person_id, OLD.wording_id, OLD.is_given, OLD.at, OLD.channel) THEN
        RAISE EXCEPTION 'A consent is never rewritten: add a row.';
    END IF;
    RETURN NEW;
END $$ LANGUAGE plpgsql;
CREATE TRIGGER consent_is_only_added BEFORE UPDATE ON people_consent
    FOR EACH ROW EXECUTE FUNCTION consent_is_only_added();
"""
BACKWARD = """
DROP TRIGGER consent_is_only_added ON people_consent;
DROP FUNCTION consent_is_only_added();
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_people_roles_and_consents")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
