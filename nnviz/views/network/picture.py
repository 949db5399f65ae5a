"""What the network view shows of one moment, made of a snapshot and of what was chosen.

Nothing here knows Qt, sizes or colours; arrays are the snapshot's own, and what has not changed
since the moment before is the very same object.
"""

from math import nan

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.measure.answer import answer
from nnviz.engine.network import views
from nnviz.engine.ops import same_bits
from nnviz.engine.parameters import locate
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import OWN, Array, Sample, Snapshot
from nnviz.engine.run.units import file_value, in_file, input_label, input_value
from nnviz.engine.selection import Selection
from nnviz.numbers import fewer, style, write
from nnviz.views.network.edge_modes import MODES, WEIGHTS, Subject, shown
from nnviz.views.network.edges import Edges, Spot, strongest
from nnviz.views.network.facts import NetworkFacts, facts_of
from nnviz.views.network.hits import spot_of
from nnviz.views.network.layout import windows
from nnviz.views.network.maps import Maps, maps_of, side_for
from nnviz.views.network.phase_display import PhaseDisplay, phase_display
from nnviz.views.network.state import NetworkState
from nnviz.views.network.text import ExampleWords, example_words
from nnviz.views.network.tips import (
    NumbersOfLayer,
    more_wished,
    numbers_beside,
    numbers_of_neuron,
    short,
    value_of_parameter,
)
from nnviz.views.shared.plane import plane_of, point_of


@dataclass(frozen=True, slots=True, eq=False)
class OutputsPicture:
    """What is shown of the outputs.

    Attributes:
        classes: whether each stands for a class.
        known: whether the phase has come so far.
        told: whether it is known what they should be.
        a: their activations, (outputs,); nan where not known.
        y: what they should be, (outputs,); 0 where not told.
        best: the class that is read; −1 for none.
        wanted: the class that is wanted; −1 for none.
        texts: name or value of each that is drawn, the fullest wording first.
    """

    classes: bool
    known: bool
    told: bool
    a: Array
    y: Array
    best: int
    wanted: int
    texts: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class MapsPicture:
    """What the neurons of a network answer over the plane that its inputs are made of.

    Attributes:
        sample: the data that stands on the large one.
        example: where the example is on a map, right and down, 0 to 1; nan where nobody knows.
        inputs, outputs: as in `NetworkFacts`.
    """

    maps: Maps
    sample: Sample | None
    example: tuple[float, float]
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """What is selected, to be marked: a neuron, or a weight by layer of the target, source, target.

    Its numbers are one a line.
    """

    kind: str
    spot: Spot | None
    ends: tuple[int, int, int] | None
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class NetworkPicture:
    """What is shown of a moment.

    Attributes:
        picked: the neuron that is selected.
        mark: what is selected, in sight or not.
        play: the phase that the moment is in, if any.
        drawn: which neurons of each layer are drawn, inputs first.
        subject: what edges show.
        values: what they show, laid out like theta.
        inputs: name and value of each input drawn; empty where they are a picture.
        style: how numbers are written in them.
        numbers: what stands beside the neurons of each layer; empty where nothing does.
        maps: what is shown over the plane; None where nothing is.
    """

    facts: NetworkFacts
    snapshot: Snapshot
    state: NetworkState
    picked: Spot | None
    mark: Mark | None
    play: PhaseDisplay | None
    drawn: tuple[slice, ...]
    subject: Subject
    values: Array
    edges: Edges
    inputs: tuple[tuple[str, str], ...]
    style: tuple[int, str]
    example: ExampleWords
    outputs: OutputsPicture
    numbers: tuple[NumbersOfLayer, ...]
    maps: MapsPicture | None

    def activation(self, layer: int) -> Array:
        """Return the activations of a layer, 0 being the input."""
        focus = self.snapshot.focus
        return focus.a[layer - 1] if layer else focus.x

    def filling(self, layer: int) -> tuple[Array, bool]:
        """Return what fills a layer's neurons, and whether that is their errors δ.

        Activations are 0 where a phase has not come so far.
        """
        a, play = self.activation(layer), self.play
        if play is None or play.has_activation(layer):
            return a, False
        error = play.has_error(layer)
        return self.snapshot.focus.delta[layer - 1] if error else np.zeros_like(a), error

    @property
    def first_weights(self) -> Array:
        """The weights into the first layer, (inputs, neurons)."""
        return views(self.snapshot.recipe, self.snapshot.theta_used)[0][0]


def picture(
    snapshot: Snapshot,
    state: NetworkState,
    selection: Selection | None = None,
    earlier: Snapshot | None = None,
    before: NetworkPicture | None = None,
) -> NetworkPicture:
    """Return what is shown of a moment, with what was chosen and what is selected.

    `earlier` is another moment of the same run that was seen before it, if any; `before` is what
    was shown of the same network: what has not changed is taken from it.
    """
    recipe, play = snapshot.recipe, phase_display(snapshot)
    alike = before is not None and before.style == style()
    facts = before.facts if before is not None and alike else facts_of(snapshot)
    picked = spot_of(recipe, selection)
    drawn = windows(recipe.layers, state.firsts, pictured=facts.image_shape is not None)
    subject, values = shown(MODES[state.edges], snapshot, earlier, play)
    known = play is None or play.known.outputs
    return NetworkPicture(
        facts=facts,
        snapshot=snapshot,
        state=state,
        picked=picked,
        mark=_mark(snapshot, selection, picked),
        play=play,
        drawn=drawn,
        subject=subject,
        values=values,
        edges=_edges(recipe, state, picked, drawn, subject, values, before),
        inputs=_inputs(snapshot, drawn[0], before),
        style=style(),
        example=example_words(snapshot, known=known),
        outputs=_outputs(snapshot, facts, drawn[-1], known=known),
        numbers=_numbers(snapshot, state, play, drawn),
        maps=_maps(snapshot, state, play, facts, before),
    )


