# Everything a person or a machine does with this project. Needs Python 3.11+ and make, nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: briefing test test-fast check bench fonts lock architecture format clean

briefing: $(VENV)/.runtime  ## build the briefings of this folder
	$(BIN)/clusterreport build

test: $(VENV)/.test  ## run the whole suite
	$(BIN)/python -m pytest -n auto

test-fast: $(VENV)/.test  ## run what needs no other program and no patience
	$(BIN)/python -m pytest -n auto -m "not slow"

check: $(VENV)/.test  ## everything CI asks of the sources
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/architecture

bench: $(VENV)/.test  ## time the build against its floor
	$(BIN)/python -m benchmarks

architecture: $(VENV)/.test  ## renew the table of modules in ARCHITECTURE.md
	$(BIN)/python tools/architecture_table.py

lock:  ## renew the locked requirements (needs uv)
	tools/lock.sh

format: $(VENV)/.test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The stamps say what has been installed, so that a second run installs nothing.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "clusterreport needs Python 3.11 or newer; name one: make PYTHON=python3.12 …" or 0)'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	$(BIN)/python tools/link_checkout.py
	touch $@

$(VENV)/.test: requirements-dev.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	$(BIN)/python tools/link_checkout.py
	touch $@ $(VENV)/.runtime
