"""Until the first moment panels are empty, and say nothing that will not be so."""

import pytest
from PySide6.QtGui import QColor

from nnviz.messages.events import Failure
from nnviz.views import VIEWS
from nnviz.window import late_views
from nnviz.window.panel import PanelBody
from nnviz.window.until_first_moment import Cover
from tests.waiting import events_done

SOME = [spec for spec in VIEWS if spec.id in ("network", "timeline", "cost", "minibatch", "pad")]
"""Views that stand side by side in a window: the others take long to build, all at once."""


@pytest.fixture(params=[SOME, pytest.param(VIEWS, marks=pytest.mark.slow)], ids=["some", "all"])
def specs(request):
    return request.param


@pytest.fixture(autouse=True)
def _soon_overdue(monkeypatch):
    """No moment comes before one is shown here: it is not waited for in vain."""
    monkeypatch.setattr(late_views, "OVERDUE_MS", 50)


@pytest.fixture
def window(stage, specs):
    window = stage.window(specs, (1280, 720))
    window.start()
    stage.qtbot.waitUntil(window.settled)
    events_done()
    return window


def covers(window):
    return [one for one in window.findChildren(Cover) if one.isVisible()]


@pytest.mark.parametrize("specs", [VIEWS], ids=["all"])
def test_panels_are_empty_until_there_is_something_to_show(stage, window):
    seen = covers(window)
    assert len(seen) > 4
    for cover in seen:
        picture = cover.parentWidget().grab().toImage()
        inside = [picture.pixelColor(x, y) for x in range(12, picture.width() - 12, 3)
                  for y in range(12, picture.height() - 12, 5)]  # fmt: skip
        assert set(map(QColor.name, inside)) == {window.appearance.theme.panel}
    window.show_snapshot(stage.snapshot())
    stage.ports.publish(stage.snapshot())
    events_done()
    assert covers(window) == []


def test_where_no_run_comes_they_say_what_to_do(stage, window):
    stage.ports.publish(Failure("It is gone: choose another."))
    assert covers(window) == []


def test_what_a_file_will_bring_is_not_told_before(stage, specs):
    window = stage.window(specs, (1280, 720))
    window.expect_run()
    stage.qtbot.waitUntil(window.settled)
    bodies = {body for body in window.findChildren(PanelBody) if body.isVisible()}
    assert {cover.parentWidget() for cover in covers(window)} == bodies
    assert window.dock("recipe").body in bodies
    stage.ports.publish(Failure("It is gone: choose another."))
    assert covers(window) == []


def test_a_later_run_covers_nothing(stage, window):
    window.show_snapshot(stage.snapshot())
    stage.ports.publish(stage.snapshot())
    window.start()
    window.expect_run()
    assert covers(window) == []
