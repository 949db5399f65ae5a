"""Examples in a run: steps, edits, undo, replay, sessions and saved networks, byte for byte."""

import pytest

from nnviz.data import load_dataset
from nnviz.engine import Timeline
from nnviz.engine.notation import parameter_name
from nnviz.engine.run.record import DataMark, Session
from nnviz.engine.run.verification import verify
from nnviz.files.models import load_model, save_model
from nnviz.files.sessions import load_session, save_session
from nnviz.lessons import EXAMPLES, load_example, save_example

TRAINABLE = [id for id in EXAMPLES if not load_example(id).recipe.untrainable]


def trained(timeline, steps):
    while timeline.step_now < steps:
        timeline.train(lambda: timeline.step_now < steps, [])


@pytest.mark.parametrize("id", TRAINABLE)
def test_a_run_of_an_example_is_replayed_and_saved_to_the_byte(tmp_path, id):
    example = load_example(id)
    timeline = Timeline(example.recipe, example.dataset, example.theta, stride=3)
    trained(timeline, 7)
    timeline.edit("learning_rate", example.recipe.learning_rate / 2)
    trained(timeline, 14)
    timeline.edit("theta", 0.5, 0)
    trained(timeline, 20)
    last = timeline.theta.copy()
    assert verify(timeline) == -1

    mark = DataMark(
        example.recipe.dataset, example.dataset.fingerprint(), example.dataset.description
    )
    path = tmp_path / "run.nnviz"
    save_session(path, Session(timeline.record({}, 8), (mark,)))
    session = load_session(path)
    dataset = load_dataset(session.marks[0].name)
    assert dataset.fingerprint() == session.marks[0].fingerprint
    assert dataset.description == session.marks[0].description
    again = Timeline.of(session.record, {dataset.name: dataset})
    assert again.trainer.recipe == timeline.trainer.recipe
    assert again.theta.tobytes() == last.tobytes()
    assert verify(again) == -1
    assert again.undo()
    assert again.undo()
    assert again.goto(0)
    assert again.theta.tobytes() == example.theta.tobytes()
    trained(again, 7)
    assert timeline.goto(7)
    assert again.theta.tobytes() == timeline.theta.tobytes()


def test_names_go_along_into_sessions_and_saved_networks(tmp_path):
    example = load_example("backprop-222")
    timeline = Timeline(example.recipe, example.dataset, example.theta)
    timeline.edit("theta", 0.5, 4)
    assert timeline.current.change.words(example.recipe) == "w₅: 0.4 → 0.5"
    path = tmp_path / "net.npz"
    save_model(path, timeline.network, example.dataset.description)
    recipe = load_model(path).network.recipe
    assert [parameter_name(recipe, index) for index in (4, 5, 8)] == ["w₅", "w₇", "b₁"]


def test_a_file_that_changes_has_other_examples(tmp_path):
    path = tmp_path / "mine.toml"
    save_example(path, load_example("and"))
    before = load_dataset(str(path)).fingerprint()
    path.write_text(path.read_text("utf-8").replace("[1.0, 1.0, 1.0]", "[1.0, 1.0, 0.0]"), "utf-8")
    assert load_dataset(str(path)).fingerprint() != before
