PYTHON ?= python3
PORT ?= 8000
ARGS ?=
export PORT

.PHONY: run test bench bench-pages messages landed lock words vendor

# The portal, with everything it needs, until Ctrl-C.
run:
	@$(PYTHON) .ci/venv requirements-run.lock
	@exec .venv/bin/python -m devtools.running portal

# Every test: make test ARGS="-k booking"
test:
	@$(PYTHON) .ci/venv requirements-dev.lock
	@exec .venv/bin/python -m devtools.running tests $(ARGS)

# What is promised about speed, measured beside its rivals: make bench ARGS="--mails 2000"; writes benchmarks/RESULTS.md.
bench:
	@$(PYTHON) .ci/venv requirements-dev.lock
	@.venv/bin/python -m benchmarks.messages $(ARGS)

# What a citizen's page weighs in production settings, and granian beside gunicorn where that is installed.
bench-pages:
	@$(PYTHON) .ci/venv requirements-dev.lock
	@PORTAL_DATA=.data/bench .venv/bin/python -m devtools.running with .venv/bin/python -m benchmarks.pages

# What becomes of messages when things break, as a table: make messages ARGS="--kills 20" for a short one.
messages:
	@$(PYTHON) .ci/venv requirements-dev.lock
	@.venv/bin/python -m benchmarks.faults $(ARGS)

# What this version leaves behind, for the next one to be tried on: at each landing (docs/upgrades.md).
landed:
	@$(PYTHON) .ci/venv requirements-dev.lock
	@PORTAL_DATA=.data/landed .venv/bin/python -m devtools.running with .venv/bin/python -m devtools.landed

# The locks anew, each from its .txt and no other version than in the one before it; needs uv.
UV = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock"
lock:
	$(UV) requirements.txt -o requirements.lock
	$(UV) -c requirements.lock requirements-run.txt -o requirements-run.lock
	$(UV) -c requirements-run.lock requirements-dev.txt -o requirements-dev.lock

# The words anew from code and templates into locale/, and compiled; needs gettext.
words:
	@.venv/bin/python manage.py makemessages --locale da --locale sv --no-location --no-wrap --ignore ".venv" --ignore ".data" --ignore "tests" > /dev/null
	@.venv/bin/python manage.py compilemessages --locale da --locale sv > /dev/null
	@.venv/bin/python .ci/translations

# The design system's files anew from the pinned packages; needs npm.
vendor:
	@frontend/vendor.sh
