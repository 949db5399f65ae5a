"""The words of a test example: what it is, what the network takes it for, and what that costs.

They are written once more at their longest, so that room can be kept for them and
nothing moves while the numbers change.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import isfinite

import numpy as np

from nnviz.engine.costs import COSTS
from nnviz.engine.explain.cost import term_text
from nnviz.engine.explain.expression import text_of
from nnviz.engine.explain.formula import for_outputs, read
from nnviz.engine.measure.answer import answer, class_desired, class_name
from nnviz.engine.measure.measured import cost_text
from nnviz.engine.notation import example_name
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.names import own_name
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.run.units import (
    desired_values,
    input_label,
    input_value,
    number_targets,
    output_values,
)
from nnviz.engine.training.phases import Minibatch
from nnviz.numbers import USUAL, digits, fewer, integer, write
from nnviz.views.minibatch.table import decimal, in_step

CLICK = "Click to see where this comes from"
LONGEST_NUMBER = "0.00000"
DIVERGED = "The outputs are no numbers."
FEW_INPUTS = 4
"""Inputs that are listed; of more, it is enough to say which example it is."""
SHORT = 28
"""Letters of a formula that is kept in one line."""
_NUMBERED = ("output", "neuron", "number")
"""What a number says which one of."""
_BELOW = "₀₁₂₃₄₅₆₇₈₉"
COST = -1
"""Stands for the cost of the example where the others are its outputs."""


def title_of(snapshot: Snapshot) -> str:
    """Return, for example, "Test image 123"."""
    picture = snapshot.image_shape is not None
    return example_name(snapshot.focus.index, picture=picture, part="Test")


def sentence_of(snapshot: Snapshot) -> str:
    """Say what the example is, what the network makes of it, and what it costs."""
    return f"{_answer(snapshot)}\n{formula_of(snapshot.recipe)} = {cost_of(snapshot)}"


def own_title(snapshot: Snapshot) -> str:
    """Return "Your drawing" or, where there are no pictures, "Your own input"."""
    return f"Your {own_name(pictured=snapshot.image_shape is not None)}"


def own(snapshot: Snapshot) -> str:
    """Say what the network makes of an input of the user's own."""
    values, names = snapshot.focus.a[-1], snapshot.class_names
    if not np.isfinite(values).all():
        return DIVERGED
    if not names:
        return "This is what comes out of it."
    found = answer(values)
    if not found.decided:
        return f"It is undecided: {found.why_undecided(names)}."
    return f"It is read as “{found.name(names)}”."


def longest_sentence_of(snapshot: Snapshot) -> str:
    """Return the sentence at the longest that it can get while this example is shown."""
    focus, names = snapshot.focus, snapshot.class_names
    if names:
        desired = class_name(class_desired(focus.y), names)
        longest = max(names, key=len)
        words = _undecided(desired, f"no output is above ½, the largest is that of “{longest}”")
    else:
        words = _values(snapshot, _longest_values(snapshot))
    words = max(words, DIVERGED, key=len)
    cost = max(LONGEST_NUMBER, write(1 / 9), key=len)
    return f"{words}\n{formula_of(snapshot.recipe)} = {cost}"


def _longest_values(snapshot: Snapshot) -> list[str]:
    """Write outputs as long as they can get: two decimals, or all digits in the file's unit."""
    outputs = len(snapshot.focus.y)
    columns = number_targets(snapshot.description, outputs)
    if not columns:
        return [write(-1 / 9) if digits() > USUAL else "−0.00"] * outputs
    return [f"{write(-1 / 9)} {column.unit}".rstrip() for column in columns]


def cost_of(snapshot: Snapshot) -> str:
    """Return the cost of the example with as many decimals as its parts have.

    Whoever wishes for more digits than usual gets them in the sum.
    """
    cost = snapshot.focus.cost
    return cost_text(cost) if digits() > USUAL else in_step(np.array([cost]), cost)[0]


def formula_of(recipe: Recipe) -> str:
    """Return the cost of one example as a sum over outputs, for example "C₀ = Σⱼ ½ (aⱼ − yⱼ)²"."""
    outputs = recipe.layers[-1]
    return _summed(term_text(COSTS[recipe.cost], outputs), outputs)


