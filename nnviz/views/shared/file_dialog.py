"""The dialog that asks for a file or a folder."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QFileDialog, QHeaderView, QSplitter, QWidget

from nnviz.views.shared.front import front_of
from nnviz.views.shared.named import named

_LETTERS, _LINES = 80, 28
"""Size of Qt's own dialog in figures and lines of its letters, where the screen has room."""

_SIDE = 16
"""Width of its list of places, in figures."""
_FRAME = QSize(16, 44)


def ask_path(
    parent: QWidget,
    name: str,
    title: str,
    then: Callable[[Path], None],
    *,
    kinds: str = "",
    save_as: str = "",
    folder: Path | None = None,
) -> None:
    """Ask for a file or a folder, without stopping anything meanwhile.

    Args:
        parent: who asks; the dialog stands over the window in front.
        name: the dialog's object name.
        title: what is asked for.
        then: called with the path once it is chosen.
        kinds: file name filter in Qt's notation; empty to ask for a folder.
        save_as: the name to suggest for a new file; empty to ask for one that exists.
        folder: where to look first.
    """
    dialog = _dialog(parent, name, title, kinds, folder)
    if save_as:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(Path(save_as).suffix.lstrip("."))
        dialog.selectFile(save_as)
    elif kinds:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    else:
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    dialog.open()
    _fit(dialog)


def ask_paths(
    parent: QWidget,
    name: str,
    title: str,
    then: Callable[[Sequence[Path]], None],
    *,
    kinds: str,
    folder: Path | None = None,
) -> None:
    """Ask for one or more files that exist; see `ask_path`."""
    dialog = _dialog(parent, name, title, kinds, folder)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda paths: then(tuple(map(Path, paths))))
    dialog.open()
    _fit(dialog)


def _dialog(parent: QWidget, name: str, title: str, kinds: str, folder: Path | None) -> QFileDialog:
    dialog = named(QFileDialog(front_of(parent), title, str(folder or ""), kinds), name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog


def _fit(dialog: QFileDialog) -> None:
    """Give Qt's own dialog room for its letters; it is shown at a size for small ones.

    The desktop's dialog, where there is one, heeds nothing of this.
    """
    letters, free = dialog.fontMetrics(), dialog.screen().availableGeometry()
    wanted = QSize(_LETTERS * letters.horizontalAdvance("0"), _LINES * letters.lineSpacing())
    size = wanted.expandedTo(dialog.size()).boundedTo(free.size() - _FRAME)
    place = QRect(free.topLeft(), size)
    for header in dialog.findChildren(QHeaderView):
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    for splitter in dialog.findChildren(QSplitter):
        side = _SIDE * letters.horizontalAdvance("0")
        splitter.setSizes([side, size.width() - side])
    place.moveCenter(free.center() + QPoint(0, _FRAME.height() // 4))  # its title is above
    dialog.setGeometry(place)
