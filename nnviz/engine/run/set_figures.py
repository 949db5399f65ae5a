"""Every set's figures at a moment in words, and where early stopping stands."""

from math import isfinite, isnan

from nnviz.engine.measure.measured import cost_text, score_text
from nnviz.engine.run.snapshot import Snapshot
from nnviz.numbers import count, integer


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
            said = score_text(score, targets)
            lines.append(f"{name}: cost {cost_text(score.cost)}{f' · {said}' if said else ''}")
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
