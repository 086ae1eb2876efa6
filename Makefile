# Everything here works in a fresh clone with Python 3.11 or newer and make; nothing has to be set.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help setup run test test-sqlite test-postgres check bench lock

PORT ?= 8000
POSTGRES_URL ?= postgres://postgres@127.0.0.1:5432/test
ARGS ?=
PYTHONS := python3 python3.11 python3.12 python3.13

BIN := .venv/bin
PYTHON := $(BIN)/python
PIP_INSTALL := $(PYTHON) -m pip install --quiet --disable-pip-version-check
PIP_COMPILE := $(BIN)/pip-compile --quiet --strip-extras \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links

help: ## List what can be done here
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup: .venv/development ## Make .venv with the pinned packages

run: .venv/runtime ## Set up, load the demo into an empty database, serve on 127.0.0.1 (PORT=8000)
	@$(PYTHON) manage.py migrate --no-input --verbosity 0
	@$(PYTHON) manage.py collectstatic --no-input --verbosity 0
	@$(PYTHON) manage.py load_demo --if-empty
	@PORT=$(PORT) exec $(BIN)/gunicorn dangjian.wsgi

# SQLite comes last, so that the closing line of its pytest is the last one printed. Browser tests
# start an installation of their own, on SQLite, and so run there only.
test: test-postgres test-sqlite ## Run every test, on PostgreSQL where it is reachable and on SQLite

test-sqlite: setup ## Run the tests on SQLite; all of them with coverage (ARGS="-k name")
	@DATABASE_URL=sqlite:///:memory: $(BIN)/pytest $(or $(ARGS),--cov)

test-postgres: setup ## Run the tests on PostgreSQL (POSTGRES_URL)
	@if DATABASE_URL=$(POSTGRES_URL) $(PYTHON) -m tests.requirements postgres; then \
		DATABASE_URL=$(POSTGRES_URL) $(BIN)/pytest $(or $(ARGS),-m "not browser"); \
	else [ $$? -eq 3 ]; fi

check: setup ## Lint, format, floors, types, migrations, deployment settings
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/djlint templates --check --quiet
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy
	$(PYTHON) manage.py makemigrations --check --dry-run
	@echo "manage.py check --deploy"
	@DEBUG=off HTTPS=on ALLOWED_HOSTS=example.test \
		SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(50))') \
		$(PYTHON) manage.py check --deploy --fail-level WARNING

bench: setup ## Run the benchmarks
	@$(PYTHON) -m tests.bench $(ARGS)

lock: setup ## Write requirements*.txt from pyproject.toml
	$(PIP_COMPILE) --output-file=requirements.txt pyproject.toml
	$(PIP_COMPILE) --extra=dev --output-file=requirements-dev.txt pyproject.toml

# Being on the path is not enough: Debian splits ensurepip off, and version managers leave stubs.
.venv/runtime: requirements.txt
	@$(PYTHON) -m pip --version >/dev/null 2>&1 && exit; \
	for python in $(PYTHONS); do \
		if $$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' \
			2>/dev/null; \
		then echo "$$python -m venv .venv"; exec $$python -m venv --clear .venv; fi; \
	done; \
	echo "Python 3.11 or newer with venv is needed (on Debian: apt install python3-venv)." >&2; \
	exit 1
	$(PIP_INSTALL) -r requirements.txt
	@touch $@

.venv/development: .venv/runtime requirements-dev.txt
	$(PIP_INSTALL) -r requirements-dev.txt
	@touch $@
