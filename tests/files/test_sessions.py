"""Session files: what is saved comes back bit for bit, and saving never harms the old file."""

import errno
import io
import json
import os
import stat
import zipfile
from dataclasses import replace
from math import nan
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.data import load_dataset
from nnviz.data.dataset import Dataset, one_hot
from nnviz.data.digits_cache import load_digits
from nnviz.data.naming import located
from nnviz.engine import Evaluation, Recipe, Timeline
from nnviz.engine.changes import Edit
from nnviz.engine.run.record import DataMark, Session
from nnviz.engine.run.verification import verify
from nnviz.engine.schedules import Pace
from nnviz.engine.taught import NONE, drawing, with_drawings
from nnviz.engine.training.epoch_layout import EpochLayout
from nnviz.engine.training.state import ScheduleEvent
from nnviz.files.archives import npy_header
from nnviz.files.sessions import SessionError, load_session, relocated, save_session
from tests.data.idx_files import put_mnist
from tests.files.records import FOLDER, differences, rich, small
from tests.sampled import tried

FLOATS = st.floats() | st.sampled_from([5e-324, -0.0, 2.0**53 + 2])
NUMBERS = FLOATS | st.integers(-(2**53), 2**53)


def through_file(folder, session):
    path = folder / "run.nnviz"
    save_session(path, session)
    return load_session(path)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("optimiser", ["sgd", "momentum", "adam"])
def test_a_session_comes_back_byte_for_byte(tmp_path, optimiser, dtype):
    session = rich(optimiser, dtype)
    assert differences(session, through_file(tmp_path, session)) == []


def test_the_smallest_session_comes_back(tmp_path):
    session = small()
    assert differences(session, through_file(tmp_path, session)) == []


@given(
    pace=st.builds(
        Pace, st.floats(allow_nan=False, allow_infinity=False), NUMBERS, NUMBERS,
        st.integers(0, 2**53), st.text(),
    ),
    edits=st.lists(
        st.builds(ScheduleEvent, st.integers(0, 2**53), st.text(), NUMBERS, NUMBERS, st.text())
    ),
    figures=st.lists(st.tuples(*[FLOATS] * 7), max_size=3),
    costs=st.tuples(FLOATS, FLOATS, NUMBERS, NUMBERS),
    theta=st.lists(st.tuples(FLOATS, FLOATS, st.integers(0, 1)), min_size=1),
    words=st.tuples(st.text(), st.text()),
)  # fmt: skip
def test_numbers_and_texts_come_back_exactly(
    tmp_path_factory, pace, edits, figures, costs, theta, words
):
    session = small()
    record = session.record
    first, second = record.branches
    low, high, epoch_cost, best = costs
    value, old, indices = zip(*theta, strict=True)
    state = replace(
        record.now.state,
        pace=pace,
        edits=tuple(edits),
        finished=words[0],
        epoch_cost=epoch_cost,
        best_validation=best,
    )
    first = replace(
        first,
        name=words[1],
        evaluations=tuple(Evaluation(step, *row) for step, row in enumerate(figures)),
        costs=replace(first.costs, rest=np.array([low, high])),
    )
    second = replace(second, change=Edit(2, "theta", value, old, indices))
    record = replace(
        record, branches=(first, second), now=replace(record.now, state=state), last_cost=low
    )
    session = Session(record, session.marks)
    again = through_file(tmp_path_factory.mktemp("sessions"), session)
    assert differences(session, again) == []


@given(
    view=st.dictionaries(
        st.text(),
        st.recursive(
            st.none()
            | st.booleans()
            | st.integers()
            | st.floats(allow_nan=False, allow_infinity=False)
            | st.text(),
            lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
            max_leaves=10,
        ),
    )
)
def test_what_the_window_remembers_comes_back(tmp_path_factory, view):
    session = small()
    session = Session(replace(session.record, view=view), session.marks)
    again = through_file(tmp_path_factory.mktemp("sessions"), session)
    assert differences(session, again) == []


