"""How often several digits on one sheet are told apart, and how often one digit is divided.

Numbers are put together out of single digits: of nnviz's own forms, each digit by another hand;
of strangers' (tests/data/strangers.py) and of the sealed generator's (tests/data/motor_hands.py),
by which no threshold was chosen, each number by one hand. In a part of the digits the strokes come
in the reverse order. Gaps are between the lines of the pen at one height, in heights of the
digits; the pad's own pen is about .12 wide, so below that digits touch on the screen.

    python tests/benchmarks/several_digits.py [--numbers 1000] [--seed 0]
"""

import argparse
from time import perf_counter

import numpy as np
import ratios

from nnviz.data.digit_writer import BLOCK, write_strokes
from nnviz.data.handwriting import Points
from nnviz.data.separate_digits import separate_digits
from tests.data.motor_hands import motor_hands
from tests.data.numbers_written import written
from tests.data.strangers import strangers_strokes

GAPS = ((0.02, 0.1), (0.1, 0.2), (0.2, 0.4), (0.4, 0.8))
REVERSED = 0.15
"""Part of the digits whose strokes are written in the reverse order."""

Digits = list[list[Points]]


def hands(count: int, seed: int) -> dict[str, list[Digits]]:
    """Return digits of both generators; each list is what numbers are put together of."""
    blocks = [write_strokes(BLOCK, np.random.default_rng((seed, n))) for n in range(count // BLOCK)]
    own = [[np.asarray(s, float) for s in strokes] for block in blocks for strokes, _ in block]
    theirs = [strokes for strokes, _ in strangers_strokes(count // 10, seed)]
    sealed = [one.strokes for one in motor_hands(count // 10, seed)]
    each = range(0, count, 10)
    return {
        "nnviz's forms": [own],
        "strangers": [theirs[n : n + 10] for n in each],
        "sealed": [sealed[n : n + 10] for n in each],
    }


def right(
    digits: list[Digits], many: int, gaps: tuple[float, float], numbers: int, seed: int
) -> float:
    """Return the share of numbers, of so many digits each, that are divided exactly right."""
    draw, found = np.random.default_rng(seed), 0
    for _ in range(numbers):
        hand = digits[draw.integers(len(digits))]
        chosen = [hand[n] for n in draw.integers(0, len(hand), many)]
        chosen = [one[::-1] if draw.random() < REVERSED else one for one in chosen]
        strokes, whose = written(chosen, draw.uniform(*gaps), draw)
        found += separate_digits(strokes) == whose
    return found / numbers


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--numbers", type=int, default=1000, help="of each kind")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    print(
        f"{'':16}divided, of single digits   told apart, gaps of "
        + "  ".join(f"{a}–{b}" for a, b in GAPS)
    )
    for name, digits in hands(20_000, asked.seed).items():
        single = [one for hand in digits for one in hand]
        begin = perf_counter()
        wrong = np.mean([len(separate_digits(one)) > 1 for one in single])
        took = 1000 * (perf_counter() - begin) / len(single)
        ratios.note_share_right(f"{name}: left whole", float(1 - wrong))
        print(f"{name:16}{wrong:.4f} of {len(single)}, {took:.2f} ms each")
        for many in (2, 3):
            shares = [right(digits, many, gaps, asked.numbers, asked.seed) for gaps in GAPS]
            ratios.note_share_right(f"{name}, {many} digits: told apart", float(np.mean(shares)))
            print(f"{'':16}{many} digits {'':22}" + "".join(f"{share:9.3f}" for share in shares))


if __name__ == "__main__":
    main()
