"""Edits of a typed table: training goes on, undo takes them back, replay and sessions keep them."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.data import load_dataset
from nnviz.data.digits_cache import load_digits
from nnviz.data.typed_data import table_of
from nnviz.data.typed_table import TypedTable, read_typed
from nnviz.engine import Recipe, Timeline
from nnviz.engine.run.record import DataMark, Session
from nnviz.engine.run.start import begin_with, start_recipe
from nnviz.engine.run.verification import verify
from nnviz.files.sessions import load_session, save_session
from tests.sampled import tried

AND = table_of(load_dataset("and")).name


def timeline_of(name):
    recipe = start_recipe(name)
    return Timeline(recipe, load_dataset(name), stride=4)


def train(timeline, steps):
    for _ in range(steps):
        timeline.step()


def put(timeline, row, column, value):
    table = read_typed(timeline.trainer.recipe.dataset).with_cells({(row, column): value})
    timeline.edit("dataset", table.name, (), load_dataset(table.name))


@settings(max_examples=tried(25))
@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 3), st.integers(0, 2), st.floats(-2, 2)),
        min_size=1,
        max_size=5,
    )
)
def test_edited_tables_are_replayed_saved_and_taken_back_byte_for_byte(tmp_path_factory, deeds):
    timeline = timeline_of(AND)
    train(timeline, 3)
    first = timeline.theta.tobytes()
    names = [AND]
    for steps, row, column, value in deeds:
        put(timeline, row, column, value)
        names.append(timeline.trainer.recipe.dataset)
        train(timeline, steps)
    assert verify(timeline) == -1
    datasets = timeline.trainer.datasets
    marks = tuple(
        DataMark(name, data.fingerprint(), data.description) for name, data in datasets.items()
    )
    path = tmp_path_factory.mktemp("run") / "run.nnviz"
    save_session(path, Session(timeline.record({}, 8), marks))
    session = load_session(path)
    found = {mark.name: load_dataset(mark.name) for mark in session.marks}
    assert {name: data.fingerprint() for name, data in found.items()} == {
        mark.name: mark.fingerprint for mark in session.marks
    }
    again = Timeline.of(session.record, found)
    assert again.trainer.recipe == timeline.trainer.recipe
    assert again.theta.tobytes() == timeline.theta.tobytes()
    assert verify(again) == -1
    while again.undoable is not None:
        assert again.undo()
    assert again.trainer.recipe.dataset == AND
    assert again.goto(3)
    assert again.theta.tobytes() == first


def test_an_edit_is_told_by_its_cell_and_so_is_its_branch():
    timeline = timeline_of("and")
    train(timeline, 2)
    table = table_of(load_dataset("and")).with_cells({(2, 0): 0.5})
    timeline.edit("dataset", table.name, (), load_dataset(table.name))
    change, recipe = timeline.current.change, timeline.trainer.recipe
    assert change.words(recipe) == "cell x₁, row 3: 1 → 0.5"
    assert timeline.current.name == "cell x₁, row 3: 1 → 0.5"
    put(timeline, 0, 2, 1.0)
    assert timeline.current.change.words(recipe) == "cell y, row 1: 0 → 1"
    elsewhere = TypedTable(("a", "b", "c"), (2,), ((0, 0, 1),)).name
    timeline.edit("dataset", elsewhere, (), load_dataset(elsewhere))
    assert "typed:" not in timeline.current.change.words(recipe)
    assert "typed:" not in timeline.current.name


def test_another_column_keeps_hidden_layers_and_says_so():
    table = read_typed(AND)
    before = load_dataset(AND)
    wider = TypedTable((*table.columns[:2], "x₃", "y"), (3,), ((0, 0, 0, 0), (1, 1, 1, 1)))
    recipe = Recipe(
        dataset=wider.name, layers=(2, 7, 5, 1), activation="tanh", learning_rate=0.3, seed=4
    )
    begun = begin_with(recipe, load_dataset(wider.name), before)
    assert begun.recipe.layers == (3, 7, 5, 1)
    assert (begun.recipe.activation, begun.recipe.learning_rate) == ("tanh", 0.3)
    assert begun.words == (
        "A new start, as the table has 3 inputs and 1 target now: layers 2,7,5,1 → 3,7,5,1."
    )
    softmax = Recipe(
        dataset=AND, layers=(2, 7, 3), output_activation="softmax", cost="cross_entropy"
    )
    begun = begin_with(softmax, before, before)
    assert begun.recipe.layers == (2, 7, 1)


def test_a_run_on_a_typed_table_begins_in_double_precision():
    assert start_recipe(AND).dtype == "float64"
    assert start_recipe(AND).layers == (2, 3, 1)
    digits = load_digits(train=60, test=20)
    fresh = begin_with(Recipe(dataset=AND), load_dataset(AND), digits)
    assert fresh.recipe.dtype == "float64"
    back = begin_with(
        replace(fresh.recipe, dataset="circles"), load_dataset("circles"), load_dataset(AND)
    )
    assert back.recipe.dtype == "float32"
