"""The table of parameters with real clicks and keys."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from nnviz import numbers
from nnviz.engine.changes import THETA
from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Sample
from nnviz.engine.selection import Selection
from nnviz.messages.commands import MakeEdit
from nnviz.views.palette import DARK, LIGHT
from nnviz.views.parameters.model import VALUE
from nnviz.views.parameters.picture import COLUMNS
from nnviz.views.parameters.view import ParametersView
from nnviz.views.shared.type_scale import TypeScale
from tests.sampled import sampled
from tests.views.textbook import back_at, first_moment
from tests.waiting import events_done

BUTTON = Qt.MouseButton.LeftButton


@pytest.fixture
def view(show, back):
    numbers.set_digits(9)
    view = show(ParametersView, back, (760, 420))
    view.table.setFocus()
    return view


def said(view, row, column):
    return view.table.rows.index(row, COLUMNS.index(column)).data()


def where(view, row, column):
    return view.table.visualRect(view.table.rows.index(row, COLUMNS.index(column))).center()


def click(view, row, column):
    QTest.mouseClick(view.table.viewport(), BUTTON, pos=where(view, row, column))


def click_head(view, column):
    heads = view.table.horizontalHeader()
    place = COLUMNS.index(column)
    x = heads.sectionViewportPosition(place) + heads.sectionSize(place) // 2
    QTest.mouseClick(heads.viewport(), BUTTON, pos=QPoint(x, heads.height() // 2))


def heard(signal):
    values = []
    signal.connect(values.append)
    return values


def test_what_is_on_screen_is_the_worked_example(view):
    row = next(row for row in range(12) if said(view, row, "name") == "w₅")
    assert said(view, row, "mean") == "0.0821670406"
    assert said(view, row, "new") == "0.35891648"
    assert not any(view.table.isColumnHidden(place) for place in range(len(COLUMNS)))
    assert view.table.horizontalScrollBar().maximum() == 0


def test_a_click_asks_why_as_an_edge_of_the_network_does(view, back):
    picked = heard(view.picked)
    click(view, 6, "mean")
    assert picked == [Selection.of_weight(back.recipe, 2, 0, 0)]
    view.select(picked[0])
    assert view.table.cells.marked == picked[0].parameter
    assert view.only.isVisible()


def test_the_keys_move_and_enter_asks_or_edits(view, back):
    picked = heard(view.picked)
    view.table.setCurrentIndex(view.table.rows.index(0, 0))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(view.table, key)
    assert picked == [Selection.of_weight(back.recipe, 1, 1, 0)]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(view.table, key)
    assert view.table.editing
    assert len(picked) == 1


def field_of(view):
    return view.table.viewport().findChildren(QLineEdit)[-1]


def test_a_value_is_edited_in_its_place(view, back):
    wanted = heard(view.wanted)
    click(view, 6, "value")
    QTest.mouseDClick(view.table.viewport(), BUTTON, pos=where(view, 6, "value"))
    field = field_of(view)
    assert field.text() == "0.4"
    view.show_snapshot(replace(back, step=1))
    assert field_of(view) is field, "what is typed stays when the next moment comes"
    QTest.keyClicks(field, "nonsense")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert wanted == []
    assert view.table.editing, "it is refused, and can be put right"
    field.selectAll()
    QTest.keyClicks(field, "-1/4")
    QTest.keyClick(field, Qt.Key.Key_Return)
    entry = Selection.of_weight(back.recipe, 2, 0, 0).parameter
    assert wanted == [MakeEdit(THETA, (-0.25,), (entry,))]
    assert not view.table.editing


def test_escape_and_an_untouched_field_change_nothing(view):
    wanted = heard(view.wanted)
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        view.table.setCurrentIndex(view.table.rows.index(3, VALUE))
        QTest.keyClick(view.table, Qt.Key.Key_F2)
        QTest.keyClick(field_of(view), key)
        assert not view.table.editing
    assert wanted == []


def test_what_came_while_a_value_was_typed_is_shown_afterwards(view, back, qtbot):
    view.table.setCurrentIndex(view.table.rows.index(0, VALUE))
    QTest.keyClick(view.table, Qt.Key.Key_F2)
    view.show_snapshot(replace(back, theta=back.theta + 1))
    assert said(view, 0, "value") == "0.15"
    QTest.keyClick(field_of(view), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: said(view, 0, "value") == "1.15")


def test_another_net_ends_what_is_typed(view, make_snapshot, make_dataset):
    view.table.setCurrentIndex(view.table.rows.index(0, VALUE))
    QTest.keyClick(view.table, Qt.Key.Key_F2)
    view.show_snapshot(make_snapshot(Recipe(dataset="tiny", layers=(3, 2, 1)), make_dataset(3, 1)))
    assert not view.table.editing
    assert view.table.rows.rowCount() == 11


def test_a_click_on_a_head_sorts_in_turn(view):
    def column(name):
        return [float(view.shown.columns[name][row]) for row in range(12)]

    before = view.shown.entries.tolist()
    orders = []
    for _ in range(4):
        click_head(view, "mean")
        orders.append((view.state()["sort"], view.state()["order"]))
        if view.shown.sort:
            values = column("mean")
            key = {"down": lambda v: -v, "up": lambda v: v, "size": lambda v: -abs(v)}
            assert values == sorted(values, key=key[view.shown.order])
    assert orders == [("mean", "down"), ("mean", "up"), ("mean", "size"), ("", "down")]
    assert view.shown.entries.tolist() == before
    click_head(view, "name")
    assert view.state()["sort"] == ""


def test_layers_and_neurons_are_chosen_and_the_selected_one_listed(view, back):
    assert not view.neurons.isVisible()
    view.select(Selection("neuron", 1, 1))
    QTest.mouseClick(view.only, BUTTON)
    assert [said(view, row, "name") for row in range(view.table.rows.rowCount())] == [
        "w₃", "w₄", "b₁",
    ]  # fmt: skip
    assert not view.only.isVisible()
    assert view.neurons.isVisible()
    view.layers.setCurrentIndex(view.layers.findData(2))
    view.layers.activated.emit(view.layers.currentIndex())
    assert view.table.rows.rowCount() == 6
    assert (view.state()["layer"], view.state()["neuron"]) == (2, -1)


def test_what_is_copied_has_all_digits_between_tabs(view, back):
    view.copy_button.click()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == 13
    cells = lines[7].split("\t")
    assert cells[0] == "w₅"
    shown = view.shown
    assert [float(cell) for cell in cells[1:]] == [shown.columns[c][6] for c in COLUMNS[1:]]
    for row in (1, 3):
        view.table.selectRow(row) if row == 1 else QTest.mouseClick(
            view.table.viewport(), BUTTON, Qt.KeyboardModifier.ControlModifier,
            where(view, row, "mean"),
        )  # fmt: skip
    QTest.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [line.split("\t")[0] for line in lines[1:]] == ["w₂", "w₃"]


def test_numbers_of_later_phases_are_empty_and_said_so(view):
    view.show_snapshot(back_at("backward 2"))
    assert said(view, 0, "one") == ""
    assert said(view, 6, "one") == "0.0821670406"
    told = view.table.rows.index(0, COLUMNS.index("mean")).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "w₁, ∂C/∂w: Not computed yet"


def test_it_is_restored_twice_or_before_there_is_a_moment(show, back):
    kept = {"layer": 2, "neuron": 1, "sort": "nudge", "order": "size"}
    view = show(ParametersView)
    view.restore(kept)
    view.show_snapshot(back)
    view.restore(kept)
    assert view.state() == kept
    assert view.table.rows.rowCount() == 3
    assert view.layers.currentData() == 2
    assert view.neurons.currentData() == 1
    view.restore({"layer": "two", "sort": 3})
    assert view.state() == kept


@pytest.mark.parametrize("factor", [1.0, 1.5, 2.5])
@pytest.mark.parametrize("theme", sampled([DARK, LIGHT], every=2), ids=["dark", "light"])
def test_every_size_and_colour(view, factor, theme):
    view.resize(round(470 * factor), round(300 * factor))
    view.set_theme(replace(theme, scale=TypeScale(factor)))
    assert view.table.font().pixelSize() in (round(11 * factor), round(12 * factor))
    assert view.grab().toImage().pixelColor(2, 2).name() == theme.panel
    numbers.set_digits(4)
    view.set_theme(view._theme)
    one, sideways = COLUMNS.index("one"), view.table.horizontalScrollBar()
    hidden = []
    for width in range(700, 300, -20):
        view.resize(round(width * factor), view.height())
        events_done()
        hidden.append((view.table.isColumnHidden(one), sideways.maximum() > 0))
    assert hidden == sorted(hidden), "a single example gives way first, then it scrolls"
    assert (True, False) in hidden


def test_a_large_net_scrolls_and_sorts_and_names_only_what_is_seen(
    show, make_snapshot, make_dataset, monkeypatch
):
    data = make_dataset()
    snapshot = replace(make_snapshot(), sample=Sample(data.x_test, data.y_test))
    view = show(ParametersView, snapshot, (420, 400))
    assert view.table.rows.rowCount() == 23_860
    named = []
    name = type(view.shown).name
    monkeypatch.setattr(
        type(view.shown), "name", lambda shown, row: named.append(row) or name(shown, row)
    )
    click_head(view, "nudge")
    view.table.scrollToBottom()
    view.show_snapshot(replace(snapshot, step=snapshot.step + 1))
    view.grab()
    assert len(set(named)) < 300
    assert said(view, 23_859, "name")


def test_names_of_inputs_stand_beside_their_weights_where_there_is_room(show):
    view = show(ParametersView, first_moment("park"), (760, 420))
    assert [said(view, row, "name") for row in range(2)] == ["w¹₁,₁ raining", "w¹₁,₂ above 15 °C"]
    view.resize(320, 420)
    events_done()
    assert said(view, 1, "name") == "w¹₁,₂"
    index = view.table.rows.index(1, VALUE)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "w¹₁,₂ above 15 °C"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "w¹₁,₂ above 15 °C, value: 1"
    view.resize(760, 420)
    events_done()
    assert said(view, 1, "name") == "w¹₁,₂ above 15 °C"


def test_inputs_are_chosen_by_their_names(show):
    view = show(ParametersView, first_moment("park"), (760, 420))
    view.select(Selection("neuron", 0, 1))
    assert view.only.text() == "only above 15 °C"
    QTest.mouseClick(view.only, BUTTON)
    assert view.neurons.currentText() == "above 15 °C"
    listed = [view.neurons.itemText(row) for row in range(view.neurons.count())]
    assert listed == ["raining", "above 15 °C", "in lockdown"]


def test_long_names_of_inputs_are_shortened_in_the_list_and_whole_in_tips(show):
    park = first_moment("park")
    columns = tuple(replace(one, name=one.name * 9) for one in park.description.inputs)
    long = replace(park, description=replace(park.description, inputs=columns))
    view = show(ParametersView, long, (900, 420))
    view.select(Selection("neuron", 0, 0))
    wordings = [f"only {'raining' * 9}", "only rainingrai…ngraining", "only x₁"]
    seen = []
    for width in range(900, 219, -20):
        view.resize(width, 420)
        events_done()
        if view.only.isVisible() and view.only.text() not in seen:
            seen.append(view.only.text())
            assert view.only.geometry().right() <= width
    assert seen == wordings
    view.resize(420, 420)
    events_done()
    assert view.only.accessibleName() == wordings[0]
    assert view.only.toolTip().startswith(f"only {'raining' * 9}: ")
    view.restore({"layer": 0, "neuron": 0})
    assert view.neurons.currentText() == "rainingrai…ngraining"
    assert view.neurons.currentData(Qt.ItemDataRole.AccessibleTextRole) == "raining" * 9
    assert view.minimumSizeHint().width() <= 420
