"""The legend of the cost curves: their names, and how good the network is on each set.

Names and figures come in several wordings; the fullest that has room is shown. Figures
that are older than the moment on screen say so.
"""

from collections.abc import Callable, Sequence
from html import escape
from math import isfinite, isnan

from nnviz.data.description import Column
from nnviz.engine.measure.measured import score_text, short_text
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.training.augment import augments
from nnviz.engine.training.scores import Score
from nnviz.numbers import count, integer
from nnviz.views.palette import Theme

TEST, TRAIN, VALIDATION, MINIBATCHES = "●", "◆", "▲", "━"
"""The mark before the name of each curve."""
Say = Callable[[Score, Sequence[Column]], str]
_GAP = "&nbsp;&nbsp; "


def validates(snapshot: Snapshot) -> bool:
    """Tell whether a cost of the examples held back for validation is in the picture."""
    return any(not isnan(one.validation_cost) for one in snapshot.evaluations)


def wordings(snapshot: Snapshot, theme: Theme) -> list[str]:
    """Return the legend as rich text, the fullest wording first.

    Every wording names every curve. Where there is little room there are fewer figures, but
    none without the step that it belongs to; the last one needs two lines.

    Args:
        snapshot: the moment.
        theme: the colours of the curves.
    """
    measured, targets = snapshot.measured, snapshot.description.targets
    figures = None if measured is None else measured.figures
    aside = [_entry(theme.dim, measured.as_of)] if measured and measured.as_of else []

    def entry(colour: str, name: str, score: Score | None, say: Say) -> str:
        return _entry(colour, f"{name} {say(score, targets) if score else ''}".rstrip())

    def sets(say: Say, others: bool = True, test: bool = True) -> list[str]:
        """Return the curves of whole sets, with figures or without."""
        train, held_back, tested = (
            (figures.train, figures.validation, figures.test) if figures else (None, None, None)
        )
        found = [entry(theme.text, f"{TRAIN} train", train if others else None, say)]
        if validates(snapshot):
            score = held_back if others else None
            found.append(entry(theme.held_back, f"{VALIDATION} validation", score, say))
        return [*found, entry(theme.now, f"{TEST} test", tested if test else None, say)]

    mean = [_entry(theme.text, f"{MINIBATCHES} smoothed minibatch cost")]
    short = [_entry(theme.text, f"{MINIBATCHES} smoothed")]
    bare = sets(short_text, others=False, test=False)
    half = len(bare) // 2
    return [
        *(
            _GAP.join(parts)
            for parts in (
                [*mean, *sets(score_text), *aside],
                [*mean, *sets(short_text), *aside],
                [*short, *sets(short_text), *aside],
                [*short, *sets(short_text, others=False), *aside],
                [*mean, *bare],
                [*short, *bare],
            )
        ),
        "<br>".join(_GAP.join(parts) for parts in ([*short, *bare[:half]], bare[half:])),
    ]


def notes(snapshot: Snapshot) -> tuple[str, ...]:
    """Return what the curves do not say by themselves, short enough to stand beside them."""
    said = []
    if augments(snapshot.recipe):
        said.append(f"{MINIBATCHES} may lie above {TEST}: varied pictures are harder")
    patience = snapshot.recipe.patience
    if patience and isfinite(snapshot.best_validation):
        said.append(
            f"┄ lowest {VALIDATION}; early stopping: {integer(snapshot.waited)} of "
            f"{count(patience, 'epoch')}"
        )
    return tuple(said)


def _entry(colour: str, text: str) -> str:
    return f'<span style="color:{colour}">{escape(text)}</span>'


def explanation(snapshot: Snapshot) -> str:
    """Return what the names mean, in a sentence each."""
    lines = [
        f"{MINIBATCHES} the cost of the minibatches, smoothed: their running mean; the band "
        "reaches from the smallest to the largest",
        f"{TRAIN} the cost of all training examples at one moment",
        f"{TEST} the same of the test examples, which are never trained on",
    ]
    if validates(snapshot):
        lines.append(
            f"{VALIDATION} the same of the examples held back for validation; where training "
            "stops early, the dotted line is at the lowest of the ends of the epochs"
        )
    if augments(snapshot.recipe):
        lines[0] += (
            ". The pictures of a minibatch are varied, which makes them harder: so this curve may "
            "lie above that of the test set, and nothing is wrong"
        )
    return "\n".join(f"{line}." for line in lines)
