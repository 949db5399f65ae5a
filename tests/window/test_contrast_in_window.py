"""The window around the views can be read in every theme: what it writes stands out."""

import pytest
from PySide6.QtWidgets import QDialog

from nnviz.views import VIEWS
from nnviz.views.palette import THEMES
from tests.views.test_contrast import unreadable


@pytest.mark.parametrize("name", THEMES)
def test_every_text_of_the_window_and_of_its_help_sheet_can_be_read(stage, qtbot, name):
    window = stage.window(VIEWS, (1600, 900))
    window.restore_layout()
    window.show_snapshot(stage.snapshot(steps=30))
    while window.appearance.theme.name != name:
        window.appearance.next_theme()
    window.show_everywhere()
    assert unreadable(window) == []
    window.dialogs.show_help()
    (sheet,) = (dialog for dialog in window.findChildren(QDialog) if dialog.isVisible())
    qtbot.waitExposed(sheet)
    assert unreadable(sheet) == []
    sheet.close()
