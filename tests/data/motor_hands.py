"""Motor hands: a third generator of digits, by what an arm does: for tests alone, and sealed.

Where nnviz bends splines and strangers (strangers.py) join lines and arcs, a motor hand carries out
a plan: pushes from one aim to the next, each along an arc and with a lognormal speed, and each
begun before the one before is over, which is what rounds the corners of the fast (the
sigma-lognormal model of handwriting). A mouse reports whole pixels of the pad at even moments: few
where the hand is fast. Drawings are small or large, anywhere on the pad.

It is sealed: nothing is trained on it, and no form, share, knob or threshold of nnviz was chosen by
what it says (tests/benchmarks/sealed_hands.py). How messy hands are, and how common rare ways, was
set by two nets that nobody trains any more: they read as few of these hands as of real pens. Who
wants to choose by something takes strangers, or digits traced from MNIST's training pictures.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

Draw = Callable[[float, float], float]  # a proportion between two
Aim = tuple[float, ...]  # x and y in a box one high, y down; then the degrees the way there turns
Plan = list[list[Aim]]  # strokes; positive degrees turn clockwise on the screen


@dataclass(frozen=True)
class Written:
    """One digit on a pad.

    Attributes:
        digit: which.
        way: how its writer plans it.
        strokes: arrays (points, 2) in whole pixels of the pad.
        side: of the pad, in pixels.
        size: part of the pad's side that the digit's longer side takes, about.
    """

    digit: int
    way: str
    strokes: list[np.ndarray]
    side: int
    size: float


def zero(u: Draw) -> Plan:
    w, x = u(0.4, 0.75), u(0.3, 0.7)
    end = (w * x - u(-0.08, 0.1), u(-0.03, 0.08), -80)
    return [[(w * x, 0), (0, u(0.4, 0.6), -80), (w / 2, 1, -90), (w, u(0.4, 0.55), -90), end]]


def zero_run_on(u: Draw) -> Plan:
    w = u(0.4, 0.7)
    over = (u(-0.02, 0.12), u(0.2, 0.4), -50)
    return [[(w / 2, 0), (0, 0.5, -80), (w / 2, 1, -95), (w, 0.45, -90), (w / 2, 0.03, -80), over]]


def zero_clockwise(u: Draw) -> Plan:
    w = u(0.4, 0.7)
    return [[(u(0.1, 0.3), u(0.02, 0.12)), (w, 0.5, 110), (w / 2, 1, 90), (0, 0.5, 90),
             (u(0.1, 0.35), u(0.0, 0.08), 80)]]  # fmt: skip


def zero_gap(u: Draw) -> Plan:
    w = u(0.45, 0.7)
    return [[(u(0.1, 0.3), u(0.0, 0.1)), (0, 0.55, -40), (w / 2, 1, -95), (w, 0.5, -90),
             (u(0.35, 0.5), u(0.03, 0.12), -60)]]  # fmt: skip


def zero_struck(u: Draw) -> Plan:
    w = u(0.5, 0.75)
    bar = [(w + u(-0.1, 0.12), u(-0.08, 0.2)), (u(-0.1, 0.12), u(0.82, 1.1), u(-10, 10))]
    return [[(w / 2, 0), (0, 0.5, -90), (w / 2, 1, -90), (w, 0.5, -90),
            (w / 2, 0.02, -90)], bar]  # fmt: skip


def one(u: Draw) -> Plan:
    return [[(u(-0.04, 0.1), 0), (0, 1, u(-12, 12))]]


def one_flag(u: Draw) -> Plan:
    return [[(-u(0.12, 0.32), u(0.15, 0.4)), (0, 0, u(-30, 15)), (u(-0.08, 0.05), 1, u(-5, 5))]]


def one_long_flag(u: Draw) -> Plan:
    return [[(-u(0.25, 0.5), u(0.35, 0.6)), (0, 0, u(-25, 10)), (u(-0.05, 0.05), 1, u(-5, 5))]]


def one_flag_foot(u: Draw) -> Plan:
    level = u(0.95, 1.04)
    foot = [(-u(0.18, 0.38), level + u(-0.03, 0.05)), (u(0.15, 0.42), level, u(-10, 10))]
    return [[(-u(0.12, 0.32), u(0.12, 0.35)), (0, 0, u(-20, 10)), (0, 1, u(-4, 4))], foot]


def one_foot_back(u: Draw) -> Plan:
    return [[(-u(0.1, 0.25), u(0.12, 0.3)), (0, 0), (0, 1), (-u(0.15, 0.3), u(0.97, 1.02)),
             (u(0.2, 0.42), u(0.96, 1.03))]]  # fmt: skip


def two(u: Draw) -> Plan:
    w = u(0.42, 0.65)
    return [[(0, u(0.15, 0.3)), (w * 0.55, 0, 75), (w, u(0.22, 0.32), 80), (u(-0.05, 0.05), 1, 30),
             (w + u(-0.1, 0.2), u(0.93, 1.03), u(-15, 15))]]  # fmt: skip


def two_looped(u: Draw) -> Plan:
    w, high = u(0.42, 0.65), u(0.12, 0.24)
    return [[(0.03, u(0.12, 0.28)), (w * 0.55, 0, 75), (w, 0.25, 80), (u(0.0, 0.08), 0.98, 25),
             (0, 1 - high, 150), (w * 0.5, 0.94, 70),
             (w + u(0.0, 0.2), u(0.86, 1.0), -60)]]  # fmt: skip


def two_z(u: Draw) -> Plan:
    w = u(0.42, 0.62)
    return [[(0, u(0, 0.1)), (w, u(-0.03, 0.06), u(-10, 30)), (u(-0.05, 0.05), 1, u(-5, 15)),
             (w + u(-0.05, 0.18), u(0.93, 1.04), u(-15, 10))]]  # fmt: skip


def two_wave(u: Draw) -> Plan:
    w = u(0.45, 0.6)
    return [[(0, u(0.1, 0.25)), (w * 0.5, 0, 70), (w * 0.9, 0.28, 85), (0.02, 0.95, 25),
             (w * 0.5, 0.95, 60), (w + u(0.1, 0.25), u(0.86, 0.98), -45)]]  # fmt: skip


def three(u: Draw) -> Plan:
    w, waist = u(0.4, 0.6), u(0.42, 0.5)
    return [[(0, u(0.05, 0.18)), (w * 0.55, 0, 70), (w * 0.45, waist, 165),
             (w * 0.4, 1, 175), (u(-0.08, 0.06), u(0.82, 0.95), 65)]]  # fmt: skip


def three_flat(u: Draw) -> Plan:
    w, waist = u(0.42, 0.6), u(0.33, 0.45)
    return [[(0, u(0, 0.07)), (w, u(-0.04, 0.05), u(-8, 8)), (w * u(0.35, 0.55), waist, u(-10, 20)),
             (w * 0.45, 1, 170), (u(-0.1, 0.06), u(0.82, 0.95), 55)]]  # fmt: skip


def three_weak(u: Draw) -> Plan:
    w, waist = u(0.35, 0.5), u(0.42, 0.5)
    return [[(0, u(0.02, 0.14)), (w * 0.6, 0.02, 60), (w * 0.75, waist, 80), (w * 0.6, 0.97, 80),
             (u(-0.05, 0.06), u(0.88, 0.98), 40)]]  # fmt: skip


def three_looped(u: Draw) -> Plan:
    w, waist = u(0.42, 0.58), u(0.42, 0.5)
    return [[(0, u(0.05, 0.15)), (w * 0.6, 0, 75), (w * 0.35, waist, 140),
             (w * 0.2, waist - 0.06, 130),
             (w * 0.5, waist + 0.01, 110), (w * 0.5, 1, 150),
             (u(-0.05, 0.05), u(0.85, 0.95), 55)]]  # fmt: skip


def four(u: Draw) -> Plan:
    level, w = u(0.5, 0.65), u(0.5, 0.75)
    stem = w * u(0.6, 0.8)
    return [[(u(0.1, 0.3), u(0, 0.15)), (0, level, u(-5, 20)),
             (w, level + u(-0.08, 0.04), u(-8, 8))],
            [(stem + u(0, 0.08), u(0.05, 0.35)), (stem - u(0, 0.1), 1, u(-5, 5))]]  # fmt: skip


def four_closed(u: Draw) -> Plan:
    level, stem, out = u(0.58, 0.72), u(0.38, 0.5), u(0.12, 0.28)
    return [[(stem, 0), (0, level, u(-5, 10)), (stem + out, level + u(-0.04, 0.04))],
            [(stem + u(-0.04, 0.03), u(0.0, 0.12)), (stem - u(-0.03, 0.08), 1)]]  # fmt: skip


def four_bolt(u: Draw) -> Plan:
    level, right = u(0.45, 0.66), u(0.35, 0.62)
    return [[(u(0.12, 0.4), 0), (0, level, u(-8, 14)), (right, level + u(-0.1, 0.05), u(-14, 14)),
             (right - u(0.0, 0.22), u(0.85, 1.05), u(-6, 12))]]  # fmt: skip


def four_bolt_short(u: Draw) -> Plan:
    level, right = u(0.62, 0.76), u(0.38, 0.62)
    return [[(u(0.12, 0.36), 0), (0, level, u(-8, 14)), (right, level - u(0, 0.1), u(-10, 10)),
             (right - u(0.0, 0.1), level + u(0.14, 0.26))]]  # fmt: skip


def four_spike(u: Draw) -> Plan:
    level, right = u(0.5, 0.62), u(0.4, 0.58)
    return [[(u(0.1, 0.28), 0), (0, level, u(-5, 15)), (right - u(0.04, 0.12), level, u(-10, 5)),
             (right, u(0.05, 0.38), u(-15, 0)), (right - u(0, 0.14), 1)]]  # fmt: skip


def four_up(u: Draw) -> Plan:
    level, stem, out = u(0.58, 0.7), u(0.36, 0.5), u(0.1, 0.28)
    return [[(stem - u(0, 0.06), 1), (stem, 0), (0, level), (stem + out, level + u(-0.05, 0.03))]]


def four_stub(u: Draw) -> Plan:
    level, stem = u(0.48, 0.62), u(0.38, 0.5)
    return [[(u(0.1, 0.25), u(0, 0.1)), (0, level, u(0, 20)),
             (stem + u(-0.06, 0.03), level + u(-0.05, 0.03))],
            [(stem + u(0, 0.08), u(0.0, 0.3)), (stem - u(0, 0.08), 1)]]  # fmt: skip


def five(u: Draw) -> Plan:
    w, neck = u(0.42, 0.6), u(0.36, 0.46)
    return [[(w + u(-0.05, 0.12), u(-0.03, 0.05)), (0.08, 0, u(-8, 8)),
             (u(0.0, 0.08), neck, u(-5, 5)),
             (w, 0.68, 95), (w * 0.4, 1, 80), (u(-0.08, 0.05), u(0.85, 0.95), 50)]]  # fmt: skip


def five_bar(u: Draw) -> Plan:
    w, neck = u(0.42, 0.6), u(0.36, 0.48)
    left, level = u(-0.02, 0.2), u(-0.1, 0.06)
    body = [(u(0.05, 0.14), u(0, 0.12)), (u(0.0, 0.08), neck, u(-5, 5)), (w, 0.68, 95),
            (w * 0.4, 1, 80), (u(-0.08, 0.05), u(0.84, 0.95), 50)]  # fmt: skip
    return [body, [(left, level + u(-0.02, 0.06)), (left + u(0.35, 0.62), level, u(-12, 12))]]


def five_s(u: Draw) -> Plan:
    w = u(0.42, 0.58)
    return [[(w + u(-0.02, 0.1), u(0, 0.08)), (0.06, u(0.18, 0.28), -75), (w * 0.5, 0.5, -45),
             (w, 0.74, 75), (w * 0.4, 1, 80), (u(-0.06, 0.04), u(0.85, 0.94), 45)]]  # fmt: skip


def five_bar_first(u: Draw) -> Plan:
    body = five_bar(u)
    return [[body[1][1][:2], (*body[1][0], 0)] if u(0, 1) < 0.5 else body[1], body[0]]


def six(u: Draw) -> Plan:
    w, top = u(0.42, 0.6), u(0.48, 0.6)
    return [[(w * u(0.5, 0.95), 0), (0, 0.62, u(-45, -15)), (w * 0.5, 1, -95), (w, 0.78, -80),
             (w * 0.5, top, -80), (u(-0.02, 0.08), u(0.68, 0.8), -60)]]  # fmt: skip


def six_knot(u: Draw) -> Plan:
    w, high = u(0.24, 0.38), u(0.18, 0.32)
    return [[(w + u(0, 0.2), 0), (0, 0.7, u(-35, -10)), (w * 0.5, 1, -85), (w, 1 - high / 2, -95),
             (w * 0.5, 1 - high, -85), (u(0, 0.06), u(0.85, 0.92), -60)]]  # fmt: skip


def six_stem(u: Draw) -> Plan:
    w, top = u(0.38, 0.52), u(0.5, 0.62)
    return [[(u(0.0, 0.15), 0), (0, 0.8, u(-10, 5)), (w * 0.5, 1, -75), (w, 0.78, -85),
             (w * 0.5, top, -85), (u(0, 0.05), u(0.7, 0.8), -50)]]  # fmt: skip


def six_curl(u: Draw) -> Plan:
    w = u(0.45, 0.6)
    return [[(w, u(0.05, 0.15)), (w * 0.6, 0, -60), (0, 0.55, -70), (w * 0.5, 1, -95),
             (w, 0.75, -85),
             (w * 0.5, 0.52, -85), (u(0.1, 0.2), u(0.65, 0.8), -80)]]  # fmt: skip


def seven(u: Draw) -> Plan:
    w = u(0.42, 0.66)
    return [[(0, u(0, 0.1)), (w, u(-0.03, 0.05), u(-6, 20)), (w * u(0.2, 0.7), 1, u(-15, 8))]]


def seven_hook(u: Draw) -> Plan:
    w = u(0.42, 0.66)
    return [[(u(-0.04, 0.02), u(0.15, 0.28)), (0, u(0, 0.06)), (w, u(-0.02, 0.05), u(-5, 15)),
             (w * u(0.2, 0.6), 1, u(-15, 8))]]  # fmt: skip


def _barred(stem: list[Aim], u: Draw) -> Plan:
    top, foot = stem[-2], stem[-1]
    height, tilt = u(0.36, 0.8), u(-0.12, 0.12)
    middle = top[0] + (foot[0] - top[0]) * height
    left, right = u(0.1, 0.32), u(0.1, 0.34)
    bar = [(middle - left, height + tilt), (middle + right, height - tilt, u(-12, 12))]
    return [stem, bar if u(0, 1) < 0.85 else [bar[1][:2], bar[0]]]


def seven_bar(u: Draw) -> Plan:
    return _barred(seven(u)[0], u)


def seven_hook_bar(u: Draw) -> Plan:
    return _barred(seven_hook(u)[0], u)


def seven_bow(u: Draw) -> Plan:
    w = u(0.42, 0.6)
    return [[(0, u(0.0, 0.15)), (w * 0.6, 0, 30), (w, 0.18, 60), (w * u(0.3, 0.6), 1, u(-10, 20))]]


def eight(u: Draw) -> Plan:
    w, waist = u(0.36, 0.55), u(0.42, 0.52)
    return [[(w * u(0.75, 1.0), u(0.08, 0.2)), (w * 0.5, 0, -70), (w * 0.1, waist / 2, -85),
             (w * 0.5, waist, -60), (w, 0.75, 75), (w * 0.5, 1, 85), (0, 0.75, 85),
             (w * 0.5, waist, 70), (w * u(0.8, 1.0), u(0.05, 0.22), -40)]]  # fmt: skip


def eight_narrow(u: Draw) -> Plan:
    w, waist = u(0.13, 0.26), u(0.42, 0.54)
    return [[(w * u(0.5, 1.0), u(0.0, 0.1)), (0, waist / 2, -80), (w * 0.5, waist, -25),
             (w, 0.76, 30), (w * 0.5, 1, 80), (0, 0.76, 80), (w * 0.5, waist, 30),
             (w, waist / 2, -30), (w * u(0.3, 0.7), u(-0.02, 0.05), -80)]]  # fmt: skip


def eight_middle(u: Draw) -> Plan:
    w, waist = u(0.36, 0.52), u(0.42, 0.52)
    return [[(w * 0.5, waist), (w * 0.08, waist / 2, 70), (w * 0.5, 0, 85),
             (w * 0.92, waist / 2, 85),
             (w * 0.5, waist, 60), (0, 0.75, -65), (w * 0.5, 1, -85), (w, 0.75, -85),
             (w * 0.5 + u(-0.05, 0.05), waist + u(-0.02, 0.04), -70)]]  # fmt: skip


def eight_stroke(u: Draw) -> Plan:
    w = u(0.38, 0.52)
    return [[(w, u(0.06, 0.16)), (w * 0.5, 0, -60), (w * 0.05, 0.24, -85), (w * 0.5, 0.47, -60),
             (w, 0.75, 75), (w * 0.5, 1, 85), (u(0, 0.1), u(0.72, 0.85), 85),
             (w + u(-0.02, 0.12), u(0, 0.14), 20)]]  # fmt: skip


def eight_rings(u: Draw) -> Plan:
    w, waist, aside = u(0.32, 0.46), u(0.42, 0.5), u(-0.06, 0.06)
    low, big = waist + u(-0.04, 0.04), u(0.95, 1.2)
    return [[(w * 0.5, 0), (0, waist / 2, -95), (w * 0.5, waist, -90), (w, waist / 2, -90),
             (w * 0.5 + u(-0.05, 0.05), u(-0.02, 0.04), -90)],
            [(w * 0.5 + aside, low), (w * (0.5 - big / 2) + aside, 0.74, -90),
             (w * 0.5 + aside, 1, -90), (w * (0.5 + big / 2) + aside, 0.74, -90),
             (w * 0.5 + aside + u(-0.05, 0.05), low + u(-0.02, 0.04), -90)]]  # fmt: skip


def _head(u: Draw, w: float, high: float) -> list[Aim]:
    return [(w * u(0.75, 1.0), u(0.05, 0.16)), (w * 0.5, 0, -60), (0, high / 2, -90),
            (w * 0.45, high, -90), (w, high * u(0.25, 0.5), -70)]  # fmt: skip


def nine(u: Draw) -> Plan:
    w = u(0.36, 0.52)
    return [[*_head(u, w, u(0.4, 0.54)), (w - u(0, 0.3), 1, u(-5, 15))]]


def nine_bent(u: Draw) -> Plan:
    w = u(0.36, 0.52)
    return [
        [*_head(u, w, u(0.4, 0.52)), (w * u(0.85, 1.05), 0.68, 10), (w * u(0.2, 0.7), 1, u(30, 50))]
    ]


def nine_g(u: Draw) -> Plan:
    w, low = u(0.38, 0.54), u(0.82, 0.96)
    return [[*_head(u, w, u(0.34, 0.5)), (w * u(0.95, 1.1), 0.7, 15), (w * 0.5, 1, u(70, 90)),
             (u(-0.1, 0.06), low, u(20, 60))]]  # fmt: skip


def nine_three(u: Draw) -> Plan:
    w, high = u(0.36, 0.5), u(0.18, 0.32)
    return [[*_head(u, w, high), (w + u(0.02, 0.14), u(0.55, 0.66), u(30, 60)),
             (w * 0.5, 1, u(60, 80)), (u(-0.1, 0.08), u(0.86, 0.98), u(15, 45))]]  # fmt: skip


def nine_hooked(u: Draw) -> Plan:
    w, high = u(0.38, 0.54), u(0.32, 0.46)
    tail: list[Aim] = [(w + u(-0.02, 0.08), 0.6, 25), (w * u(0.1, 0.7), 1, u(20, 50))]
    return [[(w * u(0.5, 0.8), high * u(0.5, 0.9)), (w * 0.4, high, 70), (0, high * 0.55, 90),
             (w * 0.5, 0, 85), (w, high * 0.5, 80), *tail]]  # fmt: skip


def nine_small(u: Draw) -> Plan:
    w, high = u(0.22, 0.34), u(0.18, 0.3)
    return [[*_head(u, w, high), (w - u(-0.02, 0.18), 1, u(-5, 20))]]


def nine_two(u: Draw) -> Plan:
    w, high = u(0.36, 0.5), u(0.36, 0.5)
    return [[*_head(u, w, high)],
            [(w + u(-0.03, 0.05), u(-0.02, 0.12)), (w - u(-0.03, 0.25), 1, u(-5, 15))]]  # fmt: skip


WAYS: dict[int, list[tuple[float, Callable[[Draw], Plan]]]] = {
    0: [(6, zero), (2, zero_run_on), (1, zero_clockwise), (1, zero_gap), (0.7, zero_struck)],
    1: [(4, one), (3, one_flag), (1.5, one_long_flag), (2, one_flag_foot), (0.6, one_foot_back)],
    2: [(4, two), (2, two_looped), (2, two_z), (1, two_wave)],
    3: [(4, three), (2, three_flat), (1.2, three_weak), (1, three_looped)],
    4: [(3, four), (1.5, four_closed), (3, four_bolt), (1, four_bolt_short), (1.5, four_spike),
        (0.5, four_up), (1, four_stub)],
    5: [(3, five), (3, five_bar), (1, five_s), (0.7, five_bar_first)],
    6: [(4, six), (1.5, six_knot), (1, six_stem), (0.8, six_curl)],
    7: [(3, seven), (0.7, seven_hook), (4, seven_bar), (1, seven_hook_bar), (0.8, seven_bow)],
    8: [(4, eight), (1.5, eight_narrow), (1, eight_middle), (1.5, eight_stroke), (1, eight_rings)],
    9: [(2, nine), (2, nine_bent), (3, nine_g), (1.5, nine_three), (1.2, nine_hooked),
        (1, nine_small), (0.7, nine_two)],
}  # fmt: skip
"""Each digit's ways of writing, with how common they are."""


