# Two targets do all set-up on a fresh machine that has Python 3.11 or later and make: `make demo` and `make check`.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
BENCH  := .venv-bench
PEERS  := .venv-peers
# The first Python that is new enough, by looking at it and not at its name; PYTHON=… chooses another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
PYTEST := $(BIN)/python -m pytest
WORKERS ?= auto

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1\t\2/' | while IFS=$$'\t' read -r name text; \
	  do printf '  make %-8s %s\n' "$$name" "$$text"; done

$(STAMP): pyproject.toml speclang/version.py
	@test -n "$(PYTHON)" || { echo "make: Python 3.11 or later is needed; install it, or name it with PYTHON=…" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing specc and its tools into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(STAMP)

.PHONY: setup
setup: $(STAMP) ## install into .venv (the other targets do it by themselves)

.PHONY: demo
demo: $(STAMP) ## build the example project; show prompt, cases and trace, and an edit being caught
	@$(BIN)/specc build
	@bash docs/demo.sh $(BIN)/specc

.PHONY: quick
quick: lint ## lint, types, and the tests that are not slow
	$(PYTEST) -q -n $(WORKERS) -m 'not slow' -x tests

.PHONY: check
check: lint test own ## exactly what CI runs

.PHONY: lint style layout imports types
lint: style layout imports types ## style, layout, import rules and types
style: $(STAMP)
	$(BIN)/ruff check
layout: $(STAMP)
	$(BIN)/ruff format --check --quiet
imports: $(STAMP)
	$(BIN)/lint-imports --no-logo
types: $(STAMP)
	$(BIN)/mypy

.PHONY: test
test: $(STAMP) ## all tests, in parallel, with the coverage floor
	$(PYTEST) -q -n $(WORKERS) --dist worksteal --cov --cov-report=term:skip-covered tests

.PHONY: own
own: $(STAMP) ## the specs of this repository say what its generated files say
	$(BIN)/specc check --afresh

.PHONY: accept
accept: $(STAMP) ## rewrite the expectations of the tests after showing the difference
	$(PYTEST) -q -n 0 -p no:randomly --accept tests || true
	@git --no-pager diff --stat -- tests docs README.md speclang/diagnostics/pages

.PHONY: regen
regen: $(STAMP) ## rebuild generated/, and everything else that is written by a program
	$(PYTEST) -q -n 0 -p no:randomly --accept tests/laws/test_automaton.py
	$(BIN)/specc fmt
	$(BIN)/specc build

.PHONY: bench
bench: $(STAMP) $(BENCH)/.installed ## measure against other tools and write benchmarks/RESULTS.md
	$(BIN)/python benchmarks/run.py --peers $(BENCH)/bin

$(BENCH)/.installed: benchmarks/peers.txt
	@test -x $(BENCH)/bin/python || $(PYTHON) -m venv $(BENCH)
	@$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/peers.txt
	@touch $@

.PHONY: peers
peers: $(PEERS)/.installed ## install the tools that exports are tried in: promptfoo, Inspect AI and others (800 MB)

$(PEERS)/.installed: tests/peers/requirements.txt tests/peers/package.json tests/peers/install.sh
	@bash tests/peers/install.sh $(PEERS) $(PYTHON)
	@touch $@

.PHONY: docs
docs: $(STAMP) ## check that the documentation is complete and every page of it runs
	$(PYTEST) -q -n 0 -p no:randomly tests/arch/test_docs.py $(wildcard tests/suite)

.PHONY: fmt
fmt: $(STAMP) ## format the Python sources and the specs
	$(BIN)/ruff check --fix-only --quiet
	$(BIN)/ruff format --quiet
	$(BIN)/specc fmt

.PHONY: clean
clean: ## remove what tools keep between runs; .venv stays
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .specc .coverage .coverage.* build dist
