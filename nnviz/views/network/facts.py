"""What of a network stays from moment to moment, as far as the view shows it."""

from nnviz.data.description import Column
from nnviz.dataclass import dataclass
from nnviz.engine.run.names import input_name, neuron_name
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.run.units import number_targets
from nnviz.numbers import digits
from nnviz.views.network.edges import BUDGET
from nnviz.views.network.maps import has_maps
from nnviz.views.network.tips import more_wished


@dataclass(frozen=True, slots=True)
class NetworkFacts:
    """What of a network stays from moment to moment.

    Attributes:
        image_shape: rows and columns of an input that is a picture, else None.
        class_names: a name for each output; empty where outputs are numbers.
        targets: the columns that outputs predict, where they are numbers of a table.
        widest: words as wide as any that stand beside the outputs.
        tabular: whether inputs are named columns.
        inputs: a name for each input that has a map; empty where none has.
        outputs: a name for each output in a sentence.
        available: which of the switches make sense, by the names of their fields.
    """

    image_shape: tuple[int, int] | None
    class_names: tuple[str, ...]
    targets: tuple[Column, ...]
    widest: tuple[str, ...]
    tabular: bool
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    available: frozenset[str]


def facts_of(snapshot: Snapshot) -> NetworkFacts:
    """Return what of a network stays from moment to moment."""
    layers, shape = snapshot.recipe.layers, snapshot.image_shape
    targets = number_targets(snapshot.description, layers[-1])
    number = f"−8.{'8' * (digits() - 1)}" if more_wished() else "−888.8"
    numbers = tuple(f"{number} {column.unit}".rstrip() for column in targets)
    # A single output that is 0 or 1 has two names, and neither is its own.
    classes = len(snapshot.class_names) == layers[-1]
    weights = snapshot.recipe.parameters - sum(layers[1:])
    possible = {
        "all_edges": weights > BUDGET,
        "fields": shape is not None,
        "maps": has_maps(layers, shape, snapshot.description.features),
    }
    last = len(layers) - 1
    return NetworkFacts(
        image_shape=shape,
        class_names=snapshot.class_names if classes else (),
        targets=targets,
        widest=snapshot.class_names or numbers or ((number,) if more_wished() else ("−0.00",)),
        tabular=bool(snapshot.feature_names),
        inputs=tuple(input_name(snapshot, k) for k in range(layers[0])) if possible["maps"] else (),
        outputs=("the output",)
        if layers[-1] == 1
        else tuple(neuron_name(snapshot, last, j) for j in range(layers[-1])),
        available=frozenset(name for name, there in possible.items() if there),
    )
