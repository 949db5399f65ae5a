"""Checks of session files: whether the parts of a record that was read go together.

Every single value is of its kind by then. What is checked here is what the
engine takes for granted of a record it made itself.
"""

from dataclasses import replace
from itertools import pairwise
from math import isfinite
from typing import Any

from nnviz.data.description import goes_with
from nnviz.data.zipped_arrays import BrokenError
from nnviz.engine.changes import CHANGEABLE, THETA, Edit
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.record import BranchRecord, Keyframe, RunRecord, Session
from nnviz.engine.training.epoch_layout import EpochLayout, Stretch
from nnviz.engine.training.phases import phases_of
from nnviz.files.session_values import LARGEST_WHOLE


def check(session: Session) -> None:
    """Make sure that the engine can go on with a session.

    Raises:
        BrokenError: it cannot; the message says why.
        RecipeError: its changes lead to an impossible recipe.
    """
    record = session.record
    recipes = _check_branches(record)
    _check_present(record, recipes)
    marks = {mark.name: mark for mark in session.marks}
    _require(len(marks) == len(session.marks), "a data set is marked twice")
    for mark in session.marks:
        digits = len(mark.fingerprint) == 64 and set(mark.fingerprint) <= set("0123456789abcdef")
        _require(digits, "the fingerprint of a data set is none")
    for recipe in (record.recipe, *recipes.values()):
        _require(recipe.dataset in marks, "one of its data sets is not marked")
        description, layers = marks[recipe.dataset].description, recipe.layers
        fits = description is None or goes_with(description, layers[0], layers[-1])
        _require(fits, "the description of a data set does not go with the layers")


def _check_branches(record: RunRecord) -> dict[int, Recipe]:
    """Check every branch; return the recipe that its changes lead to, by number."""
    _require(bool(record.branches), "it has no branches")
    first = record.branches[0]
    alone = (first.number, first.parent, first.change, first.start) == (0, -1, None, 0)
    _require(alone and not first.with_last, "its first branch is not the first")
    known: dict[int, BranchRecord] = {}
    recipes: dict[int, Recipe] = {}
    depths: dict[int, int] = {}
    epoch_layouts: dict[int, EpochLayout] = {}
    for branch in record.branches:
        number, change = branch.number, branch.change
        _require(number not in known, "two of its branches have the same number")
        if branch is first:
            recipes[0], depths[0] = record.recipe, 0
        else:
            _require(branch.parent in known, "a branch comes before the one it left")
            parent = known[branch.parent]
            begins = parent.start <= branch.start <= parent.reached
            _require(begins, "a branch begins where the one it left never was")
            if change is None or change.step != branch.start:
                raise BrokenError("a branch does not begin with a change")
            together = parent is not first and parent.start == branch.start
            _require(together or not branch.with_last, "changes made as one are none")
            recipes[number] = _changed(recipes[parent.number], change)
            depths[number] = depths[parent.number] + 1
        known[number] = branch
        _check_branch(branch, recipes[number], depths[number])
        for epoch_layout in (
            branch.epoch_layout,
            *(f.state.epoch_layout for f in branch.keyframes),
        ):
            epoch_layouts[id(epoch_layout)] = epoch_layout
    epoch_layouts[id(record.now.state.epoch_layout)] = record.now.state.epoch_layout
    for epoch_layout in epoch_layouts.values():
        _check_epoch_layout(epoch_layout)
    return recipes


def _check_branch(branch: BranchRecord, recipe: Recipe, depth: int) -> None:
    start, reached, costs = branch.start, branch.reached, branch.costs
    _require(start <= reached, "a branch ends before it begins")
    _require(branch.left_at <= reached, "a branch was left beyond its end")
    known = costs.rows.shape[1] * costs.stride + len(costs.rest)
    _require(costs.origin == start, "the costs of a branch begin elsewhere than the branch")
    _require(known <= reached - start, "a branch has costs of steps that were never trained")
    steps = [evaluation.step for evaluation in branch.evaluations]
    _require(steps == sorted(steps), "the evaluations of a branch are not in order")
    steps = [start, *(frame.state.steps for frame in branch.keyframes), reached]
    _require(steps == sorted(steps), "the keyframes of a branch are not in order")
    for frame in branch.keyframes:
        _require(frame.changes == depth, "a keyframe has other changes than its branch")
        _check_state(frame, recipe)


def _check_present(record: RunRecord, recipes: dict[int, Recipe]) -> None:
    """Check what is being looked at."""
    known = {branch.number: branch for branch in record.branches}
    _require(record.current in known, "the branch being looked at is missing")
    _require(len(set(record.redo)) == len(record.redo), "a change is to be made again twice")
    _require(known.keys() >= set(record.redo), "a change to be made again is missing")
    branch, now = known[record.current], record.now
    _require(now.state.steps <= branch.reached, "the step being looked at was never trained")
    while branch.start > now.state.steps:  # the owner of the step made the last of the changes
        branch = known[branch.parent]
    line = _depth(branch, known)
    _require(now.changes == line, "the state being looked at has other changes than its branch")
    _check_state(now, recipes[branch.number])
    _require(record.phases < len(phases_of(record.recipe)), "a minibatch has fewer phases")


def _depth(branch: BranchRecord, known: dict[int, BranchRecord]) -> int:
    depth = 0
    while branch.parent >= 0:
        branch, depth = known[branch.parent], depth + 1
    return depth


def _check_state(frame: Keyframe, recipe: Recipe) -> None:
    _require(frame.state.recipe == recipe, "a state has another recipe than its branch")
    _require(isfinite(frame.state.pace.eta), "a state has an impossible learning rate")


def _changed(recipe: Recipe, change: Edit) -> Recipe:
    """Return a recipe after a change."""
    if change.name == THETA:
        indices = change.indices
        _require(bool(indices), "a change of parameters changes none")
        inside = min(indices) >= 0 and max(indices) < recipe.parameters
        _require(inside, "a change is about parameters that the network does not have")
        return recipe
    _require(change.name in CHANGEABLE, "a change is about something that cannot change")
    values: dict[str, Any] = {change.name: change.value}
    return replace(recipe, **values)


def _check_epoch_layout(epoch_layout: EpochLayout) -> None:
    """Make sure that every step has its place in an epoch, as `Calendar.changed` sees to."""
    stretches = epoch_layout.stretches
    for stretch in stretches:
        _require(0 <= stretch.start < stretch.count, "an epoch layout begins in no epoch")
        _require(1 <= stretch.size <= stretch.count, "an epoch layout has impossible minibatches")
        _require(0 <= stretch.epoch <= LARGEST_WHOLE, "an epoch layout counts impossible epochs")
    ends = bool(stretches) and not stretches[0].start and not stretches[-1].start
    _require(ends and stretches[0].step == stretches[0].epoch == 0, "an epoch layout is incomplete")
    for before, after in pairwise(stretches):
        _check_joint(before, after)


def _check_joint(before: Stretch, after: Stretch) -> None:
    steps = after.step - before.step
    whole, part = divmod(steps, before.length)
    told = "the parts of an epoch layout do not join"
    _require(steps > 0, told)
    _require(not before.start or steps <= before.length, told)
    epoch = int(before.epoch) + whole
    if after.start:
        _require(part > 0 and int(after.epoch) == epoch, told)
    else:  # an epoch cut to a single example is over
        _require(after.epoch == epoch + (part > 0), told)


def _require(holds: bool, problem: str) -> None:
    if not holds:
        raise BrokenError(problem)
