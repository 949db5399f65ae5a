"""Stops of the tour at the drawing pad: a seven, why it is one, and a photograph."""

import tempfile
from pathlib import Path

import numpy as np

from nnviz.data.dataset import FloatArray
from nnviz.data.handwriting import rasterise
from nnviz.messages.events import PictureChosen
from nnviz.tour.guide import Guide
from nnviz.views.pad import PadView
from nnviz.views.shared.picture_cache import image_of

SEVEN = (
    ((0.28, 0.27), (0.42, 0.24), (0.58, 0.25), (0.72, 0.24), (0.66, 0.38), (0.58, 0.52),
     (0.52, 0.66), (0.48, 0.80)),
)  # fmt: skip
"""A seven in one stroke, in shares of the pad's width and height."""


def show_pad(guide: Guide, prefix: str) -> None:
    """Draw, ask why of the drawing, leave a gap in it, and bring a photograph."""
    with guide.coming_back():
        guide.show("pad", strokes=SEVEN)
        guide.say("drew a seven on the pad")
        guide.picture(f"{prefix}-7-drawn", guide.app.window)
        guide.view_picture(f"{prefix}-7-drawn-pad", "pad")
        guide.show("pad", asking="one", question=7)
        guide.picture(f"{prefix}-7-why", guide.app.window)
        guide.view_picture(f"{prefix}-7-why-pad", "pad")
        guide.show("pad", asking="", strokes=(SEVEN[0][:4], SEVEN[0][6:]))
        guide.view_picture(f"{prefix}-7-gap-pad", "pad")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "seven.png"
            image_of(np.round(255 * _photograph()).astype(np.uint8)).save(str(path))
            guide.app.bridge.publish(PictureChosen(path))
            guide.settle()
        guide.view_picture(f"{prefix}-7-photograph-pad", "pad")
        pad = guide.app.window.views["pad"]
        assert isinstance(pad, PadView)
        pad.tools.teach.click()  # what pops up is no state of the screen
        guide.live(60)
        guide.picture(f"{prefix}-7-teaching", pad.popup)
        pad.popup.hide()
        pad.set_strokes([])  # a photograph is no stroke that the state before could take away
    guide.say("asked why it is a seven, left a gap in it and showed a photograph")


def _photograph() -> FloatArray:
    """Return a seven on paper that lies half in the shade, grey, (240, 240)."""
    ink = rasterise([240 * np.array(stroke) for stroke in SEVEN], 240, 12)
    down, across = np.mgrid[:240, :240] / 240
    light = 0.8 - 0.15 * down - 0.3 / (1 + np.exp(-30 * (across + down - 1.1)))
    grain = np.random.default_rng(0).normal(0, 0.015, ink.shape)
    return np.asarray(np.clip(light * (1 - 0.8 * ink) + grain, 0, 1), dtype=np.float32)
