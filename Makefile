# Needs Python 3.11 or newer and make; everything else is installed into .venv.
SHELL := /bin/sh
ifndef PYTHON
PYTHON := $(shell for p in python3.13 python3.12 python3.11 python3; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
endif
BIN := .venv/bin
# The tests start the program again and again: what was compiled once is read, wherever this is set.
export PYTHONDONTWRITEBYTECODE :=
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
EVAL ?= tests/eval/dev-questions.jsonl
FIT := tests/eval/calibration-questions.jsonl tests/eval/dev-questions.jsonl tests/eval/hands-questions.jsonl

.PHONY: help chat ask run demo pictures test test-all check eval bench fit index clean
help:
	@echo "make chat           talk with the guide in this terminal"
	@echo "make ask Q=\"...\"    one question, one answer"
	@echo "make run            serve Discord (needs DISCORD_TOKEN)"
	@echo "make demo           a morning on a Discord of our own, without a token"
	@echo "make test           run the tests"
	@echo "make check          tests, lint, types, import contracts, content"
	@echo "make eval           score answers against labelled questions (EVAL=file)"
	@echo "make bench          measure speed and memory against their floors"

.venv/.made:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: https://www.python.org/downloads/"; exit 2; }
	@echo "Making a virtual environment in .venv with $(PYTHON) ..."
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/.installed: pyproject.toml .venv/.made
	@echo "Installing the program and its libraries (a few minutes the first time) ..."
	@$(PIP) install --editable .
	@touch $@

.venv/.dev: pyproject.toml .venv/.installed
	@echo "Installing what tests and checks need ..."
	@$(PIP) install --editable '.[dev]'
	@touch $@

index: .venv/.installed
	@$(BIN)/python -m bot index

chat: index
	@$(BIN)/python -m bot chat

ask: index
	@$(BIN)/python -m bot ask "$(Q)"

run: index
	@$(BIN)/python -m bot run

demo: .venv/.installed
	@$(BIN)/python -m tests.demo

pictures: .venv/.installed
	@$(BIN)/python -m tests.pictures

test: .venv/.dev
	@echo "Running the tests ..."
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

test-all: .venv/.dev
	@HYPOTHESIS_PROFILE=all $(BIN)/python -m pytest -n 2 --dist loadgroup -m "slow or not slow"

check: test
	@echo "Checking style ..."
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@echo "Checking types ..."
	@$(BIN)/mypy
	@echo "Checking which module may import which ..."
	@$(BIN)/lint-imports
	@echo "Checking declared dependencies ..."
	@$(BIN)/deptry bot
	@echo "Checking the content ..."
	@$(BIN)/python -m bot check

eval: index
	@$(BIN)/python -m bot eval $(EVAL)

bench: index
	@$(BIN)/python -m bot bench

fit: .venv/.installed
	@$(PIP) install --editable '.[fit]'
	@$(BIN)/python -m bot fit $(FIT)

clean:
	@rm -rf .venv