@given(
    first=st.tuples(st.integers(1, 40), st.integers(1, 50)),
    changes=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 40), st.integers(1, 50))),
)
def test_any_epoch_layout_of_a_run_comes_back(tmp_path_factory, first, changes):
    epoch_layout, step = EpochLayout.of(*first), 0
    for ahead, count, size in changes:
        step += ahead
        epoch_layout = epoch_layout.changed(step, count, size)
    session = small()
    branch = replace(session.record.branches[0], epoch_layout=epoch_layout)
    record = replace(session.record, branches=(branch, session.record.branches[1]))
    session = Session(record, session.marks)
    again = through_file(tmp_path_factory.mktemp("sessions"), session)
    assert differences(session, again) == []


def examples(name, count):
    draw = np.random.default_rng(count)
    x = draw.random((count + 5, 3), dtype=np.float32)
    y = one_hot(draw.integers(0, 2, count + 5), 2)
    return Dataset(name, x[:count], y[:count], x[count:], y[count:])


DATA = {"one": examples("one", 13), "two": examples("two", 8)}
STEPS = st.integers(0, 60)
DEEDS = st.one_of(
    st.tuples(st.just("goto"), STEPS),
    st.tuples(st.just("goto"), STEPS),
    st.tuples(st.just("eta"), st.sampled_from([0.5, 0.25, 2.0])),
    st.tuples(st.just("batch"), st.integers(1, 20)),
    st.tuples(st.just("two"), st.sampled_from([0.5, 0.25])),
    st.tuples(st.just("data"), st.sampled_from(["one", "two"])),
    st.tuples(st.just("schedule"), st.sampled_from(["halve", "step_decay", "plateau"])),
    st.tuples(st.just("size"), st.integers(2, 8)),
    st.tuples(st.just("theta"), st.integers(0, 7)),
    st.tuples(st.sampled_from(["undo", "redo", "phase", "back", "measure"]), st.just(0)),
    st.tuples(st.just("take"), st.integers(0, 5)),
)


def do(timeline, deed, value):
    match deed:
        case "goto":
            timeline.goto(value)
        case "eta":
            timeline.edit("learning_rate", value)
        case "batch":
            timeline.edit("batch_size", value)
        case "data":
            timeline.edit("dataset", value, dataset=DATA[value])
        case "schedule":
            timeline.edit("schedule", value)
        case "size":
            timeline.edit("train_size", value)
        case "theta":
            timeline.edit("theta", 0.5, [value])
        case "two":
            before = timeline.current
            timeline.edit("learning_rate", value)
            timeline.edit("batch_size", 3, with_last=timeline.current is not before)
        case "undo":
            timeline.undo()
        case "redo":
            timeline.redo()
        case "phase":
            timeline.next_phase()
        case "back":
            timeline.previous_phase()
        case "measure":
            timeline.note(timeline.trainer.evaluate())
        case "take":
            timeline.take(timeline.branches[value % len(timeline.branches)].number)


@settings(max_examples=tried(60))
@given(
    optimiser=st.sampled_from(["sgd", "momentum", "adam"]),
    deeds=st.lists(DEEDS, min_size=3, max_size=12),
)
def test_whatever_is_done_to_a_run_it_comes_back_and_goes_on(tmp_path_factory, optimiser, deeds):
    recipe = Recipe("one", (3, 2), batch_size=4, optimiser=optimiser, learning_rate=0.5)
    timeline = Timeline(recipe, DATA["one"], stride=8)
    for deed, value in deeds:
        do(timeline, deed, value)
    known = timeline.trainer.datasets
    marks = tuple(DataMark(name, data.fingerprint()) for name, data in known.items())
    session = Session(timeline.record({}, 16), marks)
    again = through_file(tmp_path_factory.mktemp("sessions"), session)
    assert differences(session, again) == []
    other = Timeline.of(again.record, known)
    for line in (timeline, other):
        line.goto(line.step_now + 9)
    assert differences(timeline.trainer.state(), other.trainer.state()) == []
    for way in (Timeline.undo, Timeline.redo):
        while way(timeline):
            assert way(other)
            assert differences(timeline.trainer.state(), other.trainer.state()) == []
        assert not way(other)


