"""What a network sees of raw values, for tests to compare with."""

from nnviz.data.handwriting import PEN, prepare_strokes
from nnviz.data.loops import with_open_loops


def strokes_to_image(strokes, pen=PEN):
    """The picture that a network sees of strokes."""
    return prepare_strokes(strokes, pen).image


def seen_on_pad(strokes, pen=PEN):
    """The picture that a network sees of strokes on the pad."""
    return prepare_strokes(with_open_loops(strokes), pen).image


def from_file(column, value):
    """The number that a network sees of a value of the file."""
    return (value - column.offset) / column.scale
