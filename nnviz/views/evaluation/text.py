"""The evaluation's sentences; where room may be short, in several wordings, the fullest first."""

from collections.abc import Sequence

from nnviz import numbers
from nnviz.data.description import Column
from nnviz.engine.measure.judgement import Judgement
from nnviz.engine.measure.measured import NO_BREAK, by_part_text, cost_text, parts_of
from nnviz.engine.measure.number_report import NumberReport
from nnviz.engine.measure.ranking import Ranking
from nnviz.engine.measure.report import SURE, Noise, Report
from nnviz.engine.notation import example_name
from nnviz.engine.training.scores import Score
from nnviz.numbers import count, fewer, integer, write

Wordings = tuple[str, ...]
"""The same said at more and less length, the fullest first."""

PAGE_NAMES = {
    "mistakes": "mistakes",
    "classes": "classes",
    "calibration": "calibration",
    "trust": "trust",
    "noise": "noise",
    "history": "so far",
}
"""What the buttons of the parts say, by their ids."""
PAGE_TIPS = {
    "mistakes": "Show what is read as what",
    "classes": "Show how good it is on each class",
    "calibration": "Show whether sure answers are right ones",
    "trust": "Show how good the answers are that deserve trust",
    "noise": "Show what it says of noise",
    "history": "Show the classes report by report",
}
PUT_THROUGH = "Click to put it through the network"
WAITING = "Looking at every test example…"
GIVEN_UP = "Called off: after the next step the test examples are looked at again."
NOTHING = "No test examples to look at: choose other data, or draw points on the plane."
CLASSES: Wordings = ("Accuracy per class: orange is misread", "Accuracy per class", "By class")
HISTORY: Wordings = (
    "Accuracy per class so far: orange is the worst now",
    "Accuracy per class so far",
    "Classes so far",
)
NO_HISTORY: Wordings = (
    "No earlier report yet: choose “every epoch” below and train",
    "No earlier report yet",
    "None yet",
)
NOISE: Wordings = (
    f"Confident on noise: pictures of nothing, answered by an output above {write(SURE)}",
    f"Confident on noise: an output above {write(SURE)}",
    "Confident on noise",
    "On noise",
)
NO_NOISE: Wordings = ("These examples are no pictures", "no pictures")
NOISE_KINDS: tuple[Wordings, ...] = (("even noise", "even"), ("shuffled pixels", "shuffled"))
CLEAREST: Wordings = ("the clearest one", "clearest", "")
TARGETS: Wordings = (
    "Actual against desired: on the line it is exact",
    "Actual against desired",
    "Actual, desired",
)
RIGHT_AXIS: Wordings = ("how often it is right", "is right", "")
OUTPUT_AXIS: Wordings = (
    "its largest output; the dashed line is honest",
    "its largest output",
    "output",
)
ACCURACY_AXIS: Wordings = ("right of those answered", "are right", "")
ANSWERED_AXIS: Wordings = ("share of digits answered", "answered")
THRESHOLD_TIP = (
    "The least trust at which an answer is given. What has no digit's shape is never answered; "
    "the curve has every threshold there is."
)
EVERY = {
    "rest": ("reports: at rest", "at rest"),
    "epoch": ("reports: every epoch", "every epoch", "epoch"),
    "steps": ("reports: every 1\u202f000", "every 1\u202f000", "1\u202f000"),
}
"""When reports are made besides the moment on screen."""
EVERY_TIP = (
    "When the test set is looked at besides the moment on screen, in the background:\n"
    "only at rest, after every epoch, or every 1\u202f000 minibatches. Click for the next choice."
)


def percent(share: float, digits: int = 1) -> str:
    """Return a share as a percentage; a dash where there is none."""
    return numbers.percent(share, digits) if share == share else "–"


def of_examples(report: Report, *, pictures: bool) -> Wordings:
    """Say of how many test examples the share is that is read right, and when that was so.

    Of a mixture it says the share of each part first.
    """
    kind = "test images" if pictures else "test examples"
    many, at = integer(report.examples), f"as of step {integer(report.step)}"
    by_part = by_part_text([name for name, _ in report.parts], [one for _, one in report.parts])
    of_parts = (f"{by_part}, of {many} {kind}, {at}", f"{by_part}, {at}", by_part)
    return (
        *(of_parts if by_part else ()),
        f"{integer(report.right)} of {many} {kind} read right, {at}",
        f"of {many} {kind} read right, {at}",
        f"of {many} {kind}, {at}",
        f"of {many}, step {integer(report.step)}",
        f"step {integer(report.step)}",
        "",
    )


def figure_of(report: Report, cost: float | None, *, mistakes: bool) -> Wordings:
    """Return the share read right; where the cost says too little, the mistakes and C beside it."""
    share = percent(report.accuracy)
    if not mistakes:
        return (share,)
    wrong = f"{share} · {count(report.examples - report.right, 'mistake')}"
    return (*([] if cost is None else [f"{wrong} · C = {cost_text(cost)}"]), wrong, share)


def figures_of_numbers(found: NumberReport) -> Wordings:
    """Return the error of all targets together."""
    parts = [f"{name} {value}" for name, value in parts_of(found.score, found.targets)]
    return (" · ".join(parts), parts[0]) if parts else ("no figure",)


