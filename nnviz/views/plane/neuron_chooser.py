"""The chooser of what the plane shows: the network's output, one of its neurons or inputs."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox

from nnviz.engine.run.snapshot import Snapshot
from nnviz.views.plane import text
from nnviz.views.plane.state import OUTPUT, is_neuron

FEWEST_LETTERS = 6
"""Letters of what is mapped that are always seen."""
MOST_NEURONS = 300
"""Most neurons that are listed; of larger networks the selected one can be shown."""


class NeuronChooser(QComboBox):
    """Lists the output, the neuron that is selected elsewhere, every input and every neuron.

    Attributes:
        selected: layer and number of the neuron that is selected elsewhere, as `PlaneState` has
            them, or None.

    Signals:
        chosen(int, int): this neuron of this layer; `OUTPUT` and 0 are the output.
    """

    chosen = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.selected: tuple[int, int] | None = None
        self._listed: object = None
        self.setAccessibleName(text.CHOOSER)
        self.setToolTip(text.CHOOSER_TIP)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(FEWEST_LETTERS)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.activated.connect(lambda row: self.chosen.emit(*self.itemData(row)))

    def list_neurons(self, snapshot: Snapshot, shown: tuple[int, int]) -> bool:
        """List what can be shown of a net, of which one is; tell whether that is another list."""
        recipe, selected = snapshot.recipe, self.selected
        key = recipe.layers, snapshot.description, snapshot.class_names, selected, shown
        if key == self._listed:
            return False
        self._listed = key
        entries = [(text.title(snapshot, OUTPUT, 0), (OUTPUT, 0))]
        layers = recipe.layers
        if selected is not None and is_neuron(layers, *selected):
            entries.append((text.SELECTED.format(text.name(snapshot, *selected)), selected))
        last = len(layers) - 1
        entries += [
            (text.name(snapshot, *place), place)
            for place in text.neurons(recipe)[:MOST_NEURONS]
            if layers[-1] > 1 or place[0] < last
        ]
        with QSignalBlocker(self):
            self.clear()
            for said, place in entries:
                self.addItem(said, place)
            places = [place for _, place in entries]
            self.setCurrentIndex(places.index(shown) if shown in places else 0)
        return True

    def whole_width(self) -> int:
        """Return how wide it is where all of what is chosen can be read, in pixels."""
        metrics = self.fontMetrics()
        around = self.sizeHint().width() - metrics.horizontalAdvance(FEWEST_LETTERS * "X")
        return metrics.horizontalAdvance(self.currentText()) + around
