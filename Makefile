# make run   open the window (without a display: take the tour and say where the pictures are)
# make test  run the tests;  make lint, make types: the checks that CI adds
# make smoke a part of the tests, a minute or two: what CI runs on each further Python
# Each makes the virtual environment and installs what is missing, system libraries included.
# PYTHON=python3.12 names the Python for it, VENV=.venv-3.12 its folder.

VENV := .venv
BIN := $(VENV)/bin
OUT ?= tour
export PYTHON

# Engine, data and the real window: what another Python, NumPy or Qt would break first.
SMOKE := tests/engine/training/test_trainer.py tests/engine/test_gradient.py tests/engine/run/test_timeline.py \
	tests/data/test_idx.py tests/data/test_tables.py tests/data/test_truth_tables.py \
	tests/files/test_sessions.py tests/window/test_data_menu.py tests/window/test_data_in_app.py

.PHONY: run test smoke slow lint types system clean

run: $(VENV)/run.done
	@.ci/run-window "$(BIN)/nnviz" "$(OUT)"

test: $(VENV)/test.done
	@.ci/with-display $(BIN)/python -m pytest -n 2 --dist worksteal

smoke: $(VENV)/test.done
	@.ci/with-display $(BIN)/python -m pytest $(SMOKE)

slow: $(VENV)/test.done
	@.ci/with-display $(BIN)/python -m pytest -m "slow or hypothesis"

lint: $(VENV)/test.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/test.done
	$(BIN)/mypy

system:
	@.ci/system-packages

$(BIN)/python: | system
	@.ci/make-venv $(VENV)

$(VENV)/run.done: pyproject.toml | system $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/test.done: pyproject.toml | system $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	@touch $@ $(VENV)/run.done

clean:
	rm -rf $(VENV) tour .pytest_cache .mypy_cache .ruff_cache .hypothesis
