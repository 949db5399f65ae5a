"""Every view stands on the ground of the theme that it starts with."""

import numpy as np
import pytest
from PySide6.QtWidgets import QDockWidget

from nnviz.views import VIEWS
from nnviz.views.palette import DARK, LIGHT, rgb
from nnviz.window import theme as look
from nnviz.window.main_window import MainWindow
from nnviz.window.settings import Settings
from tests.ports import ListedPorts
from tests.sampled import sampled
from tests.views.grabbing import pixels


def share(picture, colour):
    """How much of a picture is of a colour."""
    return float(
        np.logical_and.reduce([picture[..., i] == rgb(colour)[i] for i in range(3)]).mean()
    )


@pytest.mark.parametrize(
    ("theme", "other"), sampled([(LIGHT, DARK), (DARK, LIGHT)], every=2, rows=True)
)
def test_every_view_has_the_ground_of_the_theme_it_starts_with(
    stage, qapp, qtbot, tmp_path, theme, other
):
    look.apply(qapp, other)  # the application has had another look before
    window = MainWindow(VIEWS, ports := ListedPorts(), Settings(tmp_path / "w.json"), theme)
    window.closed.connect(ports.stop)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    check_grounds(window, theme, other)
    window.show_snapshot(stage.snapshot(steps=2))
    check_grounds(window, theme, other)
    window.set_theme(other)
    check_grounds(window, other, theme)
    window.close()


def check_grounds(window, theme, other):
    """Bring each view to the front, and see that it stands on the theme's panel colour."""
    docks = {dock.objectName(): dock for dock in window.findChildren(QDockWidget)}
    assert docks.keys() & window.views.keys() >= {"surface", "race", "evaluation", "data", "pad"}
    for id, view in window.views.items():
        if id in docks:
            docks[id].show()
            docks[id].raise_()
        picture = pixels(view)
        assert share(picture, theme.panel) > 0.2, id
        for wrong in (other.panel, other.ground, theme.ground):
            assert share(picture, wrong) < 0.01, (id, wrong)
