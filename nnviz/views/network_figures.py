"""The network view's figures: the input, the neurons, the outputs and the words.

Each function draws one kind of thing with a painter that is already set up;
where it stands comes from the layout, what it shows from a snapshot.
"""

import itertools

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QPolygonF

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.snapshot import Snapshot
from nnviz.views.network_ink import Ink, font_of
from nnviz.views.network_layout import Box, Column, Layout
from nnviz.views.network_tips import input_name, number, short

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def rect(box: Box) -> QRectF:
    """Return a box as Qt wants it."""
    return QRectF(box.left, box.top, box.width, box.height)


def write(
    painter: QPainter, x: float, y: float, text: str, align: Qt.AlignmentFlag, colour: QColor
) -> None:
    """Write one line at a point: left or right of it or centred on it, at middle height."""
    room = 4000.0
    left = {LEFT: x, CENTRE: x - room / 2, RIGHT: x - room}[align]
    painter.setPen(colour)
    painter.drawText(QRectF(left, y - 100, room, 200), align, text)


def headings(snapshot: Snapshot, place: Layout, font: QFont) -> list[tuple[float, str]]:
    """Return the middle and the words of each layer's heading, as long as fit side by side."""
    layers, names = snapshot.recipe.layers, snapshot.recipe.activations
    labels = [ACTIVATIONS[name].label.removesuffix(" σ") for name in names]
    roles = ["input", *["hidden"] * (len(layers) - 2), "output"]
    metrics = QFontMetricsF(font)
    found: list[tuple[float, str]] = []
    for parts in (("role", "size", "name"), ("role", "size"), ("size",)):
        found = []
        for layer, column in enumerate(place.columns):
            words = {"role": roles[layer], "size": f"{layers[layer]:,}"}
            if 0 < layer < len(layers) - 1 or (layer and parts[0] == "size"):
                words["name"] = labels[layer - 1]
            text = " · ".join(words[part] for part in parts if part in words)
            half = metrics.horizontalAdvance(text) / 2
            x = column.x
            if layer == 0 and place.tile:
                x = place.tile.left + half
            x = min(max(x, place.footer.left + half), place.bars.right - half)
            found.append((x, text))
        edges = [
            (x - metrics.horizontalAdvance(t) / 2, x + metrics.horizontalAdvance(t) / 2)
            for x, t in found
        ]
        gaps = [b[0] - a[1] for a, b in itertools.pairwise(edges)]
        if min(gaps) > place.unit:
            break
    return found


def draw_headings(
    painter: QPainter, snapshot: Snapshot, place: Layout, font: QFont, ink: Ink
) -> None:
    """Write every layer's heading: that of a picture above its tile, others in one line."""
    for layer, (x, text) in enumerate(headings(snapshot, place, font)):
        over = place.tile if layer == 0 else None
        y = place.heading if over is None else over.top - 0.9 * place.unit
        write(painter, x, y, text, CENTRE, ink.dim)


def picture(x: np.ndarray, shape: tuple[int, int]) -> QImage:
    """Return an input as a grey picture, white ink on black as in the data."""
    grey = np.round(np.clip(np.nan_to_num(x), 0, 1) * 255).astype(np.uint8).reshape(shape)
    image = QImage(grey.tobytes(), shape[1], shape[0], shape[1], QImage.Format.Format_Grayscale8)
    return image.copy()


def draw_tile(painter: QPainter, place: Layout, image: QImage, ink: Ink) -> None:
    """Draw the input picture, pixel by pixel, in its frame."""
    assert place.tile is not None
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
    frame = rect(place.tile)
    painter.drawImage(frame, image)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink.dim, 1.0))
    painter.drawRect(frame.adjusted(-0.5, -0.5, 0.5, 0.5))


def draw_circles(
    painter: QPainter, column: Column, fills: list[QColor], ink: Ink, unit: float
) -> None:
    """Draw a layer's neurons, filled by their activations."""
    painter.setPen(QPen(ink.dim, max(1.0, 0.08 * unit)))
    radius = max(1.0, column.radius - 0.5)
    for y, fill in zip(column.y.tolist(), fills, strict=False):
        painter.setBrush(fill)
        painter.drawEllipse(QPointF(column.x, y), radius, radius)
    if column.rest:
        below = float(column.y[-1]) + column.radius + 0.9 * unit
        write(painter, column.x, below, column.rest, CENTRE, ink.dim)


def draw_input_names(
    painter: QPainter, snapshot: Snapshot, place: Layout, ink: Ink, base: QFont
) -> None:
    """Write name and value to the left of every input neuron that is a circle."""
    column = place.columns[0]
    values = snapshot.focus.x[: column.shown].tolist()
    right = column.x - column.radius - 0.5 * place.unit
    painter.save()
    painter.setFont(font_of(base, min(place.unit, 0.9 * column.spacing)))
    for k, (y, value) in enumerate(zip(column.y.tolist(), values, strict=True)):
        text = f"{input_name(snapshot, k)} = {short(value)}"
        write(painter, right, y, text, RIGHT, ink.dim)
    painter.restore()


