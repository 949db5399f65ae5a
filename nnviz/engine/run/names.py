"""A run in words: what its inputs, outputs and neurons stand for, and its sets' figures.

Columns and classes have the names of the data set; what has none is numbered as `notation` does.
"""

from math import isfinite, isnan

from nnviz.engine.measure.measured import by_part_text, cost_text, score_text
from nnviz.engine.notation import activation_symbol, number_of, numbered
from nnviz.engine.run.snapshot import Snapshot
from nnviz.numbers import count, integer


def own_name(*, pictured: bool) -> str:
    """Return what an example of the user's own is: a drawing, or an input typed or turned."""
    return "drawing" if pictured else "own input"


def input_name(snapshot: Snapshot, k: int) -> str:
    """Return what an input stands for: a column, a pixel, or x₁, x₂ and so on."""
    if k < len(snapshot.feature_names):
        return snapshot.feature_names[k]
    if snapshot.image_shape is None:
        return activation_symbol(snapshot.recipe, 0, k).text
    row, column = divmod(k, snapshot.image_shape[1])
    where = f"row {number_of(row)}, column {number_of(column)}"
    return f"pixel {integer(number_of(k))} ({where})"


def output_name(snapshot: Snapshot, j: int) -> str:
    """Return what an output stands for: a class or a column; its number where nobody says."""
    names, outputs = snapshot.class_names, snapshot.recipe.layers[-1]
    if len(names) == outputs:
        return names[j]
    targets = snapshot.description.targets
    if len(targets) == outputs:
        return targets[j].name
    return "output" if outputs == 1 else str(number_of(j))


def neuron_name(snapshot: Snapshot, layer: int, j: int) -> str:
    """Name a neuron: "pixel 301 (…)", "neuron 5 of layer 1", "output 8 “7”"."""
    recipe = snapshot.recipe
    if layer == 0:
        return input_name(snapshot, j)
    if layer < len(recipe.layers) - 1:
        return f"neuron {integer(number_of(j))} of layer {layer}"
    name = output_name(snapshot, j)
    if recipe.layers[-1] == 1:
        return "the output" if name == "output" else f"the output “{name}”"
    return numbered("output", j, name)


def sets_of(snapshot: Snapshot) -> tuple[str, ...]:
    """Return a line for each set: "train: cost 0.0312 · accuracy 98.1 %", and what follows."""
    measured = snapshot.measured
    if measured is None:
        return ()
    found, targets = measured.figures, snapshot.description.targets
    lines = []
    for name, score in (
        ("train", found.train),
        ("validation", found.validation),
        ("test", found.test),
    ):
        if not isnan(score.cost):
            # After a change of data the last figures are of other parts.
            by_part = by_part_text(() if measured.changed else snapshot.parts, score.parts)
            figures = (f"cost {cost_text(score.cost)}", score_text(score, targets), by_part)
            lines.append(f"{name}: {' · '.join(filter(None, figures))}")
    if measured.as_of:
        lines.append(measured.as_of)
    patience = snapshot.recipe.patience
    if patience and isfinite(snapshot.best_validation):
        lines.append(
            f"early stopping: lowest validation cost {cost_text(snapshot.best_validation)}; "
            f"{count(snapshot.waited, 'epoch')} without a lower one, of "
            f"{integer(patience)} that are waited for"
        )
    return tuple(lines)
