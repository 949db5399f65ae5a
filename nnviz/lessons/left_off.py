"""Where a lesson was left: how its scene found the screen, and what was known by then, as a file.

The run itself stands in a session file beside it. What is broken, or of a lesson that has been
changed since, is as good as none: the lesson begins anew.
"""

import json
from collections.abc import Mapping
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from nnviz.data.dataset import DataError
from nnviz.data.disk import write_whole
from nnviz.dataclass import dataclass
from nnviz.engine.ops import Array
from nnviz.engine.selection import Selection
from nnviz.lessons.answer_sheet import GivenAnswer
from nnviz.lessons.lesson import Lesson
from nnviz.lessons.values import Value
from nnviz.messages.ui_state import UiState, plain_selection, read_selection

VERSION = 1
LARGEST = 2**24
"""Most bytes of a file that are read."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of a minibatch, or of an example on its way through.

    Attributes:
        name: of the phase that was done last.
        walks: True where an example is only sent through, and nothing is trained.
    """

    name: str
    walks: bool


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """How a scene finds the screen before it changes anything.

    Attributes:
        ui: what is on screen besides the run.
        own: what the net is shown in place of an example, (inputs,), or None.
        phase: the phase at which the run stands; None where it stands between minibatches.
    """

    ui: UiState
    own: Array | None = None
    phase: Phase | None = None


@dataclass(frozen=True, slots=True, eq=False)
class LeftOff:
    """Where a lesson was left.

    Attributes:
        scene: the id of the scene that was on.
        found: how that scene found the screen.
        memory: what was remembered by then.
        given: what was answered by then.
    """

    scene: str
    found: Found
    memory: Mapping[str, Value]
    given: tuple[GivenAnswer, ...]


def save_left_off(path: Path, lesson: Lesson, left: LeftOff) -> None:
    """Write where a lesson was left.

    Raises:
        DataError: it cannot be written.
    """
    found = left.found
    content = {
        "version": VERSION,
        "lesson": _mark_of(lesson),
        "scene": left.scene,
        "ui": found.ui.to_dict(),
        "own": None if found.own is None else found.own.tolist(),
        "phase": None if found.phase is None else [found.phase.name, found.phase.walks],
        "memory": {name: _plain(value) for name, value in left.memory.items()},
        "given": [
            {each.name: _plain(getattr(given, each.name)) for each in fields(GivenAnswer)}
            for given in left.given
        ],
    }
    write_whole(path, json.dumps(content).encode())


def read_left_off(path: Path, lesson: Lesson) -> LeftOff | None:
    """Return where a lesson was left; None where nobody knows, or it has been changed since."""
    try:
        if path.stat().st_size > LARGEST:
            return None
        kept: Any = json.loads(path.read_text("utf-8"))
        if kept["version"] != VERSION or kept["lesson"] != _mark_of(lesson):
            return None
        own, phase = kept["own"], kept["phase"]
        return LeftOff(
            str(kept["scene"]),
            Found(
                UiState.from_dict(kept["ui"]),
                None if own is None else np.array(own, np.float64),
                None if phase is None else Phase(str(phase[0]), phase[1] is True),
            ),
            {str(name): _value(value) for name, value in kept["memory"].items()},
            tuple(GivenAnswer(**{key: _value(one) for key, one in given.items()})
                  for given in kept["given"]),
        )  # fmt: skip
    except (OSError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError,
            DataError):  # fmt: skip
        return None


def _mark_of(lesson: Lesson) -> str:
    """Return what tells whether the file of a lesson has changed."""
    return sha256(lesson.path.read_bytes()).hexdigest()


def _plain(value: object) -> Any:
    """Return a value as JSON holds it: what it has not is a table of one key."""
    match value:
        case Selection():
            return {"thing": plain_selection(value)}
        case np.ndarray():
            return {"row": value.tolist()}
        case tuple():
            return {"tuple": [_plain(part) for part in value]}
        case np.generic():
            return value.item()
    return value


def _value(kept: Any) -> Any:
    match kept:
        case {"thing": thing}:
            return read_selection(thing)
        case {"row": list(row)}:
            return np.array(row, np.float64)
        case {"tuple": list(parts)}:
            return tuple(_value(part) for part in parts)
    return kept
