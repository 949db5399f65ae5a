import pytest

from nnviz.engine.training.epoch_layout import EpochLayout
from nnviz.views.timeline.field import read_step


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("1234", 1234),
        ("1 234", 1234),
        ("1,234", 1234),
        ("step 1,234", 1234),
        ("  12 ", 12),
        ("epoch 2.5", 1500),
        ("e2.5", 1500),
        ("E 2,5", 1500),
        ("2.5 epochs", 1500),
        ("e5/2", 1500),
        ("5/2 epochs", 1500),
        ("1\u202f234", 1234),
        ("1e3", 1000),
        ("end", 2000),
        ("End ", 2000),
        ("0", 0),
        ("2001", 2001),
        ("9" * 400, 2001),
        ("e3.4", 2001),
        ("e" + "9" * 400, 2001),
        ("", None),
        ("-5", None),
        ("soon", None),
        ("1,23", None),
        ("e", None),
        ("e.", None),
    ],
)
def test_what_can_be_typed(text, step):
    assert read_step(text, EpochLayout.of(6000, 10), 2000) == step
