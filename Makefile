# One command for each thing, the same for people and for CI.
PYTHON ?= python3
VENV := .venv
OLD_CLIENT := .venv-old-client
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
HOST ?= 127.0.0.1
DAGSTER_PORT ?= 3000
DASHBOARD_PORT ?= 8501
DAGSTER_HOME := $(CURDIR)/data/dagster
PYTEST := $(BIN)/python -m pytest -q -n 2 --dist loadfile

.PHONY: refresh demo test test-faults dagster dashboard bench lint clean

refresh: $(VENV)/.runtime ## read, score, check, publish; a demo season where no delivery was ever there
	$(BIN)/lianbing demo --if-new
	$(BIN)/lianbing refresh

demo: $(VENV)/.runtime ## write the demo season into data/raw (never among real deliveries)
	$(BIN)/lianbing demo

test: $(VENV)/.dev ## all tests but the long ones
	$(PYTEST) -m "not faults"

test-faults: $(VENV)/.dev $(OLD_CLIENT)/.client ## the 200 kills, fuzzing, readers while publishing: minutes
	LIANBING_OLD_DUCKDB_PYTHON=$(CURDIR)/$(OLD_CLIENT)/bin/python $(BIN)/python -m pytest -q -s -m faults

lint: $(VENV)/.dev ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/mypy

dagster: $(VENV)/.runtime $(DAGSTER_HOME)/dagster.yaml ## Dagster's page with its daemon
	DAGSTER_HOME=$(DAGSTER_HOME) $(BIN)/dagster dev -h $(HOST) -p $(DAGSTER_PORT) -w workspace.yaml

dashboard: $(VENV)/.runtime ## the pages for office staff
	$(BIN)/python -m dashboard --server.address $(HOST) --server.port $(DASHBOARD_PORT)

bench: $(VENV)/.dev ## ratios against the limit and against peers
	$(BIN)/python -m bench

$(DAGSTER_HOME)/dagster.yaml:
	mkdir -p $(DAGSTER_HOME)
	printf 'telemetry:\n  enabled: false\nnux:\n  enabled: false\n' > $@

# Two stamps: what the software needs, and what tests need on top. Both install by hashes only.
$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "需要 Python 3.11 或更高：make PYTHON=python3.11 refresh"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "正在安装所需软件包（首次约一分钟）…"
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

$(OLD_CLIENT)/.client: requirements-old-client.lock
	$(PYTHON) -m venv $(OLD_CLIENT)
	$(OLD_CLIENT)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r $<
	@touch $@

clean: ## everything that can be made again; deliveries and published marts stay
	rm -rf $(VENV) $(OLD_CLIENT) data/warehouse.duckdb data/warehouse.duckdb.* build *.egg-info
