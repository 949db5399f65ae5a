"""The legend of the cost curves: their names, and how good the network is on each set.

Names and figures come in several wordings; the fullest that has room is shown. Figures
that are older than the moment on screen say so.
"""

from collections.abc import Callable, Sequence
from html import escape
from math import isnan

from nnviz.data.description import Column
from nnviz.engine.augment import augments
from nnviz.engine.measured import score_text, short_text
from nnviz.engine.scores import Score
from nnviz.engine.snapshot import Snapshot
from nnviz.views.palette import Theme

TEST, TRAIN, VALIDATION, MINIBATCHES = "●", "◆", "▲", "━"
"""The mark before the name of each curve."""
Say = Callable[[Score, Sequence[Column]], str]
_GAP = "&nbsp;&nbsp; "


def wordings(snapshot: Snapshot, theme: Theme) -> list[str]:
    """Return the legend as rich text, the fullest wording first.

    Where there is little room there are fewer figures, but none without the step that it
    belongs to.

    Args:
        snapshot: the moment.
        theme: the colours of the curves.
    """
    measured, targets = snapshot.measured, snapshot.description.targets
    figures = None if measured is None else measured.figures
    aside = [_entry(theme.dim, measured.as_of)] if measured and measured.as_of else []

    def entry(colour: str, name: str, score: Score | None, say: Say) -> str:
        return _entry(colour, f"{name} {say(score, targets) if score else ''}".rstrip())

    def sets(say: Say, train: bool = True, test: bool = True) -> list[str]:
        """Return the curves of whole sets, with figures or without."""
        train_score, test_score = (figures.train, figures.test) if figures else (None, None)
        found = [entry(theme.text, f"{TRAIN} train", train_score if train else None, say)]
        if figures is not None and not isnan(figures.validation_cost):
            score = figures.validation if train else None
            found.append(entry(theme.plus, f"{VALIDATION} validation", score, say))
        return [*found, entry(theme.now, f"{TEST} test", test_score if test else None, say)]

    mean = [_entry(theme.text, f"{MINIBATCHES} minibatches, running mean")]
    short = [_entry(theme.text, f"{MINIBATCHES} minibatches")]
    return [
        _GAP.join(parts)
        for parts in (
            [*mean, *sets(score_text), *aside],
            [*short, *sets(short_text), *aside],
            [*sets(short_text), *aside],
            [*sets(short_text, train=False), *aside],
            [sets(short_text)[-1], *aside],
            sets(short_text, train=False, test=False),
        )
    ]


def _entry(colour: str, text: str) -> str:
    return f'<span style="color:{colour}">{escape(text)}</span>'


def explanation(snapshot: Snapshot) -> str:
    """Return what the names mean, in a sentence each."""
    lines = [
        f"{MINIBATCHES} the cost of the minibatches, their running mean; the band reaches from the "
        "smallest to the largest",
        f"{TRAIN} the cost of all training examples at one moment",
        f"{TEST} the same of the test examples, which are never trained on",
    ]
    measured = snapshot.measured
    if measured is not None and not isnan(measured.figures.validation_cost):
        lines.append(f"{VALIDATION} the same of the examples held back for validation")
    if augments(snapshot.recipe):
        lines[0] += (
            ". The pictures of a minibatch are varied, which makes them harder: so this curve may "
            "lie above that of the test set, and nothing is wrong"
        )
    return "\n".join(f"{line}." for line in lines)
