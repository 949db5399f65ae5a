"""The page dialog: a name for a page, and which of the views on screen stand on it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from nnviz.dataclass import dataclass
from nnviz.errors import NnvizError
from nnviz.views.shared.named import named
from nnviz.views.shared.type_scale import TypeScale
from nnviz.window.projector.saved_pages import LONGEST, MOST_VIEWS


@dataclass(frozen=True, slots=True)
class Candidate:
    """A view that may stand on a page: its id, its title, and whether it does at first."""

    view: str
    title: str
    chosen: bool


class PageDialog(QDialog):
    """Asks once; `save` is called with the title and the ids of the views, in their order.

    Where that raises an `NnvizError` its sentence is shown, and asked again.
    """

    def __init__(
        self,
        candidates: Sequence[Candidate],
        scale: TypeScale,
        save: Callable[[str, Sequence[str]], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        named(self, "page_dialog")
        self.setWindowTitle("Save as page")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._save = save
        tip = "What the page is called in the list of pages"
        self.title = named(QLineEdit(), "page_title", tip=tip, said="name of the page")
        self.title.setPlaceholderText("Name of the page")
        self.title.setMaxLength(LONGEST)
        self.views = {each.view: QCheckBox(each.title) for each in candidates}
        self._problem = named(QLabel(wordWrap=True), "page_problem")
        box = QVBoxLayout(self)
        space = scale.space
        box.setContentsMargins(space(18), space(16), space(18), space(16))
        box.setSpacing(space(8))
        box.addWidget(self.title)
        box.addWidget(QLabel(f"Views, {MOST_VIEWS} at most, with what is chosen in them now:"))
        for each in candidates:
            tick = self.views[each.view]
            tick.setChecked(each.chosen)
            tick.setToolTip(f"Show {each.title} on the page, as it is now  [Space]")
            tick.toggled.connect(self._look)
            box.addWidget(tick)
        box.addWidget(self._problem)
        standard = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(standard.Save | standard.Cancel)
        self.buttons.button(standard.Save).setToolTip("Keep the page under this name  [Enter]")
        self.buttons.button(standard.Cancel).setToolTip("Keep no page  [Esc]")
        self.buttons.accepted.connect(self._take)
        self.buttons.rejected.connect(self.reject)
        box.addWidget(self.buttons)
        self.title.textChanged.connect(self._look)
        for touched in (self.title, *self.views.values(), *self.buttons.buttons()):
            touched.setMinimumHeight(scale.target)
        self._problem.hide()
        self._look()

    @property
    def chosen(self) -> list[str]:
        """The ids of the views that are chosen."""
        return [view for view, tick in self.views.items() if tick.isChecked()]

    def _look(self) -> None:
        """Allow to save what can be, and no more views than have room."""
        chosen = self.chosen
        for view, tick in self.views.items():
            tick.setEnabled(view in chosen or len(chosen) < MOST_VIEWS)
        good = bool(self.title.text().strip()) and 0 < len(chosen) <= MOST_VIEWS
        self.buttons.button(QDialogButtonBox.StandardButton.Save).setEnabled(good)

    def _take(self) -> None:
        try:
            self._save(self.title.text(), self.chosen)
        except NnvizError as problem:
            self._problem.setText(str(problem))
            self._problem.show()
            return
        self.accept()
