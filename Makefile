# Tracker: `make run` for the running tracker, `make test` for all tests.
# Needs Python 3.11 or later, make and git; the rest comes from requirements.lock.

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
BENCH := .venv-bench
EXTRAS := build desk llm notify postgres test train
COMPILE := uv pip compile -q --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --no-strip-extras

.DEFAULT_GOAL := help
.PHONY: help run setup test lint bench schema train evaluate lock clean

help:  ## This list
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: setup  ## The running tracker on http://127.0.0.1:8000 (PORT= to change)
	@PORT=$(PORT) exec $(BIN)/tracker run

setup: $(STAMP)  ## .venv with all that running and testing need, and the project itself

# uv where it is, else plain pip: both check every package against its hash.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "tracker needs Python 3.11 or later: make PYTHON=/path/to/python3.11 ..." >&2; exit 1; }
	@echo "Installing from requirements.lock into $(VENV) ..."
	@rm -rf $(VENV)
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv -q --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" $(VENV) && \
	  uv pip install -q --python $(BIN)/python --require-hashes -r requirements.lock && \
	  uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e . ; \
	else \
	  $(PYTHON) -m venv $(VENV) && \
	  $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock && \
	  $(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e . ; \
	fi
	@touch $(STAMP)

test: setup lint  ## Static checks and every test, with the coverage of core and store
	@sh tests/browser/install.sh
	$(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile --cov --cov-report=
	$(BIN)/coverage report --include='tracker/core/*,tracker/store/*' --skip-covered

lint: setup  ## Static checks alone: style, types, who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(BENCH)/.installed  ## Every benchmark beside its peers (ten minutes; ARGS=--quick: ten seconds)
	@$(BENCH)/bin/python -m tests.bench $(ARGS)

# A virtual environment of its own: the peers must not decide which versions the tracker runs with.
$(BENCH)/.installed: requirements-bench.lock
	@echo "Installing from requirements-bench.lock into $(BENCH) ..."
	@rm -rf $(BENCH)
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv -q --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" $(BENCH) && \
	  uv pip install -q --python $(BENCH)/bin/python --require-hashes -r requirements-bench.lock ; \
	else \
	  $(PYTHON) -m venv $(BENCH) && \
	  $(BENCH)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-bench.lock ; \
	fi
	@touch $@

schema: setup  ## Write what is made from the types: the record's JSON Schemas, the data dictionary
	@$(BIN)/python db/schema/export.py

train: setup  ## Fit the model of extraction anew (LABELLED=labelled items, CAPTURES=captured feeds)
	@test -n "$(LABELLED)" || { echo "Name the labelled items: make train LABELLED=FILE" >&2; exit 2; }
	@OMP_NUM_THREADS=1 $(BIN)/python db/model/train.py "$(LABELLED)" "$(CAPTURES)"

evaluate: setup  ## Measure extraction on held-out items and write docs/accuracy.md (as train; five minutes)
	@test -n "$(LABELLED)" || { echo "Name the labelled items: make evaluate LABELLED=FILE" >&2; exit 2; }
	@OMP_NUM_THREADS=1 $(BIN)/python db/model/crossvalidate.py "$(LABELLED)" docs/accuracy.md "$(CAPTURES)"

lock:  ## Compile the lock files anew from pyproject.toml (needs uv)
	$(COMPILE) $(foreach extra,$(EXTRAS),--extra $(extra)) pyproject.toml -o requirements.lock
	$(COMPILE) --extra bench --constraint requirements.lock pyproject.toml -o requirements-bench.lock
	$(BIN)/python deploy/lock.py

clean:  ## Remove what setup and tests made; the workspace in var/ stays
	rm -rf $(VENV) $(BENCH) .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis dist
