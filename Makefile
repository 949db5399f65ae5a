# make run   open the window (without a display: take the tour and say where the pictures are)
# make test  run the tests;  make lint, make types: the checks that CI adds
# Each makes the virtual environment and installs what is missing, system libraries included.

VENV := .venv
BIN := $(VENV)/bin
OUT ?= tour

.PHONY: run test slow lint types system clean

run: $(VENV)/run.done
	@.ci/run-window "$(BIN)/nnviz" "$(OUT)"

test: $(VENV)/test.done
	@.ci/with-display $(BIN)/python -m pytest -n 2 --dist worksteal

slow: $(VENV)/test.done
	@.ci/with-display $(BIN)/python -m pytest -m slow

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
