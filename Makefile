# Everything a fresh checkout needs besides Python 3.11 or newer, git and make is installed into .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo run test lint types floors check-tests bench chaos lock clean

demo: .venv/runtime ## the main job, without network or token
	@$(BIN)/python -m bot demo

run: .venv/runtime ## the real thing, on .env and feeds.yaml
	@$(BIN)/python -m bot run

test: .venv/development ## lint, types, import contracts, tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 4 --dist worksteal

bench: .venv/development ## every figure of the README, printed with its peers'
	$(BIN)/python -m tests.bench

chaos: .venv/development ## the long delivery tests: many kills, both databases
	$(BIN)/pytest -n 2 -m chaos --chaos-long

lock: ## write both requirement files anew (needs uv)
	uv lock --upgrade
	uv export --quiet --frozen --no-emit-project --no-header --all-extras --no-dev -o requirements.lock
	uv export --quiet --frozen --no-emit-project --no-header --all-extras -o requirements-dev.lock

clean: ## what was built, and nothing that was kept
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.11 …" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

.venv/runtime: requirements.lock | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/development: requirements-dev.lock | .venv/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch .venv/runtime $@
