"""Training from the command line: options made from the recipe, one line an epoch."""

import argparse
import json
import sys
from dataclasses import asdict, replace
from math import isfinite, isnan
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from nnviz.data.check import told_of
from nnviz.data.dataset import DataError, Dataset
from nnviz.data.loading import load_dataset
from nnviz.data.naming import located, parts_of, referred
from nnviz.data.table_columns import check_scale
from nnviz.engine.costs import COSTS
from nnviz.engine.measure.measured import by_part_text, score_text
from nnviz.engine.ops import Array
from nnviz.engine.recipe import Recipe, RecipeError, settings
from nnviz.engine.recipe_settings import read_setting, used_by
from nnviz.engine.run.start import precision, start_recipe
from nnviz.engine.training.augment import USUAL
from nnviz.engine.training.evaluation import Evaluation
from nnviz.engine.training.examples import fitted
from nnviz.engine.training.findings import Finding
from nnviz.engine.training.trainer import Trainer
from nnviz.errors import NnvizError
from nnviz.files.models import check_writable, save_model
from nnviz.numbers import NumberError, count, editable, fixed, integer, percent, read_whole
from nnviz.plain_text import one_line
from nnviz.progress import ProgressBar

if TYPE_CHECKING:
    from nnviz.lessons import Example


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add an option for every recipe field, and those of the command itself."""
    default = Recipe()
    for name, setting in settings().items():
        if not setting.typed:
            continue
        option = setting.option or name.replace("_", "-")
        value = getattr(default, name)
        choices = f" One of {', '.join(setting.choices)}." if setting.choices else ""
        only = f" Only for {', '.join(users)}." if (users := used_by(name)) else ""
        parser.add_argument(
            f"--{option}",
            dest=name,
            metavar=setting.metavar or _metavar(value),
            help=f"{setting.help}{choices}{only} ({setting.written(value)})".replace("%", "%%"),
        )
    strengths = ", ".join(
        f"--{name.replace('_', '-')} {editable(value)}" for name, value in USUAL.items()
    )
    parser.add_argument(
        "--augment", action="store_true", help=f"Vary the pictures as usual: {strengths}."
    )
    add_table_options(parser)
    parser.add_argument(
        "--start-recipe",
        action="store_true",
        help="Train with what the window starts with on these data; other options count besides.",
    )
    parser.add_argument(
        "--example",
        metavar="ID-OR-FILE",
        help="Train a textbook example (nnviz examples lists them) from its own weights; other "
        "options count besides. With other layers, start weights or seed the weights are drawn.",
    )
    parser.add_argument("--epochs", default="3", metavar="N", help="How many epochs to train. (3)")
    parser.add_argument(
        "--save",
        metavar="FILE",
        help="Write the trained network here (.npz); the window and predict open it under any "
        "name.",
    )
    parser.add_argument(
        "--json", action="store_true", help="Print one JSON object a line and epoch."
    )


def add_table_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that say what is predicted from a table and how it is scaled."""
    parser.add_argument(
        "--target",
        action="append",
        default=[],
        metavar="COLUMN",
        help="The column of a table to predict; several with commas between them, or by giving the "
        "option several times. (nnviz chooses)",
    )
    parser.add_argument(
        "--scale",
        default="",
        type=_scaling,
        metavar="NAME",
        help="How the columns of a table are scaled: standard, range or none, which leaves every "
        "number exactly as it is, targets too. (standard)",
    )


def _scaling(name: str) -> str:
    """Refuse what is no scaling as a wrong use of the option; nothing given is none."""
    try:
        if name:
            check_scale(name)
    except DataError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return name


def _metavar(value: object) -> str:
    if isinstance(value, str):
        return "NAME"
    return "N,N,N" if isinstance(value, tuple) else "N"


