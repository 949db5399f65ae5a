"""What is predicted: said with its reason beside the data's name, and chosen there."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QToolButton

from nnviz.data.description import Column, DataDescription
from nnviz.data.typed_data import dataset_of
from nnviz.data.typed_table import TypedTable
from nnviz.messages.commands import Start

CHOICES = ("age", "fare", "survived")


def description(*targets, reason="its name says so"):
    columns = tuple(Column(name) for name in targets)
    return DataDescription(targets=columns, target_reason=reason, target_choices=CHOICES)


@pytest.fixture
def shown(stage):
    """A window on a table that predicts survived, with options in its reference."""

    def show(data="/data/titanic.csv", known=None):
        window = stage.window()
        recipe = replace(stage.recipe, dataset=data)
        known = known or description("survived")
        window.show_snapshot(replace(stage.snapshot(), recipe=recipe, description=known))
        stage.sent.clear()
        return window

    return show


def button(window):
    return window.findChild(QToolButton, "target")


def entries(menu):
    menu.aboutToShow.emit()
    return {action.text(): action for action in menu.actions() if action.text()}


def test_data_without_a_choice_show_no_chooser(stage):
    window = stage.window()
    window.show_snapshot(stage.snapshot())
    assert not button(window).isVisible()


def test_it_says_what_is_predicted_and_why(shown, qtbot):
    window = shown()
    qtbot.waitUntil(button(window).isVisible)
    assert button(window).text() == "→ survived ▾"
    said = "Predicted: 'survived', because its name says so."
    assert button(window).toolTip() == said
    menu = button(window).menu()
    first, *columns = entries(menu)
    assert first == said
    assert columns[:3] == list(CHOICES)
    assert entries(menu)["survived"].isChecked()
    assert not entries(menu)["age"].isChecked()
    assert "Let nnviz guess" not in entries(menu)


def test_another_column_begins_a_new_run_on_the_same_table(stage, shown, qtbot):
    window = shown("/data/titanic.csv:scale=range")
    menu = button(window).menu()
    menu.popup(button(window).mapToGlobal(button(window).rect().bottomLeft()))
    qtbot.waitUntil(menu.isVisible)
    place = menu.actionGeometry(entries(menu)["age"]).center()
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)
    (start,) = stage.sent
    assert isinstance(start, Start)
    assert start.fit
    assert start.recipe.dataset == "/data/titanic.csv:scale=range,target=age"


def test_several_columns_may_be_predicted(stage, shown):
    window = shown("/data/titanic.csv:target=survived")
    several = button(window).menu().findChild(QMenu, "several_targets")
    button(window).menu().aboutToShow.emit()
    several = button(window).menu().findChild(QMenu, "several_targets")
    rows = {action.text(): action for action in several.actions()}
    rows["survived"].trigger()  # one at least is always predicted
    assert stage.sent == []
    rows["fare"].trigger()
    assert stage.sent[-1].recipe.dataset == "/data/titanic.csv:target=fare,target=survived"
    entries(button(window).menu())["Let nnviz guess"].trigger()
    assert stage.sent[-1].recipe.dataset == "/data/titanic.csv"


def test_odd_names_of_columns_come_through(stage, shown):
    odd = "a & b, c: 100 %"
    known = DataDescription(targets=(Column(odd),), target_choices=(odd, "x"))
    window = shown("/data/my table.csv", known)
    assert button(window).text() == "→ a && b, c: 100 % ▾"
    entries(button(window).menu())[odd.replace("&", "&&")].trigger()
    assert stage.sent[-1].recipe.dataset == "/data/my table.csv:target=a %26 b%2C c%3A 100 %25"


def test_the_data_menu_names_a_table_with_what_it_predicts(shown, tmp_path):
    table = tmp_path / "titanic.csv"
    table.write_text("x")
    window = shown(f"{table}:target=age")
    data = next(b for b in window.findChildren(QToolButton) if b.text().startswith("Data:"))
    assert data.text() == "Data: titanic.csv ▾"
    assert "titanic.csv → age" in entries(data.menu())
    assert "What is predicted" in entries(data.menu())


def spread(one_hot, reason="you chose it"):
    """A table of two sizes and a column for each of two kinds."""
    kinds = ("kind_rose", "kind_tulip")
    return DataDescription(
        class_names=("rose", "tulip") if one_hot else (),
        targets=tuple(Column(name) for name in (kinds if one_hot else ("height",))),
        target_reason=reason,
        target_choices=("height", "width", *kinds),
        target_groups=(kinds,),
    )


def test_columns_that_are_the_classes_are_said_and_ticked_as_one(stage, shown):
    window = shown("/data/roses.csv", spread(one_hot=True))
    said = "Predicted: which of the columns kind_rose, kind_tulip is 1, because you chose it."
    assert button(window).toolTip() == f"→ kind_rose / kind_tulip\n{said}"
    assert button(window).accessibleName() == "→ kind_rose / kind_tulip"
    assert button(window).text().startswith("→ kind_rose")
    assert button(window).text().endswith("… ▾")
    rows = entries(button(window).menu())
    assert [text for text, action in rows.items() if action.isChecked()] == [
        "One of kind_rose, kind_tulip"
    ]
    rows["kind_rose"].trigger()
    assert stage.sent[-1].recipe.dataset == "/data/roses.csv:target=kind_rose"
    several = button(window).menu().findChild(QMenu, "several_targets")
    next(a for a in several.actions() if a.text() == "width").trigger()
    assert stage.sent[-1].recipe.dataset == "/data/roses.csv:target=width"


def test_columns_that_are_classes_can_be_chosen_at_once(stage, shown):
    window = shown("/data/roses.csv", spread(one_hot=False))
    row = entries(button(window).menu())["One of kind_rose, kind_tulip"]
    assert not row.isChecked()
    row.trigger()
    chosen = "/data/roses.csv:target=kind_rose,target=kind_tulip"
    assert stage.sent[-1].recipe.dataset == chosen


def test_the_scaling_is_chosen_beside_the_target(stage, shown):
    known = replace(description("survived"), inputs=(Column("age"), Column("fare")))
    window = shown("/data/titanic.csv:target=survived,scale=range", known)
    menu = button(window).menu()
    menu.aboutToShow.emit()
    scales = menu.findChild(QMenu, "scales").actions()
    assert [action.text().partition(":")[0] for action in scales] == ["standard", "range", "none"]
    assert [action.isChecked() for action in scales] == [False, True, False]
    scales[2].trigger()
    (start,) = stage.sent
    assert isinstance(start, Start)
    assert start.recipe.dataset == "/data/titanic.csv:target=survived,scale=none"


def test_targets_and_scaling_of_a_typed_table_are_part_of_its_name(stage, shown):
    table = TypedTable(("x", "y", "z"), (2,), ((0, 1, 2.5),))
    window = shown(table.name, dataset_of(table).description)
    menu = button(window).menu()
    assert button(window).text() == "→ z ▾"
    entries(menu)["y"].trigger()
    menu.findChild(QMenu, "scales").actions()[1].trigger()
    first, second = (start.recipe.dataset for start in stage.sent)
    assert first == TypedTable(table.columns, (1,), table.rows).name
    assert second == TypedTable(table.columns, (2,), table.rows, "range").name
