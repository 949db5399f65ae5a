"""Predicting from the command line: what a saved network makes of pictures and rows of tables.

Every answer says the name of a class, or numbers in the unit of the file, as the data
did that the network was trained on: their description travels with it.
"""

import argparse
import json
import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np

from nnviz.data.catalogue import DATASETS
from nnviz.data.dataset import DataError, FloatArray
from nnviz.data.description import NOTHING_KNOWN, Column, DataDescription, goes_with, numbered
from nnviz.data.handwriting import SIDE
from nnviz.data.loading import load_dataset
from nnviz.data.local import ENDINGS
from nnviz.data.picture_inputs import BLANK, BlankPictureError, picture_input
from nnviz.data.picture_kinds import ENDINGS as PICTURES
from nnviz.data.picture_kinds import KINDS
from nnviz.data.pictures import read_picture
from nnviz.data.table_rows import read_rows
from nnviz.engine.measure.answer import UNDECIDED, UNKNOWN_DIGIT, answer, class_name, how_sure
from nnviz.engine.measure.trust import judge_by_own_digits
from nnviz.engine.network import Network
from nnviz.engine.ops import Array
from nnviz.engine.recipe import Recipe
from nnviz.errors import NnvizError
from nnviz.files.models import Model, load_model
from nnviz.files.sessions import load_session
from nnviz.numbers import count, percent, write
from nnviz.plain_text import one_line

