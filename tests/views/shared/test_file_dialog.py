"""The dialog that asks for a file: its own words have room at every scale, and what it answers."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QWidget

from nnviz.views.palette import DARK
from nnviz.views.shared.file_dialog import ask_path
from nnviz.views.shared.type_scale import TypeScale
from nnviz.window import theme as look


@pytest.fixture
def ask(qtbot, qapp, tmp_path):
    """Give a function that asks at a scale and returns the dialog."""
    font = qapp.font()

    def ask(then=lambda _path: None, factor=1.0, **options):
        look.apply(qapp, replace(DARK, scale=TypeScale(factor)))
        parent = QWidget()
        qtbot.addWidget(parent)
        parent.show()
        ask_path(parent, "asked", "A file", then, folder=tmp_path, **options)
        dialog = parent.findChild(QFileDialog, "asked")
        qtbot.waitUntil(dialog.isVisible)
        ask.parents.append(parent)
        return dialog

    ask.parents = []
    yield ask
    QApplication.setFont(font)


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.5])
def test_its_own_words_have_room(ask, factor):
    dialog = ask(factor=factor, kinds="Sessions and networks (*.nnviz *.npz)")
    kind = dialog.findChild(QComboBox, "fileTypeCombo")
    wide = kind.fontMetrics().horizontalAdvance(kind.currentText())
    assert kind.currentText()
    assert wide < kind.width() - 18 * factor
    for label in dialog.findChildren(QLabel):
        if label.isVisible() and label.text():
            words = label.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, label.text())
            assert words.width() <= label.width()
    free = dialog.screen().availableGeometry()
    assert free.contains(dialog.frameGeometry())


def test_an_existing_file_is_asked_for_and_given_as_a_path(ask, tmp_path):
    (tmp_path / "a.npz").touch()
    chosen = []
    dialog = ask(chosen.append, kinds="Networks (*.npz)")
    assert dialog.fileMode() == QFileDialog.FileMode.ExistingFile
    dialog.fileSelected.emit(str(tmp_path / "a.npz"))
    assert chosen == [Path(tmp_path / "a.npz")]


def test_a_name_is_suggested_for_a_new_file(ask):
    dialog = ask(kinds="Networks (*.npz)", save_as="network.npz")
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    assert dialog.defaultSuffix() == "npz"
    assert Path(dialog.selectedFiles()[0]).name == "network.npz"


def test_without_kinds_a_folder_is_asked_for(ask):
    dialog = ask()
    assert dialog.fileMode() == QFileDialog.FileMode.Directory
    assert dialog.testOption(QFileDialog.Option.ShowDirsOnly)
