"""Strangers' digits: a second generator, which shares nothing with nnviz's own but the pad.

Where nnviz bends splines through wandering control points, strangers draw lines and arcs of
ellipses whose proportions they choose anew, on a sheet of rubber, with a mouse that reports whole
pixels. Each has one way of writing each digit and keeps it. Nothing is ever trained on them, but
the shares and knobs of nnviz's forms were chosen with an eye on how well they are read: what they
say of hands that nobody has seen is too good.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from nnviz.data.handwriting import prepare_strokes
from nnviz.data.loops import with_open_loops

Curve = np.ndarray  # points (n, 2) in a box one high, x right, y down
Draw = Callable[[float, float], float]  # a proportion between two


def line(*points: tuple[float, float]) -> Curve:
    """Return a polyline."""
    return np.array(points, dtype=float)


def arc(x: float, y: float, across: float, down: float, start: float, end: float) -> Curve:
    """Return a part of an ellipse; degrees from the right, clockwise on the screen."""
    angles = np.radians(np.linspace(start, end, 24))
    return np.stack([x + across * np.cos(angles), y + down * np.sin(angles)], axis=1)


def joined(*parts: Curve) -> Curve:
    """Return parts one after the other as one stroke."""
    return np.concatenate(parts)


def zero(u: Draw) -> list[Curve]:
    begin = u(-130, -40)
    return [arc(0.3, 0.5, u(0.18, 0.4), 0.5, begin, begin - u(325, 400))]


def zero_clockwise(u: Draw) -> list[Curve]:
    begin = u(-150, -80)
    return [arc(0.3, 0.5, u(0.2, 0.4), 0.5, begin, begin + u(330, 390))]


def zero_struck(u: Draw) -> list[Curve]:
    w, over = u(0.25, 0.4), u(-0.05, 0.1)
    stroke = line((0.3 + w + over, u(-0.1, 0.15)), (0.3 - w - over, u(0.85, 1.1)))
    return [arc(0.3, 0.5, w, 0.5, -80, -435), stroke]


def one(u: Draw) -> list[Curve]:
    return [line((0.3 + u(-0.02, 0.1), 0), (0.3, 1))]


def one_flag(u: Draw) -> list[Curve]:
    return [line((u(0.0, 0.2), u(0.12, 0.45)), (0.36, 0), (0.34, 1))]


def one_flag_foot(u: Draw) -> list[Curve]:
    foot = line((u(0.0, 0.2), u(0.97, 1.02)), (u(0.5, 0.75), u(0.97, 1.02)))
    return [line((u(0.02, 0.22), u(0.1, 0.32)), (0.36, 0), (0.36, 1)), foot]


def one_foot_back(u: Draw) -> list[Curve]:
    return [line((0.15, u(0.1, 0.25)), (0.36, 0), (0.35, 1), (u(0.05, 0.2), 1), (u(0.55, 0.7), 1))]


def two(u: Draw) -> list[Curve]:
    r, high = u(0.2, 0.32), u(0.2, 0.3)
    foot = u(0.45, 0.75)
    return [joined(arc(0.3, high, r, high, -170, 35), line((0.02, 1), (foot, u(0.93, 1.03))))]


def two_z(u: Draw) -> list[Curve]:
    top, foot = u(0.4, 0.6), u(0.45, 0.7)
    return [line((0.02, u(0, 0.1)), (top, u(-0.03, 0.05)), (0.02, 1), (foot, u(0.92, 1.03)))]


def two_loop(u: Draw) -> list[Curve]:
    r, size = u(0.2, 0.3), u(0.06, 0.13)
    loop = arc(0.1, 1 - size, u(0.09, 0.15), size, 60, 300)
    return [joined(arc(0.3, 0.25, r, 0.25, -160, 40), loop, line((0.4, 0.95), (0.7, u(0.85, 1))))]


def three(u: Draw) -> list[Curve]:
    r, split = u(0.2, 0.3), u(0.42, 0.52)
    low = (1 - split) / 2
    upper = arc(0.25, split / 2, r, split / 2, -u(140, 175), 85)
    return [joined(upper, arc(0.25, 1 - low, r + u(0.0, 0.1), low, -80, u(120, 165)))]


def three_flat(u: Draw) -> list[Curve]:
    low = u(0.26, 0.32)
    head = line((0.02, u(0, 0.06)), (u(0.45, 0.6), u(-0.02, 0.05)), (u(0.22, 0.35), 1 - 2 * low))
    return [joined(head, arc(0.27, 1 - low, u(0.25, 0.35), low, -75, u(120, 160)))]


def three_weak(u: Draw) -> list[Curve]:
    r, split = u(0.13, 0.2), u(0.42, 0.52)
    low = (1 - split) / 2
    upper = arc(0.25, split / 2, r, split / 2, -150, 60)
    return [joined(upper, arc(0.25, 1 - low, r + u(0.0, 0.05), low, -60, u(95, 140)))]


def four(u: Draw) -> list[Curve]:
    left, level = u(0.15, 0.35), u(0.5, 0.65)
    arm = line((left, u(0, 0.15)), (u(0, 0.1), level), (u(0.6, 0.8), level + u(-0.06, 0.04)))
    stem = u(0.4, 0.55)
    return [arm, line((stem + u(0, 0.08), u(0, 0.3)), (stem, 1))]


def four_closed(u: Draw) -> list[Curve]:
    level, stem = u(0.58, 0.72), u(0.38, 0.52)
    return [line((stem, 0), (0, level), (u(0.6, 0.75), level)), line((stem, u(0, 0.1)), (stem, 1))]


def four_bolt(u: Draw) -> list[Curve]:
    level, right = u(0.45, 0.65), u(0.38, 0.65)
    first, last = (u(0.12, 0.4), 0), (right - u(0.0, 0.2), u(0.85, 1.05))
    return [line(first, (u(0, 0.08), level), (right, level + u(-0.08, 0.03)), last)]


def four_bolt_cut(u: Draw) -> list[Curve]:
    level, right = u(0.62, 0.72), u(0.4, 0.6)
    last = (right - u(0.0, 0.08), level + u(0.15, 0.25))
    return [line((u(0.15, 0.35), 0), (0, level), (right, level - u(0, 0.1)), last)]


def four_spike(u: Draw) -> list[Curve]:
    level, right, top = u(0.5, 0.62), u(0.4, 0.6), u(0.05, 0.4)
    bend = line((u(0.1, 0.3), 0), (0, level), (right - 0.1, level + u(-0.06, 0.02)))
    return [joined(bend, line((right, top), (right - u(0, 0.12), 1)))]


def four_short(u: Draw) -> list[Curve]:
    level, stem = u(0.5, 0.65), u(0.38, 0.5)
    arm = line((u(0.12, 0.3), 0), (0, level), (stem - u(-0.02, 0.06), level - u(-0.02, 0.05)))
    return [arm, line((stem + u(0, 0.08), u(0.05, 0.35)), (stem, 1))]


def five(u: Draw) -> list[Curve]:
    low, width = u(0.26, 0.34), u(0.25, 0.36)
    neck = line((u(0.5, 0.7), u(-0.03, 0.05)), (0.12, 0), (0.08, 1 - 1.8 * low))
    return [joined(neck, arc(0.22, 1 - low, width, low, -110, u(100, 160)))]


def five_bar(u: Draw) -> list[Curve]:
    low, width, away = u(0.26, 0.34), u(0.25, 0.36), u(-0.05, 0.12)
    body = joined(
        line((0.12, u(0, 0.1)), (0.08, 1 - 1.8 * low)),
        arc(0.22, 1 - low, width, low, -110, u(100, 160)),
    )
    return [body, line((0.12 + away, u(-0.08, 0.06)), (u(0.5, 0.75), u(-0.1, 0.06)))]


def five_s(u: Draw) -> list[Curve]:
    high, width = u(0.22, 0.28), u(0.2, 0.3)
    upper = arc(0.35, high, width, high, -u(20, 50), -u(230, 260))
    return [joined(upper, arc(0.3, 1 - 0.26, width, 0.26, -70, u(120, 160)))]


def six(u: Draw) -> list[Curve]:
    r = u(0.2, 0.3)
    loop = arc(0.28, 0.72, r, 0.28, 180, -u(160, 200))
    return [joined(line((u(0.3, 0.55), 0), (u(0.1, 0.2), 0.35)), loop)]


def six_tiny(u: Draw) -> list[Curve]:
    r, size = u(0.1, 0.17), u(0.09, 0.15)
    loop = arc(0.05 + r, 1 - size, r, size, 180, -u(130, 200))
    return [joined(line((u(0.2, 0.5), 0), (u(0.08, 0.18), 0.4)), loop)]


def six_stick(u: Draw) -> list[Curve]:
    r, size = u(0.15, 0.25), u(0.2, 0.28)
    return [joined(line((u(0.02, 0.15), 0)), arc(0.02 + r, 1 - size, r, size, 180, -u(150, 190)))]


def seven(u: Draw) -> list[Curve]:
    return [line((0, u(0, 0.12)), (u(0.45, 0.65), u(-0.02, 0.05)), (u(0.1, 0.4), 1))]


def seven_bow(u: Draw) -> list[Curve]:
    roof = line((0, u(0, 0.1)), (0.35, 0))
    return [joined(roof, arc(0.35, u(0.1, 0.16), 0.2, 0.13, -60, 20), line((u(0.15, 0.4), 1)))]


def crossed(u: Draw, height: float) -> list[Curve]:
    right, foot = u(0.42, 0.62), u(0.12, 0.42)
    middle, tilt = right + (foot - right) * height, u(-0.12, 0.12)
    left = (middle - u(0.1, 0.32), height + tilt)
    bar = line(left, (middle + u(0.1, 0.32), height - tilt))
    return [line((0, u(0, 0.12)), (right, 0), (foot, 1)), bar]


def seven_bar(u: Draw) -> list[Curve]:
    return crossed(u, u(0.4, 0.58))


def seven_low_bar(u: Draw) -> list[Curve]:
    return crossed(u, u(0.6, 0.78))


def seven_serif_bar(u: Draw) -> list[Curve]:
    roof, bar = crossed(u, u(0.42, 0.72))
    return [joined(line((u(-0.03, 0.03), u(0.17, 0.28))), roof), bar]


def eight(u: Draw) -> list[Curve]:
    w, split = u(0.15, 0.25), u(0.42, 0.52)
    low = (1 - split) / 2
    upper = arc(0.3, split / 2, w, split / 2, -u(20, 70), -270)
    lower = arc(0.3, 1 - low, w + u(0.0, 0.06), low, -90, 270)
    return [joined(upper, lower, arc(0.3, split / 2, w, split / 2, 90, -u(20, 70)))]


def eight_narrow(u: Draw) -> list[Curve]:
    w = u(0.06, 0.12)
    along = np.linspace(0, 2 * np.pi, 60) + u(-0.4, 0.4)
    return [np.stack([0.3 + w * np.sin(2 * along), 0.5 - 0.5 * np.cos(along)], axis=1)]


def eight_s(u: Draw) -> list[Curve]:
    w = u(0.17, 0.26)
    upper = arc(0.3, 0.23, w, 0.23, -u(10, 40), -250)
    lower = arc(0.3, 0.73, w, 0.27, -70, u(140, 180))
    return [joined(upper, lower, line((0.3 + w + u(-0.05, 0.08), u(0, 0.15))))]


def eight_rings(u: Draw) -> list[Curve]:
    w, split, aside = u(0.15, 0.24), u(0.4, 0.5), u(-0.06, 0.06)
    upper = arc(0.3 + aside, split / 2, w, split / 2, 80, 80 + u(350, 380))
    low = (1 - split) / 2
    return [upper, arc(0.3, 1 - low, w + u(-0.02, 0.06), low, -85, -85 - u(345, 375))]


def nine(u: Draw) -> list[Curve]:
    w, high = u(0.17, 0.28), u(0.19, 0.27)
    head = arc(0.28, high, w, high, -u(10, 50), -360)
    return [joined(head, line((0.28 + w - u(0, 0.3), 1)))]


def nine_g(u: Draw) -> list[Curve]:
    w, high, low = u(0.16, 0.28), u(0.16, 0.25), u(0.15, 0.28)
    head = arc(0.28, high, w, high, -u(10, 50), -360)
    return [joined(head, arc(0.2, 1 - low, w + 0.08, low, 0, u(120, 170)))]


def nine_three(u: Draw) -> list[Curve]:
    w, high = u(0.14, 0.24), u(0.08, 0.15)
    head = arc(0.28, high, w, high, -u(0, 50), -360)
    low = 0.5 - high
    return [joined(head, arc(0.12, 2 * high + low, 0.16 + w + u(0.0, 0.08), low, -20, u(95, 125)))]


def nine_hooked(u: Draw) -> list[Curve]:
    w, high, low = u(0.18, 0.28), u(0.15, 0.22), u(0.2, 0.3)
    inside = line((0.3, high + u(0, 0.06)))
    head = arc(0.28, high, w, high, 110, 360)
    return [joined(inside, head, arc(0.15, 1 - low, 0.13 + w, low, 0, u(95, 160)))]


WAYS: dict[int, list[tuple[float, Callable[[Draw], list[Curve]]]]] = {
    0: [(4, zero), (1, zero_clockwise), (1, zero_struck)],
    1: [(5, one), (2, one_flag), (2, one_flag_foot), (1, one_foot_back)],
    2: [(4, two), (2, two_z), (2, two_loop)],
    3: [(4, three), (2, three_flat), (2, three_weak)],
    4: [(3, four), (2, four_closed), (2, four_bolt), (1, four_bolt_cut), (2, four_spike),
        (1, four_short)],
    5: [(4, five), (3, five_bar), (1, five_s)],
    6: [(4, six), (2, six_tiny), (1, six_stick)],
    7: [(3, seven), (1, seven_bow), (2, seven_bar), (3, seven_low_bar), (1, seven_serif_bar)],
    8: [(4, eight), (2, eight_narrow), (2, eight_s), (1, eight_rings)],
    9: [(3, nine), (3, nine_g), (2, nine_three), (2, nine_hooked)],
}  # fmt: skip
"""Each digit's ways of writing, with how common they are among strangers."""


