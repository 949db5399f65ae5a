"""The preferences page: everything that is kept for all runs, in one place, live."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from nnviz import numbers
from nnviz.numbers import FEWEST, MOST, percent
from nnviz.views.palette import THEMES
from nnviz.views.shared.front import within
from nnviz.views.shared.type_scale import FACTORS, TypeScale

if TYPE_CHECKING:
    from nnviz.window.appearance import Appearance

MEGA = 2**20
ROOMS = (128 * MEGA, 512 * MEGA, 1024 * MEGA, 4096 * MEGA)
"""Bytes that kept runs may take."""
FOLLOW = "as the desktop"
CLOSE = "Close"


def room_text(size: int) -> str:
    """Write how much room there is for runs: 512 MB, 4 GB."""
    mega = size // MEGA
    return f"{mega} MB" if mega < 1024 else f"{mega // 1024} GB"


class PreferencesPage(QDialog):
    """Fields for what is kept for all runs; a change holds at once."""

    def __init__(
        self,
        appearance: "Appearance",
        room: int,
        keep_room: Callable[[int], None],
        more: Sequence[tuple[str, QWidget]] = (),
        scale: TypeScale | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Show what is chosen.

        Args:
            appearance: theme, sizes and how numbers are written.
            room: bytes that kept runs may take.
            keep_room: called with another number of bytes.
            more: rows of other parts, each a name and a control.
            scale: of letters and gaps; None for that of the window.
            parent: the window in front.
        """
        super().__init__(parent)
        self.setWindowTitle("Preferences")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._appearance = appearance
        space = (scale or appearance.theme.scale).space
        fields = QWidget()
        form = QFormLayout(fields)
        form.setContentsMargins(0, 0, space(12), 0)
        form.setHorizontalSpacing(space(24))
        form.setVerticalSpacing(space(8))
        self.sizes = _choice(
            [(percent(factor, 0), factor) for factor in FACTORS], appearance.theme.scale.factor
        )
        self.sizes.activated.connect(lambda _: appearance.keep_scale(self.sizes.currentData()))
        themes = [(FOLLOW, ""), *((name, name) for name in THEMES)]
        self.themes = _choice(themes, appearance.kept_theme)
        self.themes.activated.connect(lambda _: appearance.keep_theme(self.themes.currentData()))
        every = range(FEWEST, MOST + 1)
        self.digits = _choice([(str(count), count) for count in every], numbers.digits())
        self.digits.activated.connect(lambda _: appearance.keep_digits(self.digits.currentData()))
        self.comma = QCheckBox("0,25 instead of 0.25")
        self.comma.setChecked(numbers.decimal_comma())
        self.comma.toggled.connect(appearance.keep_decimal_comma)
        rooms = sorted({*ROOMS, room})
        self.rooms = _choice([(room_text(one), one) for one in rooms], room)
        self.rooms.activated.connect(lambda _: keep_room(self.rooms.currentData()))
        for name, field, tip in (
            ("Text size", self.sizes, "How large letters, lines and gaps are  [Ctrl++, Ctrl+−]"),
            ("Theme", self.themes, "Colours of the window  [Ctrl+T]"),
            (
                "Digits of numbers",
                self.digits,
                "How many digits are written where there is room  [Ctrl+Alt+→, Ctrl+Alt+←]",
            ),
            (
                "Decimal comma",
                self.comma,
                "How numbers are written; either way is read. Files always have points",
            ),
            (
                "Room for kept runs",
                self.rooms,
                "The oldest runs go where all together take more; the newest is always kept",
            ),
            *((name, control, control.toolTip()) for name, control in more),
        ):
            field.setToolTip(tip)
            field.setAccessibleName(name)
            form.addRow(name, field)
        close = QPushButton(CLOSE)
        close.setToolTip("All changes hold already  [Esc]")
        close.clicked.connect(self.accept)
        close.setDefault(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(space(24), space(20), space(24), space(20))
        box.setSpacing(space(18))
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(fields)
        self._fields, self._scroll = fields, scroll
        box.addWidget(scroll)
        box.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)

    def showEvent(self, event: QShowEvent) -> None:
        """Have room for all fields where the window in front has it; else they scroll."""
        more = self._fields.sizeHint() - self._scroll.sizeHint()
        size = self.sizeHint() + more.expandedTo(QSize(0, 0))
        self.resize(within(self.parentWidget(), size.width(), size.height()))
        super().showEvent(event)


def _choice(rows: Sequence[tuple[str, object]], chosen: object) -> QComboBox:
    """Return a field that chooses one of some values."""
    field = QComboBox()
    for name, value in rows:
        field.addItem(name, value)
    field.setCurrentIndex(max(field.findData(chosen), 0))
    return field
