# Set-up happens once, in .venv; every target can be repeated. `make help` lists them.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
JAX_BIN := .venv-jax/bin
NOTEBOOKS := $(wildcard lessons/*/lesson.ipynb solutions/*/exercises.ipynb)
BENCHMARKS := training_speed quality metrics_agreement anomaly_detection grading_speed course_cost growth
# Tests of one file run in one process: what a module's fixtures train or grade is made once. One part of it: SHARD=1/3.
SHARD_OPTION := $(if $(SHARD),--shard $(SHARD))
PYTEST := -m pytest -q -n auto --dist loadfile $(SHARD_OPTION)
# Many tests compile the same small networks; what is compiled once is kept. It saves a third and more of the time.
JAX_CACHE := JAX_COMPILATION_CACHE_DIR=$(CURDIR)/build/jax JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS=0 \
	JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES=-1
GPU_PYTHON ?= $(JAX_BIN)/python
export PIP_DISABLE_PIP_VERSION_CHECK = 1
# Images of Python often set this one. Then each process compiles all that TensorFlow, Keras and TensorFlow Probability
# consist of, which takes as long again as their import; CI starts dozens of such processes.
export PYTHONDONTWRITEBYTECODE =

.DEFAULT_GOAL := help
.PHONY: help lesson study test test-benchmarks test-jax test-jax-all test-lower test-notebooks coverage verify ledger mutants lint format sync \
	site test-site dist bench bench-gpu results clean

help: ## list these targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 18

lesson: .venv/learner ## set up and run lesson 1 from start to end
	$(BIN)/aedu run 01

study: .venv/learner ## open JupyterLab at lesson 1
	$(BIN)/aedu study

test: .venv/developer ## set up and run the tests (TensorFlow)
	$(BIN)/python $(PYTEST) -m "not benchmark"

test-benchmarks: .venv/developer .venv-jax/developer ## run each benchmark at its smallest size
	$(BIN)/python $(PYTEST) -m benchmark --dist load

test-jax: .venv-jax/developer ## the tests that depend on the backend, on JAX, in an environment of its own
	KERAS_BACKEND=jax $(JAX_CACHE) $(JAX_BIN)/python $(PYTEST) -m backend

test-jax-all: .venv-jax/developer ## all tests on JAX
	KERAS_BACKEND=jax $(JAX_CACHE) $(JAX_BIN)/python $(PYTEST)

test-lower: .venv-lower/developer ## all tests with the oldest versions that pyproject.toml allows
	CONSTRAINTS=build/lower.txt .venv-lower/bin/python $(PYTEST)

# Three at a time on two cores: a notebook waits for its kernel now and then.
test-notebooks: .venv/developer ## run every lesson and every solved exercise, compare marked outputs (nbval)
	XDG_DATA_HOME=$(CURDIR)/build/data $(BIN)/python -m pytest -q -n 3 --dist loadscope \
		--nbval-lax --nbval-current-env --nbval-cell-timeout=300 -p no:cacheprovider $(SHARD_OPTION) $(NOTEBOOKS)

coverage: .venv/developer ## the tests again, counting which lines and branches of the package they run
	rm -rf build/coverage
	COVERAGE_PROCESS_START=pyproject.toml $(BIN)/coverage run -m pytest -q -n auto --dist loadfile
	$(BIN)/coverage combine -q
	$(BIN)/coverage report

verify: .venv/developer ## prove the exercises' checks: 50 seeds where the ledger is out of date (which fails), 3 elsewhere
	$(BIN)/aedu build --check
	$(BIN)/aedu verify --check --jobs 2 $(SHARD_OPTION)

ledger: .venv/developer ## prove with 200 seeds what the ledger is out of date on, and write it; everything with ALL=1
	$(BIN)/aedu verify --renew --jobs 2 $(if $(ALL),--all)

mutants: .venv/developer ## change each right answer a little, and list what still passes and has no reason to; the ledger counts them
	$(BIN)/aedu verify --mutants --renew --jobs 2 $(SHARD_OPTION)

lint: .venv/developer ## ruff, pyright, twins that differ from their notebooks, tables that differ from results
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/python scripts/check_twins.py
	$(BIN)/python benchmarks/report.py --check

format: .venv/developer ## let ruff mend what it can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

sync: .venv/developer ## write the text twins' cells into the notebooks
	$(BIN)/python scripts/check_twins.py --write

site: .venv/site ## the course as web pages, in build/site
	$(BIN)/python docs/site/build.py

test-site: site ## open every page of the site in Chromium
	$(BIN)/python -m pytest -q docs/site/test_site.py

dist: .venv/developer ## a source archive and a wheel in dist/
	rm -rf dist build/lib
	$(BIN)/python -c 'from setuptools.build_meta import build_sdist, build_wheel; build_sdist("dist"); build_wheel("dist")'

bench: .venv/developer .venv-jax/developer .venv-torch/ready .venv-peers/ready ## run it beside its peers, about two hours; writes benchmarks/RESULTS.md
	for name in $(BENCHMARKS); do echo "$$name"; $(BIN)/python benchmarks/$$name.py || failed="$$failed $$name"; done; \
	$(BIN)/python benchmarks/report.py; test -z "$$failed" || { echo "Failed:$$failed"; exit 1; }

bench-gpu: .venv/developer ## training speed through JAX, with a Python (GPU_PYTHON) whose JAX has a GPU
	PYTHONPATH=$(CURDIR) $(GPU_PYTHON) benchmarks/gpu.py --here
	$(BIN)/python benchmarks/report.py

results: .venv/developer ## write benchmarks/RESULTS.md and the README's table from the stored results
	$(BIN)/python benchmarks/report.py

clean: ## remove the environments and what tools left behind
	rm -rf .venv .venv-jax .venv-lower .venv-torch .venv-peers build dist *.egg-info .pytest_cache .ruff_cache .hypothesis

# A stamp is newer than what it was made from: set-up runs again only when one of these files changes. Modules are compiled
# when they are first imported, most of them never.
PIP_INSTALL = pip install -q --no-compile --constraint constraints.txt -e

.venv/learner: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/$(PIP_INSTALL) ".[tensorflow,study]"
	@touch $@

.venv/developer: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/$(PIP_INSTALL) ".[tensorflow,study,staff,dev]"
	@touch .venv/learner $@

.venv/site: .venv/developer docs/site/package.json
	$(BIN)/$(PIP_INSTALL) ".[tensorflow,study,staff,dev,site]"
	mkdir -p build/npm && cp docs/site/package.json build/npm
	npm install --prefix build/npm --no-package-lock --no-audit --no-fund --ignore-scripts
	@touch $@

.venv-jax/developer: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv-jax
	$(JAX_BIN)/$(PIP_INSTALL) ".[jax,study,staff,dev]"
	@touch $@

.venv-lower/developer: pyproject.toml scripts/lower_bounds.py
	$(PYTHON) -m venv .venv-lower
	mkdir -p build
	$(PYTHON) scripts/lower_bounds.py > build/lower.txt
	.venv-lower/bin/pip install -q --constraint build/lower.txt -e ".[tensorflow,study,grade,staff,dev]"
	@touch $@

.venv-peers/ready: pyproject.toml constraints.txt benchmarks/constraints-peers.txt
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/pip install -q --constraint constraints.txt --constraint benchmarks/constraints-peers.txt \
		-e ".[tensorflow,study,staff]" otter-grader
	@touch $@

.venv-torch/ready: benchmarks/constraints-torch.txt
	$(PYTHON) -m venv .venv-torch
	.venv-torch/bin/pip install -q --constraint $< torch torchvision pythae pyod disent prdc
	@touch $@
