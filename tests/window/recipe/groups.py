"""Opens the groups of a recipe form, as a hand does."""

from PySide6.QtWidgets import QLineEdit, QToolButton

from nnviz.engine.recipe_settings import group_of
from nnviz.engine.settings import GROUPS


def head(form, name):
    """The button that opens and folds a group."""
    return form.findChild(QToolButton, f"group_{name}")


def open_groups(form):
    """Open every group that is folded."""
    for group in GROUPS:
        if group.folds and not head(form, group.name).isChecked():
            head(form, group.name).click()


def field(form, name):
    """The field of a row, with its group opened."""
    group = head(form, group_of(name).name)
    if group is not None and not group.isChecked():
        group.click()
    return form.findChild(QLineEdit, name)
