"""Every colour and width on screen: the themes and the scales that data use.

Blue and orange belong to data alone: the hue says the sign, lightness and width
say the size. One function, `Diverging`, makes that colour, so a weight looks the
same in every view. The ramp runs evenly in the perceptually uniform space OKLab
(Ottosson, 2020) from the panel's own ground to the full hue, so it is opaque
and cheap to draw, and it stays apart under every common colour blindness.
"""

from dataclasses import field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.dataclass import dataclass
from nnviz.views.shared.type_scale import TypeScale

STEPS = 128
"""Shades of each sign; more cannot be told apart."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one look, as #rrggbb, and the sizes of its letters.

    Attributes:
        name: "dark", "light" or "beamer".
        ground: behind the panels.
        panel: the panels themselves.
        raised: buttons, fields and empty bars on a panel.
        line: borders and grids.
        text: what must be read.
        dim: labels and what may be overlooked.
        plus, minus: data above and below zero.
        now: selection, playhead and test curve.
        height: the highest heights of a grey surface.
        racers: of what is compared, six that stay apart under every colour blindness.
        scale: sizes of letters, gaps and lines.
    """

    name: str
    ground: str
    panel: str
    raised: str
    line: str
    text: str
    dim: str
    plus: str
    minus: str
    now: str
    height: str
    racers: tuple[str, ...]
    scale: TypeScale = field(default_factory=TypeScale)

    def racer(self, number: int) -> str:
        """Return the colour of one of what is compared; beyond the last they come round again."""
        return self.racers[number % len(self.racers)]

    @property
    def held_back(self) -> str:
        """The colour of examples held back for validation: green, as no weight is."""
        return self.racers[3]


DARK = Theme(
    name="dark",
    ground="#0e1319",
    panel="#151b23",
    raised="#1e2631",
    line="#252e3a",
    text="#e8eef5",
    dim="#8d9aab",
    plus="#56a8ff",
    minus="#ff9b45",
    now="#ffd54a",
    height="#47556a",
    racers=("#e8eef5", "#f95b0e", "#fcb626", "#4a9f84", "#a6c6fa", "#c94ce1"),
)
LIGHT = Theme(
    name="light",
    ground="#eef1f5",
    panel="#ffffff",
    raised="#e5eaf1",
    line="#d5dbe3",
    text="#131a22",
    dim="#566372",
    plus="#0b63c5",
    minus="#b24700",
    now="#8436f4",
    height="#aab7c7",
    racers=("#131a22", "#d12800", "#38371e", "#0e837a", "#5225d6", "#840f6f"),
)
BEAMER = Theme(
    name="beamer",
    ground="#e4e8ed",
    panel="#ffffff",
    raised="#e4e8ed",
    line="#8b949f",
    text="#000000",
    dim="#36404b",
    plus="#003e9e",
    minus="#a83a00",
    now="#7a00d1",
    height="#96a5b8",
    racers=("#000000", "#d12800", "#38371e", "#0e837a", "#5225d6", "#840f6f"),
)
"""The light theme for projectors in rooms that are not dark: what is pale is lost there."""
THEMES: dict[str, Theme] = {theme.name: theme for theme in (DARK, LIGHT, BEAMER)}


def rgb(colour: str) -> NDArray[np.uint8]:
    """Turn #rrggbb into its three bytes, (3,)."""
    return np.frombuffer(bytes.fromhex(colour.removeprefix("#")), dtype=np.uint8)


# sRGB (linear) to OKLab and back, from Björn Ottosson's "A perceptual color space" (2020).
_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def _oklab(colour: str) -> NDArray[np.float64]:
    value = rgb(colour) / 255
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    return np.asarray(_TO_LAB @ np.cbrt(_TO_LMS @ linear))


def _srgb(lab: NDArray[np.float64]) -> NDArray[np.uint8]:
    lms = (lab @ np.linalg.inv(_TO_LAB).T) ** 3
    linear = np.clip(lms @ np.linalg.inv(_TO_LMS).T, 0, 1)
    value = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.asarray(np.round(value * 255), dtype=np.uint8)


def ramp(start: str, end: str, steps: int) -> NDArray[np.uint8]:
    """Return colours evenly spaced in OKLab from start to end, (steps, 3)."""
    share = np.linspace(0, 1, steps)[:, np.newaxis]
    return _srgb((1 - share) * _oklab(start) + share * _oklab(end))


class Diverging:
    """The one scale for signed data: minus colour, ground, plus colour.

    Attributes:
        table: the colours from −1 over 0 to +1, (2·STEPS + 1, 3) bytes.
    """

    def __init__(self, theme: Theme) -> None:
        plus = ramp(theme.panel, theme.plus, STEPS + 1)
        minus = ramp(theme.panel, theme.minus, STEPS + 1)
        self.table = np.concatenate((minus[:0:-1], plus))

    def index(self, values: ArrayLike, largest: float) -> NDArray[np.intp]:
        """Return each value's row of the table; ±largest and beyond are the full hues."""
        scaled = np.asarray(values, dtype=np.float64) / (largest or 1.0)
        return np.asarray(
            np.round(np.clip(np.nan_to_num(scaled), -1, 1) * STEPS) + STEPS, dtype=np.intp
        )

    def colours(self, values: ArrayLike, largest: float) -> NDArray[np.uint8]:
        """Return the colours of values, shape (..., 3)."""
        return np.asarray(self.table[self.index(values, largest)])


def edge_width(share: ArrayLike, thickest: float) -> NDArray[np.floating[Any]]:
    """Return the width in pixels of edges whose |w| is `share` (0..1) of the largest."""
    return np.asarray(0.6 + (thickest - 0.6) * np.clip(np.asarray(share, dtype=np.float64), 0, 1))


def sequential() -> NDArray[np.uint8]:
    """Return 256 colours that rise evenly to the eye, the same in both themes, (256, 3).

    They are viridis without its last, yellow part, which belongs to "now" in the dark theme: dark
    purple is low everywhere.
    """
    from pyqtgraph import colormap  # no start of the window has to wait for it

    return np.asarray(colormap.get("viridis").getLookupTable(0.0, 0.86, 256, alpha=False), np.uint8)


def grey_levels(theme: Theme) -> NDArray[np.uint8]:
    """Return 256 colours for activations 0..1: from the panel's ground to the text colour."""
    return ramp(theme.panel, theme.text, 256)
