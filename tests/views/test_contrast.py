"""Everyone can read every view: texts stand out from the pixels around them, in every theme, and
plus and minus stay apart without red, green or blue cones, as drawn."""

from itertools import product

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from nnviz.data import load_dataset
from nnviz.data.overview import look_over
from nnviz.engine.selection import Selection
from nnviz.views import VIEWS
from nnviz.views.data.scatter import Scatter
from nnviz.views.palette import STEPS, THEMES, Diverging, rgb
from nnviz.views.race.view import RaceView
from tests.ports import ListedPorts
from tests.sampled import sampled
from tests.snapshots import make_snapshot
from tests.views.eyes import SEEN, contrast, seen_as
from tests.views.grabbing import pixels
from tests.views.marks import drawn as shapes_of
from tests.views.marks import unseen
from tests.views.plane.conftest import three_classes, trained
from tests.views.textbook import BACK, first_moment
from tests.views.written import written
from tests.waiting import until

THEME = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
SIZE = (620, 460)
READ = 4.5
"""Least contrast of texts, and the least of marks: WCAG 2, levels AA."""
SEEN_MARK = 3.0
NEURON = Selection("neuron", 1, 0)
STRONG = STEPS // 4
"""From which row of the scale of each sign a colour is a strong one."""


@pytest.fixture(scope="module")
def moments():
    return {
        "digits": make_snapshot(steps=30),
        "plane": trained("circles", 40),
        "classes": three_classes(),
        "textbook": first_moment(BACK),
    }


@pytest.fixture
def drawn(show, qtbot):
    """Show a view as it is in the window, joined to the rest."""

    def drawn(spec, moment, theme):
        view = show(spec.view, size=SIZE, theme=theme)
        view.join(ListedPorts())
        view.show_snapshot(moment)
        view.show_figures(moment)
        view.select(NEURON)
        if isinstance(view, RaceView):
            view.go_to(12)  # at the start all racers stand on one place
        qtbot.waitExposed(view)
        return view

    return drawn


def ground_of(picture, box, own):
    """The commonest colour around the ink of a text that is not its own."""
    part = box.toAlignedRect().adjusted(-2, -2, 2, 2)
    rows = slice(max(part.top(), 0), part.bottom() + 1)
    columns = slice(max(part.left(), 0), part.right() + 1)
    colours, counts = np.unique(one_number(picture[rows, columns]), return_counts=True)
    counts[colours == one_number(np.array(own))] = 0
    if not counts.any():
        return None
    common = int(colours[counts.argmax()])
    return common >> 16, common >> 8 & 255, common & 255


def one_number(colours):
    """Colours as one number each, which are counted far sooner than three."""
    return colours.astype(np.uint32) @ np.uint32([65536, 256, 1])


def unreadable(widget):
    """The texts of a widget whose colour does not stand out, with both colours."""
    picture, found = pixels(widget), []
    for text in written(widget):
        own = rgb(text.colour).tolist()
        ground = ground_of(picture, text.ink, own)
        if ground is not None and contrast(own, ground) < READ:
            found.append((text.text, text.colour, ground, round(contrast(own, ground), 2)))
    return found


def signs(picture, theme):
    """The strongest colours of plus and of minus in a picture; None for one that is not there."""
    there = np.isin(one_number(Diverging(theme).table), np.unique(one_number(picture)))
    rows = np.flatnonzero(there)
    minus, plus = rows[rows <= STEPS - STRONG], rows[rows >= STEPS + STRONG]
    return (int(plus[-1]) if len(plus) else None), (int(minus[0]) if len(minus) else None)


APART = 0.2
"""Distance in OKLab of plus and minus at full strength; half of it at half."""
SIGNED = ("network", "plane", "inspector", "matrices")
"""Views that show signs or two classes by colour, in one of the moments at least."""


def kept_apart(widget, theme):
    """Tell whether a widget shows both signs; everyone can tell them apart, and from the panel."""
    table, (plus, minus) = Diverging(theme).table, signs(pixels(widget), theme)
    widget.close()
    if plus is None or minus is None:
        return False
    for name, seen in SEEN.items():
        apart = seen_as(table[plus], seen) - seen_as(table[minus], seen)
        size = min(plus - STEPS, STEPS - minus) / STEPS
        assert np.linalg.norm(apart) >= APART * size, name
    for row in (plus, minus):
        if abs(row - STEPS) == STEPS:
            assert contrast(table[row], rgb(theme.panel)) >= SEEN_MARK
    return True


@pytest.mark.parametrize(
    ("theme", "spec"),
    sampled(product(THEMES.values(), VIEWS), every=2, rows=True),
    ids=lambda one: getattr(one, "id", "") or one.name,
)
def test_texts_are_read_marks_stand_out_and_signs_stay_apart_as_they_are_drawn(
    drawn, moments, spec, theme
):
    """Marks are rims and bars, lines and points, rings of what is chosen: not grounds and grids."""
    signed = set()
    for name, moment in moments.items():
        view = drawn(spec, moment, theme)
        assert unreadable(view) == [], name
        assert unseen(view, theme, SEEN_MARK) == [], name
        if kept_apart(view, theme):
            signed.add(name)
    assert signed or spec.id not in SIGNED


@THEME
@pytest.mark.parametrize(
    "chosen", [{"fields": True}, {"all_edges": True}, {"edges": "slopes"}], ids=str
)
def test_so_they_do_in_all_that_the_network_shows(drawn, moments, theme, chosen):
    network = next(spec for spec in VIEWS if spec.id == "network")
    view = drawn(network, moments["digits"], theme)
    view.choose(**chosen)
    until(lambda: not view.drawing.desk.busy)
    assert kept_apart(view, theme)


@THEME
def test_so_do_examples_of_two_classes(qtbot, theme):
    sheet = Scatter()
    qtbot.addWidget(sheet)
    sheet.resize(300, 300)
    sheet.theme = theme
    sheet.show_overview(look_over(load_dataset("circles")))
    assert kept_apart(sheet, theme)


@THEME
def test_marks_are_found(drawn, moments, theme):
    """A neuron's rim, the line of the plane, the ball of the timeline and the ring of a choice."""
    specs = {spec.id: spec for spec in VIEWS}
    for id, colour in (
        ("network", theme.dim),
        ("network", theme.now),
        ("plane", theme.text),
        ("timeline", theme.now),
        ("cost", theme.now),
    ):
        view = drawn(specs[id], moments["plane"], theme)
        assert any(one.colour == colour for one in shapes_of(view)), (id, colour)
        assert (pixels(view) == rgb(colour)).all(axis=2).any(), (id, colour)


class Pale(QWidget):
    """Paints a mark that can hardly be seen, and one that can."""

    def __init__(self, theme):
        super().__init__()
        self.theme = theme
        self.resize(200, 100)

    def paintEvent(self, _event):
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.theme.panel))
        painter.fillRect(100, 0, 100, 100, QColor(self.theme.plus))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.minus))
        for x in (50, 150):
            painter.drawEllipse(x - 10, 40, 20, 20)


@THEME
def test_a_pale_mark_would_be_noticed(qtbot, theme):
    pale = Pale(theme)
    qtbot.addWidget(pale)
    pale.show()
    qtbot.waitExposed(pale)
    ((colour, box, _),) = unseen(pale, theme, SEEN_MARK)
    assert colour == theme.minus
    assert box[0] > 100
