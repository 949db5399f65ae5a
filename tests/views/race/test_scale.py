"""The race view at 100 to 250 %: nothing is clipped, nothing overlaps, all can be reached."""

from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from nnviz.engine.race.plane_race import racing
from nnviz.engine.surface.landscape import Kind
from nnviz.views.palette import DARK
from nnviz.views.race.view import RaceView
from nnviz.views.shared.type_scale import Step, TypeScale
from tests.sampled import sampled
from tests.snapshots import make_dataset, make_snapshot
from tests.views.grabbing import pixels
from tests.views.race.test_on_net import RECIPE

FACTORS = (1.0, 1.5, 2.0, 2.5)
SIZES = [(320, 220), (460, 320), (700, 460), (900, 700)]
SURFACES = ["long", "square", Kind.PARAMETERS]


@pytest.fixture(scope="module", params=SURFACES, ids=str)
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def view(show_for_module, kind):
    """A view with a race in it; each test gives it another size and scale."""
    data, shown, asked = make_dataset(16, 4), show_for_module(RaceView, None, (700, 460)), []
    shown.race_wanted.connect(asked.append)
    shown.show_snapshot(make_snapshot(RECIPE, data, steps=30, watched=(130, 150)))
    shown.show_surface(kind)
    if isinstance(kind, Kind):
        *_, answer = racing(asked[-1], data.x_test, data.y_test)
        shown.show_answer(answer)
    return shown


@pytest.mark.parametrize("factor", FACTORS)
def test_where_it_is_given_the_least_size_it_does_not_scroll_sideways(view, factor):
    view.set_theme(replace(DARK, scale=TypeScale(factor)))
    view.resize(view.minimumSizeHint())
    QApplication.processEvents()
    assert view.minimumSizeHint().height() == max(170, 130 * factor)
    assert view.area.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("factor", sampled(FACTORS, every=3))
def test_all_is_whole_and_within_reach(view, factor, size):
    view.resize(*size)
    view.set_theme(replace(DARK, scale=TypeScale(factor)))  # live
    QApplication.processEvents()  # scroll bars come and go a moment later
    least = round(Step.CAPTION.value * factor)
    children = Qt.FindChildOption.FindDirectChildrenOnly
    parts = [
        part
        for holder in (view.body, view.controls)
        for part in holder.findChildren(QWidget, options=children)
        if part.isVisible() and part is not view.controls
    ]
    boxes = {part: part.rect().translated(part.mapTo(view.body, QPoint())) for part in parts}
    for part, box in boxes.items():
        assert view.body.rect().contains(box), part
        if isinstance(part, QLabel | QPushButton | QLineEdit) and part.text():
            assert part.font().pixelSize() >= least
            metrics = QFontMetricsF(part.font())
            around = 0.6 * part.font().pixelSize() if isinstance(part, QPushButton) else 0
            assert metrics.horizontalAdvance(part.text()) + around <= box.width() + 1, part.text()
            assert metrics.height() <= box.height() + 2, part.text()
    for (one, first), (two, second) in combinations(boxes.items(), 2):
        assert not first.intersects(second), (one, two)
    metrics = QFontMetricsF(view.chooser.font())
    text = view.chooser.currentText()
    assert metrics.horizontalAdvance(text) < view.chooser.width() - 2 * view.unit()
    area, body = view.area, view.body
    assert area.horizontalScrollBar().maximum() == max(body.width() - area.viewport().width(), 0)
    assert area.verticalScrollBar().maximum() == max(body.height() - area.viewport().height(), 0)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("factor", sampled(FACTORS, every=3))
def test_no_text_that_is_painted_leaves_its_widget_or_covers_another(
    view, monkeypatch, factor, size
):
    view.resize(*size)
    view.set_theme(replace(DARK, scale=TypeScale(factor)))
    least = round(Step.CAPTION.value * factor)
    written = []
    before = QPainter.drawText

    def note(painter, box, flags, text):
        seen = QRectF(painter.boundingRect(box, int(flags), text))
        written.append((text, seen, painter.font().pixelSize()))
        before(painter, box, flags, text)

    monkeypatch.setattr(QPainter, "drawText", note)
    for part in (view.table, view.map, view.curve):
        if not part.isVisible():
            continue
        written.clear()
        part.grab()
        texts = [entry for entry in written if entry[0]]
        assert len(texts) >= 4
        room = QRectF(part.rect()).adjusted(-1, -1, 1, 1)
        for text, box, letters in texts:
            assert letters >= least, text
            assert room.contains(box), text
        for (one, first, letters), (two, second, _) in combinations(texts, 2):
            # Lines of a row stand closer than a line is high: letters are less high than that.
            tight = 0.28 * letters
            inner = first.adjusted(1, tight, -1, -tight)
            assert not inner.intersects(second.adjusted(1, tight, -1, -tight)), (one, two)


def test_there_and_back_again_is_the_same_picture(view):
    view.set_theme(DARK)
    before = pixels(view)
    view.set_theme(replace(DARK, scale=TypeScale(2.0)))
    assert (pixels(view) != before).any()
    view.set_theme(DARK)
    assert (pixels(view) == before).all()
