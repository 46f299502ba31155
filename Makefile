# Two doors: `make report` and `make test`. Each makes .venv/ when it is not there yet, with
# nothing but python3 (and its venv), make and git, and uses it again the next time.
# On Windows: `py -m venv .venv`, then `.venv\Scripts\pip install -e .` (see README.md).

PYTHON ?= python3
BIN    := .venv/bin
READY  := .venv/.ready
UV     := $(BIN)/uv --system-certs

help:
	@echo 'make report     the reports of the five simulated trajectories, in reports/demo/'
	@echo 'make test       style, types, imports, tests, examples and notebooks'
	@echo 'make lint       the first three of these'
	@echo 'make notebooks  run the notebooks and store them with their outputs'
	@echo 'make benchmark  how long things take; nothing is timed in the tests'
	@echo 'make validate   how often intervals hold and tests reject, in simulations (under an hour)'
	@echo 'make lock       rewrite requirements.lock (UPGRADE=1: with the newest versions)'
	@echo 'make clean      remove .venv/ and caches, never data or reports'

report: $(READY)
	$(BIN)/pilot report --demo

test: lint
	$(BIN)/pytest -n 2 --dist loadscope

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

# After a change in numbers or words: run the notebooks and store them with their outputs.
notebooks: $(READY)
	$(BIN)/python -m pilot.workbench.store

benchmark: $(READY)
	set -e; for script in tests/benchmarks/*.py; do $(BIN)/python "$$script"; done

# Writes docs/validation.md and .csv, and the figures that the package carries.
validate: $(READY)
	$(BIN)/python -m tests.validation

# One version of each package for all Pythons and systems, so that numbers agree everywhere.
lock: $(READY)
	$(UV) pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 \
	  --extra dev $(if $(UPGRADE),--upgrade) --custom-compile-command 'make lock' \
	  pyproject.toml --output-file requirements.lock

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests notebooks -name __pycache__ -prune -exec rm -rf {} +
	find src tests notebooks -name .ipynb_checkpoints -prune -exec rm -rf {} +

# A .venv that was moved, or whose python has gone, is made anew.
ifneq ($(shell $(BIN)/python -c '' 2>/dev/null && cat $(READY) 2>/dev/null),$(CURDIR))
$(shell rm -f $(READY))
endif

# uv fills it in seconds; where uv cannot be had or cannot reach its packages, pip does.
# Bytecode is compiled here once, or every process would compile it again.
$(READY): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'pilot needs Python 3.11 or later; this is:' && $(PYTHON) --version; \
	  echo '  mend: install it, then say which: make PYTHON=python3.12 ...'; exit 1; }
	@echo 'Setting up .venv/ (once; half a minute with a good connection)'
	@test -f $@ || $(PYTHON) -m venv --clear .venv || { \
	  echo 'python3 could not make .venv/'; \
	  echo '  mend: install its venv module (Debian, Ubuntu: apt install python3-venv)'; exit 1; }
	@{ $(BIN)/python -m pip install --quiet --disable-pip-version-check \
	       --constraint requirements.lock uv \
	   && $(UV) pip sync --quiet --python $(BIN)/python --compile-bytecode requirements.lock \
	   && $(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .; \
	 } || { \
	   echo 'uv did not do it; pip does, which takes a minute or two'; \
	   $(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock \
	   && $(BIN)/python -m pip install --quiet --disable-pip-version-check \
	        --no-deps --no-build-isolation -e .; }
	@echo '$(CURDIR)' > $@

.PHONY: help report test lint notebooks benchmark validate lock clean
