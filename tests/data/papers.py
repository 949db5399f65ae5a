"""Photographs of digits on paper, made up: any paper, light, pen and camera, each with its seed.

A sheet is what light is left of white by paper, print and ink, one after the other; the light
that falls on it and the camera follow. Colours are (red, green, blue) of 0..1.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from nnviz.data.dataset import FloatArray
from nnviz.data.pictures import decode, from_pixels

Colour = tuple[float, float, float]
Draw = Callable[[float, float], float]
Layer = Callable[["Sheet", np.random.Generator], np.ndarray]

BLUE_LINE, GREY_LINE, RED_LINE = (0.35, 0.5, 0.8), (0.55, 0.55, 0.55), (0.85, 0.35, 0.4)
BLUE_INK, BLACK_INK, GREEN_INK = (0.12, 0.18, 0.55), (0.12, 0.12, 0.14), (0.1, 0.4, 0.25)


@dataclass(frozen=True)
class Lines:
    """Printed lines.

    Attributes:
        spacing: from one to the next, as a part of the digit's height, (least, most).
        across: whether there are lines down the page as well.
        strength: how much of their colour is seen, 0..1, (least, most).
        width: in parts of the spacing, (least, most).
        colours: one of them is chosen.
        tilt: largest angle in degrees.
        fan: degrees by which the angle differs between top and bottom, as a camera askew sees it.
        bend: how far a page that bends bends its lines, in parts of the spacing.
        margin: whether a red line runs down at the left.
        dots: only the crossings are printed.
    """

    spacing: tuple[float, float] = (0.2, 0.5)
    across: bool = False
    strength: tuple[float, float] = (0.5, 0.8)
    width: tuple[float, float] = (0.04, 0.07)
    colours: tuple[Colour, ...] = (BLUE_LINE, GREY_LINE)
    tilt: float = 1.0
    fan: float = 0.0
    bend: float = 0.0
    margin: bool = False
    dots: bool = False


@dataclass(frozen=True)
class Sheet:
    """A kind of photograph; pairs are (least, most) of what is drawn anew each time.

    Attributes:
        rows, columns: of the photograph.
        paper: its colours, one of which is chosen.
        inks: those of the pen.
        strength: how much of the pen's colour is seen.
        height: the digit's, as a part of the shorter side.
        off: how far its middle is off the photograph's, as a part of the free room.
        pen: width of the stroke as a part of the digit's height.
        crumbly: whether the stroke is a pencil's or chalk's, full of grain.
        lines: what is printed.
        light: fields that the light is multiplied by.
        glare: fields that are added.
        beside: whether there is other, smaller writing beside.
        noise, blur: of the camera; blur in parts of the digit's height.
        jpeg: quality, none for no loss.
        dark: whether the sheet is a board.
    """

    rows: tuple[int, int] = (240, 480)
    columns: tuple[int, int] = (240, 480)
    paper: tuple[Colour, ...] = ((0.97, 0.97, 0.95), (0.92, 0.92, 0.92))
    inks: tuple[Colour, ...] = (BLACK_INK, BLUE_INK)
    strength: tuple[float, float] = (0.9, 1.0)
    height: tuple[float, float] = (0.4, 0.7)
    off: float = 0.35
    pen: tuple[float, float] = (0.05, 0.11)
    crumbly: float = 0.0
    lines: Lines | None = None
    light: tuple[Layer, ...] = ()
    glare: tuple[Layer, ...] = ()
    beside: bool = False
    noise: tuple[float, float] = (0.003, 0.012)
    blur: tuple[float, float] = (0.0, 0.006)
    jpeg: int | None = None
    slope: float = 0.12
    dark: bool = False
    box: tuple[float, float, float, float] = field(default=(0, 0, 0, 0))
    """Where the digit was put: top, left, height, width in pixels."""


def photograph(strokes: Sequence[np.ndarray], kind: Sheet, rng: np.random.Generator) -> FloatArray:
    """Put strokes, x right and y down in any unit, on paper, and read its picture."""
    pixels = picture(strokes, kind, rng)
    if kind.jpeg is None:
        whole = np.full((*pixels.shape[:2], 1), 255, np.uint8)
        return from_pixels(np.concatenate([pixels, whole], axis=2))
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=kind.jpeg)
    return decode(file.getvalue(), "photograph")


def picture(strokes: Sequence[np.ndarray], kind: Sheet, rng: np.random.Generator) -> np.ndarray:
    """Put strokes on paper: (rows, columns, 3) of bytes."""
    rows, columns = (int(rng.integers(low, high + 1)) for low, high in (kind.rows, kind.columns))
    rows, columns = max(rows, columns // 2), max(columns, rows // 2)
    points = np.concatenate(strokes)
    low, extent = points.min(axis=0), np.maximum(np.ptp(points, axis=0), 1e-6)
    tall = rng.uniform(*kind.height) * min(rows, columns)
    scale = min(tall / extent.max(), 0.8 * columns / extent[0])
    width, height = scale * extent
    pen = max(1.2, rng.uniform(*kind.pen) * max(width, height))
    free = np.array([columns - width - pen, rows - height - pen])
    corner = (free * (0.5 + kind.off * rng.uniform(-1, 1, 2)) + pen / 2).clip(0)
    placed = [(stroke - low) * scale + corner for stroke in strokes]
    kind = replace(kind, box=(float(corner[1]), float(corner[0]), float(height), float(width)))
    ink = _drawn(placed, (rows, columns), pen)
    if kind.crumbly:
        ink = ink * (1 - kind.crumbly * _grain((rows, columns), rng))
    if kind.beside:
        for _ in range(3):
            ink = np.maximum(ink, _small_writing(kind, (rows, columns), pen, rng))
    sheet = np.empty((rows, columns, 3), np.float32)
    sheet[:] = kind.paper[rng.integers(len(kind.paper))]
    if kind.lines is not None:
        sheet *= _printed(kind.lines, (rows, columns), kind.box, rng)
    colour = np.array(kind.inks[rng.integers(len(kind.inks))], np.float32)
    strength = rng.uniform(*kind.strength)
    cover = (strength * ink)[..., np.newaxis]
    sheet = sheet + cover * (colour - sheet) if kind.dark else sheet * (1 - cover * (1 - colour))
    return _taken(sheet, kind, rng)


def _taken(sheet: np.ndarray, kind: Sheet, rng: np.random.Generator) -> np.ndarray:
    """Let light fall on a sheet and take its picture."""
    rows, columns = sheet.shape[:2]
    kind = replace(kind, rows=(rows, rows), columns=(columns, columns))
    down, across = _places(rows, columns)
    down, across = down / max(rows, columns), across / max(rows, columns)
    angle = rng.uniform(0, 2 * np.pi)
    light = 0.88 + kind.slope * ((across - 0.5) * np.cos(angle) + (down - 0.5) * np.sin(angle))
    for layer in kind.light:
        light = light * layer(kind, rng)
    seen = sheet * light[..., np.newaxis]
    for layer in kind.glare:
        seen = seen + layer(kind, rng)[..., np.newaxis]
    blur = rng.uniform(*kind.blur) * max(kind.box[2:])
    soft = Image.fromarray(_bytes(seen)).filter(ImageFilter.GaussianBlur(max(blur, 0.5)))
    noise = rng.standard_normal(seen.shape, np.float32) * np.float32(255 * rng.uniform(*kind.noise))
    return np.rint((np.asarray(soft) + noise).clip(0, 255)).astype(np.uint8)


def _places(rows: int, columns: int) -> tuple[np.ndarray, np.ndarray]:
    """Return every place's row and column, to be broadcast."""
    return np.arange(rows, dtype=np.float32)[:, np.newaxis], np.arange(columns, dtype=np.float32)