def draw_outputs(
    painter: QPainter, snapshot: Snapshot, place: Layout, ink: Ink, base: QFont, largest: float
) -> None:
    """Draw names, bars and which output is largest and which is wanted."""
    column, focus, unit = place.columns[-1], snapshot.focus, place.unit
    a = np.nan_to_num(focus.a[-1][: column.shown], posinf=largest, neginf=-largest)
    classes = bool(snapshot.class_names)
    best = int(np.argmax(focus.a[-1])) if classes and np.isfinite(focus.a[-1]).all() else -1
    wanted = int(np.argmax(focus.y)) if classes else -1
    size = min(1.35 * unit, 0.9 * column.spacing)
    plain, strong = font_of(base, size), font_of(base, size, bold=True)
    thick = min(0.62 * unit, 0.5 * column.spacing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.raised)
    for y in column.y.tolist():
        painter.drawRoundedRect(_bar(place, y, thick, 1.0), 2, 2)
    for j, y in enumerate(column.y.tolist()):
        share = float(np.clip(abs(a[j]) / (largest or 1.0), 0, 1))
        painter.setPen(Qt.PenStyle.NoPen)
        bright = ink.text if j == best or not classes else ink.dim
        painter.setBrush(bright if a[j] >= 0 else QColor(ink.theme.minus))
        bar = _bar(place, y, thick, share)
        bar.setWidth(max(bar.width(), 1.5))
        painter.drawRoundedRect(bar, 2, 2)
        name = snapshot.class_names[j] if classes else short(float(focus.a[-1][j]))
        painter.setFont(strong if j == best else plain)
        colour = ink.now if j == wanted else ink.text if j == best else ink.dim
        write(painter, place.names, y, name, LEFT, colour)
        if not classes:
            at = place.bars.left + place.bars.width * min(abs(float(focus.y[j])) / largest, 1)
            painter.fillRect(QRectF(at - 1, y - thick, 2, 2 * thick), ink.now)
    if 0 <= wanted < column.shown:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink.now, max(2.0, 0.16 * unit)))
        radius = column.radius + 0.12 * unit
        painter.drawEllipse(QPointF(column.x, float(column.y[wanted])), radius, radius)


def _bar(place: Layout, y: float, thick: float, share: float) -> QRectF:
    return QRectF(place.bars.left, y - thick / 2, place.bars.width * share, thick)


def draw_caption(painter: QPainter, snapshot: Snapshot, place: Layout, ink: Ink) -> None:
    """Say which example is shown, what it is and what the network takes it for."""
    box, focus, unit = place.caption, snapshot.focus, place.unit
    painter.fillRect(rect(box), ink.panel)
    first, second = box.top + 0.25 * box.height, box.top + 0.75 * box.height
    middle = box.left + box.width / 2
    what = "image" if snapshot.image_shape else "example"
    write(painter, middle, first, f"test {what} {focus.index:,}", CENTRE, ink.dim)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.dim)
    for arrow, way in ((place.previous, -1), (place.following, 1)):
        x, y = arrow.left + arrow.width / 2, arrow.top + arrow.height / 2
        tip, back = way * 0.3 * unit, 0.38 * unit
        painter.drawPolygon(
            QPolygonF([QPointF(x + tip, y), QPointF(x - tip, y - back), QPointF(x - tip, y + back)])
        )
    names = snapshot.class_names
    if names:
        pieces = [("a ", ink.dim), (names[int(np.argmax(focus.y))], ink.now)]
        if np.isfinite(focus.a[-1]).all():
            pieces += [(", read as ", ink.dim), (names[int(np.argmax(focus.a[-1]))], ink.text)]
    else:
        wanted = ", ".join(number(value) for value in focus.y[:3].tolist())
        pieces = [("wanted ", ink.dim), (wanted, ink.now)]
    metrics = QFontMetricsF(painter.font())
    x = middle - sum(metrics.horizontalAdvance(text) for text, _ in pieces) / 2
    for text, colour in pieces:
        write(painter, x, second, text, LEFT, colour)
        x += metrics.horizontalAdvance(text)


def draw_footer(
    painter: QPainter, place: Layout, drawn: int, total: int, largest: float, ink: Ink
) -> None:
    """Say honestly how many edges are drawn, and show the scale of their colours."""
    box, unit = place.footer, place.unit
    y = box.top + box.height / 2
    metrics = QFontMetricsF(painter.font())
    low, high = f"−{largest:.3g}", f"+{largest:.3g} weight"
    length = 7.0 * unit
    right = box.right - metrics.horizontalAdvance(high) - 0.5 * unit
    left = right - length
    write(painter, left - 0.5 * unit, y, low, RIGHT, ink.dim)
    write(painter, right + 0.5 * unit, y, high, LEFT, ink.dim)
    step = length / len(ink.signed)
    for i, colour in enumerate(ink.signed):
        painter.fillRect(QRectF(left + i * step, y - 0.25 * unit, step + 0.5, 0.5 * unit), colour)
    room = left - 1.5 * unit - metrics.horizontalAdvance(low) - box.left
    for text in footer_texts(drawn, total, whole=not any(c.rest for c in place.columns)):
        if metrics.horizontalAdvance(text) <= room:
            write(painter, box.left, y, text, LEFT, ink.dim)
            break


def footer_texts(drawn: int, total: int, *, whole: bool) -> tuple[str, ...]:
    """Return what is said of the edges, the fullest wording first.

    Args:
        drawn: edges drawn.
        total: weights of the network.
        whole: True where every neuron is drawn.
    """
    if drawn == total:
        return (f"all {total:,} edges drawn",)
    count = f"{drawn:,} of {total:,} edges"
    which = "the strongest |w| of each layer" if whole else "the strongest |w| of neurons shown"
    return (f"{count} drawn, {which}", f"{count}, {which}", f"{count}, the strongest", count)
