"""What the race view says of its surface, the network and each racer, the longest text first."""

import math
from collections.abc import Sequence
from enum import Enum

import numpy as np

from nnviz.engine.optimisers import OPTIMISERS
from nnviz.engine.race.descent import Race
from nnviz.engine.race.valleys import Grid, Valley
from nnviz.engine.surface.landscape import Kind, PlaneRequest
from nnviz.numbers import count as count_of
from nnviz.numbers import editable, fixed, integer, percent, rounded, write

PLANES = {
    Kind.PARAMETERS: ("Net: two weights", "The two weights that the cost surface has, too"),
    Kind.RANDOM: ("Net: random directions", "Two random directions through all weights"),
    Kind.PRINCIPAL: ("Net: principal components", "Where training has gone most so far (PCA)"),
    Kind.LINE: ("Net: one weight", "The weight that was clicked last, or else the first of two"),
}
"""What the planes are called in the list of surfaces, and what they are."""
TABLE, OUT = "Racers", "not in the race"
NO_GL = "No OpenGL here: the map shows the same race."
START = "where all of them start"
START_HERE = "Click or drag: all of them start there"
NOW = "Cut the plane again, through the network as it is at this moment"
TIPS = {
    "restart": "Back to the start  [Home]",
    "back": "One step back  [←]",
    "play": "Let them run  [Space]",
    "forward": "One step on  [→]",
    "start": "Where all of them start, as numbers",
    "slide": "Drag it to change the learning rate of the racer that is selected",
    "2-D": "Draw the surface from above: colours and lines of equal cost",
    "3-D": "Draw the surface as a landscape; drag it to turn it",
    "rate": "The learning rate of the racer that is selected",
}
"""What buttons do and what fields are, said over them."""
BUTTONS = {
    "restart": ("|◀", "|◀"),
    "back": ("◀ step", "◀"),
    "play": ("▶ play", "play"),
    "pause": ("pause", "pause"),
    "forward": ("step ▶", "▶"),
}
"""What stands on buttons, in full and short."""
ABSENT = "not in the race"
AT_START = "at the start", "start"
FULL_TITLES = 3
"""So many of `moment_texts` say in full which network it is."""


def cost_number(value: float, grid: Grid | None) -> str:
    """Write a cost: of a network with five decimals, because its costs differ little."""
    if grid is not None and 1e-3 <= abs(value) < 1:
        return fixed(value, 5)
    return number(value)


def number(value: float) -> str:
    """Write a number in at most seven characters or so, its first digits exact."""
    if math.isnan(value):
        return "–"
    size = abs(value)
    if size >= 1e100:
        return "−∞" if value < 0 else "∞"
    return write(value, 3 if 1 <= size < 1e5 else 2, zeros=True)


def rate_text(rate: float) -> str:
    """Write a learning rate for a field, with at most three digits that count."""
    return editable(rounded(rate, 3))


def place(point: Sequence[float]) -> str:
    """Write a place: (−1.2, 1), or one number alone."""
    numbers = [write(w, 4, decimals=3) for w in point]
    return numbers[0] if len(numbers) == 1 else f"({', '.join(numbers)})"


class Lack(Enum):
    """Why there is no race on a plane, in a sentence."""

    NET = "There is no network yet: start a run, then press “now”."
    NUMBERS = (
        "The net has diverged: its cost is not a finite number. Go back to an earlier step or "
        "start again with a lower η, then press “now”."
    )
    SLOPES = (
        "Step units have no slope anywhere, so nobody would move on this net's cost: start a run "
        "that can be trained, then press “now”."
    )
    REQUEST = "Called off: press “now” to race on this plane."


def label_of(name: str) -> str:
    """Return a racer's name on screen."""
    return OPTIMISERS[name].label


def running_texts(fraction: float) -> tuple[str, ...]:
    """Return how much of a race on a plane is done."""
    done = percent(fraction, 0)
    return f"running on this plane… {done}", f"running… {done}", done


def first_running(fraction: float) -> str:
    """Return how much of the first race on a plane is done."""
    return f"running all six on this plane… {percent(fraction, 0)}"


def tip_of(valley: Valley) -> str:
    """Return what there is to know of a surface."""
    return f"{valley.slopes}\n{valley.remark}" if valley.slopes else valley.remark


def moment_texts(valley: Valley, plane: PlaneRequest, pictures: bool) -> tuple[str, ...]:
    """Return which network a race is on; the first `FULL_TITLES` name it in full."""
    step = f"step {integer(plane.step)}"
    many = count_of(valley.examples, f"test {'image' if pictures else 'example'}")
    return (
        f"{valley.formula} of the net at {step} · {many}",
        f"the net at {step} · {many}",
        f"net at {step} · {many}",
        f"{step} · {many}",
        f"{step} · n = {integer(valley.examples)}",
        step,
    )


def outcome_texts(race: Race, name: str) -> tuple[str, ...]:
    """Return what became of a racer; nothing before the first step, so that it can be guessed."""
    if name not in race.racers:
        return (ABSENT,)
    if not race.step:
        return AT_START
    run = race.descent(name)
    if run.settled is None:
        return (run.verdict,)
    since = f"from step {run.settled}"
    if run.optimum is None:
        return (f"{run.verdict} {since}", run.verdict)
    where = "converges, local minimum" if run.local else run.verdict
    return (f"{where} {since}", where, run.verdict)


def reading_texts(race: Race, name: str) -> tuple[str, ...]:
    """Return where a racer is, how steep it is there, and where it goes next."""
    label = label_of(name)
    if name not in race.racers:
        return (f"{label} is {ABSENT}", label)
    run, step = race.descent(name), race.step
    here = run.path[step].tolist()
    if not np.isfinite(run.path[step]).all():
        return (f"{label} has diverged: its weights are no numbers any more", "diverged")
    at = "at w =" if len(here) == 1 else "at"
    slope = run.slopes[step].tolist()
    slopes = ", ".join(number(value) for value in slope)
    if len(slope) > 1:
        slopes = f"({slopes})"
    where, sloping = f"{at} {place(here)}", f"slope {slopes}"
    texts = [f"{label} {where}: {sloping}", f"{where}: {sloping}", sloping]
    if step < race.steps:
        nudge = ", ".join(number(w) for w in (run.path[step + 1] - run.path[step]).tolist())
        moved = f"next step ({nudge})" if len(slope) > 1 else f"next step {nudge}"
        texts.insert(0, f"{texts[0]}, {moved}")
    return tuple(texts)


def step_text(step: int, steps: int) -> str:
    """Return where the race stands."""
    return f"step {step} of {steps}"


def start_refused(farthest: int) -> str:
    """Return why a start is not taken."""
    return f"Start within ±{integer(farthest)}."


def rate_refused(largest: int) -> str:
    """Return why a learning rate is not taken."""
    return f"The learning rate must be above 0 and at most {integer(largest)}."
