"""The recipe form: what its rows say, and what is done with it.

Changing a row changes nothing yet. The first button (or Enter) takes over what
the form says: as a change from here on, where a run is under way and everything
that differs may change in the middle of it; otherwise as a new run. A line above
the buttons says which of the two Enter will do; Enter with nothing new does
nothing. A recipe that cannot be trained is refused in one sentence and the form
stays as it is.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from nnviz.data.naming import is_example
from nnviz.engine.changes import CHANGEABLE
from nnviz.engine.recipe import ALL, Recipe, RecipeError, settings
from nnviz.views.palette import Theme
from nnviz.views.shared.named import named
from nnviz.window.recipe.fields import RecipeFields

_GOES_ON = "Enter: this run goes on with it from here."
_BEGINS = "Enter: a new run begins with it."
_COMES_BACK = f"{_BEGINS[:-1]}; Ctrl+Z brings this one back."


class RecipeForm(QWidget):
    """Edits a recipe.

    Signals:
        chosen(Recipe): start a new run with this recipe.
        changed(list): give these fields other values from here on: (name, value) each.
        refused(str): the recipe is impossible; one sentence says why.
        typed(Recipe): what the form says has changed, and is possible; nothing is in force yet.
    """

    chosen = Signal(object)
    changed = Signal(list)
    refused = Signal(str)
    typed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recipe = Recipe()
        self._usual: Recipe | None = None
        self._begun = False
        self._fields = RecipeFields(self)
        self._fields.edited.connect(self._edited)
        self._fields.submitted.connect(self.submit)
        tip = "Go on with this run, but with what is new above (Enter)."
        self._change = named(QPushButton("Change from here", self), tip=tip)
        self._change.clicked.connect(self.change)
        self._start = QPushButton("Start new run", self)
        self._start.clicked.connect(self.start)
        self._revert = named(QPushButton("Revert", self), tip="Show the running recipe again.")
        self._revert.clicked.connect(lambda: self.show_recipe(self._recipe))
        self._hint = named(QLabel(self, wordWrap=True), "enter_hint")
        tip = (
            "Write the usual values for this data set into the rows above; nothing is in force yet."
        )
        self._defaults = named(QToolButton(self), "defaults", tip=tip)
        self._defaults.setText("Defaults")
        self._defaults.clicked.connect(self._fields.restore_usual)
        said = QHBoxLayout()
        said.addWidget(self._hint, 1)
        said.addWidget(self._revert)
        buttons = QHBoxLayout()
        buttons.addWidget(self._start, 1)
        buttons.addWidget(self._defaults)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        self._box = box
        box.addWidget(self._fields, 1)
        box.addLayout(said)
        box.addWidget(self._change)
        box.addLayout(buttons)
        self.show_recipe(self._recipe)

    def set_theme(self, theme: Theme) -> None:
        """Take on other colours and sizes."""
        self._box.setSpacing(theme.scale.space(7))
        self._fields.set_theme(theme)

    # -- what it shows ----------------------------------------------------------------------------

    def show_recipe(self, recipe: Recipe) -> None:
        """Show the recipe of the run; what was typed and not started is forgotten."""
        self._recipe = recipe
        self._fields.show_data(recipe.dataset)
        for name in self._fields.editors:
            self._fields.show_field(name, recipe)
        self._edited()

    def follow(self, recipe: Recipe, *, begun: bool, usual: Recipe | None = None) -> None:
        """Show what has changed in the recipe of the run; other rows keep what was typed.

        Args:
            recipe: of the run as it is now.
            begun: True once the run has gone beyond step 0, so that there is something to
                go on with.
            usual: what a run on its data set starts with; None where nobody knows.
        """
        before = self._recipe
        if recipe == before and begun == self._begun and usual == self._usual:
            return
        self._recipe, self._begun, self._usual = recipe, begun, usual
        if recipe.dataset != before.dataset:
            self._fields.show_data(recipe.dataset)
        for name in self._fields.editors:
            if getattr(recipe, name) != getattr(before, name):
                self._fields.show_field(name, recipe)
        self._edited()

    def state(self) -> dict[str, Any]:
        """Return which groups have been opened and folded, as plain values."""
        return self._fields.state()

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Open and fold groups as they were."""
        self._fields.restore(kept)

    # -- what it says -----------------------------------------------------------------------------

    def recipe(self, *, anew: bool = False) -> Recipe:
        """Return the recipe that the form says.

        Args:
            anew: True for that of a new run. All parameters train in it, unless some were typed
                for it or belong to an example: a switch of the run before is not one of the next.

        Raises:
            RecipeError: a row cannot be read or the rows do not go together.
        """
        values = {name: self._fields.value(name) for name in (*self._fields.editors, "dataset")}
        if anew and values["trained"] == self._recipe.trained:
            values["trained"] = self._anew(self._recipe).trained
        return Recipe(parameter_names=self._recipe.parameter_names, **values)

    def _anew(self, recipe: Recipe) -> Recipe:
        """Return a recipe for a new run: all train in it, but for those of an example."""
        return recipe if is_example(recipe.dataset) else replace(recipe, trained=ALL)

    def submit(self) -> None:
        """Take over what the form says: as a change where that can be, else as a new run."""
        differing = self._fields.differing(self._recipe)
        if not differing or self._goes_on_with(differing):
            self.change()
        else:
            self.start()

    def _goes_on_with(self, names: list[str]) -> bool:
        """Tell whether the run under way can go on with other values of these fields."""
        return self._begun and set(names) <= set(CHANGEABLE)

    # -- fields one by one ------------------------------------------------------------------------

    def fields(self) -> dict[str, bool]:
        """Return the fields that have a row, by name, and whether the recipe uses each of them."""
        return {name: self._fields.of_use(name) for name in self._fields.editors}

    def edit_field(self, name: str) -> None:
        """Take the keys into the row of a field, in whatever group; what is typed replaces it."""
        self._fields.edit_field(name)

    def set_field(self, name: str, value: Any) -> None:
        """Take over another value of one field, as Enter in its row does; other rows stay.

        Where the run cannot go on with it a new run begins.
        """
        if self._goes_on_with([name]):
            self.changed.emit([(name, value)])
            return
        try:
            self.chosen.emit(replace(self._anew(self._recipe), **{name: value}))
        except RecipeError as error:
            self.refused.emit(str(error))

    def goes_on_with(self, name: str) -> bool:
        """Tell whether the run under way goes on with another value of a field."""
        return self._goes_on_with([name])

    # -- what the buttons do ----------------------------------------------------------------------

    def start(self) -> None:
        """Start a new run with what the form says, or say why that cannot be."""
        recipe = self._recipe_or_refusal(anew=True)
        if recipe is not None:
            self.chosen.emit(recipe)

    def change(self) -> None:
        """Go on with what the form says, or say why that cannot be; nothing new is no change."""
        recipe = self._recipe_or_refusal()
        if recipe is not None:
            differing = self._fields.differing(self._recipe)
            self.changed.emit([(name, getattr(recipe, name)) for name in differing])

    def _recipe_or_refusal(self, *, anew: bool = False) -> Recipe | None:
        try:
            return self.recipe(anew=anew)
        except RecipeError as error:
            self.refused.emit(str(error))
            return None

    def _edited(self) -> None:
        self._defaults.setEnabled(self._fields.follow(self._usual))
        with suppress(RecipeError):  # it is refused in a sentence when it is taken over
            self.typed.emit(self.recipe())
        differing = self._fields.differing(self._recipe)
        change = bool(differing) and self._goes_on_with(differing)
        self._change.setVisible(change)
        self._revert.setVisible(bool(differing))
        self._say_what_enter_does(differing, change=change)
        _make_primary(self._change, change)
        _make_primary(self._start, bool(differing) and not change)

    def _say_what_enter_does(self, differing: list[str], *, change: bool) -> None:
        """Say it in one line where something is new, and in every row's tip."""
        begins = _COMES_BACK if self._begun else _BEGINS
        self._hint.setText("" if not differing else _GOES_ON if change else begins)
        enter = " (Enter)" if differing and not change else ""
        self._start.setToolTip(f"Begin again at step 0 with the recipe above{enter}.")
        for name, editor in self._fields.editors.items():
            if isinstance(editor, QLineEdit):
                goes_on = self._goes_on_with([*differing, name])
                editor.setToolTip(f"{settings()[name].help}\n{_GOES_ON if goes_on else begins}")
            else:  # its text may end with …
                editor.setToolTip(f"{editor.currentText()}\n{settings()[name].help}")


def _make_primary(button: QPushButton, primary: bool) -> None:
    name = "Primary" if primary else ""
    if button.objectName() != name:
        button.setObjectName(name)
        button.style().unpolish(button)
        button.style().polish(button)
