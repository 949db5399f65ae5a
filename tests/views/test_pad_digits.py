"""The whole way: digits that people wrote, drawn again with the mouse on the real pad."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from nnviz.data import load_dataset
from nnviz.data.handwriting import strokes_to_image
from nnviz.engine import Recipe, Trainer
from nnviz.engine.augment import varied
from nnviz.engine.network import Network
from nnviz.engine.snapshot import Snapshot
from nnviz.views.pad_view import PadView

from ..mnist import MNIST
from ..tracing import placed, trace

pytestmark = pytest.mark.slow

DIGITS = 500
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def network() -> Network:
    trainer = Trainer(varied(Recipe()), load_dataset("digits"))
    for _ in range(30):
        trainer.run_epoch()
    return trainer.network


def draw(pad: PadView, strokes: list[np.ndarray]) -> None:
    """Draw strokes in whole pixels of the sheet, with the mouse."""
    for stroke in strokes:
        places = [QPoint(*point) for point in stroke.astype(int).tolist()]
        QTest.mousePress(pad.canvas, LEFT, pos=places[0])
        for place in places[1:]:
            QTest.mouseMove(pad.canvas, place)
        QTest.mouseRelease(pad.canvas, LEFT, pos=places[-1])


@pytest.mark.parametrize("size", [(326, 192), (450, 291)])
def test_people_s_digits_are_read_off_the_pad(
    qtbot: object,
    make_snapshot: Callable[..., Snapshot],
    network: Network,
    size: tuple[int, int],
) -> None:
    mnist = load_dataset("mnist", folder=MNIST)
    pad = PadView()
    pad.resize(*size)
    pad.show()
    QTest.qWaitForWindowExposed(pad)
    pad.show_snapshot(make_snapshot(Recipe(), steps=0, theta=network.theta))
    chance = np.random.default_rng(0)
    read, straight = [], []
    for picture in mnist.x_test[:DIGITS]:
        strokes = placed(trace(picture.reshape(28, 28)), chance, pad.canvas.width())
        QTest.mouseClick(pad.clear_button, LEFT)
        draw(pad, strokes)
        read.append(int(pad.winner.name))  # at once: nothing waits when the pen is lifted
        straight.append(int(network.predict(strokes_to_image(strokes).reshape(1, -1)).argmax()))
    pad.close()
    pad.deleteLater()
    right = float((np.array(read) == mnist.test_labels[:DIGITS]).mean())
    alike = float((np.array(read) == np.array(straight)).mean())
    print(f"pad of {size}: {right:.3f} right, {alike:.3f} as straight from the strokes")
    assert right >= 0.90
    assert alike >= 0.99
