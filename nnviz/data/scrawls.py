"""Scrawls: letters, houses, polygons, arrows, dashes: what a pen draws, none in a digit's shape.

Letters that are a digit's shape too (O, l, Z, S, g, q, b and the like) are left out. Each form
is written in a hand's variation of proportion, slant, bend, corners and pen, and prepared
as all drawings are.
"""

from functools import cache

import numpy as np

from nnviz.data.dataset import FloatArray
from nnviz.data.handwriting import PEN, Points, Strokes, strokes_to_images

FORMS: dict[str, tuple[str, ...]] = {
    "A": ("08 40 88|25 65", "08 40 88|15 75", "~08 03 20 60 83 88|05 85", "08 40 88 25 65"),
    "C": ("~81 50 10 04 18 58 87", "~72 50 20 03 06 28 58 76"),
    "E": ("80 00 08 88|04 74", "00 08|00 80|04 64|08 88", "~71 40 10 13 44 14 05 18 58 77"),
    "F": ("80 00 08|04 64", "20 28|20 80|24 64", "08 00 70|04 54"),
    "G": ("~81 50 10 04 18 58 77 75|45 85 88", "~81 50 10 04 18 68 85|85 45"),
    "H": ("00 08|80 88|04 84", "10 18|70 78|15 75", "00 08|05 85|80 88"),
    "J": ("~60 66 48 18 05|20 80", "~70 76 58 28 16|30 80"),
    "K": ("00 08|80 04 88", "00 08|70 14|14 78", "10 18|~70 44 14|~14 44 78"),
    "L": ("00 08 88", "10 18 68", "~10 17 28 88", "20 28 78"),
    "M": ("08 00 45 80 88", "08 10 48 70 88", "~08 10 20 48 60 70 88", "00 08|00 44 80|80 88"),
    "N": ("08 00 88 80", "00 08|00 88|88 80", "08 10 78 80"),
    "P": ("08 00|~00 60 92 64 04", "18 10|~10 70 82 64 14"),
    "Q": ("~40 10 04 18 48 78 84 70 40|56 99", "~40 00 08 48 88 80 40|55 88"),
    "R": ("08 00|~00 70 92 64 04|34 88", "18 10|~10 70 72 64 14|14 88"),
    "T": ("00 80|40 48", "10 90|50 58", "00 80|30 38"),
    "U": ("~00 05 08 48 88 85 80", "~00 06 28 68 86 80|80 88"),
    "V": ("00 48 80", "~00 38 48 58 80", "10 38 80"),
    "W": ("00 28 42 68 80", "~00 18 28 42 58 78 80", "00 18 44 78 80"),
    "X": ("00 88|80 08", "10 78|70 18"),
    "Y": ("00 44 80|44 48", "00 44|80 38", "~00 04 45 84 80|44 48"),
    "a": (
        "~73 53 22 05 18 48 75|73 76 88",
        "~82 50 13 05 18 58 82|82 87 98",
        "~13 32 73 74 78|~74 35 07 38 76",
    ),
    "c": ("~73 43 13 06 28 68 77",),
    "d": ("~74 43 14 06 28 58 76|80 88", "~84 43 04 08 48 85|80 88"),
    "e": ("~05 75 84 53 23 06 28 58 78", "04 84|~84 70 30 04 18 48 87"),
    "f": ("~70 50 32 38|14 64", "~80 60 41 44 48|24 74"),
    "h": ("00 08|~05 33 63 65 68", "10 18|~15 44 74 76 78"),
    "k": ("00 08|64 06 68", "10 18|73 15|35 78"),
    "m": ("03 08|~05 14 34 38|~35 44 64 68", "02 08|~04 22 42 48|~44 62 82 88"),
    "n": ("03 08|~05 24 54 58", "12 18|~14 42 72 74 78"),
    "p": ("03 09|~04 23 64 66 38 07", "12 19|~13 62 85 58 16"),
    "r": ("03 08|~06 14 33 54", "12 18|~15 32 62 73"),
    "t": ("~40 46 58 78|13 73", "40 48|12 72", "~30 37 48 68|12 62"),
    "u": ("~03 06 28 58 63|63 68", "~12 16 38 68 72|72 77 88"),
    "v": ("03 38 63",),
    "w": ("03 28 44 58 83", "~03 17 28 44 48 68 83"),
    "y": ("03 36|73 09", "~02 06 36 62|~62 69 49 19", "02 46|82 28"),
    "house": (
        "04 40 84|14 18 78 74",
        "18 14 40 74 78 18|14 74",
        "08 03 40 83 88 08|38 35 55 58",
        "08 88 83 03 40 83 08 03 88",
        "03 08 88 83|94 40 04",
        "08 02 82 88 08|02 40 82|38 34 54 58",
    ),
    "hut": (
        "03 83 88 08 03|03 50 83|22 25 45 42 22",
        "05 30 65|05 09 69 65|45 49",
        "13 40 73|13 18|73 78|18 78",
        "04 50 94|14 19|84 89|14 84|19 89",
        "04 09 79 74 04 40 74",
    ),
    "gable": (
        "04 40 84|04 08 88 84|04 84",
        "03 40 83 03|13 18 78 73",
        "18 13 40 73 78 18|13 73|38 36 56 58",
    ),
    "barn": (
        "05 30 65|05 08 68 65|65 95|30 70 95 98 68",
        "02 08 88 82 02|02 40 82",
        "03 30 63 68 08 03 63|28 25 45 48",
        "04 08 78 74 04|04 30 40 74",
    ),
    "pentagon": (
        "04 40 84 88 08 04",
        "05 30 65 68 08 05",
        "02 08 88 82 40 02",
        "18 13 50 83 78 18",
        "40 08 88 40|04 84",
        "28 26 40 56 58 28",
        "40 84 68 18 04 40",
    ),
    "polygon": (
        "00 80 88 08 00",
        "10 70 78 18 10",
        "08 40 88 08",
        "20 60 88 08 20",
        "40 84 48 04 40",
        "20 60 84 68 28 04 20",
    ),
    "box": ("01 81 87 07 01|04 84", "01 81 87 07 01|41 47", "02 82 86 06 02|02 86"),
    "dash": ("04 84", "03 85", "~04 33 55 84"),
    "dashes": ("03 83|05 85", "02 82|06 86", "02 82|04 84|06 86"),
    "dots": ("44", "04|84", "00|40|80", "40|48", "00|80|48", "22|26|62|66"),
    "cross": ("40 48|04 84", "40 48|03 83", "20 68|02 86"),
    "arrow": ("04 84|52 84 56", "84 04|32 04 36", "48 40|13 40 73", "40 48|15 48 75"),
    "grid": ("30 28|60 58|03 83|06 86", "20 28|60 68|02 82|06 86"),
    "tick": ("04 38 80", "05 27 90"),
    "wave": ("~04 12 32 46 56 74 82", "~05 12 35 52 75 82", "00 22 40 62 80"),
    "zigzag": ("08 20 48 60 88", "00 28 40 68 80", "02 16 32 46 62 76"),
    "star": ("18 40 78 03 83 18", "40 48|02 86|82 06"),
    "spiral": ("~44 54 55 35 32 72 77 17 10 90 99", "~44 34 43 65 37 14 51 95 69"),
    "face": ("~40 00 08 48 88 80 40|22|62|~26 47 66",),
    "heart": ("~42 20 00 04 48|~42 60 80 84 48",),
    "tree": ("48 45|05 40 85 05", "48 42|04 40 84|06 42 86"),
    "stairs": ("08 06 26 24 44 42 62 60 80",),
    "bracket": ("60 20 28 68", "20 60 68 28", "~60 30 44 24 48 68"),
}
"""Forms of each shape: strokes parted by |, their points as column and row of a square of nine by
nine; after ~ a stroke is round."""

