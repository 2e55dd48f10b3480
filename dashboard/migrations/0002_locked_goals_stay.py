from django.db import migrations

FORWARD = """
CREATE FUNCTION dashboard_goal_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A locked goal is never changed or deleted; a new goal supersedes it.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'goal_stays_once_locked';
END $$;
CREATE TRIGGER goal_stays_once_locked BEFORE UPDATE OR DELETE ON dashboard_goal
    FOR EACH ROW WHEN (OLD.locked_at IS NOT NULL) EXECUTE FUNCTION dashboard_goal_stays();
"""
BACKWARD = """
DROP TRIGGER goal_stays_once_locked ON dashboard_goal;
DROP FUNCTION dashboard_goal_stays();
"""


class Migration(migrations.Migration):
    """A promise that could be edited afterwards would be none: the database itself refuses."""

    dependencies = [("dashboard", "0001_goals_and_snapshots")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
