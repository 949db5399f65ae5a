"""The plain values of session files: a session as JSON can hold it, and back.

Arrays are named after where they stand and handed on one by one. Recipes,
epoch_layouts and edits recur from state to state, so each stands once in a table
and is meant by its row.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from math import nan
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from nnviz.data.mixture import MOST_PARTS
from nnviz.data.zipped_arrays import BrokenError
from nnviz.engine.changes import THETA, Edit, Value
from nnviz.engine.optimisers import OPTIMISERS
from nnviz.engine.recipe import Recipe, settings
from nnviz.engine.run.record import BranchRecord, CostRecord, DataMark, Keyframe, RunRecord, Session
from nnviz.engine.schedules import Pace
from nnviz.engine.training.epoch_layout import EpochLayout, Stretch
from nnviz.engine.training.evaluation import Evaluation
from nnviz.engine.training.state import EpochMistakes, ScheduleEvent, State
from nnviz.files import descriptions
from nnviz.files.session_values import flat, made, number, plain, row_of, text, whole

Put = Callable[[str, NDArray[Any]], None]
"""put(name, array) writes an array."""
Take = Callable[[str, str, tuple[int | None, ...]], NDArray[Any]]
"""take(name, dtype, shape) reads an array; None in a shape stands for any length."""

_FIGURES = (
    "step",
    "epoch",
    "train_cost",
    "test_cost",
    "train_accuracy",
    "test_accuracy",
    "validation_cost",
    "validation_accuracy",
    "train_rmse",
    "test_rmse",
    "train_r2",
    "test_r2",
    "validation_rmse",
    "validation_r2",
)
"""What the columns of an array of evaluations are; test accuracies on parts of a mixture follow."""
_MISTAKES = "train_mistakes", "test_mistakes", "validation_mistakes"
"""Figures that stand beside the array, and only of runs whose cost wants them."""
_NO_PART = -1.0
"""Stands where an evaluation has fewer parts than another of its branch."""
_FIRST_FIGURES = 8
"""How many columns files had before numbers had a score of their own."""
_LAYOUT, _LAYOUTS = "calendar", "calendars"
"""What files have called epoch layouts since the first."""
_OTHER_NAMES = {_LAYOUT: "epoch_layout", _LAYOUTS: "epoch_layouts"}
"""What a few files call them instead."""

_T = TypeVar("_T")


def to_plain(session: Session, put: Put) -> dict[str, Any]:
    """Return a session as values that JSON can hold, with every array put elsewhere."""
    return _Writer(put).session(session)


def from_plain(content: Mapping[str, Any], take: Take, version: int) -> Session:
    """Make a session of values that `to_plain` returned; nothing is taken for granted of them.

    What data sets are marked with depends on the version of the format.

    Raises:
        BrokenError: a value is not of its kind; other errors of Python's own (a missing key, a
            wrong type) mean the same.
        RecipeError: a recipe is impossible.
    """
    return _Reader(content, take).session(version)


_MARK = {"name": 1, "fingerprint": 1, "description": 2, "made": 4}
"""What a data set is marked with, and the format that it came with."""


class _Table:
    """Values that recur, each once."""

    def __init__(self) -> None:
        self.rows: list[Any] = []
        self._known: dict[str, int] = {}
        self._seen: dict[int, int] = {}

    def row(self, value: _T, plain: Callable[[_T], Any]) -> int:
        """Return the row of a value, which must stay alive until all is written."""
        if id(value) not in self._seen:
            written = plain(value)
            # Told apart as written: 3 and 3.0 are equal, and so are 0.0 and -0.0.
            key = json.dumps(written)
            if key not in self._known:
                self._known[key] = len(self.rows)
                self.rows.append(written)
            self._seen[id(value)] = self._known[key]
        return self._seen[id(value)]


class _Writer:
    def __init__(self, put: Put) -> None:
        self._put = put
        self._recipes, self._epoch_layouts, self._edits = _Table(), _Table(), _Table()

    def session(self, session: Session) -> dict[str, Any]:
        record = session.record
        self._put("theta.npy", record.theta)
        self._put("gradient.npy", record.gradient)
        return {
            "marks": [_plain_mark(mark) for mark in session.marks],
            "recipe": self._recipe(record.recipe),
            "current": record.current,
            "now": self._keyframe("now", record.now),
            "last_cost": plain(record.last_cost),
            "phases": record.phases,
            "redo": list(record.redo),
            "view": dict(record.view),
            "branches": [
                self._branch(f"branches/{place}", branch)
                for place, branch in enumerate(record.branches)
            ],
            "recipes": self._recipes.rows,
            _LAYOUTS: self._epoch_layouts.rows,
            "edits": self._edits.rows,
        }

    def _branch(self, name: str, branch: BranchRecord) -> dict[str, Any]:
        self._put(f"{name}/costs.npy", np.asarray(branch.costs.rows, np.float64))
        self._put(f"{name}/rest.npy", np.asarray(branch.costs.rest, np.float64))
        most = max((len(e.test_parts) for e in branch.evaluations), default=0)
        figures = np.full((len(branch.evaluations), len(_FIGURES) + most), _NO_PART)
        for row, e in zip(figures, branch.evaluations, strict=True):
            found = [*(getattr(e, key) for key in _FIGURES), *e.test_parts]
            row[: len(found)] = found
        self._put(f"{name}/evaluations.npy", figures)
        counted = [[getattr(e, key) for key in _MISTAKES] for e in branch.evaluations]
        known = any(count == count for row in counted for count in row)
        mistakes = {"mistakes": [list(map(plain, row)) for row in counted]} if known else {}
        with_last = {"with_last": True} if branch.with_last else {}
        return (
            mistakes
            | with_last
            | {
                "number": branch.number,
                "parent": branch.parent,
                "name": branch.name,
                "change": None if branch.change is None else self._change(name, branch.change),
                "start": branch.start,
                "reached": branch.reached,
                "left_at": branch.left_at,
                "costs": {"origin": branch.costs.origin, "stride": branch.costs.stride},
                "keyframes": [
                    self._keyframe(f"{name}/keyframes/{place}", frame)
                    for place, frame in enumerate(branch.keyframes)
                ],
                _LAYOUT: self._epoch_layout(branch.epoch_layout),
            }
        )

    def _change(self, name: str, change: Edit) -> dict[str, Any]:
        content: dict[str, Any] = {"step": change.step, "name": change.name}
        if change.name == THETA:
            self._put(f"{name}/indices.npy", np.array(change.indices, dtype=np.int64))
            self._put(f"{name}/values.npy", np.array((change.value, change.old), dtype=np.float64))
            return content
        return content | {"value": plain(change.value), "old": plain(change.old)}

    def _keyframe(self, name: str, frame: Keyframe) -> dict[str, Any]:
        state = frame.state
        self._put(f"{name}/theta.npy", state.theta)
        self._put(f"{name}/slots.npy", state.slots)
        counted = {"mistakes": flat(state.mistakes)} if state.mistakes != EpochMistakes() else {}
        owed = {"owed": True} if state.owed else {}
        return (
            counted
            | owed
            | {
                "changes": frame.changes,
                "steps": state.steps,
                "recipe": self._recipe(state.recipe),
                _LAYOUT: self._epoch_layout(state.epoch_layout),
                "pace": flat(state.pace),
                "epoch_cost": plain(state.epoch_cost),
                "best_validation": plain(state.best_validation),
                "waited": state.waited,
                "edits": [self._edits.row(edit, flat) for edit in state.edits],
                "finished": state.finished,
            }
        )

    def _recipe(self, recipe: Recipe) -> int:
        return self._recipes.row(recipe, lambda value: value.to_dict())

    def _epoch_layout(self, epoch_layout: EpochLayout) -> int:
        return self._epoch_layouts.row(
            epoch_layout, lambda value: [flat(s) for s in value.stretches]
        )


class _Reader:
    def __init__(self, content: Mapping[str, Any], take: Take) -> None:
        self._content, self._take = content, take
        self._recipes = [Recipe.from_dict(values) for values in content["recipes"]]
        self._epoch_layouts = [
            EpochLayout(tuple(made(Stretch, values) for values in stretches))
            for stretches in _laid_out(content, _LAYOUTS)
        ]
        self._edits = [made(ScheduleEvent, values) for values in content["edits"]]
        self._recipe = row_of(self._recipes, content["recipe"])
        self._theta_shape = (self._recipe.parameters,)

    def session(self, version: int) -> Session:
        content, dtype = self._content, self._recipe.dtype
        view = content["view"]
        if not isinstance(view, dict):
            raise BrokenError("its view is not what a window remembers")
        record = RunRecord(
            recipe=self._recipe,
            theta=self._take("theta.npy", dtype, self._theta_shape),
            branches=tuple(
                self._branch(f"branches/{place}", branch)
                for place, branch in enumerate(content["branches"])
            ),
            current=whole(content["current"]),
            now=self._keyframe("now", content["now"]),
            gradient=self._take("gradient.npy", dtype, self._theta_shape),
            last_cost=number(content["last_cost"]),
            phases=whole(content["phases"]),
            redo=tuple(whole(number) for number in content["redo"]),
            view=view,
        )
        marks = tuple(_mark(values, version) for values in content["marks"])
        return Session(record, marks)

    def _branch(self, name: str, values: Mapping[str, Any]) -> BranchRecord:
        change, costs = values["change"], values["costs"]
        return BranchRecord(
            number=whole(values["number"]),
            parent=whole(values["parent"], low=-1),
            name=text(values["name"]),
            change=None if change is None else self._change(name, change),
            start=whole(values["start"]),
            reached=whole(values["reached"]),
            left_at=whole(values["left_at"]),
            costs=CostRecord(
                origin=whole(costs["origin"]),
                stride=whole(costs["stride"], low=1),
                rows=self._take(f"{name}/costs.npy", "float64", (3, None)),
                rest=self._take(f"{name}/rest.npy", "float64", (None,)),
            ),
            evaluations=self._evaluations(name, values.get("mistakes")),
            keyframes=tuple(
                self._keyframe(f"{name}/keyframes/{place}", frame)
                for place, frame in enumerate(values["keyframes"])
            ),
            epoch_layout=row_of(self._epoch_layouts, _laid_out(values, _LAYOUT)),
            with_last=_said(values, "with_last"),
        )

    def _evaluations(self, name: str, mistakes: Any) -> tuple[Evaluation, ...]:
        rows = self._take(f"{name}/evaluations.npy", "float64", (None, None))
        known = len(_FIGURES)
        if rows.shape[1] != _FIRST_FIGURES and not known <= rows.shape[1] <= known + MOST_PARTS:
            raise BrokenError("its evaluations have other figures than nnviz knows")
        counted = [["nan"] * len(_MISTAKES)] * len(rows) if mistakes is None else mistakes
        if len(counted) != len(rows):
            raise BrokenError("its mistakes are not those of its evaluations")
        evaluations = []
        for row, counts in zip(rows.tolist(), counted, strict=True):
            step, *figures = row[:known]
            if not step.is_integer():
                raise BrokenError("an evaluation belongs to no step")
            parts = tuple(share for share in row[known:] if share != _NO_PART)
            if any(share < 0 or share > 1 for share in parts):
                raise BrokenError("an evaluation has more right answers than there are")
            found = Evaluation(whole(int(step)), *figures)
            found = replace(found, test_parts=parts)
            train, test, validation = map(_counted, counts)
            evaluations.append(
                replace(
                    found,
                    train_mistakes=train,
                    test_mistakes=test,
                    validation_mistakes=validation,
                )
            )
        return tuple(evaluations)

    def _change(self, name: str, values: Mapping[str, Any]) -> Edit:
        step, field = whole(values["step"]), text(values["name"])
        if field != THETA:
            return Edit(step, field, _value(values["value"], field), _value(values["old"], field))
        indices = self._take(f"{name}/indices.npy", "int64", (None,))
        value, old = self._take(f"{name}/values.npy", "float64", (2, len(indices))).tolist()
        return Edit(step, THETA, tuple(value), tuple(old), tuple(indices.tolist()))

    def _keyframe(self, name: str, values: Mapping[str, Any]) -> Keyframe:
        dtype, slots = self._recipe.dtype, OPTIMISERS[self._recipe.optimiser].slots
        counted = values.get("mistakes")
        state = State(
            steps=whole(values["steps"]),
            recipe=row_of(self._recipes, values["recipe"]),
            epoch_layout=row_of(self._epoch_layouts, _laid_out(values, _LAYOUT)),
            theta=self._take(f"{name}/theta.npy", dtype, self._theta_shape),
            slots=self._take(f"{name}/slots.npy", dtype, (slots, *self._theta_shape)),
            pace=made(Pace, values["pace"]),
            epoch_cost=number(values["epoch_cost"]),
            best_validation=number(values["best_validation"]),
            waited=whole(values["waited"]),
            edits=tuple(row_of(self._edits, row) for row in values["edits"]),
            finished=text(values["finished"]),
            mistakes=EpochMistakes() if counted is None else _of_epochs(counted),
            owed=_said(values, "owed"),
        )
        if state.owed and (not state.steps or state.epoch_layout.place(state.steps).start):
            raise BrokenError("the end of an epoch is owed where none ends")
        return Keyframe(state, whole(values["changes"]))


def _laid_out(values: Mapping[str, Any], name: str) -> Any:
    """Return what stands under the name of epoch layouts, or under their other one."""
    other = _OTHER_NAMES[name]
    return values[other] if other in values else values[name]


def _plain_mark(mark: DataMark) -> dict[str, Any]:
    return {
        "name": mark.name,
        "fingerprint": mark.fingerprint,
        "description": mark.description and descriptions.to_plain(mark.description),
        "made": mark.made,
    }


def _mark(values: Mapping[str, Any], version: int) -> DataMark:
    if values.keys() != {name for name, since in _MARK.items() if since <= version}:
        raise BrokenError("a data set in it has other fields than it should")
    plain = values.get("description")
    known = None if plain is None else descriptions.from_plain(plain)
    made_from = text(values.get("made", ""))
    return DataMark(text(values["name"]), text(values["fingerprint"]), known, made_from)


def _said(values: Mapping[str, Any], name: str) -> bool:
    """Read what is said only where it is true."""
    told = values.get(name, False)
    if not isinstance(told, bool):
        raise BrokenError(f"{name} in it is neither true nor false")
    return told


def _of_epochs(values: Mapping[str, Any]) -> EpochMistakes:
    if values.keys() != {"so_far", "last"}:
        raise BrokenError("the mistakes of an epoch in it have other fields than they should")
    return EpochMistakes(whole(values["so_far"]), whole(values["last"], low=EpochMistakes.NONE))


def _counted(value: Any) -> float:
    """Read a count, or nan where nobody counted."""
    return nan if value == "nan" else whole(value)


def _value(value: Any, field: str) -> Value:
    """Read the value of a recipe field; a data set may be called "nan"."""
    names = isinstance(settings()[field].default, str)
    return text(value) if names else number(value)