def of_numbers(found: NumberReport, step: int) -> Wordings:
    """Say of how many test examples the error is, and when that was so."""
    at = f"as of step {integer(step)}"
    many = numbers.count(found.count, "test example")
    return (f"{many}, {at}", at, f"step {integer(step)}", "")


def cell_name(wanted: str, read: str) -> str:
    """Name a cell of the matrix."""
    return f"“{wanted}” read as “{read}”"


def _bare(name: str) -> str:
    """Return the name of a class without quotes, unless it could be taken for a sign."""
    return f"“{name}”" if len(name) == 1 and name.isalpha() else name


def of_cell(wanted: str, read: str, count: int, total: int) -> Wordings:
    """Say what a cell of the matrix counts."""
    share = percent(count / max(total, 1))
    quoted, short = cell_name(wanted, read), f"{_bare(wanted)} → {_bare(read)}"
    some = f"{integer(count)} of {integer(total)}"
    return (
        f"{quoted}: {some} ({share})",
        f"{quoted}: {some}",
        f"{short}: {some}",
        f"{short}: {integer(count)}",
    )


def of_worst(wanted: str, read: str, count: int, total: int) -> Wordings:
    """Name the commonest mistake."""
    words = of_cell(wanted, read, count, total)
    times = "once" if count == 1 else f"{integer(count)} times"
    short = f"Most often {wanted} → {read}, {times}"
    return (
        f"Most often {words[1]}. Click a cell to see them",
        f"{short}. Click a cell to see them",
        f"{short}: click to see",
        short,
        words[-1],
    )


NO_MISTAKE: Wordings = ("Not one test example is misread", "Not one is misread", "None")


def of_calibration(error: float) -> Wordings:
    """Say how far off the outputs are as probabilities."""
    off = percent(error)
    return (
        f"Is it right as often as its output says? Off by {off} on average",
        f"Right as often as its output says? Off by {off}",
        f"As right as its output says? Off by {off}",
        f"Calibration: off by {off}",
        f"Off by {off}",
    )


def of_threshold(threshold: float, share: float, accuracy: float) -> Wordings:
    """Say what becomes of answers where a least trust is asked for."""
    least, some, good = percent(threshold, 0), percent(share), percent(accuracy)
    return (
        f"Answers with a trust of at least {least}: {some} of digits, {good} of them right",
        f"Trust of at least {least}: {some} answered, {good} right",
        f"Trust ≥ {least}: {some} answered, {good} right",
        f"≥ {least}: {some} answered, {good} right",
        f"{some} answered, {good} right",
        f"{good} right",
    )


def of_temperature(judged: Judgement, temperature: float) -> Wordings:
    """Say by which temperature trust is found, what that is worth, and when that was so."""
    before, after = map(percent, judged.error)
    kind = "held back" if judged.unseen else "trained on"
    by = f"{numbers.count(judged.examples, 'example')} {kind}"
    heat, at = f"temperature {write(temperature, 3)}", f"as of step {integer(judged.step)}"
    return (
        f"{heat}, by {by}: off by {after}, the outputs by {before}, {at}",
        f"{heat}: off by {after}, the outputs by {before}, {at}",
        f"{heat}: off by {after}, outputs {before}",
        f"{heat}: off by {after}",
        heat,
    )


def of_noise(noise: Noise, read: str) -> Wordings:
    """Say what the clearest picture of noise is read as."""
    single = len(noise.outputs) == 1
    output = f"ŷ = {write(float(noise.outputs[0 if single else noise.read]), 3)}"
    return (f"the clearest one read as “{read}”, {output}", f"read as “{read}”, {output}",
            f"“{read}”")  # fmt: skip


def of_ranking(ranking: Ranking) -> Wordings:
    """Say how many examples of a cell are shown, and when that was so."""
    shown, total = len(ranking.index), integer(ranking.total)
    many = total if shown == ranking.total else f"the worst {integer(shown)} of {total}"
    order = ", worst first" if 1 < shown == ranking.total else ""
    return (f"{many}{order}, as of step {integer(ranking.step)}", f"{many}{order}", many)


def of_example(index: int, cost: float, *, picture: bool) -> str:
    """Say which test example it is, and what it costs."""
    name = example_name(index, picture=picture, part="Test")
    return f"{name}: cost C₀ = {write(cost, fewer())}"


def step(number: int) -> Wordings:
    """Name a step at the end of an axis."""
    return (f"step {integer(number)}", integer(number), "")


def target_name(column: Column, place: int, count: int) -> str:
    """Return the name of a target; nameless ones are counted."""
    return column.name or ("output" if count == 1 else f"output {place + 1}")


def of_target(targets: Sequence[Column], place: int, rmse: float, r2: float) -> Wordings:
    """Name a target, where there are several with its error."""
    column = targets[place]
    name = target_name(column, place, len(targets))
    found = parts_of(Score(rmse=rmse, r2=r2), (column,))
    said = " · ".join(f"{figure} {value}" for figure, value in found)
    return (f"{name}: {said}", name) if len(targets) > 1 else (name,)


def desired_axis(column: Column) -> Wordings:
    """Name the axis of what is desired."""
    return (f"desired in{NO_BREAK}{column.unit}", "desired") if column.unit else ("desired",)
