# The commands of the project. `make run` and `make test` need nothing installed by hand.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
.PHONY: help setup run test check build bench soak lock clean

PORT ?= 8501
HOST ?= localhost
SOURCES ?= sources
DATA ?= build

READY_RUN := .venv/.ready-run
READY_TEST := .venv/.ready-test

help: ## list these commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 16

setup: $(READY_RUN) ## make .venv with the `signum` command in it

run: setup build ## build the graph from sources/ and serve the page on port 8501 (PORT=, HOST=)
	.venv/bin/signum app --data $(DATA) --port $(PORT) --address $(HOST)

build: setup ## build the graph from sources/ (SOURCES=) into build/ (DATA=)
	.venv/bin/signum build --sources $(SOURCES) --data $(DATA)

test: $(READY_TEST) ## run all tests, the browser's included (ARGS= goes to pytest, JOBS= says how many at once)
	.ci/browser
	.ci/javascript
	.ci/consumers
	.venv/bin/python -m pytest -n $(or $(JOBS),auto) --dist loadfile $(ARGS)

check: $(READY_TEST) ## format, lint, types (strict), then all tests
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	$(MAKE) --no-print-directory test

bench: $(READY_TEST) ## how long things take, as ratios to a peer in the same run
	.venv/bin/python tests/bench/bench.py
	.ci/browser
	.venv/bin/python -m tests.bench.pages

soak: $(READY_TEST) ## build and query for minutes on end, with changed papers and killed builds (MINUTES=)
	.venv/bin/python tests/bench/soak.py --minutes $(or $(MINUTES),5)
	.venv/bin/python tests/bench/soak_server.py
	.venv/bin/python tests/bench/soak_questions.py
	.ci/browser
	.venv/bin/python -m tests.bench.crowd --minutes 2

lock: ## write the hash-locked lists anew from pyproject.toml (needs uv on PATH)
	uv pip compile pyproject.toml .ci/build.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements.lock
	uv pip compile pyproject.toml .ci/build.in --extra dev --extra cluster --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements-dev.lock

clean: ## remove what was built, and the environment
	rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(READY_RUN): pyproject.toml requirements.lock .ci/setup
	.ci/setup run
	touch $@

$(READY_TEST): pyproject.toml requirements-dev.lock .ci/setup
	.ci/setup test
	touch $@ $(READY_RUN)
