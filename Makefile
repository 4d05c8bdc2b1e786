# Needs Python 3.11 or newer, make and git; everything else is installed into .venv.
PYTHON ?= python3
PYTHONS ?= python3.11 python3.12 python3.13
VENV := .venv
BIN := $(VENV)/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
SOURCES := pyproject.toml tracksync/__init__.py

MINUTES ?= 10

.PHONY: help demo docs test test-all test-pythons proofs fuzz lint bench wheel clean
.DEFAULT_GOAL := help

help:
	@echo "make demo          the whole loop on sample postmortems, no account needed"
	@echo "make test          all tests that need only Python and git"
	@echo "make lint          ruff, mypy --strict, zizmor"
	@echo "make test-all      lint, all tests, and the built package in a fresh environment"
	@echo "make test-pythons  make test on each of: $(PYTHONS)"
	@echo "make docs          the parts of docs/ that are made of the code"
	@echo "make proofs        what takes minutes: 5,000 items, every fault at every request, the property tests for long"
	@echo "make fuzz          coverage-guided fuzzing of reading and rewriting, for MINUTES=10"
	@echo "make bench         speed and memory against their promises; CORPUS=DIR: how well a folder is read and rewritten"
	@echo "make clean         remove what make made"

demo: $(VENV)/.installed
	@$(BIN)/tracksync demo

test: $(VENV)/.tested
	@$(BIN)/python -m pytest -q -n auto --cov --cov-report=term

lint: $(VENV)/.linted
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/zizmor --offline --quiet .github

test-all: lint test $(VENV)/.linted
	@$(MAKE) --no-print-directory wheel

# The package as users get it: built, installed alone, and run away from the checkout.
wheel: $(VENV)/.linted
	@rm -rf build dist $(VENV)/fresh
	@$(BIN)/python -m build --outdir dist . > $(VENV)/build.log 2>&1 || { cat $(VENV)/build.log; exit 1; }
	@$(BIN)/python -m venv $(VENV)/fresh
	@$(VENV)/fresh/bin/python -m pip --disable-pip-version-check --quiet --quiet install dist/*.whl
	@cd $(VENV) && fresh/bin/tracksync --version && fresh/bin/tracksync demo > /dev/null
	@rm -rf build
	@echo "the built package works"

test-pythons:
	@set -e; for python in $(PYTHONS); do \
		echo "$$python"; $(MAKE) --no-print-directory test PYTHON=$$python VENV=.venv-$$(basename $$python); \
	done

docs: $(VENV)/.tested
	@$(BIN)/python -m tests.docs.pages
	@$(BIN)/python -m tests.docs.picture

proofs: $(VENV)/.tested
	@$(BIN)/python -m pytest -q -m proofs
	@HYPOTHESIS_PROFILE=proofs $(BIN)/python -m pytest -q tests/property

# atheris has no wheels for macOS: there `make test` runs the same targets with Hypothesis.
fuzz: $(VENV)/.fuzzing
	@$(BIN)/python -m tests.fuzz.run $(MINUTES)

bench: $(VENV)/.tested
	@$(BIN)/python tests/bench/$(if $(CORPUS),corpus.py $(CORPUS),run.py)

clean:
	@rm -rf .venv .venv-* build dist .coverage .fuzz .hypothesis .mypy_cache .pytest_cache .ruff_cache *.egg-info

$(BIN)/python:
	@command -v $(PYTHON) > /dev/null || { echo "tracksync needs Python 3.11 or newer, and there is no $(PYTHON) here."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null || { \
		echo "tracksync needs Python 3.11 or newer: name one with make PYTHON=/path/to/python."; exit 1; }
	@$(PYTHON) -m venv $(VENV) > /dev/null 2>&1 || { rm -rf $(VENV); \
		echo "Python can't make a virtual environment here: install the package python3-venv, then run make again."; exit 1; }

$(VENV)/.installed: $(SOURCES) | $(BIN)/python
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.tested: $(SOURCES) | $(BIN)/python
	@$(PIP) install --editable ".[test]"
	@touch $@ $(VENV)/.installed

$(VENV)/.linted: $(SOURCES) | $(BIN)/python
	@$(PIP) install --editable ".[test,lint]"
	@touch $@ $(VENV)/.tested $(VENV)/.installed

$(VENV)/.fuzzing: $(SOURCES) | $(BIN)/python
	@$(PIP) install --editable ".[test,fuzz]"
	@touch $@ $(VENV)/.tested $(VENV)/.installed
