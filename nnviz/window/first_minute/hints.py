"""Hints: what is never found by itself, each with the moment at which it helps.

A hint is one record. Its condition is a pure function of what is on screen; it is given once, as a
quiet line that waits, and never again.
"""

from collections.abc import Callable, Mapping
from typing import Any

from nnviz.dataclass import dataclass
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.selection import Selection
from nnviz.messages.command import Command
from nnviz.messages.commands import LookThrough
from nnviz.messages.ui_state import UiState
from nnviz.messages.window_commands import OpenPanel, Select, ShowUi

GOOD, EASY = 0.9, 0.03
"""Test accuracy from which on one asks what is still misread; how much better training is than
testing where pictures should be varied."""
STEPS = 4
"""Steps by hand after which one wants to see what happens inside of one."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What is on screen, and what was before.

    Attributes:
        snapshot: the moment shown.
        before: the first moment of the run that was on screen before this one, or None.
        ui: what is open, selected and chosen.
        pace: minibatches a second that are asked for; None for as fast as possible.
    """

    snapshot: Snapshot
    before: Snapshot | None
    ui: UiState
    pace: float | None

    @property
    def rests(self) -> bool:
        """Whether training rests, having come somewhere."""
        return not self.snapshot.playing and self.snapshot.reached > 0

    def open(self, panel: str) -> bool:
        """Tell whether a panel is open."""
        return panel in (self.ui.open_panels or ())

    def chosen(self, view: str) -> Mapping[str, Any]:
        """Return what is chosen in a view."""
        return self.ui.views.get(view, {})


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint.

    Attributes:
        id: its name among those that were given.
        sentence: what there is to find.
        button: what takes it up.
        does: what is done then, for the moment on screen.
        helps: tells whether this is the moment.
        known: tells whether it has been found already, so that there is nothing to say any more.
        stays: where it is found later.
    """

    id: str
    sentence: str
    button: str
    does: Callable[[Situation], Command]
    helps: Callable[[Situation], bool]
    known: Callable[[Situation], bool]
    stays: str


def _accuracies(now: Situation) -> tuple[float, float] | None:
    """Return the accuracy on training and on test examples as they were measured last."""
    measured = now.snapshot.measured
    if measured is None or not now.snapshot.class_names:
        return None
    figures = measured.figures
    return figures.train_accuracy, figures.test_accuracy


def _is_good(now: Situation) -> bool:
    found = _accuracies(now)
    return found is not None and found[1] >= GOOD


def _learns_by_heart(now: Situation) -> bool:
    found = _accuracies(now)
    pictures = now.snapshot.image_shape is not None
    return pictures and found is not None and found[0] - found[1] >= EASY


def _other_optimiser(now: Situation) -> bool:
    before = now.before
    return before is not None and before.recipe.optimiser != now.snapshot.recipe.optimiser


def _an_output(now: Situation) -> Command:
    layers = now.snapshot.recipe.layers
    return Select(Selection("neuron", len(layers) - 1, 0))


def _show_fields(now: Situation) -> Command:
    return ShowUi(UiState(views={"network": {**now.chosen("network"), "fields": True}}))


def _slowly(position: int) -> Callable[[Situation], Command]:
    return lambda _now: ShowUi(UiState(speed=position))


def _opens(panel: str) -> Callable[[Situation], Command]:
    return lambda _now: OpenPanel(panel)


def _is_open(panel: str) -> Callable[[Situation], bool]:
    return lambda now: now.open(panel)


WATCHABLE = 7
"""Position of the speed slider at which learning is seen: 200 minibatches a second."""

HINTS: tuple[Hint, ...] = (
    Hint(
        "phases",
        "Inside each step there are phases: forwards, cost, backwards, update, one by one.",
        "Show its phases",
        lambda _now: LookThrough(),
        lambda now: now.rests and STEPS <= now.snapshot.step < 100 and now.snapshot.phase is None,
        lambda now: now.ui.granularity == "phase" or now.snapshot.phase is not None,
        "Run ▸ phase (1)",
    ),
    Hint(
        "speed",
        "It learns faster than can be watched: − and + change the speed.",
        "Slow it down",
        _slowly(WATCHABLE),
        lambda now: now.snapshot.playing and now.pace is None and now.snapshot.epoch >= 1,
        lambda now: now.pace is not None,
        "Run ▸ Slower (−)",
    ),
    Hint(
        "why",
        "Every number answers “why?”: click a neuron, an edge or an output.",
        "Ask about an output",
        _an_output,
        lambda now: now.rests and now.snapshot.epoch >= 1,
        lambda now: now.ui.selection is not None,
        "the panel Why?",
    ),
    Hint(
        "fields",
        "What has the first layer learned to look for? Its weights can be seen as pictures.",
        "Show the fields",
        _show_fields,
        lambda now: now.rests and now.snapshot.epoch >= 2 and now.snapshot.image_shape is not None,
        lambda now: bool(now.chosen("network").get("fields")),
        "the button “fields” of the network",
    ),
    Hint(
        "evaluation",
        "How good is it really? The panel shows what is still misread, and as what.",
        "Show what is misread",
        _opens("evaluation"),
        lambda now: now.rests and _is_good(now),
        _is_open("evaluation"),
        "View ▸ How good is it really?",
    ),
    Hint(
        "augmentation",
        "It knows its training pictures better than others: varied pictures help against that.",
        "Vary the pictures",
        _opens("augment"),
        lambda now: now.rests and _learns_by_heart(now),
        _is_open("augment"),
        "View ▸ Augmentation",
    ),
    Hint(
        "race",
        "Which optimiser is faster, and why? Six of them race on one surface, step by step.",
        "Let them race",
        _opens("race"),
        lambda now: _other_optimiser(now) and not now.snapshot.playing,
        _is_open("race"),
        "View ▸ Race of the optimisers",
    ),
    Hint(
        "branches",
        "Change something here and a branch begins: the line ahead stays, to compare with.",
        "Show the branches",
        _opens("branches"),
        lambda now: now.rests and now.snapshot.step < now.snapshot.reached,
        lambda now: len(now.snapshot.branches) > 1,
        "View ▸ Branches",
    ),
)
"""Every hint, the first that helps being given."""


def next_hint(now: Situation, given: list[str]) -> Hint | None:
    """Return the hint that helps now and was not given yet; None for none."""
    if now.snapshot.untrainable:
        return None
    open_ones = (hint for hint in HINTS if hint.id not in given and not hint.known(now))
    return next((hint for hint in open_ones if hint.helps(now)), None)


def known_hints(now: Situation) -> set[str]:
    """Return the ids of what has been found without a hint."""
    return {hint.id for hint in HINTS if hint.known(now)}