FAILED = 1
SESSION = ".nnviz"
_BLANK = f"{BLANK[0].lower()}{BLANK[1:]}"  # after the name of the file


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What a network is asked about in one file.

    Attributes:
        where: what lines of JSON say of each row of inputs.
        shown: the same for people.
        x: the rows of inputs, (n, inputs).
        problems: why each of them cannot be answered, a sentence; "" where it can.
    """

    where: list[dict[str, Any]]
    shown: list[str]
    x: Array
    problems: list[str]


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("model", metavar="MODEL", help="a saved network (.npz) or session (.nnviz)")
    parser.add_argument(
        "files",
        metavar="IMAGE-OR-TABLE",
        nargs="+",
        help=f"pictures, or tables of rows to answer ({', '.join(ENDINGS)})",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="Print one JSON object a line, for each picture (image) and row (table, line): "
        "read is the class's name or the number in the file's unit, decided tells whether an "
        "output stands out, outputs are the network's own. Of digits there are besides: known, "
        "whether the picture has a digit's shape at all, and trust, how likely the reading is "
        "right, 0 to 1, by digits that the network never learned from.",
    )


def predict(options: argparse.Namespace) -> int:
    """Print what the network reads each picture or row as; say of each file that it cannot.

    Returns:
        The exit code: 0 where every file was answered.

    Raises:
        NnvizError: the network cannot be read.
    """
    model = _opened(Path(options.model))
    description = model.description
    if description is None:
        description, words = _assumed(model.network.recipe)
        told = f"{options.model} does not say what its numbers mean, as files of earlier versions"
        print(one_line(f"nnviz: {told}: {words}."), file=sys.stderr, flush=True)
    code = 0
    for name in options.files:
        try:
            asked = _asked(name, description, model.network.recipe.layers[0])
        except NnvizError as error:
            print(one_line(f"nnviz: {error}"), file=sys.stderr, flush=True)
            code = FAILED
        else:
            _tell(asked, model.network, description, as_json=options.json)
            code = FAILED if any(asked.problems) else code
    return code


def _tell(asked: Asked, network: Network, description: DataDescription, *, as_json: bool) -> None:
    """Print a line for each row of inputs."""
    activation, outputs = network.recipe.output_activation, network.predict(asked.x)
    judged = judge_by_own_digits(network, description)
    trust = [None] * len(outputs) if judged is None else judged.of(asked.x, outputs).tolist()
    each = zip(asked.where, asked.shown, asked.problems, outputs, trust, strict=True)
    for where, shown, problem, row, trusted in each:
        if problem:
            print(one_line(f"nnviz: {shown}: {problem}"), file=sys.stderr, flush=True)
            continue
        said = said_of(row, description, activation)
        if as_json:
            finite = [float(a) if isfinite(a) else None for a in row]
            told = {"read": said.read, "decided": said.decided, "outputs": finite}
            if trusted is not None:
                told |= {"known": trusted > 0, "trust": trusted}
            print(json.dumps({**where, **told}))
        else:
            print(one_line(f"{shown}: {_trusted(said.words, trusted)}"))
    sys.stdout.flush()


def _trusted(words: str, trust: float | None) -> str:
    """Say what is read, and how much that deserves trust, where anybody knows."""
    if trust is None:
        return words
    return f"{words}   trust {percent(trust)}" if trust else f"{UNKNOWN_DIGIT}   (read as {words})"


@dataclass(frozen=True, slots=True)
class Said:
    """What outputs mean.

    Attributes:
        read: the name of the class, or the number in the unit of the file, by column where there
            are several; None where it is none.
        decided: False where the outputs are those of classes and none stands out.
        words: the same for people.
    """

    read: Any
    decided: bool
    words: str


def said_of(outputs: Array, description: DataDescription, activation: str) -> Said:
    """Say what the outputs for one example, (outputs,), mean after this activation."""
    targets, names = description.targets, description.class_names
    if not np.isfinite(outputs).all():
        return Said(None, decided=False, words="nothing, because not every output is a number")
    if not names and len(targets) == len(outputs):
        values = [column.to_file(float(a)) for column, a in zip(targets, outputs, strict=True)]
        words = ", ".join(
            f"{column.bare_name} {write(value)} {column.unit}".rstrip()
            for column, value in zip(targets, values, strict=True)
        )
        by_name = {column.name: value for column, value in zip(targets, values, strict=True)}
        return Said(values[0] if len(values) == 1 else by_name, decided=True, words=words)
    found = answer(outputs)
    words = f"{found.name(names)}   {how_sure(found, activation)}"
    if not found.decided:
        words = f"{UNDECIDED}, {found.why_undecided(names)}   {how_sure(found, activation)}"
    return Said(class_name(found.best, names), found.decided, words)


def _opened(path: Path) -> Model:
    if path.suffix.casefold() != SESSION:
        return load_model(path)
    session = load_session(path)
    state = session.record.now.state
    described = {mark.name: mark.description for mark in session.marks}
    return Model(Network(state.recipe, state.theta), described[state.recipe.dataset])


def _assumed(recipe: Recipe) -> tuple[DataDescription, str]:
    """Return what is taken for granted where a file does not say it, and that in words."""
    inputs, outputs = recipe.layers[0], recipe.layers[-1]
    source = DATASETS.get(recipe.dataset)
    if source is None or not source.self_evident:
        with suppress(NnvizError):
            described = load_dataset(recipe.dataset).description
            if goes_with(described, inputs, outputs):
                return described, f"they are taken for what {recipe.dataset} means by them now"
    pictures = inputs == SIDE * SIDE
    way = "pictures are prepared as drawings are" if pictures else "rows are not scaled"
    classes = "1 from one half on, else 0" if outputs == 1 else "counted from 0"
    return NOTHING_KNOWN, f"{way}, and answers are classes, {classes}"


def _picture(path: Path) -> FloatArray:
    try:
        return read_picture(path)
    except DataError as problem:
        if path.suffix.casefold() in PICTURES or not path.is_file():
            raise
        raise DataError(
            f"{path} is neither a picture ({KINDS}) nor a table ({', '.join(ENDINGS)}): give one "
            "of these."
        ) from problem


def _asked(name: str, description: DataDescription, inputs: int) -> Asked:
    """Return what there is to ask about in a file, of a network that reads so many numbers.

    Raises:
        NnvizError: the file cannot be read, or is nothing that the network was trained on.
    """
    path = Path(name)
    with suppress(OSError):  # what cannot even be asked about is told by who reads it
        if path.is_dir():
            raise NnvizError(f"{name} is a folder: give the pictures in it, or a table.")
    if path.suffix.casefold() in ENDINGS:
        if not description.inputs and description.image_shape is None:
            columns = tuple(Column(header) for header in numbered(inputs))
            description = replace(description, inputs=columns)
        rows = read_rows(path, description)
        lines = [int(line) for line in rows.lines]
        where: list[dict[str, Any]] = [{"table": name, "line": line} for line in lines]
        shown = [f"{name}, line {line}" for line in lines]
        even = np.ptp(rows.x, axis=1) == 0
        blank = even & (description.image_shape is not None)
        problems = [
            f"{problem}." if problem else _BLANK * bool(nothing)
            for problem, nothing in zip(rows.problems, blank, strict=True)
        ]
        return Asked(where, shown, rows.x, problems)
    if description.image_shape is None and (description.inputs or inputs != SIDE * SIDE):
        told = ", ".join(column.name for column in description.inputs[:3])
        raise NnvizError(
            f"{name} is no table by its name, and the network was trained on rows of "
            f"{count(inputs, 'number')}{f' ({told}, …)' if told else ''}: give it a table of such "
            "rows."
        )
    grey = _picture(path)
    try:
        x, problem = picture_input(grey, description), ""
    except BlankPictureError:
        x, problem = np.zeros(inputs, dtype=np.float32), _BLANK
    return Asked([{"image": name}], [name], x[np.newaxis], [problem])
