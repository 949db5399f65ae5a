"""The one way of a raw picture, or of strokes, into a network: a row of inputs.

Training, predicting and the pad all ask here, each with the description of the data
set that the network was trained on. What was trained on stays as it is; another
picture of ink is prepared as drawings are; where whole pictures were trained on, whole
pictures are read.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from nnviz.data.dataset import DataError, FloatArray
from nnviz.data.description import AS_THEY_ARE, INK, SCALED, DataDescription, PictureRule
from nnviz.data.handwriting import (
    MNIST_FRAME,
    PEN,
    Frame,
    Points,
    prepare,
    prepare_strokes,
    rasterise,
)
from nnviz.data.loops import with_open_loops
from nnviz.data.photos import all_ink, digit_ink, digits_inks, stroke_width
from nnviz.data.picture_windows import rim_of
from nnviz.dataclass import dataclass

SHEET_PEN = 0.075
"""Width of the pen as a part of the sheet's side, as the sheet shows it."""

SAMPLE = 500
"""Examples by which a data set is judged, at most."""

BLANK = "Nothing stands out in this picture: take one dark digit on light paper, or the reverse."

_ALIKE = 0.12  # difference in grey up to which two places of the rim are the same ground
_EVEN = 0.9  # part of the rim that must be alike where a picture counts as ink on plain ground
_MOSTLY = 0.8  # part of the examples that must be so where a data set counts as so
_EDGE = 0.1  # part of the brightest value from which a pixel is ink
_LEAST = 1 / 255  # range of grey values below which a picture is blank
_FULL = 0.8  # value that the brightest pixel of a prepared picture reaches at least
_SIDES = (18, 21)  # longer side of the ink in MNIST's form, give or take a compressed edge
_OFF = 0.75  # pixels by which the centre of mass is off the middle there, at most
_BROAD = 0.33  # width of strokes, as a part of the longer side, from which things are no strokes
_SEEN = 40  # rows and columns of the picture of strokes that is shown first


class BlankPictureError(DataError):
    """There is nothing in a picture that could be read."""

    def __init__(self) -> None:
        super().__init__(BLANK)


@dataclass(frozen=True, slots=True, eq=False)
class PictureStages:
    """A picture's way to the net.

    Attributes:
        names: what each stage is called.
        pictures: a picture for each, (rows, columns) of 0..1; the last is what the net sees.
        ink: all ink of the picture, of which the first of them is the digit; None where nobody
            has looked for any.
    """

    names: tuple[str, ...]
    pictures: tuple[FloatArray, ...]
    ink: FloatArray | None = None

    @property
    def image(self) -> FloatArray:
        """What the net sees, (rows, columns)."""
        return self.pictures[-1]


def picture_input(grey: FloatArray, description: DataDescription) -> FloatArray:
    """Turn a raw picture, (rows, columns) of 0 black to 1 white, into a row of inputs.

    The description is that of the data set that the network was trained on.

    Returns:
        (rows · columns,) float32 in 0..1.

    Raises:
        BlankPictureError: nothing stands out in the picture.
    """
    return picture_stages(grey, description).image.reshape(-1)


def picture_stages(grey: FloatArray, description: DataDescription) -> PictureStages:
    """Do what `picture_input` does and keep the stages for the pad to show.

    Raises:
        BlankPictureError: nothing stands out in the picture.
    """
    stages = example_stages(grey, description)
    if float(np.ptp(grey)) < _LEAST or not stages.image.any():
        raise BlankPictureError
    return stages


def example_stages(grey: FloatArray, description: DataDescription) -> PictureStages:
    """Do what `picture_stages` does with an example of a data set, which may be blank."""
    rule, shape = _rule_and_shape(description)
    middle, even = ground(grey)
    turned = (middle > 0.5) if rule.plain and even else rule.turn
    picture = 1 - grey if turned else grey
    ready = picture.shape == shape
    if ready and (rule.way == AS_THEY_ARE or (rule.way == INK and has_mnist_form(picture))):
        return PictureStages((_size(shape),), (_in_bytes(picture),))
    if _whole(rule):
        return PictureStages(
            ("picture", _size(shape)), (picture, _in_bytes(scaled(picture, shape)))
        )
    ink = all_ink(grey)
    return replace(_ink_stages(digit_ink(ink), description), ink=ink)


def _ink_stages(ink: FloatArray, description: DataDescription) -> PictureStages:
    rule, shape = _rule_and_shape(description)
    stages = prepare(ink, _frame(rule, shape))
    pictures = (ink, stages.boxed, stages.scaled, _in_bytes(stages.image))
    return PictureStages(strokes_names(description), pictures)


def digits_stages(whole: PictureStages, description: DataDescription) -> list[PictureStages]:
    """Return the way to the net of each digit in a picture, in reading order.

    Args:
        whole: what `picture_stages` made of it. It is all there is where digits cannot be told
            apart, or where whole pictures were trained on.
        description: of the data set that the network was trained on.
    """
    inks = [] if whole.ink is None else digits_inks(whole.ink)
    return [_ink_stages(ink, description) for ink in inks] if inks[1:] else [whole]


