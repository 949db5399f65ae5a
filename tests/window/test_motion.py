"""Less motion: nothing moves by itself where that is wished for, or where the desktop says so."""

import pytest
from PySide6.QtWidgets import QApplication, QProxyStyle, QStyle

from nnviz.views.network.signals import Signals
from nnviz.views.shared import motion


@pytest.fixture(autouse=True)
def _moves_again():
    yield
    motion.wish(rest=False)


class Calm(QProxyStyle):
    """A desktop on which widgets are not animated."""

    def styleHint(self, hint, option=None, widget=None, data=None):
        if hint == QStyle.StyleHint.SH_Widget_Animation_Duration:
            return 0
        return super().styleHint(hint, option, widget, data)


def test_it_is_a_choice_that_is_kept(stage):
    window = stage.window()
    assert window.isAnimated()
    window.appearance.switch_motion()
    assert motion.rests()
    assert not window.isAnimated()
    window.close()
    again = stage.window()
    assert motion.rests()
    assert not again.isAnimated()
    again.appearance.switch_motion()
    assert again.isAnimated()


def test_signals_do_not_run(qapp):
    signals = Signals()
    motion.wish(rest=True)
    signals.start([object()])
    assert not signals.running
    motion.wish(rest=False)
    signals.start([object()])
    assert signals.running
    signals.stop()


def test_the_desktop_says_so(qapp, monkeypatch):
    assert not motion.rests()
    calm = Calm()
    monkeypatch.setattr(QApplication, "style", lambda: calm)
    assert motion.rests()
