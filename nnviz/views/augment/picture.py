"""What the augmentation preview shows: one training picture, and variants of it."""

import numpy as np

from nnviz.dataclass import dataclass
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Array, Snapshot
from nnviz.engine.training.augment import variants
from nnviz.views.augment import text
from nnviz.views.shared.no_run import NO_RUN

DOZEN = 12
"""Pictures shown, the original among them."""


@dataclass(frozen=True, slots=True)
class AugmentState:
    """Which training picture the preview is about; counted on from 0 behind the last."""

    picture: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class AugmentPicture:
    """The original and its variants, (12, rows, columns) in 0..1, or why there are none.

    What stands behind the original is said in `captions`, the fullest wording first.
    """

    pictures: Array | None = None
    captions: tuple[str, ...] = ("",)
    said: str = NO_RUN[0]


def picture(
    snapshot: Snapshot | None, recipe: Recipe | None, state: AugmentState
) -> AugmentPicture:
    """Return the dozen, varied as a recipe says, whether it is in force or not."""
    if snapshot is None or recipe is None:
        return AugmentPicture()
    shape = snapshot.image_shape
    examples = None if snapshot.sample is None else snapshot.sample.x_train
    if examples is None or shape is None or not len(examples):
        return AugmentPicture(said=text.NO_PICTURES)
    index = state.picture % len(examples)
    original = examples[index]
    varied = variants(recipe, original, shape, DOZEN - 1)
    return AugmentPicture(
        np.concatenate((original.reshape(1, *shape), varied)),
        text.variants(DOZEN - 1, index),
        "",
    )
