# Two commands are enough: `make run` and `make test`. The rest is for whoever works on the dashboard.
PORT ?= 8501
HOST ?= localhost
PYTHON ?= python3
DATA ?= ../shared/backtest
N ?= 100
BIN := .venv/bin
# What is compiled is kept, whatever the shell says: tests start many programs.
KEEP := PYTHONDONTWRITEBYTECODE=

.PHONY: help run dev fast test coverage lint types check load bench bench-peers bench-start bench-idle bench-reloads bench-runs bench-waits bench-gate backtest calibrate sample faces pin chrome servers spark wheelhouse audit clean

help:  ## What can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

run: .venv/run  ## Install what is needed and open the dashboard on http://localhost:8501 (PORT=, HOST=)
	$(BIN)/streamlit run app.py --server.port $(PORT) --server.address $(HOST)

dev: .venv/run  ## The same with a watcher of the source: an open page runs again when its code has changed
	$(BIN)/streamlit run app.py --server.port $(PORT) --server.address $(HOST) --server.fileWatcherType auto --server.runOnSave true

test: .venv/test chrome servers spark  ## Install what tests need and run all of them, in a real browser too
	$(KEEP) SEJONG_NO_CHROME= $(BIN)/python -m pytest -n auto

fast: .venv/test servers  ## Unit and contract tests, of each matrix a few cases: the daily loop
	$(KEEP) SEJONG_NO_CHROME=1 $(BIN)/python -m pytest -n auto -m "not thorough" tests/unit tests/contract

coverage: .venv/test chrome servers  ## Unit and contract tests whole, and which lines and branches they reach
	@mkdir -p .cache/coverage
	$(KEEP) SEJONG_NO_CHROME= $(BIN)/python -m pytest -n auto --cov --cov-report=term --cov-report=html:.cache/coverage/html tests/unit tests/contract

lint: .venv/test  ## Style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/test  ## Types
	$(BIN)/mypy

check: lint types test  ## Everything that must hold before a change lands

load: .venv/test  ## How the server carries N=100 viewers, beside a bare Streamlit page (URL= of a running one; ARGS="--think 5")
	$(BIN)/python -m tests.bench.load --viewers $(N) $(if $(URL),--url $(URL)) $(ARGS)

bench: .venv/test chrome bench-peers  ## How long pages take, beside an empty Streamlit page and peers (ARGS="--rounds 5 --pages map")
	$(BIN)/python -m tests.bench.pages $(ARGS)

bench-start: .venv/test  ## How long the server takes to start, beside a bare Streamlit app (ARGS="--rounds 9")
	$(BIN)/python -m tests.bench.start $(ARGS)

bench-peers: .venv-bench/done  ## Install Dash and Panel for make bench, in an environment of their own

bench-idle: .venv/test  ## What 200 open pages that nobody touches cost the server (ARGS="--pages 20 --seconds 20 --empty")
	$(BIN)/python -m tests.bench.idle --most-runs 0 --most-share 2 $(ARGS)

bench-gate: .venv/test  ## How long ten million entries of a gate log take, beside Polars and DuckDB (ARGS="--rows 1000000")
	$(BIN)/python -m tests.bench.gate_log $(ARGS)

bench-runs: .venv/test  ## Processor time of a run of each page, beside an empty page's (ARGS="--pages overview")
	$(BIN)/python -W ignore -m tests.bench.runs $(ARGS)

bench-reloads: .venv/test  ## What is left of pages that were opened and closed: memory and open files (ARGS="--reloads 200")
	$(BIN)/python -m tests.bench.reloads $(ARGS)

bench-waits: .venv/test  ## How often the server's threads stand in line, with and without what stands at Streamlit's border (ARGS="--viewers 50")
	$(BIN)/python -m tests.bench.waits $(ARGS)

backtest: .venv/test  ## How good the forecast is on real seasons, beside simple methods (DATA=folder with their counts)
	$(BIN)/python -m tests.bench.backtest --data $(DATA)

calibrate: .venv/test  ## Choose the forecast's constants for the least Winkler loss (DATA=the same folder)
	$(BIN)/python -m tests.bench.backtest.calibrate --data $(DATA)

sample: .venv/run  ## Invent the sample counts anew (the same as before, for the same seed)
	$(BIN)/python -m sejong_dash.sample

faces: .venv/test  ## Cut the icons in fonts/ anew (ARGS=--text: the letters too)
	$(BIN)/python -m tests.faces $(ARGS)

PIN := $(BIN)/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links
pin: .venv/test  ## Write requirements*.txt anew from requirements*.in, with the hash of each file
	$(BIN)/pip install --quiet pip-tools
	$(PIN) -o requirements.txt requirements.in
	$(PIN) -o requirements-database.txt requirements-database.in
	$(PIN) -o tests/requirements.txt tests/requirements.in
	$(PIN) -o tests/bench/peers/requirements.txt tests/bench/peers/requirements.in
	$(PIN) -o tests/spark/requirements.txt tests/spark/requirements.in

wheelhouse: .venv/test  ## Pack a release with all its wheels into out/, for machines without network (ARGS="-- --platform=win_amd64")
	$(BIN)/python deploy/release.py pack --to out $(ARGS)

audit: .venv/test  ## Look up known vulnerabilities of what is pinned
	$(BIN)/python deploy/audit.py

chrome:
	@sh tests/chrome.sh

servers:
	@sh tests/servers.sh
spark: .venv/spark/done
	@sh tests/spark/java.sh

clean:  ## Remove everything that was installed or kept
	rm -rf .venv .venv-bench .cache .pytest_cache .mypy_cache .ruff_cache

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.11 …"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/run: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/test: requirements.txt tests/requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@ .venv/run

.venv/spark/done: tests/spark/requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --upgrade --target .venv/spark -r tests/spark/requirements.txt
	@touch $@

.venv-bench/done: tests/bench/peers/requirements.txt | .venv/bin/python
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check -r tests/bench/peers/requirements.txt
	@touch $@
