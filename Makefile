# The two commands of a newcomer: `make run` and `make test`. Both set everything up themselves.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: run test setup check lint types imports unit integration quality torture docs reader-diff raise-floors benchmarks constraints clean

run: setup  ## run the pipeline on examples/articles and print the comparison
	$(BIN)/casualties run examples/articles
	@echo
	$(BIN)/casualties compare

test: check  ## everything that CI checks
check: lint types imports unit integration quality

setup: $(STAMP)  ## make .venv with the pinned versions; ends with .venv/bin/casualties working

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	$(BIN)/casualties --version
	$(BIN)/casualties prepare
	touch $@

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

imports: setup
	$(BIN)/lint-imports

unit: setup
	$(BIN)/pytest -m "not integration and not quality" -n 2

integration: setup
	$(BIN)/pytest -m integration -n 2 --dist loadfile

quality: setup
	$(BIN)/pytest -m quality

torture: setup  ## the long forms of the fault, soak and hostile tests (hours on a small machine); prints what was tried and held
	$(BIN)/pytest -m torture

docs: setup  ## write the generated parts of README and docs anew
	$(BIN)/python -c "from warehouse import dictionary; dictionary.write()"
	$(BIN)/python -c "from pathlib import Path; from expectations import catalogue; catalogue.write(Path('docs/expectations.md'))"
	$(BIN)/python -m tests.readme

reader-diff: setup  ## which texts of which set went from right to wrong since the saved baseline
	$(BIN)/python -m tests.quality.reader_diff

raise-floors: setup  ## raise the floors of the quality gate to what is reached now; never lowers one
	$(BIN)/python -m tests.quality.raise_floors

benchmarks: setup  ## speed and memory of the reader, as a table
	$(BIN)/python -m benchmarks

constraints:  ## write constraints.txt anew from what is installed
	@{ grep '^#' constraints.txt; $(BIN)/python -m pip freeze --exclude-editable; } > constraints.new && mv constraints.new constraints.txt

clean:
	rm -rf .venv data
