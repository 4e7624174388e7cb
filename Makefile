# Everything a fresh clone needs: git, Python 3.11 or newer, and make.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PEERS := build/peers
GAMMA_PEERS := build/peers-gamma
WHO ?= $(shell id -un)
DB ?= annotator.db
# Many tests wait for a terminal, so two at a time on each core.
WORKERS ?= $(shell echo $$((2 * $$(getconf _NPROCESSORS_ONLN))))

.DEFAULT_GOAL := help
.PHONY: help annotate test fuzz lint format bench bench-peers bench-peers-gamma bidi-conformance wheel clean

help: ## show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

annotate: $(VENV)/installed ## open the samples, to try the program (WHO=name, DB=file)
	@$(BIN)/annotator annotate samples --as "$(WHO)" --db "$(DB)" && \
	  echo 'To export what you labelled: $(BIN)/annotator export out.jsonl --db "$(DB)"'

test: $(VENV)/installed-dev ## run all tests
	$(BIN)/python -m pytest -n $(WORKERS)

fuzz: $(VENV)/installed-dev ## run the property tests with examples that nobody has tried before
	HYPOTHESIS_PROFILE=fresh $(BIN)/python -m pytest -n $(WORKERS) tests/property

lint: $(VENV)/installed-dev ## check format, style, types and import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/installed-dev ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/installed-dev ## measure, each figure beside a baseline; writes the table of docs/performance.md
	$(BIN)/python -m bench

bench-peers: ## install SLATE, krippendorff and nltk, which the benchmarks measure too where they are there, into an environment of their own
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet slate-nlp==1.1.3 krippendorff==0.9.0 nltk==3.10.4

bench-peers-gamma: ## the same for pygamma-agreement, which takes 822 MB
	$(PYTHON) -m venv $(GAMMA_PEERS)
	$(GAMMA_PEERS)/bin/python -m pip install --quiet pygamma-agreement==0.5.9

messages: $(VENV)/installed-dev ## gather the texts of the screens for translation, and compile the translations
	$(BIN)/python -m tests.support.messages

bidi-conformance: $(VENV)/installed-dev ## run all of Unicode's bidi conformance tests (UCD=folder with the .txt.gz files)
	$(BIN)/python -m tests.conformance.run_bidi $(or $(UCD),../shared/unicode)

wheel: $(VENV)/installed-dev ## build the wheel into dist/
	$(BIN)/python -m build --wheel

clean: ## remove what these commands made, but for databases
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/bin/pip:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "annotator needs Python 3.11 or newer: make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"

$(VENV)/installed: pyproject.toml constraints.txt | $(VENV)/bin/pip
	PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet --editable ".[html,plots]"
	touch $@

$(VENV)/installed-dev: pyproject.toml constraints.txt | $(VENV)/bin/pip
	PIP_CONSTRAINT=constraints.txt $(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@ $(VENV)/installed
