"""What the evaluation shows of a moment, without a window; and its state, kept and set again."""

import json
from dataclasses import asdict, replace

import numpy as np
import pytest

from nnviz.data.description import PictureRule
from nnviz.data.mixture import mixed
from nnviz.engine.measure.ranking import rank
from nnviz.engine.measure.reject_curve import reject_curve
from nnviz.engine.measure.report import Report, report
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.history import CostHistory
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.training.trainer import Trainer
from nnviz.lessons import load_example
from nnviz.views.evaluation import text
from nnviz.views.evaluation.matrix_picture import CALM
from nnviz.views.evaluation.picture import picture
from nnviz.views.evaluation.state import EvaluationState
from nnviz.views.evaluation.text import percent
from nnviz.views.evaluation.trust_picture import trust_picture
from nnviz.views.shared.no_run import NO_RUN
from tests.snapshots import make_dataset, make_snapshot, snapshot_of
from tests.views.evaluation.judged import judged

STATE = EvaluationState()


@pytest.fixture(scope="module")
def data():
    return make_dataset(784, 10, 200)


@pytest.fixture(scope="module")
def moment(data) -> Snapshot:
    return make_snapshot(Recipe(layers=(784, 12, 10), dataset="tiny"), data, steps=6, run=3)


@pytest.fixture(scope="module")
def found(moment, data) -> Report:
    return report(moment.network(), data, run=3, step=6)


def test_before_a_report_there_is_only_a_message(moment):
    for snapshot, message in ((None, NO_RUN[0]), (moment, text.WAITING)):
        shown = picture(snapshot, STATE, None)
        assert (shown.message, shown.matrix, shown.classes) == (message, None, ())


def test_without_test_examples_that_is_said(moment, found):
    empty = replace(found, confusion=np.zeros((0, 0), dtype=np.intp))
    assert picture(moment, STATE, empty).message == text.NOTHING


def test_every_figure_is_the_reports(moment, found):
    shown = picture(moment, STATE, found)
    assert shown.figure == (percent(found.accuracy),)
    assert shown.matrix is not None
    assert shown.matrix.counts is found.confusion
    assert [one.share for one in shown.classes] == found.class_accuracy.tolist()
    assert shown.calibration is not None
    filled = np.flatnonzero(found.calibration.count)
    sure, right, weight = np.array(shown.calibration.points).T
    np.testing.assert_array_equal(sure, found.calibration.confidence[filled])
    np.testing.assert_array_equal(right, found.calibration.accuracy[filled])
    assert weight.max() == 1
    assert shown.noise is not None
    assert found.noise is not None
    assert shown.noise.x is found.noise.x
    chosen = [place for place, (_, _, chosen) in enumerate(shown.noise.outputs) if chosen]
    assert chosen == [found.noise.read]


def test_beside_the_perceptrons_cost_stands_the_number_of_mistakes():
    example = load_example("and")
    trainer = Trainer(example.recipe, example.dataset, example.theta)
    measured = trainer.evaluate()
    known = {"evaluations": (measured,), "step": 0}
    now = snapshot_of(trainer, CostHistory(), **known)
    shown = picture(now, STATE, report(now.network(), example.dataset))
    wrong = round(measured.test_mistakes)
    assert wrong
    many = f"{wrong} mistake{'s' * (wrong > 1)}"
    share = f"{percent(1 - wrong / 4)}"
    assert shown.figure == (f"{share} · {many} · C = 0", f"{share} · {many}", share)
    other = replace(now, evaluations=())
    assert picture(other, STATE, report(now.network(), example.dataset)).figure == shown.figure[1:]


def test_the_commonest_mistake_stands_out_most(moment, found):
    matrix = picture(moment, STATE, found).matrix
    errors = found.confusion - np.diag(np.diagonal(found.confusion))
    assert found.confusion[matrix.worst] == errors.max()
    assert matrix.wrong[np.unravel_index((found.shares - np.eye(10)).argmax(), (10, 10))] <= 1
    assert matrix.wrong.max() == 1
    assert not np.diagonal(matrix.wrong).any()
    assert (matrix.right <= CALM).all()
    row, column = matrix.worst
    assert f"{row} → {column}" in matrix.footer[-1]
    none = replace(found, confusion=np.diag(np.full(10, 5)))
    clean = picture(moment, STATE, none).matrix
    assert (clean.worst, clean.footer) == (None, text.NO_MISTAKE)