def motor_hands(count: int, seed: int = 0) -> Iterator[Written]:
    """Let `count` hands write one of each digit; each has one way of each and keeps it.

    Args:
        count: how many hands.
        seed: of all they do.
    """
    for own in np.random.default_rng(seed).spawn(count):
        slant, aspect = own.normal(0.12, 0.22), np.exp(own.normal(0, 0.25))
        speed = own.uniform(
            0.5, 1.2
        )  # time between two pushes over the time of one: less is faster
        pause = own.uniform(0.35, 1.3)  # moments of the mouse between two reports
        mess, tremor = own.uniform(0.005, 0.085), own.uniform(0.0, 0.008)
        side = int(own.integers(250, 401))
        size = float(np.exp(own.uniform(np.log(0.12), np.log(0.85))))
        for digit in range(10):
            weights = np.array([weight for weight, _ in WAYS[digit]])
            way = WAYS[digit][own.choice(len(weights), p=weights / weights.sum())][1]
            plan, shift = way(own.uniform), own.normal(0, 0.02, (4, 2))
            shear = np.array([[aspect, 0], [-slant, 1]])
            strokes = [
                (_push(aims, speed, mess, pause, own) + shift[place]) @ shear
                for place, aims in enumerate(plan)
            ]
            strokes = [stroke + own.normal(0, tremor, stroke.shape) for stroke in strokes]
            yield Written(digit, way.__name__, _on_pad(strokes, side, size, own), side, size)


