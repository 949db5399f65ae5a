"""Recipe checks: which fields of a recipe do not go together, each refused in one sentence.

What can be looked at but not trained is no impossible recipe: `why_not_trained` says so.
"""

from collections.abc import Sequence
from itertools import pairwise

from nnviz.engine import parameter_names
from nnviz.engine.activations import Activation
from nnviz.engine.costs import COSTS, Cost
from nnviz.engine.settings import RecipeError
from nnviz.engine.taught import CLASSES, SIDE, TaughtError, unpack
from nnviz.numbers import integer

MAX_NEURONS = 100_000
"""Most neurons a layer may have; more is a typing slip, not a plan."""
MAX_PARAMETERS = 200_000_000
"""Most weights and biases a network may have (0.8 GB in float32)."""


def parameters_of(layers: Sequence[int]) -> int:
    """Return the number of weights and biases of a network with these layers."""
    return sum((k + 1) * j for k, j in pairwise(layers))


def check_layers(layers: Sequence[int]) -> None:
    """Refuse layers that no network can have."""
    if len(layers) < 2:
        raise RecipeError(
            "A network needs at least an input and an output layer: write layers like 784,30,10."
        )
    for size in layers:
        if isinstance(size, bool) or not isinstance(size, int):
            raise RecipeError("The layers must be whole numbers, for example 784,30,10.")
        if size < 1:
            raise RecipeError(
                f"A layer cannot have {size} neurons: every layer needs at least one."
            )
        if size > MAX_NEURONS:
            raise RecipeError(
                f"A layer of {integer(size)} neurons is too large: stay at or below "
                f"{integer(MAX_NEURONS)}."
            )
    if parameters_of(layers) > MAX_PARAMETERS:
        raise RecipeError(
            f"This network would have {integer(parameters_of(layers))} weights and biases; stay "
            f"at or below {integer(MAX_PARAMETERS)}."
        )


def check_activations(activation: str | tuple[str, ...], layers: Sequence[int]) -> None:
    """Refuse another number of activations than one, or than there are hidden layers."""
    hidden = len(layers) - 2
    if isinstance(activation, tuple) and len(activation) not in (1, hidden):
        raise RecipeError(
            f"{len(activation)} activations are given for {hidden} hidden layers: give one "
            "for all of them or one for each."
        )


def check_outputs(output: Activation, cost: Cost, layers: Sequence[int]) -> None:
    """Refuse outputs or layers that the cost cannot take, and outputs that cannot differ."""
    demanded = cost.single_layer_of
    if demanded and (output.name != demanded or len(layers) > 2):
        raise RecipeError(
            f"The cost {cost.name} is that of a single layer of {demanded} units: choose "
            f"{demanded} outputs and no hidden layer, as in {layers[0]},{layers[-1]}."
        )
    if cost.probabilities and not output.probable:
        raise RecipeError(
            f"The cost {cost.name} takes logarithms of outputs between 0 and 1, which "
            f"{output.name} does not keep to: choose sigmoid or softmax outputs."
        )
    if output.output_only and layers[-1] == 1:
        raise RecipeError(
            f"{output.label.capitalize()} over a single output is always 1: choose sigmoid, or "
            "give the network more outputs."
        )


def why_not_trained(activations: Sequence[Activation], cost: Cost) -> str:
    """Say why nothing can train layers with these activations, output last; empty where it can.

    A unit without a slope lets no error through, except as an output whose cost has an error ∂C/∂z
    of its own.
    """
    *hidden, output = activations
    each = hidden if output.name in cost.stable else activations
    flat = next((entry for entry in each if not entry.trainable), None)
    if flat is None:
        return ""
    others = [
        f", or the cost {other.name} for a single layer of {flat.word}s"
        for other in COSTS.values()
        if flat.name in other.stable
    ]
    return (
        f"A {flat.word} unit's slope is zero everywhere, so gradient descent cannot tell what to "
        "change: this network can be looked at, but not trained; to train one, choose sigmoid"
        f"{''.join(others)}."
    )


def check_decay(eta: float, weight_decay: float) -> None:
    """Refuse a decay that makes weights larger."""
    if eta * weight_decay >= 2:
        raise RecipeError(
            "The learning rate times the weight decay must stay below 2, or every step makes the "
            "weights larger instead of smaller: lower one of them."
        )


def check_patience(patience: int, validation_size: int) -> None:
    """Refuse to stop early without examples that say when."""
    if patience and not validation_size:
        raise RecipeError(
            "Stopping early needs examples held back for validation: set the validation size, or "
            "the patience to 0."
        )


def check_taught(taught: str, layers: Sequence[int]) -> None:
    """Refuse drawings that cannot be read, or that the network has no inputs or outputs for."""
    try:
        drawings = unpack(taught)
    except TaughtError as error:
        raise RecipeError(str(error)) from None
    if drawings and (layers[0], layers[-1]) != (SIDE * SIDE, CLASSES):
        raise RecipeError(
            "Drawings can be taught to a network with 784 inputs and 10 outputs only: take them "
            "back, or choose such layers."
        )


def check_names(names: str) -> None:
    """Refuse names of parameters that cannot be read."""
    try:
        parameter_names.unpack(names)
    except parameter_names.NamesError as error:
        raise RecipeError(str(error)) from None


def trained_in_order(trained: str, parameters: int) -> str:
    """Return numbers of theta in order, each once.

    Raises:
        RecipeError: they are no such numbers.
    """
    parts = trained.replace(" ", "").split(",")
    if not all(part.isascii() and part.isdigit() and len(part) < 12 for part in parts):
        raise RecipeError(
            f"'{trained}' does not say which parameters train: write all, or numbers of "
            "theta with commas between them, for example 23527,23647."
        )
    only = sorted(set(map(int, parts)))
    if only[-1] >= parameters:
        raise RecipeError(
            f"There is no parameter {integer(only[-1])} that could train: this network has "
            f"{integer(parameters)}, counted from 0."
        )
    return ",".join(map(str, only))