_OFF, _BETWEEN = 0.45, 0.25  # how far a point strays, and a stroke as a whole
_BENDS = 0.012
_THIN, _THICK = 0.09, 0.18  # part of the longer side that a pen is wide


def scrawls(each: int, seed: int) -> FloatArray:
    """Draw each shape about so many times: (n, 28, 28), the same for the same seed."""
    draw = np.random.default_rng(seed)
    return np.concatenate(
        [_written(form, -(-each // len(forms)), draw) for forms in FORMS.values() for form in forms]
    )


def _written(form: str, count: int, draw: np.random.Generator) -> FloatArray:
    """Write one form so many times; (count, 28, 28)."""

    def normal(deviation: float, *shape: int) -> Points:
        return draw.normal(0.0, deviation, (count, *shape))

    wide, lean, turn = np.exp(normal(0.22, 1)), 0.1 + normal(0.2, 1), normal(0.08, 1)
    bends, strokes = normal(_BENDS, 3, 1), []
    for words in form.split("|"):
        control, curve = _stroke(words)
        stray = normal(_OFF, *control.shape) + normal(_BETWEEN, 1, 2)
        x, y = np.moveaxis(curve @ (control + stray) - 4, -1, 0)
        x, y = x + bends[:, 0] * y * y + bends[:, 1] * x * y, y + bends[:, 2] * x * x
        x = wide * x - lean * y
        strokes.append(np.stack([x - turn * y, y + turn * x], axis=-1))
    each = [stroke.shape[1] for stroke in strokes]
    flat = Strokes(
        np.concatenate(strokes, axis=1).reshape(-1, 2),
        np.tile(np.repeat(np.arange(len(each)), each), count),
        np.repeat(np.arange(count), sum(each)),
        count,
    )
    pens = np.clip(PEN * np.exp(draw.normal(0, 0.2, count)), _THIN, _THICK)
    return strokes_to_images(flat, pens.astype(np.float32))


@cache
def _stroke(words: str) -> tuple[Points, Points]:
    """Return a stroke's control points, (k, 2), and the matrix that rounds them, (points, k)."""
    pairs = words.removeprefix("~").split()
    control: Points = np.array([[int(pair[0]), int(pair[1])] for pair in pairs], np.float64)
    curve: Points = np.eye(len(control))
    for _ in range(2 if words.startswith("~") else 0):  # Chaikin: each corner is cut off
        before, after = curve[:-1], curve[1:]
        cut = np.stack((0.75 * before + 0.25 * after, 0.25 * before + 0.75 * after), axis=1)
        curve = np.concatenate((curve[:1], cut.reshape(-1, len(control)), curve[-1:]))
    return control, curve
