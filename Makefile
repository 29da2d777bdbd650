# make run: the main job on the bundled samples.  make test: every check and test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help install run check test evaluate bench docs lock clean

help:  ## what each target does
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: $(STAMP)  ## prepare .venv from the hashed lock file

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed, this is " + sys.version.split()[0] + "; say make PYTHON=/path/to/python3.11" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the locked dependencies into $(VENV) (about two minutes the first time) ..."
	@$(BIN)/python -m pip install --quiet --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $(STAMP)

run: install  ## read the bundled samples into processed/ and write the diff report
	@$(BIN)/evidence run

check: install  ## lint, types, import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

test: check  ## all checks and tests
	@$(BIN)/python -m pytest -n auto

evaluate: install  ## how well the extractor reads; AGAINST=<revision> shows the rows gained and lost
	@$(BIN)/python benchmarks/evaluate.py $(if $(AGAINST),--against $(AGAINST))

bench: install  ## how fast it is (some minutes); benchmarks/README.md tells each
	@for script in desk reconcile extract_speed; do echo "== $$script"; $(BIN)/python benchmarks/$$script.py; done

docs: install  ## make docs/columns.md and docs/cli.md anew
	@$(BIN)/python docs/generate.py

lock:  ## make requirements.lock anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --extra dev pyproject.toml -o requirements.lock

clean:  ## remove what make run and make test wrote (not .venv, never editors' decisions)
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@test ! -d processed/ledger/decisions/_delta_log || ! ls processed/ledger/decisions/*.parquet >/dev/null 2>&1 || { \
		echo "processed/ holds editors' decisions, which cannot be made anew. Keep them:"; \
		echo "  evidence export jsonl decisions -o decisions.jsonl"; \
		echo "then remove processed/ and raw/snapshots/ by hand."; exit 1; }
	rm -rf processed/* processed/.prefect raw/snapshots
