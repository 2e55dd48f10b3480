#!/bin/sh
# Give the portal a log-in and a database of its own, when the server is made: the superuser that it is made with is the
# one as which PostgreSQL cleans up, and must keep all rights (README.md, "Database roles").
psql --username postgres --set ON_ERROR_STOP=1 --set password="$PORTAL_PASSWORD" <<'SQL'
CREATE ROLE portal LOGIN CREATEROLE PASSWORD :'password';
CREATE DATABASE portal OWNER portal;
SQL
