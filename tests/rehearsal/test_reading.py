"""What a rehearsal reads: printed numbers to their last digit, and texts that are cut off."""

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from nnviz.rehearsal.reading import clipped, reads_as, scrolled_away


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (12.0, "12"),
        (0.29837110876, "0.298371109"),
        (-0.952609652, "-0.952609652"),
        (-20.0, "−20"),
        (np.array([15.0, 23.0, 18.0, 13.0]), "15, 23, 18, 13"),
        (2.5488, "2.5488"),
        (4.38568e-4, "0.000438568"),
        (True, "true"),
        (False, "false"),
    ],
)
def test_a_value_reads_as_it_is_printed(value, printed):
    assert reads_as(value, printed)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (12.4, "12.0"),
        (0.291027924, "0.291027774"),
        (20.0, "-20"),
        (np.array([15.0, 23.0]), "15, 23, 18"),
        (np.array([15.0, 23.0]), "23, 15"),
        (float("nan"), "0.5"),
        (False, "true"),
        (True, "false"),
    ],
)
def test_a_digit_that_differs_is_seen(value, printed):
    assert not reads_as(value, printed)


def _box(*parts, width=200, height=120):
    box = QWidget()
    rows = QVBoxLayout(box)
    for part in parts:
        rows.addWidget(part)
    box.setFixedSize(width, height)
    box.show()
    box.ensurePolished()
    rows.activate()
    return box


def test_texts_with_room_are_not_cut_off(qtbot):
    box = _box(QLabel("A short one"), QPushButton("On"))
    qtbot.addWidget(box)
    assert list(clipped(box)) == []


def test_a_text_wider_or_higher_than_its_room_is_cut_off(qtbot):
    wide = QLabel("One line that is far too wide for the little room that there is")
    high = QLabel(
        "Many words that need several lines where there is room for one only", wordWrap=True
    )
    high.setFixedHeight(14)
    box = _box(wide, high, width=120)
    qtbot.addWidget(box)
    assert list(clipped(box)) == [wide.text(), high.text()]


def test_what_is_hidden_is_not_cut_off(qtbot):
    hidden = QLabel("One line that is far too wide for the little room that there is")
    box = _box(hidden, width=60)
    qtbot.addWidget(box)
    hidden.hide()
    assert list(clipped(box)) == []


@pytest.mark.parametrize(("lines", "away"), [(2, False), (60, True)])
def test_what_has_to_be_scrolled_is_seen(qtbot, lines, away):
    area, label = QScrollArea(), QLabel("word\n" * lines)
    area.setWidgetResizable(True)
    area.setWidget(label)
    box = _box(area)
    qtbot.addWidget(box)
    assert list(scrolled_away(box)) == ([label.text()] if away else [])


def test_what_is_wider_than_what_scrolls_is_cut_off(qtbot):
    area, wide = QScrollArea(), QLabel("Wide")
    wide.setMinimumWidth(400)
    area.setWidgetResizable(True)
    area.setWidget(wide)
    box = _box(area)
    qtbot.addWidget(box)
    assert list(clipped(box)) == [wide.text()]
    wide.setMinimumWidth(20)
    qtbot.waitUntil(lambda: not list(clipped(box)))
