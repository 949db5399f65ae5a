"""Findings about the mistakes of a single layer of steps: can there be an epoch without any?"""

from collections.abc import Iterator

from nnviz.dataclass import dataclass
from nnviz.engine.training import remedies
from nnviz.engine.training.findings import Finding, Look
from nnviz.numbers import count

LONG = 50
"""Epochs with mistakes after which that is told where nobody knows whether a line separates."""
BETWEEN = {1: "a point", 2: "a line", 3: "a plane"}
"""What separates classes of so many inputs; a hyperplane those of more."""


@dataclass(frozen=True, slots=True)
class Mistakes:
    """How training with mistakes has gone.

    Attributes:
        epochs: how many are done, none of them faultless.
        last: mistakes in the last of them.
        separable: whether the classes are linearly separable; None for not known.
    """

    epochs: int
    last: int
    separable: bool | None


def no_faultless_epoch(look: Look, mistakes: Mistakes | None) -> Iterator[Finding]:
    """Tell of mistakes that do not end: where that is proved, and where it has taken long.

    Of separable classes nothing is told: their mistakes do end (Novikoff, 1962).
    """
    if mistakes is None or mistakes.separable:
        return
    layers = look.recipe.layers
    so_far = (
        f"no faultless epoch so far: {count(mistakes.epochs, 'epoch')} done, with "
        f"{count(mistakes.last, 'mistake')} made in the last"
    )
    whose = "perceptron" if layers[-1] == 1 else "layer of perceptrons"
    if mistakes.separable is None:
        why = f"maybe no single {whose} can have one"
    else:
        between = BETWEEN.get(layers[0], "a hyperplane")
        why = f"no single {whose} can have one, as the classes cannot be separated by {between}"
    yield look.finding(
        "mistakes",
        f"{so_far}; {why}",
        remedies.hidden_layer(look.recipe),
        grave=mistakes.separable is False or mistakes.epochs >= LONG,
    )
