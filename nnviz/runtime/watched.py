"""Which two parameters are looked at before anybody has chosen."""

from nnviz.engine.recipe import Recipe


def default_watched(recipe: Recipe) -> tuple[int, int]:
    """Choose two parameters that a cost surface may start with: weights into one output.

    Those of the middle output from two hidden neurons some way apart are likely both to
    matter and to differ. Returns indices into theta.
    """
    inputs, outputs = recipe.layers[-2], recipe.layers[-1]
    first_of_layer = sum(
        k * j for k, j in zip(recipe.layers[:-2], recipe.layers[1:-1], strict=True)
    )
    target = min(7, outputs - 1)
    sources = (inputs // 8, inputs // 3) if inputs >= 8 else (0, min(1, inputs - 1))
    first, second = (first_of_layer + source * outputs + target for source in sources)
    if first == second:  # a single weight: pair it with its neuron's bias
        second = recipe.parameters - outputs + target
    return first, second
