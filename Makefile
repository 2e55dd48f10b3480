PYTHON ?= python3
PORT ?= 8000
ARGS ?=
export PORT

.PHONY: run test bench bench-pages bench-scale messages landed lock words vendor

# Run the portal with everything it needs, until Ctrl-C.
run:
	@$(PYTHON) .ci/venv requirements-run.lock
	@exec .venv/bin/python -m devtools.running portal

# Run every test: make test ARGS="-k booking"
test:
	@$(PYTHON) .ci/venv requirements-dev.lock
	@exec .venv/bin/python -m devtools.running tests $(ARGS)

# Measure the promised speed, with rivals: make bench ARGS="--mails 2000"; writes benchmarks/RESULTS.md.
bench:
	@$(PYTHON) .ci/venv requirements-dev.lock
	@.venv/bin/python -m benchmarks.messages $(ARGS)

# Measure a citizen's pages in production settings, and granian against gunicorn if that is installed.
bench-pages:
	@$(PYTHON) .ci/venv requirements-dev.lock
	@PORTAL_DATA=.data/bench .venv/bin/python -m devtools.running with .venv/bin/python -m benchmarks.pages

# Measure what pages cost the database in a country of 350,000 helpers: make bench-scale ARGS="--helpers 20000" for less.
bench-scale:
	@$(PYTHON) .ci/venv requirements-dev.lock
	@PORTAL_DATA=.data/bench .venv/bin/python -m devtools.running with .venv/bin/python -m benchmarks.scale $(ARGS)

# Count lost and duplicate messages when things break: make messages ARGS="--kills 20" for a short run.
messages:
	@$(PYTHON) .ci/venv requirements-dev.lock
	@.venv/bin/python -m benchmarks.faults $(ARGS)

# Store a sample of this version's data for testing the next upgrade: at each landing (docs/upgrades.md).
landed:
	@$(PYTHON) .ci/venv requirements-dev.lock
	@PORTAL_DATA=.data/landed .venv/bin/python -m devtools.running with .venv/bin/python -m devtools.landed

# Renew the locks, each from its .txt, with the versions of the lock before it; needs uv.
UV = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock"
lock:
	$(UV) requirements.txt -o requirements.lock
	$(UV) -c requirements.lock requirements-run.txt -o requirements-run.lock
	$(UV) -c requirements-run.lock requirements-dev.txt -o requirements-dev.lock

# Update locale/ with the strings in code and templates, and compile it; needs gettext.
words:
	@.venv/bin/python manage.py makemessages --locale da --locale sv --no-location --no-wrap --ignore ".venv" --ignore ".data" --ignore "tests" > /dev/null
	@.venv/bin/python manage.py compilemessages --locale da --locale sv > /dev/null
	@.venv/bin/python .ci/translations

# Rebuild the design system's files from the pinned packages; needs npm.
vendor:
	@frontend/vendor.sh