def run(options: argparse.Namespace) -> int:
    """Train as the options say; print figures to stdout and progress to stderr.

    Raises:
        NnvizError: a value is impossible, the network can only be looked at, data cannot be read,
            it cannot be saved or the run diverges; one sentence says so.
    """
    values: dict[str, Any] = {
        name: read_setting(name, text)
        for name, setting in settings().items()
        if setting.typed and (text := getattr(options, name)) is not None
    }
    example = _example(options)
    usual = Recipe() if example is None else example.recipe
    # A saved network must find its data from wherever it is opened.
    name = values.get("dataset", usual.dataset)
    values["dataset"] = located(name, options.target, options.scale)
    if options.augment:
        values = {**USUAL, **values}
    recipe = replace(usual, **_without_hidden(values, usual.layers), **values)
    epochs = _epochs(options.epochs)
    if options.save == "":
        raise RecipeError("The name to save the network under is empty: give one, or no --save.")
    target = Path(options.save) if options.save else None
    if target is not None:
        check_writable(target)
        data = {Path(part).resolve() for part in parts_of(referred(recipe.dataset).name)}
        if target.exists() and target.resolve() in data:
            raise NnvizError(f"{target} is the data set itself: save the network elsewhere.")
    dataset = _load(recipe)
    for line in told_of(dataset):
        print(one_line(f"{dataset.name}: {line}"), file=sys.stderr, flush=True)
    if options.start_recipe:
        start = start_recipe(dataset)
        recipe = replace(start, **_without_hidden(values, start.layers), **values)
    elif options.layers is None:
        recipe = fitted(recipe, dataset)
    if example is None and "dtype" not in values:
        recipe = replace(recipe, dtype=precision(dataset))  # no digit of a table is lost
    if why := recipe.untrainable or dataset.missing:
        raise RecipeError(why)
    trainer = Trainer(recipe, dataset, None if example is None else _theta(example, recipe))
    told, found, last = 0, set[str](), tuple[Finding, ...]()
    for finding in trainer.findings():  # what no training cures is worth knowing before it
        if finding.grave:
            found.add(finding.kind)
            _remark(f"{finding.sentence}; {finding.remedy}", as_json=options.json)
    for epoch in range(1, epochs + 1):
        rate = _train_epoch(trainer, epoch, epochs)
        evaluation = trainer.evaluate()
        assert evaluation is not None  # nobody cancels it
        print(_line(epoch, evaluation, rate, dataset, as_json=options.json), flush=True)
        if target is not None:  # after every epoch, so that an interruption costs one at most
            save_model(target, trainer.network, dataset.description)
        remarks = [edit.reason for edit in trainer.edits[told:]]
        told = len(trainer.edits)
        last = trainer.findings({finding.kind for finding in last})
        for finding in last:
            if finding.grave and finding.kind not in found:
                found.add(finding.kind)
                remarks.append(f"{finding.sentence}; {finding.remedy}")
        for remark in remarks:
            _remark(remark, as_json=options.json)
        if trainer.finished:
            break
    return 0


def _without_hidden(values: dict[str, Any], layers: tuple[int, ...]) -> dict[str, Any]:
    """Leave hidden layers out for a cost that takes none, where nobody asks for layers."""
    cost = COSTS.get(values.get("cost", ""))
    if cost is None or not cost.single_layer_of or "layers" in values:
        return {}
    return {"layers": (layers[0], layers[-1])}


def _example(options: argparse.Namespace) -> "Example | None":
    """Return the example to train, if one is asked for."""
    if options.example is None:
        return None
    if options.start_recipe:
        raise RecipeError("An example has a recipe of its own: leave --start-recipe out.")
    from nnviz.lessons import load_example

    return load_example(options.example)


def _theta(example: "Example", recipe: Recipe) -> Array | None:
    """Return the weights of an example, unless others were asked for."""
    drawn = ("layers", "initialiser", "seed")
    same = all(getattr(recipe, name) == getattr(example.recipe, name) for name in drawn)
    return example.theta if same else None


