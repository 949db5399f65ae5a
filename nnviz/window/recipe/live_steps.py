"""Live steps: what the wheel, ↑ and ↓ and lists do to the rows of the recipe form.

A step writes the next number into a row. While training plays it is in force at once, like a choice
from a list, where nothing else is typed and not taken over yet; a data set that is small enough to
play with begins anew by itself where the run cannot go on. At rest a row waits for Enter.
"""

from collections.abc import Callable
from time import monotonic
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QToolButton

from nnviz.data.naming import referred, source_of
from nnviz.data.options import SEED, Option, options_of
from nnviz.engine.changes import CHANGEABLE
from nnviz.engine.recipe import Recipe, RecipeError, settings
from nnviz.engine.run.snapshot import Snapshot
from nnviz.window.recipe.form import RecipeForm
from nnviz.window.recipe.number_steps import next_number
from nnviz.window.run_requests import RunRequests

PREFIX = "data_"
"""What the names of fields of a data set's own parameters begin with."""
KEPT = 1.0
"""Seconds in which a step counts from the last one, which may not have come back yet."""
NOTCH = 120
"""A notch of a wheel, in eighths of a degree."""
_KEYS = {Qt.Key.Key_Up: True, Qt.Key.Key_Down: False}


class LiveSteps(QObject):
    """Watches the rows of a form."""

    def __init__(
        self, form: RecipeForm, shown: Callable[[], Snapshot | None], requests: RunRequests
    ) -> None:
        super().__init__(form)
        self._form, self._shown, self._requests = form, shown, requests
        self._watched: set[QObject] = set()
        self._last: tuple[str, Any, float] = ("", None, 0.0)
        form.typed.connect(lambda _recipe: self._watch())  # rows of other data are others
        self._watch()

    def _watch(self) -> None:
        for part in (QLineEdit, QComboBox, QToolButton):
            for row in self._form.findChildren(part):
                if row not in self._watched:
                    self._watched.add(row)
                    row.destroyed.connect(lambda _gone=None, row=row: self._watched.discard(row))
                    self._join(row)

    def _join(self, row: QObject) -> None:
        name = row.objectName()
        if isinstance(row, QLineEdit) and self._range_of(name) is not None:
            row.installEventFilter(self)
        elif isinstance(row, QComboBox):
            row.installEventFilter(self)
            row.activated.connect(lambda _index: self._take(name, {name}))
        elif isinstance(row, QToolButton) and row.property("switch"):
            row.clicked.connect(lambda _on=False: self._take("dataset", {"dataset", "layers"}))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Step by the wheel over the row that has the keys, and by ↑ and ↓."""
        if isinstance(event, QWheelEvent) and isinstance(watched, QComboBox | QLineEdit):
            if not watched.hasFocus():
                event.ignore()  # the form scrolls
                return True
            if isinstance(watched, QLineEdit) and abs(event.angleDelta().y()) >= NOTCH:
                self._step(watched, up=event.angleDelta().y() > 0)
                return True
        if isinstance(event, QKeyEvent) and isinstance(watched, QLineEdit):
            key, plain = Qt.Key(event.key()), event.modifiers() == Qt.KeyboardModifier.NoModifier
            if plain and key in _KEYS:
                if event.type() == QEvent.Type.ShortcutOverride:
                    event.accept()
                    return True
                if event.type() == QEvent.Type.KeyPress:
                    self._step(watched, up=_KEYS[key])
                    return True
        return super().eventFilter(watched, event)

    # -- steps ------------------------------------------------------------------------------------

    def _step(self, row: QLineEdit, *, up: bool) -> None:
        name = row.objectName()
        value, ends = self._value_of(name), self._range_of(name)
        if value is None or ends is None:
            return
        value = next_number(value, up=up, **ends)
        if name == f"{PREFIX}{SEED}":
            value = max(self._value_of(name) + (1 if up else -1), 0)
        self._last = (name, value, monotonic())
        option = self._option(name)
        said = settings()[name].written(value) if option is None else option.shown(value)
        row.setText(said)
        row.selectAll()
        row.textEdited.emit(said)
        self._take("dataset" if option is not None else name, {"dataset", name})

    def _value_of(self, name: str) -> Any:
        """Return the number that a row says; None where none can be read."""
        before, value, at = self._last
        if before == name and monotonic() - at < KEPT:
            return value
        try:
            recipe = self._form.recipe()
        except RecipeError:
            return None
        if self._option(name) is None:
            return getattr(recipe, name)
        reference = referred(recipe.dataset)
        options = self._options()
        return options_of(reference, options)[name.removeprefix(PREFIX)]

    def _range_of(self, name: str) -> dict[str, Any] | None:
        """Return the ends of what a row can say; None where it is no number that may change."""
        option = self._option(name)
        if option is not None:
            return None if option.choices else {"low": option.low, "high": option.high}
        setting = settings().get(name)
        if (
            name not in CHANGEABLE
            or setting is None
            or not isinstance(setting.default, int | float)
        ):
            return None
        high = setting.high
        if setting.open_high:  # just below it, by an even step
            high = setting.high - (setting.high - setting.low) / 20
        return {"low": setting.low, "high": high, "open_low": setting.open_low}

    def _options(self) -> tuple[Option, ...]:
        shown = self._shown()
        source = None if shown is None else source_of(referred(shown.recipe.dataset).name)
        return () if source is None else source.options

    def _option(self, name: str) -> Option | None:
        if not name.startswith(PREFIX):
            return None
        known = {option.name: option for option in self._options()}
        return known.get(name.removeprefix(PREFIX))

    # -- what is in force at once -----------------------------------------------------------------

    def _take(self, name: str, with_it: set[str]) -> None:
        """Let a row be in force, where training plays and no other waits to be taken over."""
        snapshot = self._shown()
        if snapshot is None or not snapshot.playing:
            return
        try:
            wanted = self._form.recipe()
        except RecipeError:
            return
        running = snapshot.recipe
        others = {one for one in settings() if getattr(wanted, one) != getattr(running, one)}
        if not others or not others <= with_it | {name}:
            return
        if others == {name} and name in CHANGEABLE:
            self._requests.edit(name, getattr(wanted, name))
        elif self._requests.goes_on(wanted, snapshot):
            self._requests.start_new(self._anew(wanted))

    def _anew(self, wanted: Recipe) -> Recipe:
        try:
            return self._form.recipe(anew=True)
        except RecipeError:
            return wanted