def test_the_history_ends_in_the_worst_class_and_all(moment, found):
    before = replace(found, step=2, confusion=found.confusion[::-1])
    history = picture(moment, STATE, found, (before, found)).history
    assert history is not None
    assert (history.first, history.last, history.here) == (2, 6, 6)
    worst, whole = history.lines[-2:]
    assert (worst.kind, whole.kind) == ("worst", "all")
    assert worst.shares[-1] == found.class_accuracy.min()
    assert whole.shares == (before.accuracy, found.accuracy)
    assert len(history.lines) == 11
    assert 0 <= history.low <= min(min(line.shares) for line in history.lines)
    assert picture(moment, STATE, found, (found,)).history is None


def test_a_class_without_examples_has_no_figure_and_no_line(moment, found):
    counts = found.confusion.copy()
    counts[4] = 0
    bare = replace(found, confusion=counts)
    shown = picture(moment, STATE, bare, (replace(bare, step=2), bare))
    assert shown.classes[4].figures == ("–", "–")
    assert shown.history is not None
    (line,) = [line for line in shown.history.lines if line.name == "4"]
    assert line.shares == ()


def test_the_examples_of_a_cell_are_made_once(moment, found, data):
    row, column = (int(at) for at in np.unravel_index(found.confusion.argmax(), (10, 10)))
    cell = (row, column)
    ranking = rank(moment.network(), data, row, read_as=column, run=3, step=6)
    state = replace(STATE, cell=cell)
    first = picture(moment, state, found, (), ranking)
    assert first.matrix.cell == cell
    assert first.cell.ranking is ranking
    assert first.cell.examples.count == len(ranking.index)
    grey = first.cell.examples.greys([0])
    np.testing.assert_allclose(grey[0].reshape(-1) / 255, ranking.x[0], atol=0.003)
    assert "cost C₀ = " in first.cell.examples.tip(0)
    assert picture(moment, state, found, (), ranking, first).cell is first.cell


def test_a_judgement_without_a_curve_shows_nothing_and_a_threshold_none_reach_no_point(moment):
    some = judged(moment)
    assert trust_picture(replace(some, trust=None), 0.5) is None
    assert trust_picture(replace(some, rejecting=None), 0.5) is None
    none = reject_curve(np.zeros(0), np.zeros(0, bool))
    assert trust_picture(replace(some, rejecting=none), 0.5) is None
    assert trust_picture(some, 0.0).here == (1.0, some.rejecting.accuracies[0])
    assert trust_picture(some, 1.0).here is None


def test_a_cell_beyond_the_classes_at_hand_is_harmless(moment, found):
    shown = picture(moment, replace(STATE, cell=(12, 3)), found)
    assert shown.matrix.cell is None


# -- state ----------------------------------------------------------------------------------------


def test_a_state_comes_back_from_json():
    state = EvaluationState("noise", (3, 7), "epoch", 40, 0.8)
    kept = json.loads(json.dumps(asdict(state)))
    assert EvaluationState().restored(kept) == state
    assert state.restored(asdict(EvaluationState())) == EvaluationState()


@pytest.mark.parametrize(
    "kept",
    [{}, {"page": "cellar"}, {"cell": [1]}, {"cell": ["a", "b"]}, {"cell": "ab"}, {"cell": [-1, 2]},
     {"every": "never"}, {"every": 3}, {"step": "six"}, {"step": True}, {"colour": "red"},
     {"threshold": 1.5}, {"threshold": "high"}],
)  # fmt: skip
def test_what_is_broken_changes_nothing(kept):
    for state in (EvaluationState(), EvaluationState("noise", (3, 7), "epoch", 40)):
        assert state.restored(kept) == state


def test_of_a_mixture_each_part_is_said_first_with_its_step(moment):
    half = replace(make_dataset(784, 10, 100), pictures=PictureRule())
    data = mixed(
        [replace(half, name="mnist"), replace(half, name="digits", x_test=1 - half.x_test)]
    )
    found = report(moment.network(), data, run=3, step=6)
    read = moment.network().predict(data.x_test).argmax(axis=1) == data.test_labels
    shares = [percent(read[data.parts.test == place].mean()) for place in (0, 1)]
    about = picture(moment, STATE, found).about
    said = f"mnist {shares[0]} · digits {shares[1]}"
    assert about[0] == f"{said}, of 100 test images, as of step 6"
    assert about[1:3] == (f"{said}, as of step 6", said)
    assert about[3:] == text.of_examples(replace(found, parts=()), pictures=True)
