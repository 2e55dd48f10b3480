"""From a message that is due to one that is sent: claiming, trying again, and the last check before it leaves."""
