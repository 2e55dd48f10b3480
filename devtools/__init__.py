"""What `make run` and `make test` need and production does not: database, broker, mailbox and process runner."""
