"""The inspector in letters of every size: nothing cut off, nothing on top of another."""

from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QToolButton

from nnviz.engine import Recipe
from nnviz.engine.run.snapshot import Sample
from nnviz.engine.selection import Selection
from nnviz.views.inspector.table import cell_text
from nnviz.views.inspector.view import InspectorView
from nnviz.views.palette import DARK
from nnviz.views.shared.type_scale import Step, TypeScale
from nnviz.views.shared.typesetting import font
from tests.sampled import sampled
from tests.snapshots import make_dataset, make_snapshot
from tests.views.grabbing import pixels
from tests.waiting import events_done

FACTORS = (1.0, 1.5, 2.0, 2.5)
SIZES = ((320, 220), (620, 140), (900, 220), (900, 700))
PAIRS = list(zip(2 * FACTORS, SIZES + SIZES[::-1], strict=True))
"""Every factor and every size twice, the extremes of both with each other."""
HAT = "\u02c6"
ROUNDING = 2.5
"""Two rectangles around ink are rounded outwards by a pixel each."""


@pytest.fixture(scope="module")
def moments():
    data = make_dataset()
    softmax = Recipe(
        layers=(2, 3, 2), output_activation="softmax", cost="categorical_cross_entropy"
    )
    return (
        replace(make_snapshot(), sample=Sample(data.x_test, data.y_test)),
        make_snapshot(softmax),
    )


def selections(recipe):
    last = len(recipe.layers) - 1
    return (
        Selection("cost", last),
        Selection("output", last, 1),
        Selection("neuron", 0, 1),
        Selection("neuron", 1, 2),
        Selection("neuron", last, 1),
        Selection.of_weight(recipe, 1, 1, 2),
        Selection.of_weight(recipe, last, 2, 1),
    )


def ink(box, x, y):
    """Where each text of a box leaves ink, with the size of its letters."""
    if box.text.strip():
        rect = QFontMetricsF(box.font).tightBoundingRect(box.text)
        yield rect.translated(x, y), box
    for dx, dy, part in box.parts:
        yield from ink(part, x + dx, y + dy)


def check_sheet(view, least):
    sheet = view.sheet
    flow, across, down = sheet.flow, sheet.horizontalScrollBar(), sheet.verticalScrollBar()
    inks = []
    for x, y, box in flow.rows:
        own = list(ink(box, x, y))
        assert min(each.font.pixelSize() for _, each in own) >= least
        assert x + box.width <= sheet.viewport().width() + across.maximum()
        assert y + box.down <= sheet.viewport().height() + down.maximum() + 1
        inks.append([rect for rect, each in own if each.text != HAT])
    for row, below in zip(inks, [*inks[1:], []], strict=True):
        for one, other in (*combinations(row, 2), *((a, b) for a in row for b in below)):
            both = one.intersected(other)
            assert min(both.width(), both.height()) <= ROUNDING, sheet.text


def check_header(view):
    header = view.header
    parts = [
        part
        for part in (header.title, header.where, *header.findChildren(QToolButton), header.field)
        if not part.isHidden()
    ]
    for part in parts:
        assert header.rect().contains(part.geometry()), part.text()
        if isinstance(part, QToolButton):
            around = 2 * view.header.layout().spacing()
            assert part.width() >= part.fontMetrics().horizontalAdvance(part.text()) + around
    for words in (header.title, header.where):
        if not words.isHidden():
            room = words.fontMetrics().horizontalAdvance(words.shown)
            assert room <= words.width(), words.shown
    for one, other in combinations(parts, 2):
        assert not one.geometry().intersects(other.geometry()), (one.text(), other.text())
    field = header.field
    if not field.isHidden():
        assert field.fontMetrics().horizontalAdvance(field.text()) < field.width()
    assert view.rect().contains(header.geometry())


def check_table(view):
    table, shown = view.table, view.page.table
    metrics = QFontMetricsF(font("sans", table.letters))
    right = table.viewport().width() + table.horizontalScrollBar().maximum()
    for row in range(min(shown.rows, 12)):
        for at, column in enumerate(shown.columns):
            rect = table.cell_rect(row, at)
            text = cell_text(float(column[row]), table._decimals[at])
            assert metrics.horizontalAdvance(text) <= rect.width(), text
            assert rect.right() <= right
    assert metrics.height() <= table.row_height
    reach = table.viewport().height() + table.verticalScrollBar().maximum()
    assert reach >= (shown.rows + 1) * table.row_height


@pytest.mark.parametrize(("factor", "size"), sampled(PAIRS, every=2, rows=True), ids=str)
def test_nothing_is_cut_off_and_nothing_overlaps(show, moments, factor, size):
    theme = replace(DARK, scale=TypeScale(factor))
    view = show(InspectorView, None, size)
    view.set_theme(theme)
    view.setMinimumSize(view.least_size())  # nothing that it stands in gives it less
    for snapshot in moments:
        view.show_snapshot(snapshot)
        for selection in selections(snapshot.recipe):
            view.select(selection)
            for table in (False, True):
                view.header.toggle.setChecked(table)
                check_header(view)
                if view.sheet.isVisible():
                    check_sheet(view, theme.scale.px(Step.CAPTION))
                if view.table.isVisible():
                    check_table(view)
                parts = [p for p in (view.sheet, view.table, view.curve) if p.isVisible()]
                for one, other in combinations([view.header, *parts], 2):
                    assert not one.geometry().intersects(other.geometry())
                assert all(view.rect().contains(part.geometry()) for part in parts)
    pixels(view)


def test_the_title_says_less_where_it_has_no_room_and_is_never_cut(show, moments):
    view = show(InspectorView, moments[0], (900, 300))
    view.select(Selection("neuron", 1, 2))
    title, seen = view.header.title, []
    for width in range(900, 259, -10):
        view.resize(width, 300)
        events_done()
        if not title.isHidden() and title.shown not in seen:
            seen.append(title.shown)
    assert seen[0] == title.text()
    assert tuple(seen) == title.wordings[: len(seen)]
    assert len(seen) > 1
    assert title.toolTip() == title.text()


def test_it_follows_another_scale_at_once(show, moments):
    large = replace(DARK, scale=TypeScale(2.0))
    view, fresh = (show(InspectorView, moments[0], (1000, 400), theme) for theme in (DARK, large))
    for each in (view, fresh):
        each.select(Selection("neuron", 2, 7))
    events_done()
    small = pixels(view)
    view.set_theme(large)
    events_done()
    assert (pixels(view) == pixels(fresh)).all()
    view.set_theme(DARK)
    events_done()
    assert (pixels(view) == small).all()


@pytest.mark.parametrize("size", [(180, 120), (280, 200), (460, 700)], ids=str)
@pytest.mark.parametrize("factor", FACTORS)
def test_names_in_the_curve_keep_off_each_other(show, moments, factor, size):
    snapshot = moments[0]
    view = show(InspectorView, snapshot, (900, 300))
    view.select(Selection.of_weight(snapshot.recipe, 2, 4, 7))
    curve = view.curve
    curve.set_theme(replace(DARK, scale=TypeScale(factor)))
    curve.resize(*(round(side * factor) for side in size))
    names = curve.names()
    assert len(names) >= 2
    for rect, text in names:
        assert QRectF(curve.rect()).contains(rect), text
    for (one, text), (other, after) in combinations(names, 2):
        assert not one.intersects(other), (text, after)
