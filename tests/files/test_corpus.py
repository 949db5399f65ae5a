"""Files that earlier versions of nnviz wrote: they open as they were left, and go on."""

import json
import os
import re
import subprocess
import sys
import zipfile
from hashlib import sha256
from math import isnan
from pathlib import Path

import numpy as np
import pytest

from nnviz.data.digits_cache import load_digits
from nnviz.data.loading import load_dataset
from nnviz.engine import Timeline
from nnviz.engine.changes import Edit
from nnviz.engine.run.verification import verify
from nnviz.files.models import load_model
from nnviz.files.sessions import load_session, save_session, session_view
from tests.files.old_files import (
    DESCRIBED,
    FOLDER,
    MOMENTS,
    THIRD_DIGITS,
    THIRD_SIZES,
    THIRD_THETA,
)
from tests.files.records import differences

ROOT = Path(__file__).parents[2]


@pytest.fixture(params=MOMENTS)
def name(request, monkeypatch):
    monkeypatch.chdir(FOLDER)  # its table goes by its bare name
    return request.param


def digest(theta):
    return sha256(theta.tobytes()).hexdigest()[:16]


def timeline_of(session):
    (mark,) = session.marks
    dataset = load_dataset(mark.name)
    assert dataset.is_known_as(mark.fingerprint)
    return Timeline.of(session.record, {mark.name: dataset})


def test_every_file_of_the_folder_is_known():
    sessions = {path.stem for path in FOLDER.glob("*.nnviz")}
    networks = {path.stem for path in FOLDER.glob("*.npz")}
    assert sessions == {THIRD_DIGITS, *MOMENTS}
    assert networks == {"0-first-network", *MOMENTS}


def test_a_session_is_where_it_was_left(name):
    moment, record = MOMENTS[name], load_session(FOLDER / f"{name}.nnviz").record
    state = record.now.state
    assert (state.steps, record.current, record.phases, record.redo) == (20, 2, 0, ())
    assert (state.recipe.dataset, state.recipe.layers) == (moment.data, moment.layers)
    assert (record.recipe.learning_rate, state.recipe.learning_rate) == (2.0, 0.5)
    assert digest(state.theta) == moment.theta
    assert record.last_cost == moment.cost


def test_its_branches_and_edits_are_what_they_were(name):
    branches = load_session(FOLDER / f"{name}.nnviz").record.branches
    shape = [(b.number, b.parent, b.start, b.reached, b.left_at) for b in branches]
    assert shape == [(0, -1, 0, 12, 5), (1, 0, 5, 15, 15), (2, 1, 15, 20, 15)]
    none, slower, by_hand = (branch.change for branch in branches)
    assert none is None
    assert slower == Edit(5, "learning_rate", 0.5, 2.0)
    assert (by_hand.step, by_hand.name, by_hand.value, by_hand.indices) == (
        15, "theta", (0.25,), (1,)
    )  # fmt: skip
    known = {branch.number: branch.costs for branch in branches}
    assert [known[n].rows.shape[1] * known[n].stride + len(known[n].rest) for n in known] == [
        12, 10, 5
    ]  # fmt: skip
    assert branches[-1].costs.rows[0, -1] == MOMENTS[name].cost


def test_what_it_was_measured_to_be_is_known(name):
    first, _, last = load_session(FOLDER / f"{name}.nnviz").record.branches
    measured = [*first.evaluations, *last.evaluations]
    assert [evaluation.step for evaluation in measured] == [12, 20]
    for evaluation in measured:
        assert 0 < evaluation.train_cost < 1
        assert evaluation.train_accuracy in np.arange(11) / 10 or MOMENTS[name].data == "xor"
        assert isnan(evaluation.train_rmse)  # of classes there is none, nor had early files any


def test_it_trains_on_as_it_did_then_and_replays(name):
    moment = MOMENTS[name]
    timeline = timeline_of(load_session(FOLDER / f"{name}.nnviz"))
    timeline.goto(23)
    assert timeline.trainer.steps == 23
    assert timeline.last_cost == pytest.approx(moment.later_cost, rel=1e-5)
    np.testing.assert_allclose(timeline.network.theta, moment.later_theta, rtol=1e-4, atol=1e-6)
    assert verify(timeline) == -1  # nothing differs
    timeline.undo()  # the weight set by hand, then the slower pace
    timeline.undo()
    assert timeline.trainer.recipe.learning_rate == 2.0


