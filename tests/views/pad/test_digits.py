"""The whole way: digits that people wrote, drawn again with the mouse on the real pad."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from nnviz.data import load_dataset
from nnviz.engine import Recipe, Trainer
from nnviz.engine.network import Network
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.training.augment import varied
from nnviz.views.pad.view import PadView
from tests.data.seen import strokes_to_image
from tests.mnist import MNIST
from tests.tracing import placed, trace

pytestmark = pytest.mark.slow

DIGITS = 500
LEFT = Qt.MouseButton.LeftButton


NETS = {
    "nnviz digits": (varied(Recipe()), 30),
    "MNIST": (
        varied(Recipe(dataset="mnist", layers=(784, 100, 10), cost="cross_entropy", l2=1.0,
                      learning_rate=0.5, schedule="cosine", schedule_epochs=15)), 15
    ),
}  # fmt: skip
"""What reads, and how many epochs it has been trained."""


@pytest.fixture(scope="module", params=NETS)
def network(request: pytest.FixtureRequest) -> Network:
    recipe, epochs = NETS[request.param]
    folder = MNIST if recipe.dataset == "mnist" else None
    trainer = Trainer(recipe, load_dataset(recipe.dataset, folder=folder))
    for _ in range(epochs):
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
    show: Callable[..., PadView],
    make_snapshot: Callable[..., Snapshot],
    network: Network,
    size: tuple[int, int],
) -> None:
    mnist = load_dataset("mnist", folder=MNIST)
    pad = show(PadView, make_snapshot(network.recipe, steps=0, theta=network.theta), size)
    QTest.qWaitForWindowExposed(pad)
    chance = np.random.default_rng(0)
    read, said, straight = [], [], []
    for picture in mnist.x_test[:DIGITS]:
        strokes = placed(trace(picture.reshape(28, 28)), chance, pad.canvas.width())
        QTest.mouseClick(pad.tools.clear, LEFT)
        pad.tools.as_one.setChecked(True)  # what is traced may fall into pieces, as no pen's does
        draw(pad, strokes)
        # At once: nothing waits when the pen is lifted. Where two are level it says “?”.
        said.append(pad.picture.winner.name)
        read.append(int(pad.reader.reading.values.argmax()))
        straight.append(int(network.predict(strokes_to_image(strokes).reshape(1, -1)).argmax()))
    right = float((np.array(read) == mnist.test_labels[:DIGITS]).mean())
    alike = float((np.array(read) == np.array(straight)).mean())
    decided = [name != "?" for name in said]
    assert all(name == str(digit) for name, digit in zip(said, read, strict=True) if name != "?")
    what = f"{network.recipe.dataset}, pad of {size}"
    print(
        f"{what}: {right:.3f} right, {alike:.3f} as straight from the strokes, "
        f"{np.mean(decided):.3f} decided"
    )
    assert right >= 0.93
    assert alike >= 0.99
    assert np.mean(decided) >= 0.94
