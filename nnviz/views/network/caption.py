"""The caption below the input: which example is shown, what it is and what it is taken for."""

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainterPath, QPolygonF

from nnviz.engine.measure.answer import answer, class_desired, class_name
from nnviz.engine.notation import example_name, number_of
from nnviz.engine.run.snapshot import OWN, Snapshot
from nnviz.engine.run.units import desired_values
from nnviz.numbers import integer
from nnviz.views.network.board import NO_PEN, Board, rect


class Caption:
    """Which example is shown, what it is and what the network takes it for."""

    def __init__(self, board: Board) -> None:
        place, ink = board.place, board.ink
        box, unit = place.caption, place.unit
        self._behind = board.rect(rect(box), NO_PEN, ink.panel)
        # A third line must end above the buttons.
        self._roomy = place.tile is not None and box.top + 1.5 * box.height <= place.footer.top
        for arrow, way in ((place.previous, -1), (place.following, 1)):
            x, y = arrow.left + arrow.width / 2, arrow.top + arrow.height / 2
            tip, back = way * 0.3 * unit, 0.38 * unit
            corners = [(x + tip, y), (x - tip, y - back), (x - tip, y + back)]
            arrow_head = QPainterPath()
            arrow_head.addPolygon(QPolygonF([QPointF(*at) for at in corners]))
            board.path(arrow_head, NO_PEN, ink.dim)
        self._box, self._middle = box, box.left + box.width / 2
        self._room = box.width - 2.1 * place.previous.width
        self._example, self._number = board.line(0.5), board.line(0.5)
        colours: tuple[QColor, ...] = (ink.dim, ink.now, ink.dim, ink.text)
        self._pieces = [board.line(0.0, colour) for colour in colours]

    def show(self, snapshot: Snapshot, *, known: bool = True) -> None:
        """Show the example's number and names.

        Args:
            snapshot: the moment.
            known: False where the network's answer is not to be told yet.
        """
        box, focus, names = self._box, snapshot.focus, snapshot.class_names
        what = "image" if snapshot.image_shape else "example"
        first, second = box.top + 0.25 * box.height, box.top + 0.75 * box.height
        if focus.place < 0 or snapshot.minibatch is None:
            picture = snapshot.image_shape is not None
            of_test = example_name(focus.index, picture=picture, part="test")
            of_test = "your drawing" if focus.index == OWN else of_test
            shorter = () if focus.index == OWN else _short(focus.index)
            self._write_number(first, (of_test, *shorter), "")
        else:
            count = f"{integer(focus.place + 1)} of {integer(len(snapshot.minibatch.rows))}"
            wordings: tuple[str, ...] = (
                f"training {what} {integer(number_of(focus.index))}",
                f"{what} {integer(number_of(focus.index))}",
            )
            if focus.index < 0:
                wordings = (
                    f"taught drawing {integer(-focus.index)}",
                    f"drawing {integer(-focus.index)}",
                )
            both = tuple(f"{wording} · {count}" for wording in wordings)
            if self._roomy and self._example.advance(both[0]) > self._room:
                self._write_number(first, (count,), wordings[0])
                second += box.height / 2
            else:
                self._write_number(first, (*both, *_short(focus.index, count)), "")
        if names:
            words = ["a ", class_name(class_desired(focus.y), names), ", ", ""]
            if focus.index == OWN:
                words[:3] = ["", "", ""]
            if known and np.isfinite(focus.a[-1]).all():
                found = answer(focus.a[-1])
                words[2:] = [words[2] + ("read as " if found.decided else ""), found.name(names)]
            else:
                words[2] = ""
        elif focus.index == OWN:
            words = ["", "", "", ""]
        else:
            desired = ", ".join(desired_values(snapshot)[:3])
            words = ["desired ", desired, "", ""]
        widths = [line.advance(text) for line, text in zip(self._pieces, words, strict=True)]
        # Long names may reach out to the right, but never out of the view.
        x = max(self._middle - sum(widths) / 2, box.left)
        for line, text, width in zip(self._pieces, words, widths, strict=True):
            line.write(x, second, text)
            x += width

    def _write_number(self, y: float, wordings: tuple[str, ...], below: str) -> None:
        """Write the first line in the fullest wording that fits, and one below it, if any."""
        box = self._box
        self._behind.setRect(box.left, box.top, box.width, (1.5 if below else 1.0) * box.height)
        self._example.write_fitting(self._middle, y, wordings, self._room)
        self._number.write(self._middle, y + box.height / 2, below)


def _short(index: int, count: str = "") -> tuple[str, ...]:
    """Return what is said of an example where there is little room: number and count."""
    number, rest = integer(number_of(index)), f" · {count}" if count else ""
    return f"no. {number}{rest}", f"#{number}{rest}", count or f"#{number}"
