"""Email: the connection to the mail server, and a message as bytes."""
