# Two commands are enough: `make run` and `make test`. Each does all the set-up that is still missing.
MINUTES ?= 5
DIR ?= assay-run
PY := .venv/bin/python

.PHONY: run test setup lint clean
.DEFAULT_GOAL := run

setup:
	@./setup.sh

run: setup
	@.venv/bin/assay run --dir $(DIR) --minutes $(MINUTES) --resume

lint: setup
	@mkdir -p build/tree/assay
	@for d in sandbox verifiers curriculum artifacts learner daemon; do ln -sfn ../../../$$d build/tree/assay/$$d; done
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy -p assay

test: lint
	$(PY) -m pytest

clean:
	rm -rf build .setup .mypy_cache .ruff_cache .pytest_cache .hypothesis
