"""Drawings that are no digit, each with a hand's variation, prepared as the pad prepares strokes.

Letters whose shape is a digit's too are left out: O o D I l i j Z z S s g q b B.
"""

import numpy as np

from nnviz.data.dataset import FloatArray
from nnviz.data.handwriting import Points, prepare_strokes
from nnviz.data.loops import with_open_loops

LETTERS = {
    "A": "08 30 68|15 55", "C": "~61 30 01 05 18 38 67", "E": "60 00 08 68|04 54",
    "F": "60 00 08|04 54", "G": "~61 30 01 06 28 58 65|35 65 68", "H": "00 08|60 68|04 64",
    "J": "20 60|~40 46 38 18 06", "K": "00 08|60 04 68", "L": "00 08 68", "M": "08 00 34 60 68",
    "N": "08 00 68 60", "P": "08 00|~00 40 62 44 04", "Q": "~30 02 06 38 66 62 30|35 69",
    "R": "08 00|~00 40 62 44 04|24 68", "T": "00 60|30 38", "U": "~00 05 18 38 58 65 60",
    "V": "00 38 60", "W": "00 18 32 58 60", "X": "00 68|60 08", "Y": "00 34 60|34 38",
    "a": "~63 43 14 07 28 57 64|63 67 79", "c": "~64 33 04 07 28 67", "d": "~64 34 06 28 66|60 68",
    "e": "~06 65 53 23 05 17 38 67", "f": "~60 40 32 38|14 54", "h": "00 08|~05 23 54 58",
    "k": "00 08|53 05 58", "m": "04 08|~05 23 35 38|~35 53 65 68", "n": "04 08|~06 24 54 68",
    "p": "03 09|~04 33 65 37 07", "r": "03 08|~06 24 53", "t": "~30 37 48 68|13 53",
    "u": "~03 07 28 57 63|63 68", "v": "03 28 53", "w": "03 18 34 58 63", "x": "03 58|53 08",
    "y": "03 37|63 09",
}  # fmt: skip
HOUSES = (
    "04 30 64|04 08 68 64|04 64", "04 08 68 64 30 04", "03 30 63|13 18 58 53|38 35 45 48",
    "04 08 68 64 04 30 64 08", "08 02 30 62 68 08|28 25 45 48",
)  # fmt: skip
SIGNS = {
    "dash": "04 64", "two dashes": "03 63|05 65", "dot": "33", "three dots": "00|30|60",
    "plus": "30 38|04 64", "arrow": "04 64|42 64 46", "hash": "20 18|50 48|03 63|06 66",
    "tick": "05 28 60", "wave": "~05 13 34 47 65", "zigzag": "00 28 30 58 60",
}  # fmt: skip


SHAPES = {
    "letters": tuple(LETTERS.values()),
    "houses": HOUSES,
    "signs": tuple(SIGNS.values()),
}
KINDS = (*SHAPES, "noise")


def drawings(kind: str, count: int, seed: int = 0) -> FloatArray:
    """Draw pictures of one of `KINDS`: (count, 784)."""
    draw = np.random.default_rng(seed)
    if kind == "noise":
        return draw.random((count, 784), dtype=np.float32)
    shapes = SHAPES[kind]
    return np.stack([_drawn(shapes[n % len(shapes)], draw) for n in range(count)])


def drawn_like(shape: str, count: int, seed: int = 0) -> FloatArray:
    """Draw one shape so many times: (count, 784)."""
    draw = np.random.default_rng(seed)
    return np.stack([_drawn(shape, draw) for _ in range(count)])


def strokes_like(shape: str, draw: np.random.Generator) -> list[Points]:
    """Draw one shape once: its strokes, some ten units high."""
    turn, lean, wide = draw.normal(0, 0.06), draw.normal(0.05, 0.15), np.exp(draw.normal(0, 0.18))
    strokes: list[Points] = []
    for words in shape.split("|"):
        smooth = words.startswith("~")
        pairs = words.removeprefix("~").split()
        points: Points = np.array([[int(pair[0]), int(pair[1])] for pair in pairs], np.float64)
        points += draw.normal(0, 0.3, points.shape)
        for _ in range(3 if smooth else 0):  # Chaikin's corner cutting
            left, right = points[:-1], points[1:]
            cut = np.stack((0.75 * left + 0.25 * right, 0.25 * left + 0.75 * right), axis=1)
            points = np.concatenate((points[:1], cut.reshape(-1, 2), points[-1:]))
        strokes.append(points * [wide, 1] @ np.array([[1, turn], [-turn - lean, 1]]))
    return strokes


def _drawn(shape: str, draw: np.random.Generator) -> FloatArray:
    strokes = strokes_like(shape, draw)
    pen = float(draw.uniform(0.1, 0.17))
    return prepare_strokes(with_open_loops(strokes), pen).image.reshape(-1)
