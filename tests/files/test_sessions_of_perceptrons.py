"""Sessions of perceptrons keep mistakes and faultless epochs; those of other nets have none."""

import json
from dataclasses import replace

import pytest

from nnviz.data import load_dataset
from nnviz.data.zipped_arrays import BrokenError
from nnviz.engine import Recipe, Timeline
from nnviz.engine.run.record import DataMark, Session
from nnviz.files.session_json import from_plain, to_plain
from nnviz.files.sessions import load_session, save_session

RULE = Recipe(
    dataset="and", layers=(2, 1), output_activation="step", cost="perceptron",
    initialiser="zeros", batch_size=1,
)  # fmt: skip


def session(recipe, steps):
    data = load_dataset(recipe.dataset)
    line = Timeline(recipe, data)
    for _ in range(steps):
        line.step()
        line.note(line.trainer.evaluate())
    mark = DataMark(recipe.dataset, data.fingerprint(), data.description, data.made)
    return line, Session(line.record({}, 8), (mark,))


@pytest.mark.parametrize("steps", [1, 6, 39, 70])
def test_a_run_goes_on_as_if_it_had_never_been_kept(tmp_path, steps):
    line, kept = session(RULE, steps)
    save_session(tmp_path / "a.nnviz", kept)
    again = Timeline.of(load_session(tmp_path / "a.nnviz").record, {"and": load_dataset("and")})
    assert again.evaluations() == line.evaluations()
    for _ in range(50):
        assert again.trainer.state().mistakes == line.trainer.state().mistakes
        assert again.trainer.edits == line.trainer.edits
        for one in (again, line):
            one.step()


def plain_of(kept):
    arrays = {}
    plain = to_plain(kept, arrays.__setitem__)
    return json.loads(json.dumps(plain)), lambda name, _dtype, _shape: arrays[name]


def test_other_sessions_say_nothing_of_mistakes():
    plain, _ = plain_of(session(replace(RULE, cost="quadratic", output_activation="tanh"), 5)[1])
    assert "mistakes" not in json.dumps(plain)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda p: p["branches"][0].update(mistakes=[[1, 1, "nan"]]),
        lambda p: p["branches"][0].update(mistakes=5),
        lambda p: p["branches"][0]["mistakes"][0].__setitem__(0, -1),
        lambda p: p["branches"][0]["mistakes"][0].__setitem__(0, "inf"),
        lambda p: p["branches"][0]["mistakes"][0].pop(),
        lambda p: p["now"].update(mistakes={"so_far": 1}),
        lambda p: p["now"].update(mistakes={"so_far": 1, "last": -2}),
        lambda p: p["now"].update(mistakes=[1, 2]),
    ],
)
def test_damaged_counts_are_refused(spoil):
    plain, take = plain_of(session(RULE, 6)[1])
    from_plain(plain, take, 4)
    spoil(plain)
    with pytest.raises((BrokenError, ValueError, TypeError, AttributeError)):
        from_plain(plain, take, 4)
