"""Verification: a run is trained again from step 0, and every state that was kept is compared."""

from nnviz.engine.run.branch import Branch
from nnviz.engine.run.making_edits import apply
from nnviz.engine.run.record import Keyframe
from nnviz.engine.run.replayer import GoOn, always
from nnviz.engine.run.timeline import Timeline


def verify(timeline: Timeline, go_on: GoOn = always) -> int | None:
    """Replay the current line from step 0 and compare every state kept on it, byte by byte.

    Args:
        timeline: left alone.
        go_on: told now and then how much is done, 0..1; False gives up.

    Returns:
        The first step at which a kept state is not what comes out; −1 where all are the
        same; None when given up.

    Raises:
        DivergedError: the replay diverges.
    """
    datasets, first = timeline.trainer.datasets, timeline.first
    again = Timeline(first.recipe, datasets[first.recipe.dataset], first.theta, stride=2**62)
    again.trainer.at_once = timeline.trainer.at_once
    for name, dataset in datasets.items():
        again.trainer.add_dataset(name, dataset)
    changes, end = timeline.changes, timeline.step_now

    def on_the_way(_part: float) -> bool:
        return go_on(again.step_now / max(end, 1))

    made = 0
    for frame in _kept(timeline.current, timeline.keyframe()):
        for change in changes[made : frame.changes]:
            if not again.goto(change.step, on_the_way):
                return None
            apply(again.trainer, change)
        made = max(made, frame.changes)
        if not again.goto(frame.state.steps, on_the_way):
            return None
        now, then = again.trainer.state(), frame.state
        pairs = (now.theta, then.theta), (now.slots, then.slots)
        if any(mine.tobytes() != kept.tobytes() for mine, kept in pairs):
            return then.steps
    return -1


def _kept(branch: Branch, now: Keyframe) -> list[Keyframe]:
    """Return what is kept of a line up to now, and now itself, in order."""
    end = now.state.steps
    frames = [frame for frame in branch.keyframes_of_line() if frame.state.steps <= end]
    return sorted((*frames, now), key=lambda frame: (frame.state.steps, frame.changes))
