"""What the race view says of one racer, in several lengths, the longest first."""

import numpy as np

from nnviz.engine.race.descent import Race
from nnviz.views.race.marks import number, place


def reading_texts(
    race: Race, name: str, label: str, outcomes: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Return where a racer is, how steep it is there, and where it goes next.

    Args:
        race: as it is.
        name: the racer.
        label: its name on screen.
        outcomes: what became of it, in many words and in few, where that is not said elsewhere;
            it is then said instead.
    """
    if name not in race.racers:
        return (f"{label} is not in the race", label)
    run, step = race.descent(name), race.step
    here = run.path[step].tolist()
    if not np.isfinite(run.path[step]).all():
        return (f"{label} has diverged: its weights are no numbers any more", "diverged")
    if outcomes:
        return tuple(f"{label} {words}" for words in outcomes)
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