@lru_cache(maxsize=32)
def _summed(part: str, outputs: int) -> str:
    term = text_of(for_outputs(read(part))).replace("1/2·", "½\N{NO-BREAK SPACE}")
    formula = f"C₀ = Σⱼ {term}" if outputs > 1 else f"C₀ = {term.replace('ⱼ', '')}"
    return formula.replace(" ", "\N{NO-BREAK SPACE}") if len(formula) < SHORT else formula


def costs_of(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    """Return the lines below the table: the sum of its last column, and how others do."""
    outputs = snapshot.recipe.layers[-1]
    lines = [(f"C₀, sum of all {outputs}" if outputs > 1 else "C₀", cost_of(snapshot))]
    if measured := snapshot.measured:
        when = measured.as_of or f"step {integer(snapshot.step)}"
        lines.append((f"test mean, {when}", cost_text(measured.figures.test_cost)))
        mistakes = measured.figures.test_mistakes
        if mistakes == mistakes:
            lines.append((f"test mistakes, {when}", integer(round(mistakes))))
    return tuple(lines)


def costs_in(minibatch: Minibatch, cost: float) -> tuple[tuple[str, str], ...]:
    """Return the lines below the table of an example of a minibatch that has this cost."""
    lines = [("cost of this example", write(cost, fewer()))]
    if len(minibatch.rows) > 1:
        mean = write(minibatch.cost, fewer())
        lines.append((f"mean of the {integer(len(minibatch.rows))}", mean))
    return tuple(lines)


def how_many(shown: int, outputs: int) -> tuple[str, ...]:
    """Return what stands above the names where not every output is shown, fullest first."""
    return f"{shown} of {outputs} outputs", f"{shown} of {outputs}", f"{shown}/{outputs}"


def bound(sentence: str) -> str:
    """Keep a number on one line with the word it belongs to."""
    first, *others = sentence.split(" ")
    joined, before = first, first
    for word in others:
        joined += ("\N{NO-BREAK SPACE}" if _belongs(before, word) else " ") + word
        before = word
    return joined.replace("∂C/∂", "∂C/\N{WORD JOINER}∂")


def _belongs(before: str, word: str) -> bool:
    """Tell whether one of two neighbouring words is a number that the other introduces."""
    number = word[:1].isdecimal()
    if before.endswith("="):
        return number or word.startswith(("−", "+"))
    if word.startswith("="):
        return before[-1:].isdecimal() or before[-1:] in tuple(_BELOW)
    return number and before.lstrip("(").endswith(_NUMBERED)


def _answer(snapshot: Snapshot) -> str:
    focus, names = snapshot.focus, snapshot.class_names
    values = focus.a[-1].tolist()
    if not all(isfinite(value) for value in values):
        return DIVERGED
    if names:
        found, desired = answer(focus.a[-1]), class_name(class_desired(focus.y), names)
        if not found.decided:
            return _undecided(desired, found.why_undecided(names))
        return _reading(desired, found.name(names))
    outputs = len(focus.y)
    whole = all(value.is_integer() for value in values)  # as those of step units
    in_full = whole or digits() > USUAL or bool(number_targets(snapshot.description, outputs))
    return _values(snapshot, output_values(snapshot, values, write if in_full else decimal))


def _reading(desired: str, read: str) -> str:
    right = "right" if desired == read else "wrong"
    return f"This “{desired}” is read as “{read}”: {right}."


def _undecided(desired: str, why: str) -> str:
    return f"This “{desired}” is undecided: {why}."


def _values(snapshot: Snapshot, values: Sequence[str]) -> str:
    """Say what comes out and what should, where outputs are no classes."""
    focus = snapshot.focus
    given = ""
    if len(focus.x) <= FEW_INPUTS and snapshot.image_shape is None:
        given = f"For the input {_listed(_inputs(snapshot))} the"
    if len(focus.y) > FEW_INPUTS:
        return f"{given or 'The'} outputs are compared with the desired ones."
    return (
        f"{given or 'The'} desired output is {_listed(desired_values(snapshot))}, the "
        f"actual one {_listed(values)}."
    )


def _inputs(snapshot: Snapshot) -> list[str]:
    """Write the inputs, those of a table with their names and in the file's units."""
    named = bool(snapshot.description.inputs)
    values = [input_value(snapshot, k, _brief) for k in range(len(snapshot.focus.x))]
    if not named:
        return values
    return [f"{input_label(snapshot, k)} = {value}" for k, value in enumerate(values)]


def _brief(value: float) -> str:
    return write(value, fewer())


def _listed(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else f"({', '.join(texts)})"