def strokes_stages(strokes: Sequence[Points], description: DataDescription) -> PictureStages:
    """Turn strokes that are drawn on a sheet into what the net sees, stage by stage.

    They are arrays (points, 2) in fractions of the sheet's side, x right and y down. Where
    whole pictures were trained on, the whole sheet is read, bright strokes on dark. Elsewhere
    narrow loops, which the pen would fill, are kept open.
    """
    rule, shape = _rule_and_shape(description)
    side = max(_SEEN, *shape)
    sheet = rasterise([side * stroke for stroke in strokes], side, side * SHEET_PEN)
    if _whole(rule):
        return PictureStages(strokes_names(description), (sheet, scaled(sheet, shape)))
    stages = prepare_strokes(with_open_loops(strokes), PEN, _frame(rule, shape))
    pictures = (sheet, stages.boxed, stages.scaled, stages.image)
    return PictureStages(strokes_names(description), pictures)


def strokes_names(description: DataDescription) -> tuple[str, ...]:
    """Return what the stages of strokes are called."""
    rule, shape = _rule_and_shape(description)
    if _whole(rule):
        return "sheet", _size(shape)
    box = _frame(rule, shape).box
    return "ink", "tight box", _size((box, box)), _size(shape)


def rule_of(images: FloatArray, *, turn: bool = False, white: float = 255.0) -> PictureRule:
    """Judge by its examples, (n, rows, columns) of 0..1, how pictures become inputs of a data set.

    Dark and light of the files were exchanged or not, and their values divided by `white`.
    """
    sample = images[:: -(-len(images) // SAMPLE)]
    dark = [float(np.median(rim_of(picture))) <= _ALIKE for picture in sample]
    if np.mean(dark) < _MOSTLY:
        return PictureRule(AS_THEY_ARE, turn, white, fill=0.0, plain=False)
    if np.mean([has_mnist_form(picture) for picture in sample]) >= _EVEN:
        return PictureRule(INK, turn, white)
    inked = [picture > _EDGE * picture.max() for picture in sample if picture.any()]
    sides = [_longer_side(ink) for ink in inked]
    widths = [stroke_width(ink) / side for ink, side in zip(inked, sides, strict=True)]
    if not sides or np.median(widths) > _BROAD:
        return PictureRule(AS_THEY_ARE, turn, white, fill=0.0)
    fill = min(1.0, float(np.median(sides)) / min(images.shape[1:]))
    return PictureRule(AS_THEY_ARE, turn, white, fill)


def has_mnist_form(picture: FloatArray) -> bool:
    """Tell whether a picture was prepared already: bright on black, box and centre as MNIST's."""
    if picture.shape != MNIST_FRAME.shape or float(picture.max()) < _FULL:
        return False
    if float(np.median(rim_of(picture))) > _EDGE:
        return False
    smallest, largest = _SIDES
    if not smallest <= _longer_side(picture > _EDGE * picture.max()) <= largest:
        return False
    mass = float(picture.sum())
    for axis, length in enumerate(picture.shape):
        centre = float(picture.sum(axis=1 - axis) @ np.arange(length)) / mass
        if abs(centre - length // 2) > _OFF:
            return False
    return True


def ground(grey: FloatArray) -> tuple[float, bool]:
    """Judge a picture's ground by its rim: (rows, columns), 0 black to 1 white.

    Returns:
        Its grey value, and whether the rim is so even that the picture is ink on plain ground.
    """
    rim = rim_of(grey)
    middle = float(np.median(rim))
    return middle, bool((np.abs(rim - middle) < _ALIKE).mean() >= _EVEN)


def scaled(picture: FloatArray, shape: tuple[int, int] = MNIST_FRAME.shape) -> FloatArray:
    """Fit a whole picture (rows, columns) into a shape, black where it does not reach."""
    if picture.shape == shape:
        return picture
    from PIL import Image  # when there is a whole picture to fit

    share = min(length / own for length, own in zip(shape, picture.shape, strict=True))
    rows, columns = (max(1, round(own * share)) for own in picture.shape)
    how = Image.Resampling.BOX if share < 1 else Image.Resampling.BILINEAR
    plain = np.ascontiguousarray(picture, dtype=np.float32)
    fitted = np.asarray(Image.fromarray(plain).resize((columns, rows), how))
    image = np.zeros(shape, dtype=np.float32)
    top, left = (shape[0] - rows) // 2, (shape[1] - columns) // 2
    image[top : top + rows, left : left + columns] = fitted.clip(0, 1)
    return image


def _rule_and_shape(description: DataDescription) -> tuple[PictureRule, tuple[int, int]]:
    rule = description.pictures or PictureRule()
    return rule, description.image_shape or MNIST_FRAME.shape


def _frame(rule: PictureRule, shape: tuple[int, int]) -> Frame:
    return Frame(shape, max(1, round(rule.fill * min(shape))))


def _whole(rule: PictureRule) -> bool:
    """Tell whether pictures of another shape are read as a whole."""
    return rule.way == SCALED or not rule.fill


def _in_bytes(image: FloatArray) -> FloatArray:
    """Round to the 256 greys that data sets keep: what was trained on is found again exactly."""
    return np.asarray(np.rint(image.clip(0, 1) * 255).astype(np.float32) / np.float32(255))


def _size(shape: tuple[int, ...]) -> str:
    return "×".join(str(length) for length in shape)


def _longer_side(ink: np.ndarray) -> int:
    """Measure the box around ink, (rows, columns) of bool."""
    spans = [np.flatnonzero(ink.any(axis=axis)) for axis in (0, 1)]
    return max((int(places[-1] - places[0]) + 1 for places in spans if len(places)), default=0)