def _push(
    aims: list[Aim], speed: float, mess: float, pause: float, draw: np.random.Generator
) -> np.ndarray:
    """Carry out the plan of one stroke: what the mouse reports of it, (points, 2)."""
    places = np.array([aim[:2] for aim in aims]) + draw.normal(0, mess, (len(aims), 2))
    turns = np.radians([aim[2] if len(aim) > 2 else 0.0 for aim in aims[1:]])
    turns += np.radians(draw.normal(0, 6, len(turns)))
    spread = draw.uniform(0.25, 0.4, len(turns))
    begins = np.cumsum(draw.uniform(0.85, 1.15, len(turns)) * speed) - speed
    moments = np.arange(begins[0], begins[-1] + 3.5, 0.06 * pause)
    point = np.tile(places[0], (len(moments), 1))
    done = np.zeros(len(moments))
    for place, turn, begin, sigma in zip(range(len(turns)), turns, begins, spread, strict=True):
        since = np.maximum(moments - begin, 1e-6)
        part = _normal(np.log(since) / sigma)  # of the push that is over
        chord = places[place + 1] - places[place]
        point += _arc(chord, turn, part)
        done += part
    moving = (done > 0.01) & (done < len(turns) - 0.01)  # the pen is down while the hand moves
    return np.concatenate([places[:1], point[moving], places[-1:]])


