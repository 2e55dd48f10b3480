"""Tools for `make run` and `make test`, not for production: database, broker, mailbox and process runner."""
