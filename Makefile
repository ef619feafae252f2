# What there is to do, one word each. Needs make and Python 3.11 or newer, nothing else.
#   make briefing   install what the program needs, and build the briefings of this folder into output/
#   make test       install what the tests need, and run all of them
#   make test-fast  the tests that need no other program, in under a minute
#   make coverage   the same as make test, and what of the program the tests run; fails below the floor in pyproject.toml
#   make coverage-rooms  the same of the rooms that a wrong number would come from, by their own fast tests; CI asks for it
#   make mutants    change the sources in small ways, and see the tests notice; ROOM=… and SAMPLE=… (docs/mutants.md)
#   make check      style, types, layers, sizes, documentation
#   make look       every kind of chart on awkward data, PDF and Word side by side, into output/look/; KINDS="slope bar" for some
#   make same       build the shipped project as the last commit does and as this tree does; REVISION=… for another
#   make bench      time a build against a floor measured in the same run
#   make arelle     install what audits the facts of pages for the tests
#   make pages      renew what is made from the code: docs/commands.md, docs/vocabulary.md, schemas/
#   make format     set the code as `make check` wants it
#   make fonts SERIF=folder SANS=folder KAI=folder   rebuild the faces (tools/build_fonts.py says from what)
#   make lock       renew the locked requirements; UPGRADE=--upgrade takes the newest versions
#   make wheel      build the wheel into dist/
#   make clean      remove what these made, but not output/

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input install --quiet --require-virtualenv
UV_VERSION := 0.13.9
UPGRADE ?=
REVISION ?= HEAD
COVERED := tests/analysis tests/delivery/editions tests/document tests/verify
SUITE ?= --numprocesses=auto --dist=loadfile --no-loadscope-reorder
ROOM ?=
KINDS ?=
SAMPLE ?=

# What is printed is said in the language of the user, as the program does: $(call said,English,Chinese).
CHINESE := $(filter zh%,$(firstword $(CLUSTERREPORT_MESSAGES) $(LC_ALL) $(LC_MESSAGES) $(LANG)))
comma := ,
said = $(if $(CHINESE),$(2),$(1))

.DEFAULT_GOAL := briefing
.DELETE_ON_ERROR:
.PHONY: briefing test test-fast coverage coverage-floor coverage-rooms mutants check look same bench pages format fonts lock arelle wheel clean

briefing: $(VENV)/.runtime
	$(BIN)/clusterreport build

test: $(VENV)/.test
	$(BIN)/pytest $(SUITE) $(COVERAGE)

test-fast: $(VENV)/.test
	$(BIN)/pytest $(SUITE) -m "not slow"

coverage: COVERAGE = --cov --cov-report=
coverage: test coverage-floor

coverage-floor: $(VENV)/.test
	$(BIN)/python tools/coverage_floors.py

# Under the whole suite the same would take CI twice as long: coverage slows every test that starts the program.
coverage-rooms: $(VENV)/.test
	$(BIN)/pytest $(SUITE) -m "not slow" --cov --cov-report= $(COVERED)
	$(BIN)/python tools/coverage_floors.py --rooms

mutants: $(VENV)/.test
	$(BIN)/python tools/mutants.py $(ROOM) $(if $(SAMPLE),--sample $(SAMPLE))

check: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest --quiet tests/architecture

look: $(VENV)/.test
	$(BIN)/python tools/look.py $(KINDS)

same: $(VENV)/.test
	$(BIN)/python tools/same.py $(REVISION)

# Compiled as pip leaves an installed program: what is measured is a build, and not Python reading sources.
bench: $(VENV)/.test
	$(BIN)/python -m compileall -q src/clusterreport benchmarks
	$(BIN)/python -m benchmarks

pages: $(VENV)/.runtime
	$(BIN)/python tools/command_help.py
	$(BIN)/python tools/editor_schemas.py
	$(BIN)/python tools/vocabulary_pages.py

format: $(VENV)/.test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

fonts: $(VENV)/.test
	$(BIN)/python tools/build_fonts.py "$(SERIF)" "$(SANS)" "$(KAI)"

wheel: $(VENV)/.test
	$(BIN)/python -m build --wheel --no-isolation

# The hashes are those of every file of a version, for all platforms; no address of an index is written.
# The tests' lock is made first, and the smaller one is held to its versions.
lock: build/lock/bin/uv
	$(call compile,requirements-dev.txt,--extra test pyproject.toml $(UPGRADE))
	$(call compile,requirements.txt,--constraint requirements-dev.txt pyproject.toml $(UPGRADE))
	$(call compile,tools/arelle/requirements.txt,tools/arelle/requirements.in $(UPGRADE))

# What audits the facts of pages, in an environment of its own (tools/arelle/requirements.in says why).
arelle: build/arelle/bin/arelleCmdLine

build/arelle/bin/arelleCmdLine: tools/arelle/requirements.txt
	$(PYTHON) -m venv build/arelle
	build/arelle/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes --requirement $<
	touch $@

define compile
build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	--no-annotate --custom-compile-command "make lock" --output-file $(1) $(2)
endef

build/lock/bin/uv:
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip --disable-pip-version-check install --quiet uv==$(UV_VERSION)

clean:
	rm -rf build dist .coverage .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis $(VENV)
	find src tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else "$(call said,clusterreport needs Python 3.11 or newer$(comma) and $(PYTHON) is %d.%d. Run: make PYTHON=python3.12 (or another that you have).,clusterreport 需要 Python 3.11 或更新的版本，而 $(PYTHON) 是 %d.%d。请运行：make PYTHON=python3.12（或您已有的其他版本）。)" % v[:2])'
	@echo "$(call said,making $(VENV) with $(PYTHON),用 $(PYTHON) 建立 $(VENV))"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "$(call said,$(PYTHON) cannot make an environment; on Debian and Ubuntu: apt-get install python3-venv,$(PYTHON) 不能建立环境；在 Debian 和 Ubuntu 上请运行：apt-get install python3-venv)" >&2; exit 1; }

# A stamp is as new as what was installed, so that a second run installs nothing. pip compiles what it installs, compileall
# the program itself; tools/link_checkout.py says why there is no editable install.
$(VENV)/.runtime: requirements.txt pyproject.toml tools/link_checkout.py | $(VENV)/bin/python
	@echo "$(call said,installing what the program needs (once; about half a minute),正在安装程序所需的组件（只需一次，约半分钟）)"
	$(PIP) --require-hashes --requirement requirements.txt
	@$(BIN)/python tools/link_checkout.py
	@$(BIN)/python -m compileall -q src/clusterreport
	@touch $@

$(VENV)/.test: requirements-dev.txt pyproject.toml tools/link_checkout.py | $(VENV)/bin/python
	@echo "$(call said,installing what the tests need (once; about a minute),正在安装测试所需的组件（只需一次，约一分钟）)"
	$(PIP) --require-hashes --requirement requirements-dev.txt
	@$(BIN)/python tools/link_checkout.py
	@$(BIN)/python -m compileall -q src/clusterreport
	@touch $(VENV)/.runtime $@
