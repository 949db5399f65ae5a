"""Timelines of a small recipe that tests walk along, and what a run that was never rewound has."""

from dataclasses import replace

from nnviz.engine import Timeline
from tests.engine.training.test_trainer import RECIPE, random_dataset

BUSY = replace(RECIPE, learning_rate=0.05, l2=0.3, dropout=0.2, input_noise=0.1,
               schedule="plateau", schedule_epochs=1, validation_size=5)  # fmt: skip
OTHER = random_dataset(37, seed=5)
"""Another data set of the same shape, with fewer examples."""


def fingerprint(timeline):
    trainer = timeline.trainer
    state = trainer.state()
    return (state.steps, state.theta.tobytes(), state.slots.tobytes(), trainer.gradient.tobytes(),
            state.pace, state.epoch_cost, state.edits, trainer.recipe, trainer.eta,
            state.epoch_layout)  # fmt: skip


def make(timeline, change):
    """Make a change again on another timeline."""
    other = OTHER if change.value == "other" else None
    timeline.edit(change.name, change.value, change.indices, other)


def straight(recipe, step, changes=()):
    """The state at a step of a run that was never rewound."""
    timeline = Timeline(recipe, random_dataset(), stride=10**9)
    for change in changes:
        while timeline.step_now < change.step:
            timeline.step()
        make(timeline, change)
    while timeline.step_now < step:
        timeline.step()
    return fingerprint(timeline)


def move(timeline, kind, value):
    if kind == "goto":
        timeline.goto(value)
    elif kind == "step":
        for _ in range(value):
            timeline.step()
    elif kind == "theta":
        timeline.edit("theta", 0.25, value)
    elif kind == "drag":
        for part in (0.5, 0.6):
            timeline.edit("theta", (part, -part), (value, value + 7), merge=True)
    elif kind == "dataset":
        timeline.edit("dataset", value, (), OTHER if value == "other" else None)
    elif kind == "undo":
        timeline.undo()
    elif kind == "redo":
        timeline.redo()
    elif kind == "take":
        timeline.take(timeline.branches[value % len(timeline.branches)].number)
    elif kind == "drop":
        branch = timeline.branches[value % len(timeline.branches)]
        if branch not in timeline.current.line:
            timeline.tree.drop(branch.number)
    elif kind == "phase":
        for _ in range(abs(value)):
            timeline.next_phase() if value > 0 else timeline.previous_phase()
    elif kind == "give up":
        timeline.goto(value, lambda _fraction: False)
    else:
        timeline.edit(kind, value)


def done(timeline):
    return [change for change in timeline.changes if change.step <= timeline.step_now]


def walked(*walk, recipe=RECIPE):
    timeline = Timeline(recipe, random_dataset(), stride=7)
    for kind, value in walk:
        move(timeline, kind, value)
    return timeline
