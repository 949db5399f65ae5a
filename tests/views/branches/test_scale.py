"""The branches view at every size of letters: nothing is clipped, nothing overlaps."""

from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QPushButton

from nnviz.views.branches.view import BranchesView
from nnviz.views.palette import DARK
from nnviz.views.shared.type_scale import Step, TypeScale
from tests.sampled import sampled
from tests.waiting import events_done

FACTORS = (1.0, 1.5, 2.0, 2.5)
SIZES = ((220, 150), (320, 220), (340, 420), (900, 700))
PAIRS = list(zip(2 * FACTORS, SIZES + SIZES[::-1], strict=True))
"""Every factor and every size twice, the extremes of both with each other."""


def scaled(factor):
    return replace(DARK, scale=TypeScale(factor))


def places(view):
    """Return the labels and buttons in sight and where they are."""
    shown = [part for part in view.findChildren(QLabel) if part.isVisible()]
    shown += [part for part in view.findChildren(QPushButton) if part.isVisible()]
    return [(part, QRect(part.mapTo(view, QPoint(0, 0)), part.size())) for part in shown]


@pytest.mark.parametrize(("factor", "size"), PAIRS, ids=str)
@pytest.mark.parametrize("compared", sampled([0, 4, 7], every=2))
def test_nothing_is_clipped_and_nothing_overlaps(show, moment, size, factor, compared):
    view = show(BranchesView, moment, size, scaled(factor))
    view.restore({"compared": compared})
    events_done()  # layouts are made with the next event
    found = places(view)
    assert found
    for part, rect in found:
        assert view.rect().contains(rect), part.text()
        if part.wordWrap() if isinstance(part, QLabel) else False:
            assert part.height() >= part.heightForWidth(part.width())
            continue
        longest = max(part.text().split("\n"), key=len)
        assert QFontMetrics(part.font()).horizontalAdvance(longest) <= part.width(), longest
        assert part.height() >= part.minimumSizeHint().height()
        assert not isinstance(part, QPushButton) or part.width() >= part.sizeHint().width()
    for (one, here), (other, there) in combinations(found, 2):
        assert not here.intersects(there), (one.text(), other.text())
    rows, painter = view.rows, view.rows.itemDelegate()
    assert rows.viewport().height() >= 2 * rows.unit
    for place in range(rows.count()):
        item = rows.item(place)
        rows.scrollToItem(item)
        box, row = rows.visualItemRect(item), rows.shown[item.data(Qt.ItemDataRole.UserRole)]
        assert box.intersects(rows.viewport().rect())
        name = painter.name_rect(box)
        metrics = QFontMetrics(rows.small)
        lines = [line for words in painter.lines(row, name.width()) for line in words.split(" ")]
        assert max(map(metrics.horizontalAdvance, lines)) <= name.width()
        assert QFontMetrics(painter.strong).horizontalAdvance(row.result) < name.width()


@pytest.mark.parametrize("factor", FACTORS)
def test_letters_follow_the_scale_at_once(show, moment, factor):
    view = show(BranchesView, moment, (340, 420))
    view.set_theme(scaled(factor))
    scale = scaled(factor).scale
    assert view.rows.font().pixelSize() >= scale.px(Step.LABEL)
    parts = [part for part, _ in places(view)]
    assert all(part.font().pixelSize() >= scale.px(Step.CAPTION) for part in parts)
    grown = view.rows.font().pixelSize()
    view.set_theme(DARK)
    assert (grown > view.rows.font().pixelSize()) == (factor > 1)


def test_the_compared_branch_is_chosen_again(show, moment):
    view = show(BranchesView, moment, (340, 420))
    view.restore({"compared": 0})
    assert view.state() == {"compared": 0}
    again = show(BranchesView, None, (340, 420))
    again.restore(view.state())
    again.show_snapshot(moment)
    assert again.selected == 0
    for broken in ({"compared": "0"}, {"compared": None}, {"other": 4}):
        view.restore(broken)
        assert view.selected == 0
    view.restore({"compared": 500})
    assert view.selected == 4, "the latest that was left behind"
