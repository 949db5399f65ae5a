"""Typesetting: formulas as trees of nodes that become boxes of any size.

A node knows nothing of pixels. Set at a size it becomes a box with a width, a
height above and a depth below its base line, made of smaller boxes; painting a
box is a walk through them. Letters are those of the bundled serif font for
mathematics; words are in the font of the window.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPainter

from nnviz.dataclass import dataclass
from nnviz.paths import resource
from nnviz.views.palette import Theme
from nnviz.views.shared.type_scale import Step, sized
from nnviz.wording import index, said

AXIS = 0.25
"""Height of a minus sign and of fraction bars above the base line, in letter heights."""
SCRIPT = 0.7
"""Size of superscripts and subscripts."""
_ASIDE = Step.LABEL.value / Step.BODY.value
_WORDS = ("sans", "strong")
_UP = {"sans": (0.78, 0.22)}
_BOLD = str.maketrans("0123456789", "".join(chr(0x1D7CE + n) for n in range(10)))


def _italics() -> dict[int, str]:
    found = {ord("h"): "\u210e", ord("∂"): "\U0001d715"}
    for first, last, start in (("A", "Z", 0x1D434), ("a", "z", 0x1D44E), ("α", "ω", 0x1D6FC)):
        for code in range(ord(first), ord(last) + 1):
            found.setdefault(code, chr(start + code - ord(first)))
    return found


_ITALIC = _italics()


def italic(letters: str) -> str:
    """Return letters as symbols are typeset; a hat stays on its letter."""
    return letters.replace("ŷ", "y\u0302").translate(_ITALIC)


@lru_cache(maxsize=1)
def _family() -> str:
    data = resource("fonts/nnviz-math.ttf").read_bytes()
    number = QFontDatabase.addApplicationFontFromData(data)
    families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families[0] if families else "serif"


@lru_cache(maxsize=256)
def font(style: str, size: int) -> QFont:
    """Return a font: "sans" and "strong" of the window, anything else for mathematics."""
    words = style in _WORDS
    made = sized(QFont() if words else QFont(_family()), size)
    if style == "strong":
        made.setWeight(QFont.Weight.DemiBold)
    if not words:
        made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


@lru_cache(maxsize=256)
def _metrics(style: str, size: int) -> QFontMetricsF:
    return QFontMetricsF(font(style, size))


@lru_cache(maxsize=16384)
def advance(text: str, style: str, size: int) -> float:
    """Return the width of a text in pixels."""
    return _metrics(style, size).horizontalAdvance(text)


def forget_fonts() -> None:
    """Measure anew after the window's font has changed."""
    for cache in (font, _metrics, advance):
        cache.cache_clear()


ROLES = "text", "dim", "plus", "minus", "now"
"""What parts may be painted as: names of a theme's colours."""


class Box:
    """A node set at a size.

    Attributes:
        width: from its left edge to the next box.
        up, down: how far it reaches above and below the base line.
        parts: (x, y, box) of the boxes it is made of, y downwards from its base line.
        text: what is written, with `font`; empty for a box that only holds others.
        bar: thickness of a fraction bar, which fills the box.
        role: which colour it is painted in.
        target: what is picked by clicking it, or None.
    """

    __slots__ = ("bar", "down", "font", "parts", "role", "target", "text", "up", "width")

    def __init__(self, width: float, up: float, down: float, role: str = "text") -> None:
        self.width, self.up, self.down, self.role = width, up, down, role
        self.parts: list[tuple[float, float, Box]] = []
        self.text = ""
        self.font: QFont  # only where there is text
        self.bar = 0.0
        self.target: object = None

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.up + self.down


class Node(Protocol):
    """Whatever can be set at a size, in a colour."""

    def set(self, size: float, role: str, least: int) -> Box:
        """Set it in letters of a size, in pixels, none of them smaller than `least`."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Letters in a row.

    Attributes:
        text: what is written.
        style: "italic", "roman" or "bold" of the font for mathematics, "sans" or "strong" of
            the window's.
        role: colour, where it is not that of the whole.
        before, after: space around it, in letter heights.
        scale: size as a share of the size around it.
        starts: True where a line may be broken before it.
    """

    text: str
    style: str = "roman"
    role: str = ""
    before: float = 0.0
    after: float = 0.0
    scale: float = 1.0
    starts: bool = False

    def set(self, size: float, role: str, least: int) -> Box:
        """Set it in letters of a size."""
        pixels = max(round(size * self.scale), least)
        text = said(self.text) if self.style in _WORDS else self.text
        if self.style == "italic":
            text = text.translate(_ITALIC)
        elif self.style == "bold":
            text = text.translate(_BOLD)
        up, down = _UP.get(self.style, (0.72, 0.22))
        before = self.before * size
        width = before + advance(text, self.style, pixels) + self.after * size
        box = Box(width, up * pixels, down * pixels, self.role or role)
        box.text, box.font = text, font(self.style, pixels)
        if before:
            outer = Box(width, box.up, box.down)
            outer.parts.append((before, 0.0, box))
            box.width -= before
            return outer
        return box


def aside(text: str, *, before: float = 0.0, after: float = 0.0) -> Glyphs:
    """Set words inside a formula: small and dim."""
    return Glyphs(text, "sans", "dim", before, after, _ASIDE)


@dataclass(frozen=True, slots=True)
class Row:
    """Nodes side by side."""

    nodes: tuple[Node, ...]

    def set(self, size: float, role: str, least: int) -> Box:
        """Set it in letters of a size."""
        return joined([node.set(size, role, least) for node in self.nodes])


