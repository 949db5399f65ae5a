"""The inspector says why a number is what it is, in the engine's own numbers."""

import json
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from nnviz.engine import Recipe
from nnviz.engine.explain import explain_chain, explain_neuron, explain_slope
from nnviz.engine.optimisers import OPTIMISERS
from nnviz.engine.run.snapshot import Sample
from nnviz.engine.selection import Selection
from nnviz.messages.commands import MakeEdit
from nnviz.numbers import integer, write
from nnviz.views.inspector.arrangement import IDLE, LOW
from nnviz.views.inspector.flow import MAIN
from nnviz.views.inspector.page import ALL
from nnviz.views.inspector.text import HINTS
from nnviz.views.inspector.view import InspectorView
from nnviz.views.palette import DARK, LIGHT
from tests.sampled import sampled
from tests.views.grabbing import pixels
from tests.views.inspector.explained import FURTHEST, every_selection, extremes
from tests.views.phasing import at_phase, minibatch_of

SMALL = (2, 4, 3, 1)
SIZES = [(620, 106), (620, 130), (850, 170), (900, 400), (360, 110)]


def with_sample(snapshot, dataset):
    return replace(snapshot, sample=Sample(dataset.x_test, dataset.y_test))


@pytest.fixture
def digits(make_snapshot, make_dataset):
    return with_sample(make_snapshot(), make_dataset())


@pytest.fixture
def shown(show):
    def shown(width=850, height=170):
        view = show(InspectorView, None, (width, height))
        view.said, view.edits = [], []
        view.picked.connect(view.said.append)
        view.wanted.connect(view.edits.append)
        return view

    return shown


@pytest.fixture
def view(shown):
    return shown()


def explain(view, snapshot, selection):
    view.show_snapshot(snapshot)
    view.select(selection)
    return view


def plain(text):
    """Text in type, as plain letters: mathematical digits and letters are others."""
    digits = {0x1D7CE + n: str(n) for n in range(10)}
    letters = {0x1D44E + n: chr(ord("a") + n) for n in range(26)}
    capitals = {0x1D434 + n: chr(ord("A") + n) for n in range(26)}
    return text.translate(digits | letters | capitals).replace(" ", "").replace("\n", "")


def typed(value, digits=4):
    """A number as it is set in type."""
    raised = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "−0123456789")
    return write(value, digits).translate(raised)


# -- numbers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("layer", "neuron"), [(1, 4), (2, 7)])
def test_a_neurons_terms_are_the_engines_and_add_up(view, digits, layer, neuron):
    explain(view, digits, Selection("neuron", layer, neuron))
    parts = explain_neuron(digits.network(), digits.focus.x, layer, neuron, by_size=True)
    table = view.page.table
    assert table.rows == len(parts.terms) + 1
    assert table.columns[-1].sum() == pytest.approx(parts.z.value, rel=1e-5)
    assert np.array_equal(table.columns[0] * table.columns[1], table.columns[-1])
    assert list(np.abs(table.columns[-1])) == sorted(np.abs(table.columns[-1]), reverse=True)
    text = plain(view.sheet.text)
    for term in parts.terms[:3]:
        assert write(abs(term.first.value), 3) in text
        assert typed(term.second.value, 3) in text
    assert f"({integer(len(parts.terms) - 3)}more)" in text
    assert f"{typed(parts.z.value)})=" in text
    assert f"={typed(parts.a.value)}" in text
    assert parts.a.value == pytest.approx(float(digits.focus.a[layer - 1][neuron]))


def test_terms_shown_and_the_counted_rest_add_up_to_z(view, digits):
    explain(view, digits, Selection("neuron", 2, 7))
    parts = explain_neuron(digits.network(), digits.focus.x, 2, 7, by_size=True)
    rest = parts.terms.products[3:].sum()
    assert typed(abs(rest), 3) + "(27more)" in plain(view.sheet.text)
    shown_sum = sum(term.product for term in parts.terms[:3]) + rest + parts.bias.value
    assert shown_sum == pytest.approx(parts.z.value, rel=1e-5)


