# make demo   renders every input in seeds/ and examples/ into build/demo/
# make test   checks and tests everything; installs what the tests need, where it may
# make bench  measures documents a second      make pictures  redraws examples/pictures/
# make clean  removes what was built

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
RENDER := $(BIN)/noticegen render --templates examples/demo --force
SOURCES := $(shell find generator templates -type f -not -name '*.pyc')

.PHONY: demo test bench pictures clean
.DELETE_ON_ERROR:
.NOTPARALLEL:

demo: .venv/installed
	@mkdir -p build/demo
	$(RENDER) -o build/demo seeds/*.yaml examples/*.yaml

test: .venv/editable
	$(BIN)/python tests/fonts/setup.py build/fonts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

bench: .venv/editable
	$(BIN)/python tests/bench/speed.py
	$(BIN)/python tests/bench/batch.py $(ROWS)
	PYTHONPATH=tests $(BIN)/python tests/bench/issues.py

pictures: .venv/editable
	$(BIN)/python tests/fonts/setup.py build/fonts
	@mkdir -p build/pictures
	set -e; for input in seeds/*.yaml examples/*.yaml; do \
	    $(RENDER) -o "build/pictures/$$(basename "$$input" .yaml).docx" "$$input"; done
	$(BIN)/python tests/pictures.py build/pictures examples/pictures

clean:
	rm -rf build dist .venv .pytest_cache .hypothesis .mypy_cache .ruff_cache .coverage

# An environment without pip is one whose making failed half way: begin it again.
$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit("noticegen needs Python 3.11 or newer: make PYTHON=python3.11 …" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv --clear .venv

# The package as a user installs it. Where the tests put the checkout itself into the environment,
# that stays: it has the same code, and its requirements are kept up to date by its own rule.
.venv/installed: pyproject.toml $(SOURCES) | $(BIN)/pip
	@if [ -e .venv/editable ]; then $(MAKE) --silent .venv/editable; \
	else echo 'installing noticegen into .venv …'; $(PIP) install .; fi
	@touch $@

.venv/editable: pyproject.toml | $(BIN)/pip
	@echo 'installing noticegen and what its tests need into .venv …'
	@$(PIP) install --editable '.[test]'
	@touch $@
