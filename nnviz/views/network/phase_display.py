"""What the network view shows of a phase: what is in play and by which name.

Phase by phase a number appears when it is computed, and what computed it stands
out: the layer, the weights into it or, at the end, all of them.
"""

from nnviz.dataclass import dataclass
from nnviz.engine.explain.captions import error_formula, function_name
from nnviz.engine.notation import COST_OF_ONE
from nnviz.engine.optimisers import OPTIMISERS
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.training.phases import Known, Minibatch, Phase, known_after
from nnviz.numbers import integer, write


@dataclass(frozen=True, slots=True)
class PhaseDisplay:
    """A phase as the network view shows it, the one done last.

    Attributes:
        layer: the layer in play, 0 the input; None where it is the whole network.
        lit: gaps between layers whose edges are at full strength, 1 the first.
        wordings: what is done, the fullest wording first.
    """

    phase: Phase
    known: Known
    layer: int | None
    lit: frozenset[int]
    wordings: tuple[str, ...]

    def has_activation(self, layer: int) -> bool:
        """Say whether a layer's neurons are filled by their activations, known by now."""
        return layer <= self.known.activations and not self.has_error(layer)

    def has_error(self, layer: int) -> bool:
        """Say whether a layer's neurons are filled by their errors δ."""
        return self.phase.kind == "backward" and layer >= self.known.errors


def phase_display(snapshot: Snapshot) -> PhaseDisplay | None:
    """Return how a snapshot's phase is shown; None where it has none."""
    if snapshot.phase is None or snapshot.minibatch is None:
        return None
    recipe, phase = snapshot.recipe, snapshot.phase
    last = len(recipe.layers) - 1
    layer = {"pick": 0, "cost": last, "average": None, "update": None}.get(phase.kind, phase.layer)
    return PhaseDisplay(
        phase,
        known_after(recipe, phase),
        layer,
        _lit(phase, last),
        _wordings(snapshot, snapshot.minibatch, phase),
    )


def _lit(phase: Phase, last: int) -> frozenset[int]:
    """Return the gaps whose weights a phase works with."""
    if phase.kind in ("average", "update"):
        return frozenset(range(1, last + 1))
    if phase.kind == "forward":
        return frozenset((phase.layer,))
    if phase.kind == "backward":
        # The errors of a hidden layer come back through the weights out of it.
        return frozenset((min(phase.layer + 1, last),))
    return frozenset()


def _wordings(snapshot: Snapshot, minibatch: Minibatch, phase: Phase) -> tuple[str, ...]:
    recipe, focus, name = snapshot.recipe, snapshot.focus, phase.name
    count = len(minibatch.rows)
    if phase.kind == "pick" and minibatch.alone:
        return (f"pick: this {minibatch.alone} alone, nothing is trained", name)
    if phase.kind == "pick":
        return (f"pick: example {integer(focus.place + 1)} of {integer(count)}", name)
    if phase.kind == "forward":
        sums = f"{name}: Σ w·{'x' if phase.layer == 1 else 'a'} + b"
        return (f"{sums} → {function_name(recipe, phase.layer)}", sums, name)
    if phase.kind == "cost":
        against = f"{name}: ŷ against y"
        return (f"{against} → {COST_OF_ONE.text} = {write(focus.cost, 3)}", against, name)
    if phase.kind == "backward":
        if phase.layer == len(recipe.layers) - 1:
            whole = error_formula(recipe, phase.layer)
            return (f"{name}: {whole} → δ", f"{name}: ∂C/∂z → δ", name)
        sums = f"{name}: Σ w·δ"
        return (f"{sums} · {function_name(recipe, phase.layer)}′(z) → δ", f"{sums} → δ", name)
    if phase.kind == "average":
        return (f"{name}: ∂C/∂w of {integer(count)} example{'s' if count > 1 else ''}", name)
    return (f"{name}: {OPTIMISERS[recipe.optimiser].in_a_line}", f"{name}: w ← w + nudge", name)