@dataclass(frozen=True)
class Drawn:
    """What strangers drew: pictures (n, 28, 28) in 0..1, labels (n,), and the way of each."""

    images: np.ndarray
    labels: np.ndarray
    ways: list[str]


def strangers(count: int, seed: int = 0, pen: float = 0.135) -> Drawn:
    """Let `count` strangers draw one of each digit.

    Args:
        count: how many strangers; each writes 0 to 9.
        seed: of all they do.
        pen: the pad's pen.
    """
    images, ways = [], []
    for strokes, way in strangers_strokes(count, seed):
        images.append(prepare_strokes(with_open_loops(strokes), pen).image)
        ways.append(way)
    return Drawn(np.array(images), np.tile(np.arange(10), count), ways)


def strangers_strokes(count: int, seed: int = 0) -> Iterator[tuple[list[Curve], str]]:
    """Yield the strokes of what `count` strangers draw, 0 to 9 each, and the way of each digit."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        manner = Manner.of(rng)
        for digit in range(10):
            way = _chosen(digit, rng)
            yield manner.strokes(way(rng.uniform), rng), way.__name__


def stranger(times: int, seed: int, pen: float = 0.135) -> Drawn:
    """Let one stranger draw each digit several times, always the same way.

    Args:
        times: how often each digit comes; 0 to 9 in turn.
        seed: who it is.
        pen: the pad's pen.
    """
    rng = np.random.default_rng(seed)
    manner, ways = Manner.of(rng), [_chosen(digit, rng) for digit in range(10)]
    usual = rng.random((10, 12))  # what proportions each digit has with this hand
    images = []
    for _ in range(times):
        for way, habit in zip(ways, usual, strict=True):
            turn = iter(habit)

            def near(low: float, high: float, turn: Iterator[float] = turn) -> float:
                return low + (high - low) * float(next(turn) + rng.normal(0, 0.12))

            images.append(manner.written(way(near), rng, pen))
    return Drawn(np.array(images), np.tile(np.arange(10), times), [w.__name__ for w in ways])


@dataclass(frozen=True)
class Manner:
    """What is the same in all that one stranger writes: slant, width, a hand's unrest, speed."""

    slant: float
    aspect: float
    rubber: float
    speed: int
    size: float

    @classmethod
    def of(cls, rng: np.random.Generator) -> "Manner":
        """Meet a stranger."""
        slant, aspect = rng.normal(0.15, 0.18), np.exp(rng.normal(0, 0.25))
        rubber, speed, size = rng.uniform(0.01, 0.035), rng.integers(1, 9), rng.uniform(90, 260)
        return cls(slant, aspect, rubber, int(speed), size)

    def written(self, curves: list[Curve], rng: np.random.Generator, pen: float) -> np.ndarray:
        """Return the picture of a digit, (28, 28), as the net sees it."""
        strokes = with_open_loops(self.strokes(curves, rng))
        return np.asarray(prepare_strokes(strokes, pen).image)

    def strokes(self, curves: list[Curve], rng: np.random.Generator) -> list[Curve]:
        """Return the strokes of a digit, in whole pixels."""
        strokes = [_rounded(_even(curve), self.speed) for curve in curves]
        strokes = _on_rubber(strokes, self.rubber, rng)
        shear = np.array([[self.aspect, 0], [-self.slant, 1]])
        return [np.rint(self.size * (s + rng.normal(0, 0.015, 2)) @ shear) for s in strokes]


