# The hub's commands. `make` alone lists them; python3 (3.11 or newer, with venv) and make are all that they need.

PYTHON ?= python3
JOBS ?= 2
PY := .venv/bin/python
PYTEST := $(PY) -m pytest
# What says the same whatever the database is; and the gates, the faults and the walk, which make torture has on both.
ONCE := tests/gates tests/faults tests/journeys/test_every_page.py tests/support tests/plan/importing tests/cli/test_settings.py \
	$(wildcard tests/*/test_demo.py) $(filter-out %/test_migrations.py,$(wildcard tests/rules/test_*.py))
# Every state of every page for three judges takes longer than all else together.
LONG_BROWSER := tests/journeys/test_every_state_in_browser.py tests/journeys/test_keyboard_in_browser.py \
	tests/journeys/test_spoken.py tests/support/test_looking.py
TORTURED := tests/gates tests/faults tests/journeys/test_every_page.py tests/fund/test_state_machine.py \
	tests/fund/test_races.py
INSTALL := .venv/bin/uv pip install --quiet --python $(PY) --require-hashes --compile-bytecode
LOCK := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

export UV_PYTHON_DOWNLOADS := never
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help run demo test test-sqlite test-postgresql test-browser torture check format bench requirements clean

help: ## this list
	@echo "Use: make COMMAND"
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 25

run: .venv/.run ## the hub on http://127.0.0.1:5000 with its demo institution (PORT=, HOST= change that)
	@$(PY) -m hub run

demo: .venv/.run ## throw the demo institution away and make it afresh
	@$(PY) -m hub demo --fresh

test: test-sqlite test-postgresql ## every test: on SQLite and in a real browser, then on PostgreSQL

test-sqlite: .venv/.dev ## the tests on SQLite, with those in a real browser
	@echo "== Tests on SQLite and in Chromium =="
	@$(PY) -m tests.support.browser
	@$(PYTEST) -n $(JOBS) --dist loadgroup --database=sqlite $(addprefix --ignore=,$(LONG_BROWSER))

test-postgresql: .venv/.dev ## the tests on PostgreSQL only
	@echo "== Tests on PostgreSQL =="
	@$(PYTEST) -n $(JOBS) --dist loadgroup -m "not browser" --database=postgresql \
		$(addprefix --ignore=,$(ONCE))

test-browser: .venv/.dev ## the browser tests only
	@echo "== Tests in Chromium =="
	@$(PY) -m tests.support.browser
	@$(PYTEST) -m browser --database=sqlite $(addprefix --ignore=,$(LONG_BROWSER))

torture: .venv/.dev ## the long forms of gates, faults and money, on both databases: an hour or more
	@for database in sqlite postgresql; do \
		echo "== Torture on $$database =="; \
		HUB_TORTURE=1 $(PYTEST) -v -n $(JOBS) --dist loadgroup -m "not browser" --database=$$database \
			-o faulthandler_timeout=3600 $(TORTURED) || exit 1; \
	done
	@echo "== Every state of every page =="
	@$(PY) -m tests.support.browser
	@$(PY) -m tests.support.judges
	@HUB_TORTURE=1 $(PYTEST) -v -m browser --database=sqlite -o faulthandler_timeout=3600 $(LONG_BROWSER) \
		tests/journeys/test_fund_after_in_browser.py

check: .venv/.dev ## format, lint, types, who may import whom, templates
	@echo "== Format =="
	@$(PY) -m ruff format --check .
	@echo "== Lint =="
	@$(PY) -m ruff check .
	@echo "== Types =="
	@$(PY) -m mypy --num-workers $(JOBS)
	@echo "== Imports =="
	@.venv/bin/lint-imports
	@echo "== Templates =="
	@$(PY) -m djlint --lint --quiet templates

format: .venv/.dev ## put the code in our format
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

bench: .venv/.dev ## speed and memory against bare limits, as JSON lines (ROWS="start import" picks some)
	@$(PY) -m tests.bench $(ROWS)

requirements: .venv/.uv ## resolve the packages of pyproject.toml again into requirements/*.txt
	echo uv | $(LOCK) --upgrade --no-annotate --output-file requirements/uv.txt -
	$(LOCK) --upgrade --output-file requirements/dev.txt --group dev pyproject.toml
	$(LOCK) --output-file requirements/run.txt --constraint requirements/dev.txt pyproject.toml

clean: ## remove the virtual environment and every cache; the hub's own files stay
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The virtual environment: each stamp is older than its list only when there is something to install.

.venv/.uv: requirements/uv.txt
	@command -v $(PYTHON) >/dev/null || { echo "The hub needs Python 3.11 or newer: install python3, or name yours: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "The hub needs Python 3.11 or newer and $(PYTHON) is $$($(PYTHON) -V 2>&1): name a newer one, such as make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) has no venv: install it (on Debian and Ubuntu: apt-get install python3-venv)" >&2; exit 1; }
	@echo "Preparing the virtual environment (once)"
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@$(PY) -m pip install --quiet --require-hashes -r requirements/uv.txt
	@touch $@

.venv/.run: requirements/run.txt .venv/.uv
	@echo "Installing what the hub runs on"
	@$(INSTALL) -r requirements/run.txt
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.uv
	@echo "Installing what the tests need"
	@$(INSTALL) -r requirements/dev.txt
	@touch $@
