"""A run keeps each of its parameter vectors once, however many parts of it need them."""

from nnviz.engine.recipe import Recipe
from nnviz.engine.run.timeline import Timeline
from nnviz.lessons import load_example
from nnviz.runtime.run import Run
from tests.snapshots import make_dataset

STRIDE = 4


def trained(steps):
    recipe = Recipe(dataset="tiny", layers=(784, 3, 10), batch_size=50)
    timeline = Timeline(recipe, make_dataset(), stride=STRIDE)
    run = Run(1, timeline, {})
    while timeline.step_now < steps:
        run.train(lambda: timeline.step_now < steps)
    return run


def trail_of(run):
    return run.snapshot(playing=False, minibatches_per_second=0.0).trail


def test_the_trail_and_the_keyframes_of_a_long_run_share_their_parameters():
    run = trained(2500)
    kept = {frame.state.steps: frame.state.theta for frame in run.timeline.tree.keyframes}
    trail = trail_of(run)
    apart = trail[1].step
    assert apart >= STRIDE  # so far apart that each of them lies at a keyframe
    late = [point for point in trail if point.step > 2000]
    assert late
    assert all(point.theta is kept[point.step] for point in late)


def test_the_trail_of_another_branch_is_laid_of_its_keyframes():
    run = trained(40)
    run.goto(20, lambda _: True)
    run.edit("learning_rate", 0.2, ())
    run.switch_branch(lambda: run.timeline.take(0))
    kept = {frame.state.steps: frame.state.theta for frame in run.timeline.current.keyframes}
    trail = trail_of(run)
    assert len(trail) > 3
    assert all(point.theta is kept[point.step] for point in trail)


def test_what_undo_takes_back_is_told_with_the_names_of_inputs():
    example = load_example("park")
    run = Run(1, Timeline(example.recipe, example.dataset, example.theta), {})
    run.edit("theta", (5.0,), (1,))
    told = "w¹₁,₂ above 15 °C: 1 → 5"
    shown = run.snapshot(playing=False, minibatches_per_second=0.0)
    assert shown.undo == told
    assert [look.words for look in shown.branches if look.current] == [told]
    assert run.timeline.current.change.told(example.recipe, run.trainer.named_inputs) == told
