"""Linear separability: whether one perceptron an output can answer every example rightly.

Two classes are separable where some w, b give w·x + b ≥ 0 for the one and < 0 for the other; for
finitely many examples that is the same as > 0 and < 0. With s = ±1 for the class and x̃ = (x, 1),
either some w̃ has s_i x̃_i·w̃ > 0 for all i, or some λ ≥ 0, not all 0, have Σ λ_i s_i x̃_i = 0 (Gordan,
1873): then the convex hulls of the classes meet. Both are looked for in floats and proved
afterwards: w̃ with a bound on all rounding, λ in fractions. What is not proved is not said.
"""

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.ops import Array

MOST_EXAMPLES, MOST_INPUTS = 5000, 20
"""More are not decided: they would take longer than a moment."""
_ROUNDS = 3
"""Rounds of the search a row and column, before it is given up."""

Floats = NDArray[np.float64]


def separable(x: Array, y: Array) -> bool | None:
    """Tell whether the classes of every output can be separated linearly; None for not known.

    Args:
        x: inputs, (n, inputs).
        y: desired outputs, (n, outputs); only 0 and 1 are classes.
    """
    if len(x) > MOST_EXAMPLES or x.shape[1] > MOST_INPUTS or not np.isin(y, (0, 1)).all():
        return None
    rows = np.column_stack((x, np.ones(len(x)))).astype(np.float64)
    # Powers of two change no digit, so what is proved of the scaled columns is true of the others.
    largest = np.abs(rows).max(axis=0, initial=0)
    rows /= np.exp2(np.ceil(np.log2(np.where(largest > 0, largest, 1))))
    answers = [_side(rows * np.where(column > 0, 1.0, -1.0)[:, np.newaxis]) for column in y.T]
    return False if False in answers else None if None in answers else True


def _side(signed: Floats) -> bool | None:
    """Decide of rows s_i x̃_i, (n, inputs + 1), whether some w̃ has a positive product with all."""
    shares, w = _nearest_to_origin(signed)
    if _all_positive(signed, w):
        return True
    return False if _adds_up_to_nothing(signed[shares > 0]) else None


def _nearest_to_origin(signed: Floats) -> tuple[Floats, Floats]:
    """Look for λ ≥ 0 with Σ λ_i = 1 and Σ λ_i s_i x̃_i = 0, as near as there is; and for w̃.

    That is the least squares problem with λ ≥ 0 of Lawson and Hanson (Solving Least Squares
    Problems, 1974, chapter 23). Where something is left of it, that is a w̃.

    Returns:
        λ, (n,), positive for linearly independent columns only, and w̃, (inputs + 1,).
    """
    a = np.vstack((signed.T, np.ones(len(signed))))
    wanted = np.append(np.zeros(signed.shape[1]), 1.0)
    shares, chosen = np.zeros(len(signed)), np.zeros(len(signed), dtype=bool)
    for _ in range(_ROUNDS * sum(a.shape)):
        gain = np.where(chosen, -np.inf, a.T @ (wanted - a @ shares))
        best = int(np.argmax(gain)) if len(gain) else 0
        if not len(gain) or gain[best] <= 1e-12:
            break
        chosen[best] = True
        while True:
            tried = np.zeros_like(shares)
            tried[chosen] = np.linalg.lstsq(a[:, chosen], wanted, rcond=None)[0]
            low = chosen & (tried <= 0)
            if not low.any():
                break
            steps = shares[low] / np.maximum(shares[low] - tried[low], np.finfo(np.float64).tiny)
            shares = shares + steps.min() * (tried - shares)
            chosen &= shares > 1e-14
            shares[~chosen] = 0
        shares = tried
    return shares, -(wanted - a @ shares)[:-1]


def _all_positive(signed: Floats, w: Floats) -> bool:
    """Tell whether all products with w̃ are positive, whatever was rounded on the way."""
    rounding = 2 * len(w) * np.finfo(np.float64).eps
    return bool((signed @ w > rounding * (np.abs(signed) @ np.abs(w))).all())


def _adds_up_to_nothing(rows: Floats) -> bool:
    """Tell whether some shares ≥ 0 of a few independent rows, not all 0, add up to exactly 0."""
    columns = [[Fraction(value) for value in row] + [Fraction(1)] for row in rows.tolist()]
    if not columns:
        return False
    unknowns, target = len(columns), [Fraction(0)] * rows.shape[1] + [Fraction(1)]
    table = [[column[i] for column in columns] + [target[i]] for i in range(len(target))]
    for place in range(unknowns):
        pivot = next((i for i in range(place, len(table)) if table[i][place]), None)
        if pivot is None:
            return False
        table[place], table[pivot] = table[pivot], table[place]
        head = [value / table[place][place] for value in table[place]]
        table[place] = head
        for i, line in enumerate(table):
            if i != place and line[place]:
                table[i] = [old - line[place] * new for old, new in zip(line, head, strict=True)]
    solved = all(not line[-1] for line in table[unknowns:])
    return solved and all(line[-1] >= 0 for line in table[:unknowns])