def test_what_only_the_next_net_has_is_explained_once_that_is_there(view, digits, make_snapshot):
    view.show_snapshot(make_snapshot(Recipe(dataset="tiny", layers=SMALL)))
    view.select(Selection("neuron", 1, 25))  # as on a page that nobody sees: moments pass it by
    assert view.page is None
    view.show_snapshot(digits)
    assert view.selection == Selection("neuron", 1, 25)
    assert view.page is not None
    view.select(Selection("neuron", 7, 0))
    view.select(None)
    view.show_snapshot(make_snapshot(Recipe(dataset="tiny", layers=SMALL)))
    assert view.page is None


def test_a_term_has_the_colour_of_what_it_adds(view, digits):
    view.resize(1200, 200)
    for theme in (DARK, LIGHT):
        view.set_theme(theme)
        explain(view, digits, Selection("neuron", 1, 4))
        seen = {tuple(colour) for colour in pixels(view.sheet).reshape(-1, 3)}
        for role in (theme.plus, theme.minus):
            assert QColor(role).getRgb()[:3] in seen


def test_a_weights_chain_and_slope_are_the_engines(view, digits):
    view.resize(900, 400)
    index = Selection.of_weight(digits.recipe, 2, 4, 7).parameter
    explain(view, digits, Selection("parameter", 2, 7, index))
    network, focus = digits.network(), digits.focus
    chain = explain_chain(network, focus.x, focus.y, index)
    slope = explain_slope(network, digits.sample.x, digits.sample.y, index)
    text = plain(view.sheet.text)
    for factor in chain.factors:
        assert typed(factor.value) in text
    assert f"={typed(chain.slope.value)}" in text
    assert f"={typed(slope.slope.value)}" in text
    assert "50testexamples" in text
    assert view.curve.line.slope == pytest.approx(slope.slope.value, rel=1e-4)
    assert view.header.field.text() == write(float(digits.theta[index]))


def test_while_training_runs_slopes_are_averaged_over_fewer_examples(view, digits):
    many = Sample(np.repeat(digits.sample.x, 20, 0), np.repeat(digits.sample.y, 20, 0))
    snapshot = replace(digits, sample=many, playing=True)
    explain(view, snapshot, Selection.of_weight(digits.recipe, 2, 4, 7))
    assert view.curve.line.examples == 100
    view.show_snapshot(replace(snapshot, playing=False))
    assert view.curve.line.examples == 1000


def test_the_cost_is_the_sum_of_its_outputs(view, digits):
    explain(view, digits, Selection("cost", 2))
    assert view.page.table.columns[-1].sum() == pytest.approx(digits.focus.cost, rel=1e-5)
    assert f"={typed(digits.focus.cost)}" in plain(view.sheet.text)
    view.select(Selection("output", 2, 3))
    assert view.page.table.own >= 0
    assert int(view.page.table.name(view.page.table.own)) == 3


def test_an_input_shows_its_value_and_its_weights(view, digits):
    k = int(np.argmax(digits.focus.x))
    explain(view, digits, Selection("neuron", 0, k))
    assert f"={typed(float(digits.focus.x[k]))}" in plain(view.sheet.text)
    row, column = divmod(k, 28)
    assert f"row{row + 1},column{column + 1}" in plain(view.sheet.text)
    assert view.page.table.rows == 30


# -- every network, every size --------------------------------------------------------------------


def fits_its_place(view):
    """Whether no part is cut off: formulas within the sheet, parts beside each other."""
    sheet = view.sheet
    if sheet.isVisible():
        width = sheet.viewport().width()
        assert all(x + box.width <= width + 1 for x, _, box in sheet.flow.rows), sheet.text
        assert sheet.flow.first <= sheet.viewport().height() + 3 or (
            sheet.flow.size == sheet.theme.scale.px(MAIN)
        )
    parts = [part for part in (sheet, view.table, view.curve) if part.isVisible()]
    for one in parts:
        assert view.rect().contains(one.geometry())
        assert not any(one.geometry().intersects(o.geometry()) for o in parts if o is not one)
    header = view.header
    for part in (header.field, header.pin, header.close_button, header.back, header.hands):
        if part.isVisible():
            assert header.rect().contains(part.geometry())
            assert part.width() >= part.minimumSizeHint().width() - 12