def test_it_is_the_same_once_it_is_saved_anew(name, tmp_path):
    session = load_session(FOLDER / f"{name}.nnviz")
    save_session(tmp_path / "again.nnviz", session)
    assert differences(session, load_session(tmp_path / "again.nnviz")) == []


def test_what_the_screen_kept_is_there_before_all_is_read(name):
    view = session_view(FOLDER / f"{name}.nnviz")
    assert (view["granularity"], view["speed"]) == ("epoch", 3)
    assert (view["focus"], view["watched"]) == (2, [3, 4])


def test_what_its_data_mean_is_known_since_files_say_so(name):
    (mark,) = load_session(FOLDER / f"{name}.nnviz").marks
    model = load_model(FOLDER / f"{name}.npz")
    if name.startswith(DESCRIBED):
        assert mark.description == model.description
        assert mark.description.class_names == ("large", "small")
        assert [column.name for column in mark.description.inputs] == ["length", "width"]
    else:
        assert mark.description is model.description is None


def test_the_network_saved_with_it_is_its_network(name):
    network = load_model(FOLDER / f"{name}.npz").network
    state = load_session(FOLDER / f"{name}.nnviz").record.now.state
    assert network.recipe == state.recipe
    np.testing.assert_array_equal(network.theta, state.theta)


def third_timeline():
    session = load_session(FOLDER / f"{THIRD_DIGITS}.nnviz")
    (mark,) = session.marks
    train, test = THIRD_SIZES
    third = load_digits(train=train, test=test, generation=3)
    assert (mark.name, mark.fingerprint) == ("digits", third.fingerprint())
    return Timeline.of(session.record, {"digits": third})


def test_a_run_on_digits_of_the_third_generation_replays_on_them():
    kept = third_timeline()
    assert digest(kept.network.theta) == THIRD_THETA
    again = Timeline(kept.first.recipe, kept.trainer.dataset, kept.first.theta)
    again.goto(5)
    again.edit("learning_rate", 0.5)
    again.goto(15)
    again.edit("theta", 0.25, [1])
    again.goto(20)
    np.testing.assert_allclose(again.network.theta, kept.network.theta, rtol=1e-4, atol=1e-6)


@pytest.mark.skipif(
    not np._core._multiarray_umath.__cpu_features__.get("AVX2"), reason="other kernels"
)
def test_it_replays_to_the_last_bit_on_the_kernels_it_was_trained_on():
    replayed = "from tests.files.test_corpus import *; print(verify(third_timeline()))"
    order, kernels = [sys.executable, "-c", replayed], {"OPENBLAS_CORETYPE": "Haswell"}
    done = subprocess.run(
        order, env=os.environ | kernels, cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    assert done.stdout.split() == [b"-1"]  # nothing differs


def test_the_first_networks_open():
    network = load_model(FOLDER / "0-first-network.npz").network
    assert (network.recipe.dataset, network.recipe.layers) == ("xor", (2, 3, 1))
    assert digest(network.theta) == "d2afb867c30a751a"
    assert network.theta.dtype == np.float32


def test_what_is_saved_now_has_the_names_of_the_first_files_of_its_format(tmp_path):
    session = load_session(FOLDER / "5-epoch-layouts.nnviz")
    save_session(tmp_path / "again.nnviz", session)
    with zipfile.ZipFile(tmp_path / "again.nnviz") as archive:
        content = json.loads(archive.read("session.json"))
    with zipfile.ZipFile(FOLDER / "4-scores-of-numbers.nnviz") as archive:
        earlier = json.loads(archive.read("session.json"))
    assert content.keys() == earlier.keys()
    assert content["now"].keys() == earlier["now"].keys()
    assert [b.keys() for b in content["branches"]] == [b.keys() for b in earlier["branches"]]


def test_no_file_says_where_it_was_made():
    for path in (*FOLDER.glob("*.nnviz"), *FOLDER.glob("*.npz")):
        with zipfile.ZipFile(path) as archive:
            for entry in archive.namelist():
                assert not re.search(rb"/(?:home|root|tmp|Users)\b", archive.read(entry)), path
