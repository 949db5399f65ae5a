"""The evaluation in larger letters: all is whole and apart, what has no room is scrolled."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from nnviz.data.dataset import Dataset
from nnviz.data.description import Column
from nnviz.engine.measure.ranking import rank
from nnviz.engine.measure.report import report
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.training.trainer import Trainer
from nnviz.views.evaluation.state import PAGES
from nnviz.views.evaluation.view import EvaluationView
from nnviz.views.palette import DARK
from nnviz.views.shared.type_scale import Step, TypeScale
from nnviz.views.view import View
from tests.sampled import sampled
from tests.snapshots import make_dataset, make_snapshot
from tests.views.evaluation.judged import judged
from tests.views.written import overlapping, written

FACTORS = [1.0, 1.5, 2.0, 2.5]
SIZES = [(320, 220), (380, 300), (500, 400), (380, 620), (640, 400), (900, 700)]
PLACES = [(factor, size) for factor in FACTORS for size in (SIZES[0], SIZES[-1])]
PLACES += [(factor, size) for factor in (1.0, 2.0) for size in SIZES[1:-1]]
WORDS = ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker",
         "Bag", "Ankle boot")  # fmt: skip
KINDS = {"digits": (10, ()), "words": (10, WORDS), "letters": (26, ())}


def reported(outputs: int, names: tuple[str, ...]) -> tuple[Snapshot, Dataset]:
    """Return a moment with four reports, and its examples."""
    data = make_dataset(784, outputs, 200)
    if names:
        data = replace(data, class_names=names)
    recipe = Recipe(layers=(784, 12, outputs), dataset="tiny")
    trainer, reports = Trainer(recipe, data), []
    for step in range(7):
        if step % 2 == 0:
            reports.append(report(trainer.network, data, run=3, step=step))
        trainer.step()
    snapshot = make_snapshot(recipe, data, steps=6, run=3)
    return replace(snapshot, reports=tuple(reports)), data


@pytest.fixture(scope="module")
def moments() -> dict[str, tuple[Snapshot, Dataset]]:
    return {kind: reported(*given) for kind, given in KINDS.items()}


def check(view: EvaluationView, factor: float, *, cut: bool = False) -> None:
    """Every text is large enough, whole, in sight or to be scrolled to, and over no other."""
    board, texts = view.board, written(view)
    assert texts
    bar = board.verticalScrollBar()
    across, down = board.viewport().width(), board.viewport().height() + bar.maximum()
    grown = QRectF(0, 0, across, down).adjusted(-1, -1, 1, 1)
    for one in texts:
        assert one.pixels >= TypeScale(factor).px(Step.CAPTION), one
        assert grown.contains(one.ink), one
        assert cut or "…" not in one.text, one
    assert overlapping(texts) == []
    for part in (*board.parts, board.gallery, board.past, board.pages, board.back):
        if part.isVisible():
            assert grown.contains(QRectF(part.geometry())), part


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("factor", "size"), sampled(PLACES, every=3, rows=True), ids=str)
def test_all_is_whole_and_nothing_overlaps(
    show: Callable[..., View], moments: dict[str, tuple[Snapshot, Dataset]],
    factor: float, size: tuple[int, int], kind: str,
) -> None:  # fmt: skip
    snapshot, data = moments[kind]
    view = show(EvaluationView, snapshot, size, replace(DARK, scale=TypeScale(factor)))
    assert isinstance(view, EvaluationView)
    for page in PAGES:
        view.restore({"page": page})
        check(view, factor, cut=kind == "words")
    if kind == "digits":
        view.show_judgement(judged(snapshot))
        for page in PAGES:
            view.restore({"page": page, "threshold": 0.8})
            check(view, factor)
    worst = view.matrix.shown.worst
    view.restore({"page": "mistakes", "cell": list(worst)})
    view.show_cell(rank(snapshot.network(), data, worst[0], read_as=worst[1], run=3, step=6))
    check(view, factor, cut=kind == "words")
    box = view.gallery.box(0)
    assert box.width() >= 2.5 * TypeScale(factor).px(Step.CAPTION)
    assert view.gallery.viewport().rect().toRectF().contains(box)


@pytest.mark.parametrize("page", PAGES)
def test_a_panel_of_the_layout_s_own_size_is_not_scrolled(
    show: Callable[..., View], moments: dict[str, tuple[Snapshot, Dataset]], page: str
) -> None:
    view = show(EvaluationView, moments["digits"][0], (326, 190))
    assert isinstance(view, EvaluationView)
    view.show_judgement(judged(moments["digits"][0]))
    view.restore({"page": page})
    assert view.board.verticalScrollBar().maximum() == 0
    view.resize(326, 150)  # where it is scrolled anyway, rows are high enough for figures
    assert page != "mistakes" or view.matrix.height() >= view.matrix.least_height(326)


@pytest.mark.parametrize("factor", FACTORS)
def test_the_least_size_follows_the_scale(show: Callable[..., View], factor: float) -> None:
    view = show(EvaluationView, None, (326, 204), replace(DARK, scale=TypeScale(factor)))
    assert view.minimumWidth() == 220 * factor
    assert view.minimumHeight() == max(160, 130 * factor)


@pytest.mark.parametrize("targets", [1, 5])
@pytest.mark.parametrize(("factor", "size"), sampled(PLACES, every=3, rows=True), ids=str)
def test_charts_of_numbers_are_whole(
    show: Callable[..., View], factor: float, size: tuple[int, int], targets: int
) -> None:
    columns = tuple(Column(f"height {place}", "cm", 150.0, 12.5) for place in range(targets))
    data = make_dataset(4, 1, 200)
    y_train, y_test = (
        np.concatenate([(part + 0.1 * row) / 3 for row in range(targets)], axis=1)
        for part in (data.y_train, data.y_test)
    )
    data = replace(data, y_train=y_train, y_test=y_test, targets=columns, class_names=())
    snapshot = make_snapshot(Recipe(layers=(4, 3, targets), dataset="tiny"), data, steps=3)
    view = show(EvaluationView, snapshot, size, replace(DARK, scale=TypeScale(factor)))
    assert isinstance(view, EvaluationView)
    view.show_report(report(snapshot.network(), data, run=snapshot.run, step=snapshot.step))
    check(view, factor)
    assert all(min(plot.width(), plot.height()) >= 20 for plot in view.numbers.charts())


def test_the_scale_is_followed_live(
    show: Callable[..., View], moments: dict[str, tuple[Snapshot, Dataset]]
) -> None:
    snapshot, _ = moments["digits"]
    view = show(EvaluationView, snapshot, (560, 400))
    before = written(view)
    assert written(view) == before
    view.set_theme(replace(DARK, scale=TypeScale(2.5)))
    fresh = show(EvaluationView, snapshot, (560, 400), replace(DARK, scale=TypeScale(2.5)))
    larger = written(view)
    assert larger == written(fresh)
    assert min(one.pixels for one in larger) > max(one.pixels for one in before[2:])
    view.set_theme(DARK)
    assert written(view) == before


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0, 2.5])
def test_names_of_few_classes_are_whole_on_a_large_matrix(
    show: Callable[..., View], factor: float
) -> None:
    names = ("Iris setosa", "Iris versicolor", "Iris virginica")
    snapshot, _ = reported(3, names)
    view = show(EvaluationView, snapshot, (720, 614), replace(DARK, scale=TypeScale(factor)))
    view.restore({"page": "mistakes"})
    texts = [one.text for one in written(view)]
    for name in names:
        assert texts.count(name) >= 2, texts  # of the row and of the column
    check(view, factor)