def _chosen(digit: int, rng: np.random.Generator) -> Callable[[Draw], list[Curve]]:
    """Return a way of writing a digit, the common ones more often."""
    weights = np.array([weight for weight, _ in WAYS[digit]])
    return WAYS[digit][rng.choice(len(weights), p=weights / weights.sum())][1]


def _even(curve: Curve) -> Curve:
    """Return a curve at even steps of about a fiftieth of the digit's height."""
    steps = np.hypot(*np.diff(curve, axis=0).T)
    along = np.concatenate([[0], np.cumsum(steps)])
    places = np.linspace(0, along[-1], max(int(along[-1] / 0.02), 2))
    return np.stack([np.interp(places, along, curve[:, axis]) for axis in (0, 1)], axis=1)


def _rounded(curve: Curve, speed: int) -> Curve:
    """Return a curve whose corners a pen of some speed rounds off: a running mean."""
    padded = np.concatenate([[curve[0]] * speed, curve, [curve[-1]] * speed])
    kernel = np.ones(2 * speed + 1) / (2 * speed + 1)
    return np.stack([np.convolve(padded[:, axis], kernel, "valid") for axis in (0, 1)], axis=1)


def _on_rubber(strokes: list[Curve], most: float, rng: np.random.Generator) -> list[Curve]:
    """Return strokes on a sheet that is pulled at some places, each with what lies near it."""
    centres, pulls = rng.uniform(0, 1, (8, 2)), rng.normal(0, most, (8, 2))
    moved = []
    for stroke in strokes:
        away = ((stroke[:, np.newaxis] - centres) ** 2).sum(axis=2)
        moved.append(stroke + np.exp(-away / (2 * 0.2**2)) @ pulls)
    return moved