@pytest.mark.parametrize("size", sampled(SIZES, every=2), ids=str)
@pytest.mark.parametrize("layers", [SMALL, (784, 30, 10)], ids=str)
def test_every_page_fits_every_size(shown, make_snapshot, layers, size):
    snapshot = make_snapshot(Recipe(layers=layers))
    view = shown(*size)
    for selection in every_selection(snapshot.recipe):
        explain(view, snapshot, selection)
        fits_its_place(view)
        if view.header.toggle.isVisible():
            view.header.toggle.setChecked(True)
            fits_its_place(view)
            view.header.toggle.setChecked(False)
        pixels(view)
        assert view.page.copied[0]


@pytest.mark.parametrize(
    "recipe", sampled(FURTHEST, every=2), ids=lambda recipe: recipe.output_activation
)
def test_a_page_of_every_activation_and_cost_fits(shown, recipe):
    view = shown(900, 400)
    for moment in extremes(recipe):
        for selection in every_selection(recipe):
            explain(view, moment, selection)
            fits_its_place(view)
        pixels(view)


@pytest.mark.parametrize("optimiser", OPTIMISERS)
def test_the_step_in_the_curve_is_the_optimisers(view, make_snapshot, make_dataset, optimiser):
    dataset = make_dataset()
    rate = 0.1
    snapshot = make_snapshot(Recipe(dataset="tiny", optimiser=optimiser, learning_rate=rate))
    minibatch = minibatch_of(snapshot, dataset.x_train[:10], dataset.y_train[:10])
    minibatch = replace(minibatch, nudge=np.full_like(minibatch.nudge, 0.01))
    selection = Selection.of_weight(snapshot.recipe, 2, 4, 7)
    explain(view, at_phase(snapshot, minibatch, "update"), selection)
    assert view.curve.line.nudge == pytest.approx(0.01)
    assert view.page.learned == f"step of {OPTIMISERS[optimiser].label}"
    # The slope is that of before the update, the value shown that of after it.
    present = float(snapshot.theta[selection.parameter])
    assert view.curve.line.present.w == pytest.approx(present, abs=1e-6)
    assert view.page.value == pytest.approx(present + 0.01, abs=1e-6)


# -- clicks -------------------------------------------------------------------------------------


