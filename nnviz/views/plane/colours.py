"""Colours of the plane: a table for the shades of a map, and one colour a class."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from nnviz.views.palette import Diverging, Theme, grey_levels, ramp, sequential
from nnviz.views.plane.answer import Kind
from nnviz.views.plane.map_picture import SHADES, shade_of

STRENGTH = 0.75
"""How strong a map's colours are at most: examples have the full hue and stand out."""
LEAST = 0.15
"""How strong the colour of a class is where it hardly wins."""
STEPS = 10
"""Steps that colours go in, if they do."""

Table = NDArray[np.uint8]


@cache
def table(kind: Kind, classes: int, theme: Theme, *, steps: bool) -> Table:
    """Return the colours of all shades, (256, 3)."""
    if kind is Kind.CLASSES:
        return _of_classes(classes, theme, steps=steps)
    share = np.linspace(0, 1, SHADES)
    if steps:
        # The middle of each step; the ends keep their full colours.
        share = np.clip((np.floor(share * STEPS) + 0.5) / STEPS, 0, 1 - 0.5 / STEPS)
    if kind is Kind.NUMBER:
        shades = sequential()[np.round(share * 255).astype(int)]
    elif kind is Kind.PLAIN:
        shades = grey_levels(theme)[np.round(share * 255).astype(int)]
    else:
        shades = Diverging(theme).colours(STRENGTH * (2 * share - 1), 1.0)
    return np.concatenate((shades, shades[-1:]))


def _of_classes(classes: int, theme: Theme, *, steps: bool) -> Table:
    shades = shade_of(classes)
    share = np.linspace(LEAST, STRENGTH, shades)
    if steps:
        few = max(STEPS // 2, 1)
        share = LEAST + (STRENGTH - LEAST) * np.floor(np.linspace(0, few - 0.01, shades)) / few
    found = np.zeros((256, 3), np.uint8)
    for label in range(classes):
        full = ramp(theme.panel, class_colour(theme, label, classes), 101)
        found[label * shades : (label + 1) * shades] = full[np.round(100 * share).astype(int)]
    return found


def class_colour(theme: Theme, label: int, classes: int) -> str:
    """Return a class's colour; of two, the second is the positive one."""
    if classes == 2:
        return theme.plus if label else theme.minus
    return theme.racer(label)