def _edges(
    recipe: Recipe,
    state: NetworkState,
    picked: Spot | None,
    drawn: tuple[slice, ...],
    subject: Subject,
    values: Array,
    before: NetworkPicture | None,
) -> Edges:
    """Choose the edges that are drawn: the same ones where nothing of them has changed."""
    only = state.focus
    if only is None and state.edges == "selected":
        only = picked
    if before is not None:
        same = (subject, only, drawn) == (before.subject, before.edges.only, before.drawn)
        if same and same_bits(before.values, values):
            return before.edges
    return strongest(recipe, values, drawn, only, zeros=subject is WEIGHTS)


def _inputs(
    snapshot: Snapshot, drawn: slice, before: NetworkPicture | None
) -> tuple[tuple[str, str], ...]:
    if snapshot.image_shape is not None:
        return ()
    x = snapshot.focus.x
    if (
        before
        and (before.drawn[0], before.style) == (drawn, style())
        and np.array_equal(before.snapshot.focus.x, x)
    ):
        return before.inputs
    return tuple(
        (input_label(snapshot, k), input_value(snapshot, k, short))
        for k in range(drawn.start, drawn.stop)
    )


def _outputs(
    snapshot: Snapshot, facts: NetworkFacts, drawn: slice, *, known: bool
) -> OutputsPicture:
    focus, classes = snapshot.focus, bool(facts.class_names)
    told = focus.index != OWN
    a = focus.a[-1] if known else np.full_like(focus.a[-1], np.nan)
    found = answer(a)
    texts: tuple[tuple[str, ...], ...]
    if classes:
        texts = tuple((name,) for name in facts.class_names[drawn])
    else:
        values = enumerate(a[drawn].tolist(), drawn.start)
        texts = tuple(_value(facts, j, value) if known else ("",) for j, value in values)
    return OutputsPicture(
        classes=classes,
        known=known,
        told=told,
        a=a,
        y=focus.y if told else np.zeros_like(focus.y),
        best=found.best if classes and found.decided else -1,
        wanted=int(np.argmax(focus.y)) if classes and told else -1,
        texts=texts,
    )


def _value(facts: NetworkFacts, output: int, value: float) -> tuple[str, ...]:
    """Write an output: in the file's unit where it is a number of a column."""
    # Who wishes more digits gets them all, in smaller letters where they need more room.
    if not facts.targets:
        return (write(value) if more_wished() else short(value),)
    column = facts.targets[output]
    own = file_value(column, value)
    wordings = in_file(column, value), write(own), write(own, fewer()), write(own, 2)
    return wordings[:2] if more_wished() else wordings


def _numbers(
    snapshot: Snapshot,
    state: NetworkState,
    play: PhaseDisplay | None,
    drawn: tuple[slice, ...],
) -> tuple[NumbersOfLayer, ...]:
    if not state.numbers or state.fields:
        return ()
    known = None if play is None else play.known
    parts = enumerate(drawn[1:], 1)
    return tuple(numbers_beside(snapshot, layer, part, known) for layer, part in parts)


def _mark(snapshot: Snapshot, selection: Selection | None, picked: Spot | None) -> Mark | None:
    if selection is None or not selection.fits(snapshot.recipe):
        return None
    if selection.kind == "parameter":
        texts = (value_of_parameter(snapshot, selection.parameter),)
        at = locate(snapshot.recipe, selection.parameter)
        ends = None if at.source is None else (at.layer, at.source, at.target)
        return Mark(selection.kind, picked, ends, texts)
    if picked is None:
        return None
    numbers = numbers_of_neuron(snapshot, picked.layer, picked.neuron)
    return Mark(selection.kind, picked, None, tuple(numbers))


def _maps(
    snapshot: Snapshot,
    state: NetworkState,
    play: PhaseDisplay | None,
    facts: NetworkFacts,
    before: NetworkPicture | None,
) -> MapsPicture | None:
    # Phase by phase the one example counts, not the plane.
    if "maps" not in facts.available or not state.maps or play is not None:
        return None
    kept = None if before is None else before.maps
    if kept is not None and kept.sample is not snapshot.sample:
        kept = None
    if before is not None and kept and before.snapshot.theta_used is snapshot.theta_used:
        maps = kept.maps
    else:
        plane = plane_of(snapshot) if kept is None else kept.maps.plane
        inputs = None if kept is None else kept.maps.layers[0]
        maps = maps_of(snapshot, plane, side_for(snapshot.recipe.layers), inputs)
    point = point_of(snapshot)
    right, down = (nan, nan) if point is None else maps.plane.share(point)[0].tolist()
    return MapsPicture(maps, snapshot.sample, (right, down), facts.inputs, facts.outputs)