def click_target(qtbot, view, wanted):
    rect = next(rect for rect, target in view.sheet.places if target == wanted)
    place = rect.center().toPoint()
    qtbot.mouseClick(view.sheet.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_one_walks_through_the_net_by_clicking_numbers(qtbot, view, digits):
    view.resize(1200, 400)
    explain(view, digits, Selection("neuron", 2, 7))
    parts = explain_neuron(digits.network(), digits.focus.x, 2, 7, by_size=True)
    weight = Selection.of_weight(digits.recipe, 2, parts.terms[0].neuron, 7)
    click_target(qtbot, view, weight)
    assert view.said == [weight]
    assert view.selection == weight
    source = Selection("neuron", 1, parts.terms[0].neuron)
    click_target(qtbot, view, source)  # ∂z/∂w is the activation that the weight weighs
    assert view.said[-1] == source
    view.back()
    view.back()
    assert view.said[-2:] == [weight, Selection("neuron", 2, 7)]
    view.forward()
    assert view.selection == weight


def test_the_table_picks_neurons_and_weights(qtbot, view, digits):
    explain(view, digits, Selection("neuron", 2, 7))
    parts = explain_neuron(digits.network(), digits.focus.x, 2, 7, by_size=True)
    k = parts.terms[0].neuron
    for column, wanted in (
        (-1, Selection("neuron", 1, k)),
        (0, Selection.of_weight(digits.recipe, 2, k, 7)),
        (1, Selection("neuron", 1, k)),
        (2, Selection.of_weight(digits.recipe, 2, k, 7)),
    ):
        view.select(Selection("neuron", 2, 7))
        row = next(n for n in range(view.page.table.rows) if view.page.table.pick(n, 1) ==
                   Selection("neuron", 1, k))  # fmt: skip
        place = view.table.cell_rect(row, column).center().toPoint()
        qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert view.said[-1] == wanted


def test_the_counted_rest_opens_the_table_where_there_is_no_room_for_both(shown, qtbot, digits):
    view = shown(620, 130)
    explain(view, digits, Selection("neuron", 1, 4))
    assert view.sheet.isVisible()
    assert not view.table.isVisible()
    assert view.header.toggle.text() == "all 784 terms"
    click_target(qtbot, view, ALL)
    assert view.table.isVisible()
    assert view.page.table.rows == 785
    assert view.header.toggle.text() == "formula"
    view.header.toggle.click()
    assert view.sheet.isVisible()


def test_routes_of_a_weight_lead_to_the_outputs(qtbot, view, digits):
    selection = Selection.of_weight(digits.recipe, 1, 300, 4)
    explain(view, digits, selection)
    chain = explain_chain(digits.network(), digits.focus.x, digits.focus.y, selection.parameter)
    assert view.page.table.columns[-1].sum() == pytest.approx(chain.slope.value, rel=1e-4)
    view.header.toggle.click()
    largest = max(chain.routes, key=lambda route: abs(route.product))
    place = view.table.cell_rect(0, 0).center().toPoint()
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.said == [Selection("output", 2, largest.output)]


def test_numbers_can_be_picked_by_keys(qtbot, view, digits):
    explain(view, digits, Selection("neuron", 2, 7))
    view.sheet.setFocus()
    first, second = (target for _, target in view.sheet.places[:2])
    qtbot.keyClick(view.sheet, Qt.Key.Key_Tab)
    qtbot.keyClick(view.sheet, Qt.Key.Key_Tab)
    qtbot.keyClick(view.sheet, Qt.Key.Key_Return)
    assert view.said == ([second] if isinstance(second, Selection) else [])
    assert first == Selection("neuron", 2, 7)


# -- keeping, clearing, copying -----------------------------------------------------------------


def test_what_is_pinned_stays_with_its_example(qtbot, view, digits, make_snapshot):
    explain(view, digits, Selection("neuron", 2, 7))
    view.header.pin.click()
    view.select(Selection("cost", 2))
    assert view.selection == Selection("neuron", 2, 7)
    other = make_snapshot(example=5, steps=40)
    view.show_snapshot(other)
    parts = explain_neuron(other.network(), digits.focus.x, 2, 7)
    assert f"={typed(parts.a.value)}" in plain(view.sheet.text)
    assert "pinned" in view.header.where.text()
    view.header.pin.click()
    assert "test image 6" in view.header.where.text()
    view.select(Selection("cost", 2))
    assert view.selection == Selection("cost", 2)


def test_another_run_unpins(view, digits):
    explain(view, digits, Selection("neuron", 2, 7))
    view.header.pin.click()
    view.show_snapshot(replace(digits, run=1))
    assert not view.pinned


def test_escape_and_the_cross_clear(qtbot, view, digits):
    selection = Selection("neuron", 2, 7)
    for deed in (
        lambda: view.header.close_button.click(),
        lambda: qtbot.keyClick(view, Qt.Key.Key_Escape),
        lambda: qtbot.keyClick(view.sheet, Qt.Key.Key_Escape),
    ):
        explain(view, digits, selection)
        view.said.clear()
        deed()
        assert view.said == [None]
        assert view.page is None
        assert not view.sheet.isVisible()
    view.back()
    assert view.selection == selection


def test_alt_and_arrows_go_through_what_was_selected(qtbot, view, digits):
    explain(view, digits, Selection("neuron", 2, 7))
    view.select(Selection("cost", 2))
    keys = {each.key().toString(): each for each in view.findChildren(QShortcut)}
    keys["Alt+Left"].activated.emit()
    assert view.selection == Selection("neuron", 2, 7)
    keys["Alt+Right"].activated.emit()
    assert view.selection == Selection("cost", 2)
    assert not view.header.forward.isEnabled()


def test_formulas_are_copied_as_text(qtbot, view, digits):
    explain(view, digits, Selection("neuron", 2, 7))
    parts = explain_neuron(digits.network(), digits.focus.x, 2, 7, by_size=True)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text().split("\n")
    assert copied[:3] == [
        parts.whole.text,
        parts.whole.text_with_numbers,
        f"ŷ₈ = {write(parts.a.value)}",
    ]


def test_a_network_of_other_layers_clears_what_it_has_not(view, digits, make_snapshot):
    explain(view, digits, Selection("neuron", 1, 29))
    view.show_snapshot(make_snapshot(Recipe(layers=SMALL), run=1))
    assert (view.selection, view.page) == (None, None)
    view.select(Selection("neuron", 1, 29))
    assert view.selection is None


# -- what was chosen --------------------------------------------------------------------------


def test_what_was_chosen_comes_back(shown, digits):
    view, other = shown(620, 130), shown(620, 130)
    explain(view, digits, Selection("neuron", 2, 7))
    view.select(Selection("cost", 2))
    view.select(Selection("neuron", 1, 4))
    view.back()
    view.header.toggle.setChecked(True)
    kept = json.loads(json.dumps(view.state()))
    assert kept["history"][1] == ["cost", 2, 0, -1]
    other.show_snapshot(digits)
    other.restore(kept)
    assert other.selection is None, "the selection is the whole window's"
    other.select(Selection("cost", 2))
    assert other.state() == view.state()
    assert other.table.isVisible()
    other.forward()
    assert other.selection == Selection("neuron", 1, 4)


@pytest.mark.parametrize(
    "kept",
    [
        {"history": [["neuron", 1, 500, -1]], "at": 0},
        {"history": [["neuron", 1, 3, -1]], "at": 5},
        {"history": [["nonsense"]], "at": 0},
        {"history": 3, "at": "x", "table": 1, "height": None},
        {"unknown": True},
    ],
    ids=str,
)
def test_what_does_not_fit_changes_nothing(view, digits, kept):
    explain(view, digits, Selection("neuron", 2, 7))
    before = view.state()
    view.restore(kept)
    assert view.state() == before
    assert view.selection == Selection("neuron", 2, 7)
    view.restore({"height": 10**9})
    assert view.sizeHint().height() <= 1080


# -- hands --------------------------------------------------------------------------------------


def test_a_weight_is_set_by_hand(qtbot, view, digits):
    selection = Selection.of_weight(digits.recipe, 2, 4, 7)
    explain(view, digits, selection)
    view.header.field.changed.emit(0.5, True)
    view.header.zero.click()
    assert view.edits == [
        MakeEdit("theta", (0.5,), (selection.parameter,), dragging=True),
        MakeEdit("theta", (0.0,), (selection.parameter,)),
    ]


def test_a_neuron_is_switched_off_and_its_layer_shuffled(qtbot, view, digits):
    explain(view, digits, Selection("neuron", 1, 4))
    off, shuffle = view.header.menu.actions()
    off.trigger()
    assert len(view.edits) == 1
    (edit,) = view.edits
    assert (edit.name, set(edit.value), len(edit.indices)) == ("theta", {0.0}, 10)
    assert not edit.dragging
    shuffle.trigger()
    assert len(view.edits[1].value) == 784 * 30
    view.select(Selection("neuron", 2, 3))
    view.header.menu.actions()[0].trigger()
    assert len(view.edits) == 3
    assert len(view.edits[2].value) == 31
    view.select(Selection("cost", 2))
    assert not view.header.hands.isVisible()


# -- phases -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("selection", "phases"),
    [
        (Selection("neuron", 1, 4), ["pick", "forward 1"]),
        (Selection("neuron", 2, 4), ["forward 1", "forward 2"]),
        (Selection("output", 2, 4), ["forward 2", "cost"]),
        (Selection("cost", 2), ["forward 2", "cost"]),
        (Selection("parameter", 2, 4, 784 * 30 + 4), ["cost", "backward 2"]),
        (Selection("parameter", 1, 4, 4), ["backward 2", "backward 1"]),
    ],
    ids=str,
)
def test_no_number_is_shown_before_the_phase_that_computes_it(
    view, digits, make_dataset, selection, phases
):
    dataset = make_dataset()
    minibatch = minibatch_of(digits, dataset.x_train[:10], dataset.y_train[:10])
    before, after = phases
    explain(view, at_phase(digits, minibatch, before), selection)
    assert plain(f"“{after}”") in plain(view.sheet.text)
    assert view.page.table is None
    assert view.page.curve is None
    assert "example 3 of this minibatch" in view.header.where.text() + view.header.title.text()
    hidden = view.page.copied
    view.show_snapshot(at_phase(digits, minibatch, after))
    assert "Notcomputedyet" not in plain(view.sheet.text)
    assert view.page.copied != hidden