def joined(boxes: Sequence[Box]) -> Box:
    """Put boxes side by side on one base line."""
    row = Box(0.0, 0.0, 0.0)
    for box in boxes:
        row.parts.append((row.width, 0.0, box))
        row.width += box.width
        row.up, row.down = max(row.up, box.up), max(row.down, box.down)
    return row


@dataclass(frozen=True, slots=True)
class Scripted:
    """A node with a superscript, a subscript or both, one above the other."""

    base: Node
    above: Node | None = None
    below: Node | None = None

    def set(self, size: float, role: str, least: int) -> Box:
        """Set it in letters of a size."""
        base = self.base.set(size, role, least)
        whole = joined([base])
        above, below = (
            None if node is None else node.set(size * SCRIPT, role, least)
            for node in (self.above, self.below)
        )
        raised, lowered = max(0.4 * size, base.up - 0.32 * size), 0.2 * size
        if above is not None and below is not None:
            # Small letters have scripts that are hardly smaller: these are kept apart.
            lowered = max(lowered, below.up + 0.04 * size - raised)
        widest = 0.0
        for box, shift in ((above, -raised), (below, lowered)):
            if box is None:
                continue
            whole.parts.append((base.width + 0.02 * size, shift, box))
            whole.up = max(whole.up, box.up - shift)
            whole.down = max(whole.down, box.down + shift)
            widest = max(widest, box.width)
        whole.width += widest + 0.05 * size
        return whole


@dataclass(frozen=True, slots=True)
class Fraction:
    """One node above another, with a bar between them."""

    over: Node
    under: Node
    scale: float

    def set(self, size: float, role: str, least: int) -> Box:
        """Set it in letters of a size."""
        over, under = (node.set(size * self.scale, role, least) for node in (self.over, self.under))
        side, gap, thick = 0.1 * size, 0.13 * size, max(1.0, 0.05 * size)
        width = max(over.width, under.width) + 2 * side
        rise, fall = -AXIS * size - gap - over.down, -AXIS * size + gap + under.up
        bar = Box(width - 1.2 * side, thick, 0.0, role)
        bar.bar = thick
        whole = Box(width, over.up - rise, under.down + fall)
        whole.parts = [
            ((width - over.width) / 2, rise, over),
            (0.6 * side, -AXIS * size + thick / 2, bar),
            ((width - under.width) / 2, fall, under),
        ]
        return whole


@dataclass(frozen=True, slots=True)
class Sum:
    """Σ with its index below."""

    index: str

    def set(self, size: float, role: str, least: int) -> Box:
        """Set it in letters of a size."""
        sign = Glyphs("∑", scale=1.22).set(size, role, least)
        below = Glyphs(index(self.index), "italic").set(size * 0.66, role, least)
        width = max(sign.width, below.width)
        # Small letters have an index that is hardly smaller: it keeps off the sign.
        shift, fall = 0.12 * size, 0.9 * size + max(0.0, below.up - 0.475 * size)
        whole = Box(width + 0.14 * size, sign.up - shift + 0.06 * size, fall + 0.06 * size)
        whole.parts = [
            ((width - sign.width) / 2, shift, sign),
            ((width - below.width) / 2, fall, below),
        ]
        return whole


@dataclass(frozen=True, slots=True)
class Hatted:
    """A letter with a hat."""

    letter: str

    def set(self, size: float, role: str, least: int) -> Box:
        """Set it in letters of a size."""
        base = Glyphs(self.letter, "italic").set(size, role, least)
        hat = Glyphs("\u02c6").set(size, role, least)
        whole = Box(base.width, base.up, base.down)
        # A slanted letter leans to the right, and its hat with it.
        whole.parts = [(0, 0, base), ((base.width - hat.width) / 2 + 0.07 * size, 0.02 * size, hat)]
        return whole


@dataclass(frozen=True, slots=True)
class Link:
    """A node that can be clicked."""

    node: Node
    target: object

    def set(self, size: float, role: str, least: int) -> Box:
        """Set it in letters of a size."""
        box = joined([self.node.set(size, role, least)])
        box.target = self.target
        return box


@dataclass(frozen=True, slots=True)
class Tinted:
    """A node in a colour of its own."""

    node: Node
    role: str

    def set(self, size: float, _role: str, least: int) -> Box:
        """Set it in letters of a size."""
        return self.node.set(size, self.role, least)


def colours_of(theme: Theme) -> dict[str, QColor]:
    """Return the colour of every role."""
    return {role: QColor(getattr(theme, role)) for role in ROLES}


def paint(box: Box, painter: QPainter, x: float, y: float, colours: Mapping[str, QColor]) -> None:
    """Paint a box with its base line's left end at (x, y)."""
    if box.text:
        painter.setFont(box.font)
        painter.setPen(colours[box.role])
        painter.drawText(QPointF(x, y), box.text)
    elif box.bar:
        painter.fillRect(QRectF(x, y - box.bar, box.width, box.bar), colours[box.role])
    for dx, dy, part in box.parts:
        paint(part, painter, x + dx, y + dy, colours)


def targets(box: Box, x: float, y: float) -> list[tuple[QRectF, Box]]:
    """Return the boxes in a box that can be clicked, and where; the innermost come first."""
    found = [each for dx, dy, part in box.parts for each in targets(part, x + dx, y + dy)]
    if box.target is not None:
        found.append((QRectF(x, y - box.up, box.width, box.height), box))
    return found


def written(box: Box) -> str:
    """Return all letters of a box, in the order in which they are painted."""
    return box.text + "".join(written(part) for _, _, part in box.parts)
