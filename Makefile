# duban. `make` alone lists what there is.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q

.DEFAULT_GOAL := help
.PHONY: help install dev system demo test check bench train specs lock samples clean

help: ## what can be made
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 18

install: $(VENV)/.runtime ## the program alone, as .venv/bin/duban

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(not ((3, 11) <= sys.version_info[:2] <= (3, 13)))' \
	 || { echo "duban needs Python 3.11, 3.12 or 3.13; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: $(VENV)/bin/python requirements.lock pyproject.toml
	@echo "Installing duban into $(VENV) (about a minute) ..."
	@$(PIP) install -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

dev: $(VENV)/.dev system ## what the tests and checks need besides

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	@$(PIP) install -r requirements-dev.lock
	@touch $@

system: ## system parts of the tests: LibreOffice, PostgreSQL, Chromium, a Chinese font (says plainly what is missing)
	@sh .ci/system.sh

demo: install ## the samples of an invented city, from files to the ledger
	@sh .ci/demo.sh

test: dev ## all tests
	@$(BIN)/python -m pytest

check: dev ## ruff, mypy, the import contracts, the commands of the README
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest -q tests/test_docs.py

bench: dev ## speed and memory, as ratios measured in one run (TEXTS=DIR: over your own texts too; SIZE=1000000: the large register)
	@$(BIN)/python -m benchmarks $(if $(TEXTS),--texts $(TEXTS)) $(if $(SIZE),--size $(SIZE))

specs: dev ## numbers and dates against case files of Recognizers-Text: SPECS=DIR, SHOW=N failures
	@$(BIN)/python -m benchmarks.specs $(SPECS) --show $(or $(SHOW),0)

train: dev ## learn the weights of extractors/learned anew from corpus/gold
	@$(BIN)/python -m flows.training

lock: ## requirements.in -> requirements.lock (needs uv)
	uv pip compile --universal --python-version 3.11 requirements.in -o requirements.lock --no-header -q
	uv pip compile --universal --python-version 3.11 requirements-dev.in -o requirements-dev.lock --no-header -q

samples: dev ## write the sample files anew from their sources
	@$(BIN)/python -m corpus.samples.make

clean: ## forget the environment and all data of the demonstration
	rm -rf $(VENV) var build *.egg-info