def test_slopes_are_averaged_in_their_own_phase(view, digits, make_dataset):
    dataset = make_dataset()
    minibatch = minibatch_of(digits, dataset.x_train[:10], dataset.y_train[:10])
    selection = Selection.of_weight(digits.recipe, 2, 4, 7)
    explain(view, at_phase(digits, minibatch, "backward 1"), selection)
    assert not view.curve.isVisible()
    view.show_snapshot(at_phase(digits, minibatch, "average"))
    assert view.curve.isVisible()
    slope = minibatch.gradient[selection.parameter]
    assert view.curve.line.slope == pytest.approx(float(slope), rel=1e-4)
    assert "10examplesofthisminibatch" in plain(view.sheet.text)


# -- the room it takes, the time it takes -------------------------------------------------------


def test_it_has_its_height_before_anything_is_selected_except_in_a_low_window(qtbot, show, digits):
    window = QWidget()
    qtbot.addWidget(window)
    box = QVBoxLayout(window)
    network, view = QWidget(), show(InspectorView)
    box.addWidget(network, 1)
    box.addWidget(view)
    window.resize(700, 720)
    window.show()
    view.show_snapshot(digits)
    assert view.height() == 130
    above = network.geometry()
    view.select(Selection("neuron", 2, 7))
    qtbot.waitUntil(lambda: view.page is not None)
    qtbot.wait(1)
    assert (view.height(), network.geometry()) == (130, above)
    window.resize(900, 1080)
    qtbot.waitUntil(lambda: view.height() == 170)
    qtbot.mousePress(view.header, Qt.MouseButton.LeftButton, pos=QPoint(300, 8))
    qtbot.mouseMove(view.header, QPoint(300, -42))
    qtbot.mouseRelease(view.header, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.height() == 220)
    view.select(None)
    assert view.height() == 220
    window.resize(900, LOW - 1)
    qtbot.waitUntil(lambda: view.height() == IDLE)


