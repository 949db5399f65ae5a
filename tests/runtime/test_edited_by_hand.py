"""Tables and points edited at random: saved, opened, replayed, undone, redone, byte for byte."""

from contextlib import suppress
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nnviz.data import load_dataset
from nnviz.data.typed_data import table_of
from nnviz.data.typed_table import TypedTable, is_typed, read_typed
from nnviz.engine.recipe import ALL
from nnviz.engine.reshape import with_activation, with_layer, with_neurons, without_layer
from nnviz.engine.run.record import DataMark, Session
from nnviz.engine.run.start import start_recipe
from nnviz.engine.run.verification import verify
from nnviz.errors import NnvizError
from nnviz.files.sessions import load_session, save_session
from nnviz.messages.commands import (
    GoTo,
    MakeEdit,
    OpenSession,
    Redo,
    Start,
    StepPhase,
    TakeBranch,
    Undo,
)
from nnviz.runtime.run_factory import RunFactory
from nnviz.runtime.steering import steer
from nnviz.views.plane.drawing import Gesture, hand_made_of, made_points, with_hand_made
from nnviz.views.table import class_words, clipboard, edits
from tests.sampled import tried

BEGIN = (
    "and",
    "park",
    "example:table-of-a-6",
    TypedTable(("x₁", "x₂", "y"), (2,), ((0, 0, 0), (1, 3, 1)), "standard").name,
    "circles:points=12",
    "points:drawn=0~1~1+1~-1~0.5",
    "spiral:points=20,test=0.2,features=x1+x1x2",
)
WORDS, NAMES = ("cat", "dog", "emu", "yes"), ("a", "höhe", "x₁", 'b "c"')
VALUES = (0.0, 1.0, 0.5, -2.0, 1 / 3, 1e-9, 12345.678)


def factory():
    return RunFactory(
        lambda name, _progress: load_dataset(name),
        lambda path, _places: load_session(path),
        lambda *_how_far: None,
        lambda _said: None,
    )