def _bytes(values: np.ndarray) -> np.ndarray:
    return np.rint(values.clip(0, 1) * 255).astype(np.uint8)


def _drawn(strokes: Sequence[np.ndarray], shape: tuple[int, int], pen: float) -> np.ndarray:
    """Draw strokes in pixels with a round pen: ink of 0..1."""
    fine = 3 if max(shape) < 700 else 2
    sheet = Image.new("L", (shape[1] * fine, shape[0] * fine))
    draw, radius = ImageDraw.Draw(sheet), pen * fine / 2
    for stroke in strokes:
        points = [tuple(point) for point in (stroke * fine).tolist()]
        if len(points) > 1:
            draw.line(points, fill=255, width=max(1, round(2 * radius)), joint="curve")
        for x, y in points:
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return np.asarray(sheet.reduce(fine), dtype=np.float32) / 255


def _grain(shape: tuple[int, int], rng: np.random.Generator) -> np.ndarray:
    """Return the tooth of paper, 0..1, a pixel or two wide."""
    rough = rng.random((shape[0] // 2 + 1, shape[1] // 2 + 1), np.float32)
    return np.repeat(np.repeat(rough, 2, axis=0), 2, axis=1)[: shape[0], : shape[1]]


def _small_writing(
    kind: Sheet, shape: tuple[int, int], pen: float, rng: np.random.Generator
) -> np.ndarray:
    """Write a few small waves and hooks at one side of the digit."""
    top, left, height, width = kind.box
    small = 0.2 * max(height, width)
    places = np.cumsum(rng.uniform(0.3, 0.9, 6)) * small
    x = left + width + 1.6 * small + places if rng.random() < 0.5 else left - 1.6 * small - places
    y = top + rng.uniform(0, max(height, 1)) + rng.uniform(-0.5, 0.5, 6) * small
    return _drawn([np.stack([x, y], axis=1)], shape, 0.5 * pen)


def _printed(
    lines: Lines, shape: tuple[int, int], box: Sequence[float], rng: np.random.Generator
) -> np.ndarray:
    """Return what printed lines leave of the light, (rows, columns, 3)."""
    down, across = _places(*shape)
    angle = np.radians(rng.uniform(-lines.tilt, lines.tilt))
    spacing = max(6.0, rng.uniform(*lines.spacing) * max(box[2:]))
    width = max(0.8, rng.uniform(*lines.width) * spacing)
    strength = rng.uniform(*lines.strength)
    turn = angle + np.radians(lines.fan) * (down / shape[0] - 0.5)
    bent = lines.bend * spacing * np.sin(np.pi * across / shape[1])
    v = down * np.cos(turn) + across * np.sin(turn) + bent + rng.uniform(0, spacing)
    u = across * np.cos(angle) - down * np.sin(angle) + rng.uniform(0, spacing)

    def cover(along: np.ndarray, wide: float) -> np.ndarray:
        off = np.abs((along + spacing / 2) % spacing - spacing / 2)
        return (wide / 2 + 0.5 - off).clip(0, min(1, wide))

    mask = cover(v, width)
    if lines.dots:
        mask = cover(v, 2.5 * width) * cover(u, 2.5 * width)
    elif lines.across:
        mask = np.maximum(mask, cover(u, width))
    colour = np.array(lines.colours[rng.integers(len(lines.colours))], np.float32)
    left = 1 - (strength * mask)[..., np.newaxis] * (1 - colour)
    if lines.margin:
        # Between the digit and the rim, where writers leave it.
        place = rng.uniform(0.3, 0.9) * box[1]
        at = (width / 2 + 0.5 - np.abs(across - place - down * np.sin(angle))).clip(0, 1)
        left = left * (1 - at[..., np.newaxis] * (1 - np.array(RED_LINE, np.float32)))
    return left


# -- light --------------------------------------------------------------------------------------


def _grid(kind: Sheet) -> tuple[np.ndarray, np.ndarray, float]:
    """Return rows and columns as parts of the longer side, off the digit's middle."""
    rows, columns = kind.rows[0], kind.columns[0]
    down, across = _places(rows, columns)
    top, left, height, width = kind.box
    down, across = down - top - height / 2, across - left - width / 2
    return down, across, max(height, width)


def _edge(kind: Sheet, rng: np.random.Generator, soft: float, deep: tuple[float, float]) -> Any:
    """Return a shadow whose edge runs through the digit, its penumbra in parts of the digit."""
    down, across, size = _grid(kind)
    angle = rng.uniform(0, 2 * np.pi)
    away = (across * np.cos(angle) + down * np.sin(angle)) / size - rng.uniform(-0.3, 0.3)
    return 1 - rng.uniform(*deep) / (1 + np.exp((away / soft).clip(-50, 50)))


def soft_shadow(kind: Sheet, rng: np.random.Generator) -> np.ndarray:
    """Return the shade of something far away."""
    return np.asarray(_edge(kind, rng, 0.15, (0.3, 0.6)))


def hard_shadow(kind: Sheet, rng: np.random.Generator) -> np.ndarray:
    """Return the shade of the hand that holds the camera."""
    return np.asarray(_edge(kind, rng, 0.008, (0.3, 0.55)))


def vignette(kind: Sheet, rng: np.random.Generator) -> np.ndarray:
    """Return the fall of light towards the corners."""
    down, across, _ = _grid(kind)
    far = (down**2 + across**2) / (0.25 * (kind.rows[0] ** 2 + kind.columns[0] ** 2))
    return np.asarray(1 / (1 + rng.uniform(0.5, 1.2) * far))


def fold(kind: Sheet, rng: np.random.Generator) -> np.ndarray:
    """Return the crease of a folded sheet: one side darker, and a fine line."""
    down, across, size = _grid(kind)
    angle = rng.uniform(-0.2, 0.2) + rng.choice([0, np.pi / 2])
    away = (across * np.cos(angle) + down * np.sin(angle)) / size - rng.uniform(-0.4, 0.4)
    line = rng.uniform(0.1, 0.3) * np.exp(-((away / 0.015) ** 2))
    return np.asarray(1 - rng.uniform(0.05, 0.2) * (away > 0) - line)


def gloss(kind: Sheet, rng: np.random.Generator) -> np.ndarray:
    """Return the lamp that is mirrored near the digit."""
    down, across, size = _grid(kind)
    y, x = rng.uniform(-0.6, 0.6, 2) * size
    spread = rng.uniform(0.15, 0.35) * size
    return np.asarray(
        rng.uniform(0.15, 0.4) * np.exp(-((down - y) ** 2 + (across - x) ** 2) / 2 / spread**2)
    )


# -- kinds --------------------------------------------------------------------------------------

PLAIN = Sheet()
RULED = Lines()
SQUARED = Lines(spacing=(0.12, 0.35), across=True, width=(0.05, 0.1))
PENCIL = replace(
    PLAIN, inks=((0.35, 0.35, 0.37),), strength=(0.25, 0.45), pen=(0.03, 0.07), crumbly=0.4
)
BALLPOINT = replace(PLAIN, inks=(BLUE_INK,), pen=(0.025, 0.05))

KINDS: dict[str, Sheet] = {
    "plain": PLAIN,
    "ruled": replace(PLAIN, lines=RULED),
    "ruled weakly": replace(PLAIN, lines=replace(RULED, strength=(0.2, 0.4))),
    "ruled strongly": replace(
        PLAIN, lines=replace(RULED, strength=(0.9, 1.0), colours=((0.25, 0.25, 0.3), BLUE_LINE))
    ),
    "ruled thickly": replace(PLAIN, lines=replace(RULED, width=(0.08, 0.13))),
    "ruled, tilted": replace(PLAIN, lines=replace(RULED, tilt=6)),
    "ruled, askew": replace(PLAIN, lines=replace(RULED, tilt=3, fan=5)),
    "ruled, bent": replace(PLAIN, lines=replace(RULED, strength=(0.7, 0.9), bend=0.25)),
    "ruled widely": replace(PLAIN, lines=replace(RULED, spacing=(0.6, 1.3), width=(0.02, 0.03))),
    "ruled, margin": replace(PLAIN, lines=replace(RULED, colours=(BLUE_LINE,), margin=True)),
    "squared": replace(PLAIN, lines=SQUARED),
    "squared, tilted": replace(PLAIN, lines=replace(SQUARED, tilt=5)),
    "squared strongly": replace(
        PLAIN, lines=replace(SQUARED, strength=(0.85, 1.0), colours=((0.2, 0.2, 0.25),))
    ),
    "dotted": replace(PLAIN, lines=replace(SQUARED, dots=True, strength=(0.6, 0.9))),
    "coloured": replace(PLAIN, paper=((0.95, 0.85, 0.35), (0.55, 0.8, 0.6), (0.9, 0.6, 0.65))),
    "soft shadow": replace(PLAIN, light=(soft_shadow,)),
    "hard shadow": replace(PLAIN, light=(hard_shadow,)),
    "ruled, shadow": replace(PLAIN, lines=RULED, light=(hard_shadow,)),
    "vignette": replace(PLAIN, light=(vignette,)),
    "fold": replace(PLAIN, light=(fold,)),
    "gloss": replace(PLAIN, glare=(gloss,)),
    "pencil": PENCIL,
    "pencil, ruled": replace(PENCIL, lines=replace(RULED, strength=(0.3, 0.6))),
    "pencil, squared": replace(PENCIL, lines=replace(SQUARED, strength=(0.2, 0.5))),
    "ballpoint": BALLPOINT,
    "ballpoint, ruled": replace(BALLPOINT, lines=replace(RULED, colours=(BLUE_LINE,))),
    "ballpoint, squared": replace(BALLPOINT, lines=replace(SQUARED, colours=(BLUE_LINE,))),
    "blackboard": replace(
        PLAIN, paper=((0.14, 0.17, 0.15), (0.1, 0.25, 0.18)), inks=((0.9, 0.9, 0.85),),
        strength=(0.6, 0.9), crumbly=0.5, dark=True,
    ),
    "whiteboard": replace(PLAIN, inks=(GREEN_INK, BLUE_INK, (0.75, 0.15, 0.15)), glare=(gloss,)),
    "JPEG": replace(PLAIN, jpeg=15),
    "ruled, JPEG": replace(PLAIN, lines=RULED, jpeg=20),
    "blur": replace(PLAIN, blur=(0.02, 0.05)),
    "noise": replace(PLAIN, noise=(0.05, 0.09)),
    "small": replace(PLAIN, rows=(480, 640), columns=(480, 640), height=(0.13, 0.22), off=0.2),
    "small, ruled": replace(
        PLAIN, rows=(480, 640), columns=(480, 640), height=(0.13, 0.22), off=0.2,
        lines=replace(RULED, spacing=(0.5, 1.1)),
    ),
    "near the rim": replace(PLAIN, height=(0.5, 0.7), off=0.5),
    "writing beside": replace(PLAIN, height=(0.4, 0.55), beside=True),
    "ruled, beside": replace(PLAIN, height=(0.4, 0.55), beside=True, lines=RULED),
    "cut out": replace(PLAIN, rows=(40, 60), columns=(40, 60), height=(0.6, 0.85)),
    "cut out, ruled": replace(
        PLAIN, rows=(60, 90), columns=(60, 90), height=(0.5, 0.75),
        lines=replace(RULED, spacing=(0.3, 0.6)),
    ),
    "large": replace(PLAIN, rows=(1200, 1200), columns=(1600, 1600), jpeg=85),
    "large, squared": replace(
        PLAIN, rows=(1200, 1200), columns=(1600, 1600), jpeg=85, lines=SQUARED
    ),
    "everything": replace(
        PLAIN, lines=replace(RULED, tilt=3, margin=True, colours=(BLUE_LINE,)), jpeg=40,
        light=(soft_shadow, vignette), noise=(0.02, 0.03), off=0.3,
    ),
}  # fmt: skip
"""Kinds of photographs, by name; plain paper says what the net can read at best."""
