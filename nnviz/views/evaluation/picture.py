"""What the evaluation shows of one moment: figures, shares, lines and words, without colours.

`picture` makes it all of one report; the parts draw it and ask nothing again.
"""

from collections.abc import Sequence
from math import floor
from typing import Literal

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.costs import COSTS
from nnviz.engine.measure.judgement import Judgement
from nnviz.engine.measure.ranking import Ranking
from nnviz.engine.measure.report import Report
from nnviz.engine.run.snapshot import Array, Snapshot
from nnviz.views.evaluation import text
from nnviz.views.evaluation.matrix_picture import (
    CellPicture,
    MatrixPicture,
    cell_picture,
    matrix_picture,
)
from nnviz.views.evaluation.state import EvaluationState
from nnviz.views.evaluation.targets import Floats, TargetChart, charts_of
from nnviz.views.evaluation.text import Wordings, percent
from nnviz.views.evaluation.trust_picture import (
    CalibrationPicture,
    TrustPicture,
    calibration_picture,
    trust_picture,
)
from nnviz.views.shared.no_run import NO_RUN


@dataclass(frozen=True, slots=True)
class ClassShare:
    """How much of a class is read right; nan where it has no examples."""

    name: str
    share: float
    figures: Wordings


@dataclass(frozen=True, slots=True, eq=False)
class NoisePicture:
    """What the net says of pictures that show nothing.

    Attributes:
        x: the picture it answers most clearly, (rows · columns,).
        shares: for each kind of noise its name, the share answered confidently, the figure.
        outputs: what it says of it: name, value 0..1, whether it is the answer.
    """

    x: Array
    shape: tuple[int, int]
    shares: tuple[tuple[Wordings, float, str], ...]
    read: Wordings
    outputs: tuple[tuple[str, float, bool], ...]


@dataclass(frozen=True, slots=True, eq=False)
class HistoryLine:
    """An accuracy over the reports of a run: of a class, of the worst class, or of all."""

    kind: Literal["class", "worst", "all"]
    name: str
    steps: tuple[int, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class HistoryPicture:
    """Accuracy per class over the reports of a run.

    Attributes:
        low: the accuracy at the bottom: whole tenths, no higher than any that is drawn.
        first, last: the steps of both ends.
        here: the step of the report shown; None where it lies beyond the ends.
        lines: the worst class and all last.
    """

    low: float
    first: int
    last: int
    here: int | None
    lines: tuple[HistoryLine, ...]


@dataclass(frozen=True, slots=True, eq=False)
class EvaluationPicture:
    """Everything that is shown of one moment.

    Attributes:
        message: what is said where there is nothing else to show.
        figure: how good the net is, in few figures.
        about: of how many examples that is, and when it was so.
        matrix, calibration: None where targets are numbers.
        noise: None where examples are no pictures.
        trust: None where examples are no digits, or before that is known.
        history: None before there are two reports.
        cell: what is said above the examples of a cell; None while none are there.
    """

    message: str = ""
    figure: Wordings = ()
    about: Wordings = ()
    matrix: MatrixPicture | None = None
    classes: tuple[ClassShare, ...] = ()
    calibration: CalibrationPicture | None = None
    noise: NoisePicture | None = None
    trust: TrustPicture | None = None
    history: HistoryPicture | None = None
    targets: tuple[TargetChart, ...] = ()
    cell: CellPicture | None = None


def picture(
    snapshot: Snapshot | None,
    state: EvaluationState,
    report: Report | None,
    reports: Sequence[Report] = (),
    ranking: Ranking | None = None,
    before: EvaluationPicture | None = None,
    judged: Judgement | None = None,
    *,
    given_up: bool = False,
) -> EvaluationPicture:
    """Return what is shown of one of the reports, which are in order of step.

    What was shown before of the same examples of a cell is shown on. Where there is no report it
    is awaited, unless it was given up.
    """
    cell = None if before is None else before.cell
    if snapshot is None:
        return EvaluationPicture(NO_RUN[0])
    if report is None:
        return EvaluationPicture(text.GIVEN_UP if given_up else text.WAITING)
    if report.numbers is not None:
        return EvaluationPicture(
            figure=text.figures_of_numbers(report.numbers),
            about=text.of_numbers(report.numbers, report.step),
            targets=charts_of(report.numbers),
        )
    if not report.classes or not report.examples:
        return EvaluationPicture(text.NOTHING)
    names = snapshot.labels
    shares = zip(names, report.class_accuracy.tolist(), strict=True)
    return EvaluationPicture(
        figure=_figure(snapshot, report),
        about=text.of_examples(report, pictures=snapshot.image_shape is not None),
        matrix=matrix_picture(report, names, state.cell),
        classes=tuple(
            ClassShare(name, share, (percent(share), percent(share, 0))) for name, share in shares
        ),
        calibration=calibration_picture(report.calibration),
        noise=_noise(report, names, snapshot.image_shape),
        trust=None if judged is None else trust_picture(judged, state.threshold),
        history=_history([one for one in reports if one.classes == report.classes], report, names),
        cell=cell_picture(ranking, names, snapshot.image_shape, cell),
    )


def _figure(snapshot: Snapshot, report: Report) -> Wordings:
    """Say how good the net is, with the cost on the test examples if it was measured there."""
    costs = [one.test_cost for one in snapshot.evaluations if one.step == report.step]
    mistakes = COSTS[snapshot.recipe.cost].counts_mistakes
    return text.figure_of(report, costs[-1] if costs else None, mistakes=mistakes)


def _noise(
    report: Report, names: tuple[str, ...], shape: tuple[int, int] | None
) -> NoisePicture | None:
    noise = report.noise
    if noise is None or shape is None:
        return None
    kinds = zip(text.NOISE_KINDS, (noise.uniform, noise.shuffled), strict=True)
    single = len(noise.outputs) == 1
    values = np.clip(np.nan_to_num(noise.outputs), 0, 1).tolist()
    return NoisePicture(
        noise.x,
        shape,
        tuple((kind, share, percent(share, 0)) for kind, share in kinds),
        text.of_noise(noise, names[noise.read]),
        tuple(
            ("output" if single else names[label], value, single or label == noise.read)
            for label, value in enumerate(values)
        ),
    )


def _history(
    reports: Sequence[Report], report: Report, names: tuple[str, ...]
) -> HistoryPicture | None:
    if len(reports) < 2:
        return None
    steps = tuple(one.step for one in reports)
    shares = np.array([one.class_accuracy for one in reports])
    whole = np.array([one.accuracy for one in reports])
    least = float(np.nanmin([whole.min(), np.nanmin(shares)]))
    worst = int(np.where(np.isnan(shares[-1]), 2.0, shares[-1]).argmin())
    order = [label for label in range(len(names)) if label != worst]

    def line(kind: Literal["class", "worst", "all"], name: str, values: Floats) -> HistoryLine:
        known = ~np.isnan(values)
        at = tuple(step for step, there in zip(steps, known, strict=True) if there)
        return HistoryLine(kind, name, at, tuple(values[known].tolist()))

    return HistoryPicture(
        min(floor(10 * least) / 10, 0.9),
        steps[0],
        steps[-1],
        report.step if steps[0] <= report.step <= steps[-1] else None,
        (
            *(line("class", names[label], shares[:, label]) for label in order),
            line("worst", names[worst], shares[:, worst]),
            line("all", "all", whole),
        ),
    )
