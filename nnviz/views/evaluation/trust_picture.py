"""What is shown of how far to trust the network: its calibration, and answers at a threshold."""

from math import floor

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.measure.judgement import Judgement
from nnviz.engine.measure.reject_curve import LEVELS
from nnviz.engine.measure.report import Calibration
from nnviz.views.evaluation import text
from nnviz.views.evaluation.text import Wordings


@dataclass(frozen=True, slots=True)
class CalibrationPicture:
    """How often the net is right against how sure it is.

    Attributes:
        bars: how high each part of 0..1 stands, 0..1, by its number of examples.
        points: (confidence, accuracy, weight 0..1) of the parts that have examples.
    """

    title: Wordings
    bars: tuple[float, ...]
    points: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class TrustPicture:
    """How many answers are right of those that deserve trust.

    Attributes:
        title: what becomes of answers at the threshold.
        foot: by which temperature trust is found.
        low: the accuracy at the bottom: whole tenths, no higher than any that is drawn.
        points: (share answered, share of those right), from all to the surest.
        here: the point at the threshold; None where nothing is answered there.
    """

    title: Wordings
    foot: Wordings
    threshold: float
    low: float
    points: tuple[tuple[float, float], ...]
    here: tuple[float, float] | None


def calibration_picture(found: Calibration) -> CalibrationPicture:
    """Return how often the net is right against how sure it is."""
    weights = np.sqrt(found.count / max(1, int(found.count.max())))
    filled = np.flatnonzero(found.count)
    points = np.stack([found.confidence, found.accuracy, weights], axis=1)[filled]
    return CalibrationPicture(
        text.of_calibration(found.error),
        tuple(weights.tolist()),
        tuple((sure, right, weight) for sure, right, weight in points.tolist()),
    )


def trust_picture(judged: Judgement, threshold: float) -> TrustPicture | None:
    """Return what is shown of a judgement at a threshold; None where there is nothing to judge."""
    if judged.trust is None or judged.rejecting is None:
        return None
    shares, accuracies = judged.rejecting.shares, judged.rejecting.accuracies
    known = np.isfinite(accuracies)
    if not known[0]:
        return None
    level = round(threshold * LEVELS)
    at = float(shares[level]), float(accuracies[level])
    return TrustPicture(
        text.of_threshold(level / LEVELS, *at),
        text.of_temperature(judged, judged.trust.temperature),
        level / LEVELS,
        min(floor(10 * float(accuracies[known].min())) / 10, 0.9),
        tuple(zip(shares[known].tolist(), accuracies[known].tolist(), strict=True)),
        at if known[level] else None,
    )
