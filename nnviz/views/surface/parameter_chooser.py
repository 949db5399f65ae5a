"""The small editor in which one picks a parameter: layer, from which neuron, to which."""

from itertools import pairwise

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QPushButton,
    QSpinBox,
    QWidget,
)

from nnviz.engine.notation import index_of_number, number_of, parameter_symbol
from nnviz.engine.parameters import Parameter, index_of, locate
from nnviz.engine.recipe import Recipe
from nnviz.views.palette import Theme
from nnviz.views.shared.type_scale import Step
from nnviz.views.surface.text import CHOOSER, CHOOSER_TIPS


class Chooser(QFrame):
    """A popup that edits one index into theta; `chosen` tells the one that is settled on."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._recipe: Recipe | None = None
        self.layer = QComboBox()
        self.bias = QCheckBox(CHOOSER["bias"])
        self.source = QSpinBox()
        self.target = QSpinBox()
        self.accept = QPushButton()
        form = QFormLayout(self)
        form.addRow(CHOOSER["layer"], self.layer)
        form.addRow(CHOOSER["target"], self.target)
        form.addRow(CHOOSER["source"], self.source)
        form.addRow("", self.bias)
        form.addRow(self.accept)
        self.layer.currentIndexChanged.connect(self._limit)
        self.bias.toggled.connect(self._limit)
        self.source.valueChanged.connect(self._limit)
        self.target.valueChanged.connect(self._limit)
        self.accept.clicked.connect(self._settle)
        for name in ("layer", "target", "source", "bias", "accept"):
            getattr(self, name).setToolTip(CHOOSER_TIPS[name])

    def set_theme(self, theme: Theme) -> None:
        """Take on other sizes; colours come from the window."""
        font = theme.scale.font(self.font(), Step.BODY)
        for part in (self, *self.findChildren(QWidget)):
            part.setFont(font)

    def edit(self, recipe: Recipe, index: int, at: QPoint) -> None:
        """Open at a place on screen with one entry of theta."""
        self._recipe = None
        place = locate(recipe, index)
        self.layer.clear()
        for layer, (inputs, outputs) in enumerate(pairwise(recipe.layers), start=1):
            self.layer.addItem(f"{layer}: {inputs} → {outputs}", layer)
        self.layer.setCurrentIndex(self.layer.findData(place.layer))
        self._recipe = recipe
        self._limit()
        self.bias.setChecked(place.source is None)
        self.source.setValue(number_of(place.source or 0))
        self.target.setValue(number_of(place.target))
        self._limit()
        self.adjustSize()
        self.move(at)
        self.show()
        self.target.setFocus()

    def place(self) -> Parameter:
        """Return what the fields say."""
        source = None if self.bias.isChecked() else index_of_number(self.source.value())
        target = index_of_number(self.target.value())
        return Parameter(self.layer.currentData(), source, target)

    def _limit(self) -> None:
        if self._recipe is None:
            return
        layer = self.layer.currentData()
        self.source.setRange(number_of(0), self._recipe.layers[layer - 1])
        self.target.setRange(number_of(0), self._recipe.layers[layer])
        self.source.setDisabled(self.bias.isChecked())
        self.accept.setText(f"show {parameter_symbol(self._recipe, self.place()).text}")

    def _settle(self) -> None:
        if self._recipe is not None:
            self.hide()
            self.chosen.emit(index_of(self._recipe, self.place()))
