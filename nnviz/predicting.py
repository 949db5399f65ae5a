"""Predicting from the command line: what a saved network makes of pictures and rows of tables.

Every answer says the name of a class, or numbers in the unit of the file, as the data
did that the network was trained on: their description travels with it.
"""

import argparse
import json
import sys
from contextlib import suppress
from dataclasses import field, replace
from pathlib import Path
from typing import Any

import numpy as np

from nnviz.data.catalogue import DATASETS
from nnviz.data.dataset import DataError, FloatArray
from nnviz.data.description import NOTHING_KNOWN, Column, DataDescription, goes_with, numbered
from nnviz.data.handwriting import SIDE
from nnviz.data.loading import load_dataset
from nnviz.data.local import ENDINGS
from nnviz.data.picture_inputs import BLANK, BlankPictureError, digits_stages, picture_stages
from nnviz.data.picture_kinds import ENDINGS as PICTURES
from nnviz.data.picture_kinds import KINDS
from nnviz.data.pictures import read_picture
from nnviz.data.table_rows import read_rows
from nnviz.data.typed_table import in_words
from nnviz.dataclass import dataclass
from nnviz.engine.measure.familiar import holds_digits
from nnviz.engine.measure.trust import judge_by_own_digits
from nnviz.engine.network import Network
from nnviz.engine.ops import Array
from nnviz.engine.recipe import Recipe
from nnviz.errors import NnvizError
from nnviz.files.models import Model, is_model, load_model
from nnviz.files.sessions import is_session, load_session
from nnviz.numbers import count
from nnviz.plain_text import one_line
from nnviz.predictions import number, predictions

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
        digits: where a picture holds several digits, the row of inputs of each, (n, inputs), in
            reading order; x then holds that of the one nearest to the middle.
    """

    where: list[dict[str, Any]]
    shown: list[str]
    x: Array
    problems: list[str]
    digits: Array = field(default_factory=lambda: np.empty((0, 0), np.float32))


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
        "right, 0 to 1, by digits that the network never learned from. Where a picture holds "
        "several digits there are also number, all of them with ? for what is not decided or no "
        "digit, and digits, what is said of each; the rest is then of the one nearest to the "
        "middle.",
    )


def run(options: argparse.Namespace) -> int:
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
            asked = _asked(name, description, model.network.recipe)
        except NnvizError as error:
            print(one_line(f"nnviz: {error}"), file=sys.stderr, flush=True)
            code = FAILED
        else:
            _tell(asked, model.network, description, as_json=options.json)
            code = FAILED if any(asked.problems) else code
    return code


def _tell(asked: Asked, network: Network, description: DataDescription, *, as_json: bool) -> None:
    """Print a line for each row of inputs, or for each of several digits in a picture."""
    judged = judge_by_own_digits(network, description)
    read = predictions(network, asked.x, description, judged)
    digits = predictions(network, asked.digits, description, judged) if asked.digits.size else []
    for where, shown, problem, one in zip(
        asked.where, asked.shown, asked.problems, read, strict=True
    ):
        if problem:
            print(one_line(f"nnviz: {shown}: {problem}"), file=sys.stderr, flush=True)
        elif as_json:
            each = [digit.fields() for digit in digits]
            several = {"number": number(digits), "digits": each} if digits else {}
            print(json.dumps({**where, **one.fields(), **several}))
        elif digits:
            print(one_line(f"{shown}: {number(digits)}   {count(len(digits), 'digit')}"))
            for place, digit in enumerate(digits, start=1):
                print(one_line(f"{shown}, digit {place}: {digit.words}"))
        else:
            print(one_line(f"{shown}: {one.words}"))
    sys.stdout.flush()


def _opened(path: Path) -> Model:
    if is_model(path) or not (is_session(path) or path.suffix.casefold() == SESSION):
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
                return (
                    described,
                    f"they are taken for what {in_words(recipe.dataset)} means by them now",
                )
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


def _asked(name: str, description: DataDescription, recipe: Recipe) -> Asked:
    """Return what there is to ask about in a file, of a network of this recipe.

    Raises:
        NnvizError: the file cannot be read, or is nothing that the network was trained on.
    """
    path, inputs = Path(name), recipe.layers[0]
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
    which: tuple[list[dict[str, Any]], list[str]] = [{"image": name}], [name]
    try:
        stages = picture_stages(grey, description)
    except BlankPictureError:
        return Asked(*which, np.zeros((1, inputs), dtype=np.float32), [_BLANK])
    asked = Asked(*which, stages.image.reshape(1, -1), [""])
    each = digits_stages(stages, description) if holds_digits(description) else []
    digits = [one.image.reshape(-1) for one in each]
    return replace(asked, digits=np.stack(digits)) if digits[1:] else asked
