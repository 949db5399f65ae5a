"""What is predicted: which column of a table, why that one, and others; and how it is scaled."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from nnviz.data.description import SCALES, DataDescription, named_targets, shortened
from nnviz.window.actions import add_entry


class TargetMenu(QMenu):
    """Says which columns of a table are predicted, and lets others be.

    Signals:
        chosen(tuple): predict these columns in a new run, by name; empty to let nnviz guess.
        scaled(str): scale the columns so in a new run, one of `SCALES`.
    """

    chosen = Signal(tuple)
    scaled = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("What is predicted", parent)
        self.setObjectName("targets")
        self.setToolTipsVisible(True)
        self._description = DataDescription()
        self._given, self._scale = False, ""
        self.aboutToShow.connect(self._fill)

    def show_description(
        self, description: DataDescription, *, given: bool, scale: str = ""
    ) -> str:
        """Follow the data set in use, whose targets may be given: somebody has chosen them.

        The scaling is that of its columns; empty where it is no table.

        Returns what a button says of it; empty where there is nothing to choose.
        """
        self._description, self._given = description, given
        self._scale = scale if description.inputs and description.image_shape is None else ""
        self.menuAction().setVisible(bool(description.target_choices or self._scale))
        if not (description.target_choices or self._scale) or not description.targets:
            return ""
        between = " / " if description.one_hot else " + "
        return between.join(column.header for column in description.targets)

    @property
    def reason(self) -> str:
        """What is predicted and why, in a sentence."""
        why = self._description.target_reason
        return f"Predicted: {named_targets(self._description)}" + (
            f", because {why}." if why else "."
        )

    def _fill(self) -> None:
        self.clear()
        self.addAction(self.reason.replace("&", "&&")).setEnabled(False)
        self.addSeparator()
        targets = tuple(column.header for column in self._description.targets)
        now = [] if self._description.one_hot else list(targets)  # classes are no several numbers
        choices = self._choices(now)
        for group in self._description.target_groups:
            tip = "Begin a new run with these columns as classes: each row belongs to one of them."
            do = partial(self.chosen.emit, group)
            add_entry(self, f"One of {shortened(group)}", do, tip, group == targets)
        for name in choices:
            tip = f"Begin a new run that predicts '{name}' from the other columns."
            add_entry(self, name, partial(self.chosen.emit, (name,)), tip, now == [name])
        self.addSeparator()
        if len(choices) > 2:
            several = self.addMenu("Several at once")
            several.setObjectName("several_targets")
            for name in choices:
                add_entry(several, name, partial(self._toggle, name, now), ticked=name in now)
        if self._scale:
            self._add_scales()
        if self._given:
            add_entry(self, "Let nnviz guess", partial(self.chosen.emit, ()))

    def _add_scales(self) -> None:
        scales = self.addMenu("How numbers are scaled")
        scales.setObjectName("scales")
        scales.setToolTipsVisible(True)
        for scale, means in SCALES.items():
            tip = f"Begin a new run on the same table: {means}."
            do = partial(self.scaled.emit, scale)
            add_entry(scales, f"{scale}: {means}", do, tip, scale == self._scale)

    def _choices(self, now: list[str]) -> list[str]:
        """Return all columns to choose from, those in use among them."""
        choices = list(self._description.target_choices)
        return [*(name for name in now if name not in choices), *choices]

    def _toggle(self, name: str, now: list[str]) -> None:
        """Predict a column as well, or no longer; one at least is always predicted."""
        others = [column for column in now if column != name]
        wanted = others if name in now else [*now, name]
        if wanted:
            order = self._choices(now)
            self.chosen.emit(tuple(sorted(wanted, key=order.index)))