def _arc(chord: np.ndarray, turn: float, part: np.ndarray) -> np.ndarray:
    """Return the way along an arc over a chord that turns by so much: (len(part), 2)."""
    turn = turn if abs(turn) > 1e-3 else 1e-3
    start = np.arctan2(chord[1], chord[0]) - turn / 2
    radius = np.hypot(*chord) / (2 * np.sin(turn / 2))
    angle = start + turn * part
    return radius * np.stack([np.sin(angle) - np.sin(start), np.cos(start) - np.cos(angle)], axis=1)


def _normal(z: np.ndarray) -> np.ndarray:
    """Return the share of a normal distribution below z, closely enough for an arm."""
    return 1 / (1 + np.exp(-np.clip(1.5976 * z + 0.070566 * z**3, -50, 50)))


def _on_pad(
    strokes: list[np.ndarray], side: int, size: float, draw: np.random.Generator
) -> list[np.ndarray]:
    """Return strokes in whole pixels, about so large, at some place of the pad."""
    together = np.concatenate(strokes)
    low, high = together.min(axis=0), together.max(axis=0)
    scale = side * min(size * draw.uniform(0.85, 1.15), 0.94) / (high - low).max()
    reach = (high - low) * scale
    corner = draw.uniform(0.02, 0.98 - reach / side) * side
    return [np.rint((stroke - low) * scale + corner) for stroke in strokes]