class Hands:
    """What people do to a run, at random."""

    def __init__(self, name, chance, folder):
        self.chance, self.path, self.factory = chance, folder / "run.nnviz", factory()
        recipe = replace(start_recipe(load_dataset(name)), dataset=name)
        self.run, _ = self.factory.begin(Start(recipe), None)

    def do(self, message):
        dataset = partial(self.factory.for_run, self.run)
        steer(self.run, message, lambda _what: lambda _done: True, dataset, lambda _said: None)

    def start(self, recipe, **more):
        self.run, _ = self.factory.begin(Start(recipe, **more), self.run)

    def state(self):
        timeline = self.run.timeline
        state = timeline.trainer.state()
        gradient, branches = timeline.trainer.gradient, timeline.branches
        return (
            *(state.recipe, state.steps, state.theta.tobytes(), state.slots.tobytes()),
            *(timeline.reached, timeline.changes, gradient.tobytes(), repr(timeline.last_cost)),
            [(branch.number, branch.change, branch.reached, branch.left_at) for branch in branches],
        )

    # -- deeds --------------------------------------------------------------------------------

    def train(self):
        for _ in range(self.chance.randint(1, 7)):
            self.run.train(lambda: False)

    def table(self):
        """Change a table as the table panel does."""
        name, chance = self.run.trainer.recipe.dataset, self.chance
        table = read_typed(name) if is_typed(name) else table_of(self.run.trainer.dataset)
        if table is None:
            return
        row, column = chance.randrange(len(table.rows)), chance.randrange(len(table.columns))
        rows = [chance.sample(("1", "0,25", "cat", "2.5"), 2) for _ in range(chance.randint(1, 3))]
        changed = chance.choice(
            (
                lambda: class_words.with_number(table, row, column, chance.choice(VALUES)),
                lambda: class_words.with_class(table, row, column, chance.choice(WORDS)),
                lambda: edits.with_row(table, row),
                lambda: edits.without_rows(table, [row]),
                lambda: edits.with_column(table, column, target=chance.random() < 0.3),
                lambda: edits.without_column(table, column),
                lambda: edits.renamed(table, column, chance.choice(NAMES)),
                lambda: edits.switched(table, column),
                lambda: replace(table, scale=chance.choice(("none", "standard", "range"))),
                lambda: clipboard.pasted(table, row, column, "\n".join(map("\t".join, rows))),
            )
        )()
        assert read_typed(changed.name) == changed
        every = range(len(changed.rows)), range(len(changed.columns))
        assert clipboard.pasted(changed, 0, 0, clipboard.copied(changed, *every)) == changed
        if changed.shape == table.shape:
            self.do(MakeEdit("dataset", changed.name))
        else:
            self.start(replace(self.run.trainer.recipe, dataset=changed.name), fit=True)

    def points(self):
        """Put, move and erase points as gestures on the plane do."""
        name, chance = self.run.trainer.recipe.dataset, self.chance
        done, tool = hand_made_of(name), chance.randrange(4)
        if done is None:
            return
        made = made_points(name)[0] if done.movable else None
        there = [point[1:] for point in done.drawn] + ([] if made is None else made.tolist())
        places = [chance.choice(there)] if there and chance.random() < 0.7 else []
        places += [(chance.uniform(-3, 3), chance.uniform(-3, 3)) for _ in range(3)]
        gesture = Gesture.begun(tool, done, places[0], (0.01, 0.01), 7, made)
        for place in places[1:]:
            gesture = gesture.moved(place, (0.01, 0.01), 7)
        self.do(MakeEdit("dataset", with_hand_made(name, gesture.done)))

    def shape(self):
        """Change layers as the network picture does."""
        recipe, chance = self.run.trainer.recipe, self.chance
        layer = chance.randrange(1, len(recipe.layers))
        name = chance.choice(("tanh", "relu", "step"))
        changed = chance.choice(
            (
                lambda: with_neurons(recipe, layer, chance.choice((-1, 1))),
                lambda: with_layer(recipe, layer - 1),
                lambda: without_layer(recipe, layer),
                lambda: with_activation(recipe, layer, name),
            )
        )()
        self.start(changed, keeps=chance.random() < 0.5)

    def setting(self):
        chance, recipe = self.chance, self.run.trainer.recipe
        weight, value = chance.randrange(recipe.parameters), chance.choice(VALUES)
        changes = (
            MakeEdit("theta", value, (weight,), chance.random() < 0.3),
            MakeEdit("learning_rate", chance.choice((0.01, 0.1, 0.5))),
            MakeEdit("batch_size", chance.choice((1, 2, 3, 10))),
            MakeEdit("trained", chance.choice((ALL, "0", "0,1"))),
        )
        self.do(chance.choice(changes))

    def move(self):
        timeline = self.run.timeline
        step = self.chance.randint(0, max(timeline.reached, 1))
        branch = self.chance.choice(timeline.branches).number
        ways = (GoTo(step), GoTo(None), TakeBranch(branch), StepPhase(), StepPhase(back=True))
        self.do(self.chance.choice((*ways, Redo())))

    def undo(self):
        before, there = self.state(), self.run.timeline.undoable is not None
        self.do(Undo())
        if there and self.chance.random() < 0.5:
            self.do(Redo())
            assert self.state()[:-1] == before[:-1]

    def reopen(self):
        """Save and open it, and go on with what was opened."""
        before, timeline = self.state(), self.run.timeline
        marks = tuple(
            DataMark(name, data.fingerprint(), data.description, data.made)
            for name, data in timeline.trainer.datasets.items()
        )
        record = self.run.record({}, self.chance.choice((0, 1, 8)))
        save_session(self.path, Session(record, marks))
        self.factory = factory()
        self.run, _ = self.factory.resume(OpenSession(self.path))
        assert self.state() == before
        assert verify(self.run.timeline) == -1


DEEDS = (
    *(Hands.train, Hands.table, Hands.points, Hands.undo, Hands.move) * 2,
    *(Hands.shape, Hands.setting, Hands.reopen),
)


@pytest.mark.parametrize("name", BEGIN)
@settings(max_examples=tried(10), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.sampled_from(DEEDS), min_size=15, max_size=40), chance=st.randoms())
def test_whatever_hands_do_is_saved_replayed_and_taken_back(tmp_path, name, deeds, chance):
    hands = Hands(name, chance, tmp_path)
    for deed in (*deeds, Hands.reopen):
        with suppress(NnvizError):  # it cannot be done, and all is as it was
            deed(hands)
    while hands.run.timeline.undoable is not None:
        hands.do(Undo())
    assert verify(hands.run.timeline) == -1
    assert hands.run.timeline.goto(0)
    assert hands.run.timeline.theta.tobytes() == hands.run.timeline.first.theta.tobytes()
