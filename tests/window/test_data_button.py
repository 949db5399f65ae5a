"""The data's button has the place of the target's as long as there is none; nothing else moves."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QToolButton

from nnviz.views import VIEWS
from tests.waiting import events_done
from tests.window.test_target_menu import description


def places(window):
    """Where every button stands, but for how wide the data's is."""
    found = {}
    for button in window.toolbar.findChildren(QToolButton):
        if button.isVisible() and button.objectName() != "target":
            corner = button.mapTo(window, button.rect().topLeft())
            wide = 0 if button.objectName() == "data" else button.width()
            found[button.objectName()] = corner.x(), wide
    return found


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.0])
def test_it_says_the_whole_name_where_nothing_is_predicted_by_choice(stage, factor):
    window = stage.window(VIEWS, (1280, 720))
    window.set_scale(factor)
    window.show_snapshot(replace(stage.snapshot(), recipe=replace(stage.recipe, dataset="digits")))
    events_done()
    data, target = window.data_choice.button, window.data_choice.target_button
    assert not target.isVisible()
    if factor <= 1.5:
        assert "…" not in data.text()
    before, wide = places(window), data.width()
    table = replace(stage.recipe, dataset="/a/titanic.csv")
    window.show_snapshot(
        replace(stage.snapshot(), recipe=table, description=description("survived"), run=2)
    )
    events_done()
    if target.isVisible():
        end = data.mapTo(window, data.rect().topRight()).x()
        assert data.width() < wide
        assert end < target.mapTo(window, target.rect().topLeft()).x()
    assert places(window) == before