def test_equal_parts_are_one_part_again(tmp_path):
    """So that an opened session takes no more memory than the one that was saved."""
    record = through_file(tmp_path, rich()).record
    first = record.branches[0]
    assert first.keyframes[0].state.recipe is first.keyframes[1].state.recipe is record.recipe
    assert first.keyframes[0].state.epoch_layout is first.epoch_layout


def test_the_same_session_is_the_same_file(tmp_path):
    session = rich()
    for name in ("a", "b"):
        save_session(tmp_path / name, session)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_what_is_unwanted_in_the_midst_leaves_the_old_file_and_nothing_else(tmp_path):
    path, asked = tmp_path / "run.nnviz", []
    assert save_session(path, small())
    before = path.read_bytes()
    assert not save_session(
        path, small(), part=tmp_path / "part", unwanted=lambda: len(asked) == 1 or asked.append(1)
    )
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_of_format_1_still_opens_and_knows_nothing_of_its_data(tmp_path):
    session = rich()
    save_session(tmp_path / "new.nnviz", session)
    with (
        zipfile.ZipFile(tmp_path / "new.nnviz") as new,
        zipfile.ZipFile(tmp_path / "old.nnviz", "w") as old,
    ):
        for name in new.namelist():
            text = new.read(name)
            if name == "session.json":
                content = json.loads(text)
                content["format"] = 1
                content["marks"] = [
                    {"name": mark["name"], "fingerprint": mark["fingerprint"]}
                    for mark in content["marks"]
                ]
                for entry, declared in content["arrays"].items():
                    if entry.endswith("evaluations.npy"):
                        declared[1][1] = 8
                text = json.dumps(content).encode()
            elif name.endswith("evaluations.npy"):  # it had neither RMSE nor R²
                rows = np.load(io.BytesIO(text))[:, :8]
                text = npy_header("float64", rows.shape) + rows.tobytes()
            old.writestr(name, text)
    known_then = tuple(replace(mark, description=None, made="") for mark in session.marks)
    found = load_session(tmp_path / "old.nnviz")
    assert differences(Session(session.record, known_then), found) == []


def test_data_that_moved_mean_what_they_meant():
    session = rich()
    moved = relocated(session, "digits", "/new/digits")
    assert moved.marks[0].name == "/new/digits"
    assert moved.marks[0].description == session.marks[0].description


def test_the_file_can_be_read_without_nnviz(tmp_path):
    session = rich()
    path = tmp_path / "run.nnviz"
    save_session(path, session)

    def refuse(constant):
        raise AssertionError(constant)

    with zipfile.ZipFile(path) as archive:
        content = json.loads(archive.read("session.json"), parse_constant=refuse)
        assert content["format"] == 4
        for name, (dtype, shape) in content["arrays"].items():
            array = np.load(io.BytesIO(archive.read(name)), allow_pickle=False)
            assert (array.dtype.name, list(array.shape)) == (dtype, shape)
        theta = np.load(io.BytesIO(archive.read("theta.npy")))
    assert theta.tobytes() == session.record.theta.tobytes()


# -- saving goes wrong ------------------------------------------------------------------------


class Full(io.FileIO):
    """A file on a disk with little room left."""

    room = 0

    def write(self, content):
        content = memoryview(content).cast("B")
        if self.tell() + len(content) > self.room:
            super().write(content[: max(0, self.room - self.tell())])
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(content)


