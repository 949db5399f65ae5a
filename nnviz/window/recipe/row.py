"""A row of the recipe form: a label, a field, and a mark where its value has been changed."""

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from nnviz.engine.settings import Setting
from nnviz.views.palette import DARK, Theme
from nnviz.views.shared.named import named
from nnviz.views.shared.number_field import FieldUndo
from nnviz.views.shared.type_scale import TypeScale
from nnviz.window.fitting_letters import ChoiceField, FittingLetters
from nnviz.window.theme import icon

EDITOR_WIDTH = 122
"""Of a field at least, at a factor of 1."""
MARK = 16
"""Side of the mark."""
_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
_NOT_YET = "Click to write that; nothing is in force yet."


class Row(QWidget):
    """The field of a row with the mark behind it, which brings the usual value back.

    A wide one has the whole width; its editor holds the label, too.

    Attributes:
        label: stands before it.
        editor: what is typed or chosen in.
        marked: True where the value has been changed.

    Signals:
        restored(): the usual value is wanted.
    """

    restored = Signal()

    def __init__(self, label: str, editor: QWidget, parent: QWidget, *, wide: bool = False) -> None:
        """Put an editor, which has its name and its tip, into a row."""
        super().__init__(parent)
        self.marked, self._wide, self._theme = False, wide, DARK
        self.editor = editor
        tip = editor.toolTip()
        self.label = named(QLabel(label, parent), "FieldLabel", tip=tip)
        self.label.setBuddy(editor)
        self._restore: QToolButton | None = None  # most rows never need it
        self._box = QHBoxLayout(self)
        self._box.addWidget(editor, 1)

    @property
    def stops(self) -> list[QWidget]:
        """What Tab goes to, in its order."""
        inside = self.editor.findChildren(QWidget, options=_DIRECT)
        takers = [one for one in inside if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
        mark = [] if self._restore is None else [self._restore]
        return [*(takers or [self.editor]), *mark]

    def put_into(self, rows: QFormLayout, at: int) -> None:
        """Stand in a form, at a place from the top."""
        if self._wide:
            rows.insertRow(at, self)
        else:
            rows.insertRow(at, self.label, self)

    def show_row(self, *, on: bool) -> None:
        """Be in the form, or not."""
        self.setVisible(on)
        self.label.setVisible(on)

    def mark(self, usual: str | None) -> None:
        """Say that the value is another than a usual one; None where it is that."""
        before, self.marked = self.marked, usual is not None
        if usual is not None:
            said = f"Changed: a run on these data starts with {usual}."
            self._mark().setToolTip(f"{said}\n{_NOT_YET}")
        if before != self.marked:
            self._mark().setVisible(self.marked)
            self.label.setProperty("changed", self.marked)
            self.label.style().unpolish(self.label)
            self.label.style().polish(self.label)

    def _mark(self) -> QToolButton:
        """Return the mark, which is made when it is first needed and takes the room kept for it."""
        if self._restore is None:
            name, said = f"restore_{self.editor.objectName()}", f"Restore {self.label.text()}"
            before = self.stops[-1]
            self._restore = restore_button(self, name, said)
            self._restore.clicked.connect(self._clicked)
            self._box.addWidget(self._restore)
            QWidget.setTabOrder(before, self._restore)
            self.set_theme(self._theme)
        return self._restore

    def _clicked(self) -> None:
        self.editor.setFocus()  # the button goes away
        self.restored.emit()

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._theme = theme
        space = theme.scale.space
        self._box.setSpacing(space(2))
        kept = space(2) + space(MARK) if self._restore is None else 0
        self._box.setContentsMargins(0, 0, kept, 0)
        self.editor.setMinimumWidth(space(EDITOR_WIDTH))
        if self._restore is not None:
            dress_restore(self._restore, theme)


def restore_button(parent: QWidget, name: str, said: str) -> QToolButton:
    """Return a button that brings usual values back, hidden; its room stays where it is."""
    tip = f"What a run on these data starts with. {_NOT_YET}"
    button = named(QToolButton(parent), name, tip=tip, said=said)
    button.setProperty("restore", True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    policy = button.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    button.setSizePolicy(policy)
    button.hide()
    return button


def dress_restore(button: QToolButton, theme: Theme) -> None:
    """Give such a button a theme's colours and sizes."""
    side = theme.scale.space(MARK)
    button.setIcon(icon("restore", theme.now))
    button.setIconSize(QSize(side - theme.scale.space(4), side - theme.scale.space(4)))
    button.setFixedSize(side, side)


class TypedField(QLineEdit):
    """A field in which a value is typed; a click on a word that stands for 0 selects all of it."""

    def __init__(self, zero: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._zero = zero
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        FieldUndo(self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let a number be typed in place of the word."""
        super().mouseReleaseEvent(event)
        if self._zero and not self.hasSelectedText() and self.text() == self._zero:
            self.selectAll()


def typed_field(
    zero: str, scale: TypeScale, edited: SignalInstance, submit: SignalInstance, of: QWidget
) -> TypedField:
    """Return a field that tells what is typed, and Enter."""
    field = TypedField(zero, of)
    field.textEdited.connect(edited)
    field.returnPressed.connect(submit)
    FittingLetters(field).set_scale(scale)
    return field


def choice_field(setting: Setting, edited: SignalInstance, of: QWidget) -> ChoiceField:
    """Return a list of what can be chosen for a field of the recipe, each with its tip."""
    field = ChoiceField(of)
    for choice in setting.choices:
        entry = setting.table.get(choice)
        field.addItem(setting.called(choice), choice)
        if entry:
            tip = f"{entry.formula}\n{entry.use}"
            field.setItemData(field.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
    field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    field.setMinimumContentsLength(6)
    field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    field.currentIndexChanged.connect(edited)
    return field
