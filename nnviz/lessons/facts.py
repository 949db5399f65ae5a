"""Facts: what an expression can name of the run and of the screen that has no index."""

from collections.abc import Callable, Mapping

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.measure.report import confidence_of
from nnviz.engine.optimisers import OPTIMISERS
from nnviz.engine.run.snapshot import OWN
from nnviz.engine.selection import Selection
from nnviz.engine.training.evaluation import Evaluation
from nnviz.engine.training.scores import classes_read
from nnviz.lessons.observed import Observed
from nnviz.lessons.values import ExpressionError, Kind, Value


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """Something that has no index.

    Attributes:
        kind: what it is worth.
        sentence: what it is, for the author's help.
        read: returns it.
        thing: the selection that it stands for where it is named as a thing, or None.
    """

    kind: Kind
    sentence: str
    read: Callable[[Observed], Value]
    thing: Selection | None = None


def _figure(name: str) -> Callable[[Observed], Value]:
    """Return what reads a figure of this very moment; nan as long as it is not measured."""
    assert name in Evaluation.__slots__, name

    def read(seen: Observed) -> Value:
        found = seen.snapshot.measured
        if found is None or not (found.now or seen.rough):
            return float("nan")
        return float(getattr(found.figures, name))

    return read


def _read_class(seen: Observed) -> Value:
    return float(classes_read(seen.focus.a[-1][np.newaxis])[0])


def _label(seen: Observed) -> Value:
    y = seen.focus.y
    return float(classes_read(y[np.newaxis])[0]) if np.isfinite(y).all() else float("nan")


def _answer(seen: Observed) -> Value:
    if seen.answer is None:
        raise ExpressionError("nothing is answered yet: 'answer' stands in feedback alone.")
    return seen.answer


def _winner(seen: Observed) -> Value:
    races = [one.detail for one in seen.did if one.kind == "race" and one.detail]
    return races[-1] if races else ""


def _winner_named(seen: Observed) -> Value:
    winner = OPTIMISERS.get(str(_winner(seen)))
    return "…" if winner is None else winner.label


def _sure(seen: Observed) -> Value:
    return float(confidence_of(seen.focus.a[-1][np.newaxis])[0])


def _happened(kind: str) -> Callable[[Observed], Value]:
    return lambda seen: any(one.kind == kind for one in seen.did)


def _own(seen: Observed) -> bool:
    return seen.focus.index == OWN and seen.focus.place < 0


FACTS: Mapping[str, Fact] = {
    "cost": Fact(
        "number", "the cost of the example shown, C0", lambda s: s.focus.cost, Selection("cost")
    ),
    "minibatch_cost": Fact(
        "number", "the mean cost of the last minibatch", lambda s: s.snapshot.minibatch_cost
    ),
    "train_cost": Fact("number", "the cost over the training examples", _figure("train_cost")),
    "test_cost": Fact("number", "the cost over the test examples", _figure("test_cost")),
    "train_accuracy": Fact(
        "number", "the share of training examples answered right", _figure("train_accuracy")
    ),
    "test_accuracy": Fact(
        "number", "the share of test examples answered right", _figure("test_accuracy")
    ),
    "mistakes": Fact(
        "number", "how many training examples come out wrong", _figure("train_mistakes")
    ),
    "eta": Fact("number", "the learning rate of this minibatch", lambda s: s.moment.eta),
    "batch": Fact(
        "number", "examples in a minibatch", lambda s: float(s.snapshot.recipe.batch_size)
    ),
    "step": Fact("number", "minibatches trained so far", lambda s: float(s.snapshot.step)),
    "epoch": Fact("number", "epochs trained so far", lambda s: s.snapshot.epoch),
    "seed": Fact("number", "the seed of the run", lambda s: float(s.snapshot.recipe.seed)),
    "read": Fact("number", "the class that the example is read as, from 0", _read_class),
    "label": Fact("number", "the class that the example has, from 0", _label),
    "parameters": Fact(
        "number", "how many weights and biases there are", lambda s: float(len(s.snapshot.theta))
    ),
    "answer": Fact("any", "what was answered, in feedback alone", _answer),
    "nothing": Fact("any", "no selection at all", lambda _: None),
    "selection": Fact("any", "what is selected", lambda s: s.ui.selection),
    "granularity": Fact(
        "text", "what a step is: phase, minibatch or epoch", lambda s: s.ui.granularity
    ),
    "playing": Fact("bool", "training goes on by itself", lambda s: s.snapshot.playing),
    "own_input": Fact("bool", "what is shown is an input or drawing of one's own", _own),
    "drawn": Fact("bool", "something was drawn since the scene began", _happened("draw")),
    "taught": Fact("bool", "a drawing was taught since the scene began", _happened("teach")),
    "raced": Fact("bool", "a race was run since the scene began", _happened("race")),
    "surveyed": Fact("bool", "a surface was drawn since the scene began", _happened("survey")),
    "reported": Fact("bool", "a report was made since the scene began", _happened("report")),
    "race_winner": Fact(
        "text", "who won the last race since the scene began, as adam; empty before", _winner
    ),
    "race_won_by": Fact(
        "text", "what sentences call who won the last race since the scene began", _winner_named
    ),
    "trust": Fact("number", "how sure the net is of its answer, 0 to 1", _sure),
    "changes": Fact(
        "number",
        "changes by hand since the scene began; a drag is one",
        lambda s: float(sum(one.kind == "edit" and not one.passing for one in s.did)),
    ),
    "played": Fact("bool", "training was played since the scene began", _happened("play")),
    "answered": Fact("bool", "an answer stands", lambda s: s.answer is not None),
    "steps": Fact(
        "number",
        "steps done by hand since the scene began",
        lambda s: float(sum(one.kind == "step" and one.detail != "back" for one in s.did)),
    ),
}
"""What has no index, by name."""