@pytest.mark.parametrize("part", [None, "run.part"])
@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.8, 0.97, 0.999])
def test_a_full_disk_is_one_sentence_and_the_old_file_stays(tmp_path, monkeypatch, share, part):
    path = tmp_path / "run.nnviz"
    save_session(path, small())
    old, opened = path.read_bytes(), Path.open
    save_session(tmp_path / "other", rich())
    monkeypatch.setattr(Full, "room", int((tmp_path / "other").stat().st_size * share))
    (tmp_path / "other").unlink()

    def on_full_disk(name, mode="r", *args, **more):
        if mode in ("wb", "xb"):
            return io.BufferedRandom(Full(name, mode.replace("b", "+")))
        return opened(name, mode, *args, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", on_full_disk)
        with pytest.raises(SessionError, match=r"could not be saved .* No space left") as refusal:
            save_session(path, rich(), part=part and tmp_path / part)
    assert "\n" not in str(refusal.value)
    assert path.read_bytes() == old
    assert [file.name for file in tmp_path.iterdir()] == ["run.nnviz"]


@pytest.mark.parametrize(
    ("where", "name", "number"),
    [
        (Path, "open", errno.EROFS),
        (Path, "open", errno.EACCES),
        (Path, "replace", errno.EACCES),
        (os, "fsync", errno.EIO),
    ],
)
def test_a_place_that_refuses_is_one_sentence(tmp_path, monkeypatch, where, name, number):
    path = tmp_path / "run.nnviz"
    save_session(path, small())
    old = path.read_bytes()

    def refuse(*_args, **_more):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(where, name, refuse)
        with pytest.raises(SessionError, match=os.strerror(number)):
            save_session(path, rich())
    assert path.read_bytes() == old
    assert [file.name for file in tmp_path.iterdir()] == ["run.nnviz"]


def test_a_missing_folder_and_a_folder_are_one_sentence(tmp_path):
    with pytest.raises(SessionError, match="could not be saved"):
        save_session(tmp_path / "no" / "run.nnviz", small())
    (tmp_path / "run").mkdir()
    with pytest.raises(SessionError, match="could not be saved"):
        save_session(tmp_path / "run", small())
    assert [file.name for file in tmp_path.iterdir()] == ["run"]


@pytest.mark.parametrize(
    "value", [float("nan"), {1, 2}, object(), np.float32(1)], ids=lambda value: type(value).__name__
)
def test_a_view_that_is_not_plain_is_refused_before_anything_is_written(tmp_path, value):
    session = small()
    session = Session(replace(session.record, view={"a": value}), session.marks)
    with pytest.raises(SessionError, match="it holds something that a file cannot"):
        save_session(tmp_path / "run.nnviz", session)
    assert list(tmp_path.iterdir()) == []


def test_what_could_not_be_read_again_is_not_written(tmp_path, monkeypatch):
    monkeypatch.setattr("nnviz.files.sessions.LARGEST_JSON", 1000)
    with pytest.raises(SessionError, match="too many branches"):
        save_session(tmp_path / "run.nnviz", rich())
    assert list(tmp_path.iterdir()) == []


# -- another place for a data set -------------------------------------------------------------


def test_a_data_set_is_called_differently_everywhere(tmp_path):
    session = rich()
    moved = relocated(session, "nan", "/new/place")
    dataset = [branch.change for branch in moved.record.branches if branch.number in (4, 6)]
    assert [(change.old, change.value) for change in dataset] == [
        ("digits", "/new/place"),
        ("/new/place", FOLDER),
    ]
    assert [mark.name for mark in moved.marks] == ["digits", "/new/place", FOLDER]
    assert differences(moved, through_file(tmp_path, moved)) == []
    assert differences(session, relocated(moved, "/new/place", "nan")) == []


def test_the_first_data_set_is_called_differently_in_every_state(tmp_path):
    moved = relocated(rich(), "digits", "/new/place")
    record = moved.record
    states = [frame.state for branch in record.branches[:4] for frame in branch.keyframes]
    names = {state.recipe.dataset for state in (*states, record.now.state)}
    assert names | {record.recipe.dataset} == {"/new/place"}
    assert differences(moved, through_file(tmp_path, moved)) == []


def test_a_table_that_has_moved_is_still_read_with_its_options():
    session = relocated(rich(), "nan", "/old/t.csv:target=Survived")
    moved = relocated(session, "/old/t.csv:target=Survived", "/new/t.csv")
    assert [mark.name for mark in moved.marks][1] == "/new/t.csv:target=Survived"
    other = relocated(session, "/old/t.csv:target=Survived", "/new/t.csv:target=Sex")
    assert [mark.name for mark in other.marks][1] == "/new/t.csv:target=Sex"


def test_a_name_that_is_not_there_changes_nothing():
    session = rich()
    assert relocated(session, "xor", "/new/place") is session


def test_two_data_sets_cannot_have_one_place():
    session = rich()
    with pytest.raises(SessionError, match="trained on both"):
        relocated(session, "nan", "digits")
    marks = tuple(DataMark(mark.name, "0" * 64) for mark in session.marks)
    moved = relocated(Session(session.record, marks), "nan", "digits")
    assert [mark.name for mark in moved.marks] == ["digits", FOLDER]


def test_what_was_taught_is_in_the_file_and_training_goes_on_with_it(tmp_path):
    data, recipe = load_digits(train=4000, test=100), Recipe(layers=(784, 6, 10))
    timeline, straight = Timeline(recipe, data), Timeline(recipe, data)
    image = np.random.default_rng(1).random((28, 28))
    for one in (timeline, straight):
        one.goto(40)
        one.edit("taught", with_drawings(NONE, [drawing(7, image)]))
        one.goto(90)
    marks = (DataMark("digits", data.fingerprint()),)
    save_session(tmp_path / "a.nnviz", Session(timeline.record({}, 4), marks))
    opened = Timeline.of(load_session(tmp_path / "a.nnviz").record, {"digits": data})
    assert opened.trainer.recipe.taught == timeline.trainer.recipe.taught
    assert opened.undoable.words(recipe) == "taught a 7"
    opened.goto(300)
    straight.goto(300)
    assert opened.network.theta.tobytes() == straight.network.theta.tobytes()
    assert verify(opened) == -1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names there")
def test_a_pipe_is_never_replaced_by_a_session(tmp_path):
    path = tmp_path / "run.nnviz"
    os.mkfifo(path)
    with pytest.raises(SessionError, match="no ordinary file"):
        save_session(path, small())
    assert stat.S_ISFIFO(path.stat().st_mode)


def test_accuracies_on_the_parts_of_mixtures_come_back(tmp_path):
    session = rich()
    first, *others = session.record.branches
    figures = tuple(
        Evaluation(step, 0.1, 0.2, 0.3, 0.4, 0.5, test_parts=parts)
        for step, parts in enumerate(((), (0.25, 1.0), (0.0, nan, 0.5)))
    )
    branches = (replace(first, evaluations=figures), *others)
    session = replace(session, record=replace(session.record, branches=branches))
    assert differences(session, through_file(tmp_path, session)) == []


def test_a_run_on_a_mixture_goes_on_from_its_file_bit_for_bit(tmp_path):
    for place, name in enumerate(("left", "right")):
        put_mnist(tmp_path / name, train=200, test=40, seed=place)
    name = located(f"{tmp_path / 'left'}+{tmp_path / 'right'}:share=0.25")
    recipe = Recipe(layers=(20, 6, 10), dataset=name)
    data = load_dataset(name)
    timeline, straight = Timeline(recipe, data), Timeline(recipe, data)
    timeline.goto(50)
    timeline.note(timeline.trainer.evaluate())
    marks = (DataMark(name, data.fingerprint(), data.description),)
    opened = through_file(tmp_path, Session(timeline.record({}, 4), marks))
    (mark,) = opened.marks
    again = load_dataset(mark.name)
    assert again.fingerprint() == mark.fingerprint
    assert mark.description == data.description
    line = Timeline.of(opened.record, {name: again})
    assert line.evaluations() == timeline.evaluations()
    assert len(line.evaluations()[-1].test_parts) == 2
    line.goto(120)
    straight.goto(120)
    assert line.network.theta.tobytes() == straight.network.theta.tobytes()
    assert verify(line) == -1


def test_only_the_missing_part_of_a_mixture_is_looked_for_elsewhere(tmp_path):
    recipe = Recipe(layers=(2, 3, 1), dataset="xor+/gone/own:share=0.25")
    record = replace(small().record, recipe=recipe)
    moved = relocated(
        Session(record, (DataMark(recipe.dataset, "0" * 64),)), recipe.dataset, "/here"
    )
    assert moved.record.recipe.dataset == moved.marks[0].name == "xor+/here:share=0.25"