def _remark(remark: str, *, as_json: bool) -> None:
    """Print a remark between the epochs; lines of JSON must stay lines of JSON."""
    print(f"  {remark}", file=sys.stderr if as_json else sys.stdout, flush=True)


def _epochs(text: str) -> int:
    must = "The number of epochs must be a whole number from 1 on"
    try:
        epochs = read_whole(text)
    except NumberError as error:
        raise RecipeError(f"{must}: {error}") from None
    if epochs < 1:
        raise RecipeError(f"{must}, not {integer(epochs)}.")
    return epochs


def _load(recipe: Recipe) -> Dataset:
    progress = ProgressBar()
    try:
        return load_dataset(recipe.dataset, progress=progress.show)
    finally:
        progress.clear()


def _train_epoch(trainer: Trainer, epoch: int, epochs: int) -> float:
    """Train one epoch and return its speed in minibatches a second."""
    progress = ProgressBar()
    count = trainer.minibatches_per_epoch
    chunk = max(1, count // 50)
    begin = perf_counter()
    for done in range(0, count, chunk):
        for _ in range(min(chunk, count - done)):
            trainer.step()
        progress.show(min(1.0, (done + chunk) / count), f"epoch {epoch} of {epochs}")
    elapsed = perf_counter() - begin
    progress.clear()
    return count / elapsed


def _line(
    epoch: int, evaluation: Evaluation, rate: float, dataset: Dataset, *, as_json: bool
) -> str:
    if as_json:
        return json.dumps(_row(epoch, evaluation, rate, dataset))
    targets = dataset.description.targets
    parts = [f"epoch {epoch:>3}", f"train cost {fixed(evaluation.train_cost, 5)}"]
    parts.append(f"test cost {fixed(evaluation.test_cost, 5)}")
    sets = [("train", evaluation.train), ("test", evaluation.test)]
    if not isnan(evaluation.validation_cost):
        parts.append(f"validation cost {fixed(evaluation.validation_cost, 5)}")
        sets.append(("validation", evaluation.validation))
    for name, score in sets:
        if dataset.classes:
            by_part = by_part_text(dataset.parts.names, score.parts, 2)
            parts.append(f"{name} {percent(score.accuracy, 2):>8}{by_part and f' ({by_part})'}")
            if not isnan(score.mistakes):
                parts[-1] += f", {count(round(score.mistakes), 'mistake')}"
        elif said := score_text(score, targets):
            parts.append(f"{name} {said}")
    return "   ".join([*parts, f"{integer(round(rate))} minibatches/s"])


def _row(epoch: int, evaluation: Evaluation, rate: float, dataset: Dataset) -> dict[str, Any]:
    """Return the figures of an epoch by name.

    Those of numbers are there only where targets are numbers, those of parts only for a mixture,
    mistakes only where the cost says too little of them.
    """
    figures, numbers = asdict(evaluation), not dataset.classes
    names = ["train_cost", "test_cost", "train_accuracy", "test_accuracy"]
    if numbers:
        names += ["train_rmse", "test_rmse", "train_r2", "test_r2"]
    if not isnan(evaluation.validation_cost):
        names += ["validation_cost", "validation_accuracy"]
        if numbers:
            names += ["validation_rmse", "validation_r2"]
    row = {"epoch": epoch, "step": evaluation.step, **{name: figures[name] for name in names}}
    row["minibatches_per_second"] = round(rate, 1)
    for name in ("train_mistakes", "test_mistakes", "validation_mistakes"):
        if not isnan(figures[name]):
            row[name] = round(figures[name])
    row = {key: _finite(value) for key, value in row.items()}
    if names_of_parts := dataset.parts.names:
        shares = map(_finite, evaluation.test_parts)
        row["test_accuracy_by_part"] = dict(zip(names_of_parts, shares, strict=True))
    return row


def _finite(value: Any) -> Any:
    """JSON has no nan: an unknown number is null."""
    return value if isfinite(value) else None
