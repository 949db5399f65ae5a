"""The items of the activation functions: the layer's neurons, by their bars or their marks."""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF

from nnviz.views.activation.picture import ActivationPicture
from nnviz.views.shared.items import Item, Items, Said


class NeuronItems(Items):
    """Neurons of the layer; the plot has keys of its own."""

    moves = ()
    pressed_by = ()

    def boxes(self) -> Mapping[Item, QRectF]:
        """Return where the neurons' marks stand, or their bars where they have any."""
        places = self.widget.places()
        if places is None:
            return {}
        picture = places.picture
        boxes: dict[Item, QRectF] = {}
        half = places.strip.height() / 2
        for neuron, z in zip(picture.neurons, picture.ticks.tolist(), strict=False):
            middle = QPointF(places.x(z), places.strip.center().y())
            boxes[int(neuron)] = QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half)
        for number, bar in enumerate(picture.bars):
            box = places.bar(number)
            if not box.isEmpty():
                boxes[bar.neuron] = box
        return boxes

    def said(self, item: Item) -> Said:
        """Return which neuron it is, and its z and a."""
        name, _, value = self.widget.picture.tip(item).partition(": ")
        return Said(name, value)

    def current(self) -> Item | None:
        """Return the selected neuron."""
        picture: ActivationPicture | None = self.widget.picture
        layer = None if picture is None else picture.layer
        return None if layer is None or layer.neuron < 0 else layer.neuron

    def go_to(self, item: Item) -> None:
        """Select a neuron."""
        self.widget.neuron_picked.emit(item)
