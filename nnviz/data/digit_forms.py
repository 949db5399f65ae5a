"""The forms of the fourth generation of nnviz's digits (resources/digit_forms.toml).

A form is one habit of writing a digit. Its proportions vary by knobs: each moves some of its
control points to and fro, so that one form covers all hands that have the habit. One form of
each digit stands for all those of the third generation together.
"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from nnviz.data.dataset import FloatArray
from nnviz.data.glyphs import Form, form_of, forms
from nnviz.dataclass import dataclass
from nnviz.paths import resource


@dataclass(frozen=True, slots=True, eq=False)
class DigitForm:
    """One habit of writing a digit.

    Attributes:
        digit: which digit.
        name: what the habit is called.
        share: how many of the digit's writers have it; a digit's shares sum to 1.
        why: the reason for the form and its share.
        ways: its drawings, with their shares of the digit; one, or all of the third generation.
        knobs: (m, k, 2) how far each knob, turned all the way, moves the control points.
    """

    digit: int
    name: str
    share: float
    why: str
    ways: tuple[Form, ...]
    knobs: FloatArray


@cache
def digit_forms() -> tuple[DigitForm, ...]:
    """Return all forms of all digits, in order of the digits."""
    rows = tomllib.loads(resource("digit_forms.toml").read_text("utf-8"))["form"]
    return tuple(_digit_form(row) for row in sorted(rows, key=lambda row: int(row["digit"])))


def chosen_forms(names: Sequence[str] = (), without: Sequence[str] = ()) -> tuple[DigitForm, ...]:
    """Return some of the forms, for studies of what a net makes of forms it has not seen.

    Args:
        names: the forms, each as digit and name, `7 low bar`; none for all.
        without: forms to leave out of them.

    Raises:
        KeyError: there is no such form.
    """
    known = {f"{form.digit} {form.name}": form for form in digit_forms()}
    left = {name: known[name] for name in names or known}
    for name in without:
        known[name]
        left.pop(name, None)
    return tuple(left.values())


def _digit_form(row: Mapping[str, Any]) -> DigitForm:
    digit, share = int(row["digit"]), row["share"] / 100
    earlier = forms()[digit]
    lean, boldest = row.get("lean", earlier[0].lean), row.get("boldest", earlier[0].boldest)
    text = row.get("strokes")
    ways = (
        tuple(
            Form(way.lean, way.boldest, share * way.share, way.control, way.ends, way.curve,
                 way.stroke)
            for way in earlier
        )
        if text is None
        else (form_of(lean, boldest, share, text),)
    )  # fmt: skip
    knobs = [_knob(knob, len(ways[0].control)) for knob in row.get("knobs", {}).values()]
    shape = (len(knobs), len(ways[0].control), 2)
    return DigitForm(
        digit, row["name"], share, row["why"], ways, np.array(knobs, np.float32).reshape(shape)
    )


def _knob(text: str, points: int) -> FloatArray:
    """Read how far a knob moves each control point, (points, 2): `0:9,0 4-6:0,-5`."""
    moves = np.zeros((points, 2), dtype=np.float32)
    for part in text.split():
        places, move = part.split(":")
        first, _, last = places.partition("-")
        if int(last or first) >= points:
            raise ValueError(f"{text}: there are {points} control points")
        moves[int(first) : int(last or first) + 1] += [float(way) for way in move.split(",")]
    return moves