def test_it_says_what_to_do_while_nothing_is_selected(view, digits):
    view.resize(620, IDLE)
    view.show_snapshot(digits)
    assert view.page is None
    picture = pixels(view)
    assert np.any(picture != picture[0, -1])
    assert all(hint.endswith("?") for hint in HINTS)


def test_a_hidden_inspector_works_nothing_out(qtbot, view, digits, monkeypatch):
    explain(view, digits, Selection("neuron", 2, 7))
    view.hide()
    monkeypatch.setattr("nnviz.views.inspector.view.picture", lambda *_: pytest.fail("worked"))
    view.show_snapshot(replace(digits, step=1))
    monkeypatch.undo()
    view.show()
    assert view.page is not None


@pytest.mark.parametrize("theme", sampled([DARK, LIGHT], every=2), ids=lambda theme: theme.name)
def test_it_takes_on_the_colours_of_the_theme(view, digits, theme):
    view.set_theme(theme)
    explain(view, digits, Selection.of_weight(digits.recipe, 1, 300, 4))
    picture = pixels(view).reshape(-1, 3)
    colours, counts = np.unique(picture, axis=0, return_counts=True)
    assert tuple(colours[counts.argmax()]) == QColor(theme.panel).getRgb()[:3]
    assert QColor(theme.now).getRgb()[:3] in {tuple(colour) for colour in picture}
