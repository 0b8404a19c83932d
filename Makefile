# One verb per job: run test check audit format bench soak. `make run PORT=8001` serves elsewhere.

export PORT ?= 8000
PYTHON := .venv/bin/python
KEY := import secrets; print(secrets.token_urlsafe(50))
PIP := $(PYTHON) -m pip install --quiet --disable-pip-version-check --retries 10

# A sentence if this machine lacks something, before anything slow.
must = $(eval problem := $(shell python3 campaign/beforehand.py $(1) 2>&1))$(if $(problem),$(error $(problem)))

.PHONY: run test check audit format bench soak free
.DELETE_ON_ERROR:
.NOTPARALLEL:

run: free .venv/installed var/secret-key
	@$(PYTHON) manage.py prepare --demo
	@exec .venv/bin/gunicorn --config campaign/gunicorn.py campaign.wsgi

test: .venv/installed-dev
	@$(PYTHON) -m campaign.tests

check: .venv/installed-dev
	@.venv/bin/ruff format --check --quiet . || { echo "Not formatted: run make format."; exit 1; }
	@.venv/bin/ruff check --quiet .
	@.venv/bin/djlint --quiet --lint templates
	@DJANGO_SETTINGS_MODULE=campaign.tests.settings $(PYTHON) manage.py makemigrations --check --dry-run
	@ENV_FILE=.env.example SECRET_KEY=$$($(PYTHON) -c "$(KEY)") $(PYTHON) manage.py check --deploy --fail-level WARNING
	@for script in .ci/run deploy/*.sh; do bash -n $$script || exit 1; done
	@$(PYTHON) -m pytest -q campaign/tests/test_house.py

audit: .venv/installed-dev var/tools/audit/bin/pip-audit
	@$(PYTHON) -m campaign.tests.audit

format: .venv/installed-dev
	@.venv/bin/ruff check --quiet --fix .
	@.venv/bin/ruff format --quiet .

bench: .venv/installed var/secret-key
	@$(PYTHON) manage.py bench

soak: .venv/installed-dev
	@SOAK=1 $(PYTHON) -m campaign.tests -m soak

free:
	$(call must,$(PORT))

.venv/installed: requirements.txt
	$(call must)
	@echo "Installing what the site needs into .venv; the first time takes a minute."
	@python3 -m venv .venv
	@$(PIP) -r requirements.txt
	@touch $@

.venv/installed-dev: requirements-dev.txt .venv/installed
	@$(PIP) -r requirements-dev.txt
	@touch $@

var/tools/audit/bin/pip-audit:
	@python3 -m venv var/tools/audit
	@var/tools/audit/bin/pip install --quiet --disable-pip-version-check pip-audit==2.10.1

var/secret-key:
	@mkdir -p var
	@umask 077 && $(PYTHON) -c "$(KEY)" > $@
