"""What edges show: every mode draws what it says, and says what it draws."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from nnviz.engine.changes import Edit
from nnviz.engine.network import views
from nnviz.engine.recipe import Recipe
from nnviz.engine.selection import Selection
from nnviz.views.network.edge_modes import MODES, contributions, shown
from nnviz.views.network.edges import ends
from nnviz.views.network.phase_display import phase_display
from nnviz.views.network.view import NetworkView
from nnviz.views.palette import DARK, rgb
from tests.views.grabbing import pixels
from tests.views.network.hands import lines_of, words_of
from tests.views.phasing import at_phase, minibatch_of


@pytest.fixture
def show(show):
    def show_mode(*snapshots, size=(1100, 620), mode="weights"):
        view = show(NetworkView, None, size)
        for snapshot in snapshots:
            view.show_snapshot(snapshot)
        view.choose(edges=mode)
        return view

    return show_mode


def weights_of(snapshot, vector):
    """Return a vector with its biases left out."""
    parts = [part.ravel() for part in views(snapshot.recipe, np.asarray(vector))[0]]
    return np.concatenate(parts)


def expected(mode, before, snapshot):
    if mode == "slopes":
        return snapshot.gradient
    if mode == "nudges":
        return snapshot.theta - before.theta
    if mode == "contributions":
        weights = snapshot.network().weights
        inputs = (snapshot.focus.x, *snapshot.focus.a)
        return np.concatenate(
            [(w * a[:, None]).ravel() for w, a in zip(weights, inputs, strict=False)]
        )
    return snapshot.theta


@pytest.mark.parametrize("layers", [(784, 30, 10), (784, 100, 10), (2, 4, 3, 1)], ids=str)
@pytest.mark.parametrize("mode", ["weights", "slopes", "nudges", "contributions"])
def test_a_mode_draws_what_it_says(show, make_snapshot, layers, mode):
    recipe = Recipe(layers=layers, learning_rate=0.5)
    before, now = (make_snapshot(recipe, steps=steps) for steps in (19, 20))
    view = show(before, now, mode=mode)
    values, edges = expected(mode, before, now), view.edges
    assert np.allclose(edges.weight, values[edges.parameter])
    start = 0
    for layer, (inputs, outputs) in enumerate(itertools.pairwise(layers), 1):
        drawn = [view.place.columns[at].drawn for at in (layer - 1, layer)]
        w = values[start : start + inputs * outputs].reshape(inputs, outputs)[drawn[0], drawn[1]]
        mine = np.abs(edges.weight[edges.layer == layer])
        largest = np.sort(np.abs(w).ravel())[::-1][: len(mine)]
        assert np.allclose(np.sort(mine)[::-1], largest)
        start += inputs * outputs
    legend = view._picture.subject.legend
    largest = np.abs(edges.weight).max()
    (end,) = [text for text in words_of(view) if legend in text and text.startswith("+")]
    mantissa, _, power = end[1:].partition(legend)[0].strip().partition("×10")
    digits = power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
    assert float(mantissa) * 10.0 ** int(digits or 0) == pytest.approx(largest, rel=0.006)


def test_no_two_modes_look_alike(show, make_snapshot):
    view = show(*(make_snapshot(steps=steps) for steps in (19, 20)))
    view.select(Selection("neuron", 1, 4))
    pictures = []
    for mode in MODES:
        view.choose(edges=mode)
        pictures.append(pixels(view)[: int(view.place.footer.top)])  # the words differ anyway
    assert not any(np.array_equal(*pair) for pair in itertools.combinations(pictures, 2))


@pytest.mark.parametrize("mode", ["slopes", "nudges", "contributions"])
def test_the_strongest_has_the_hue_of_its_sign(show, make_snapshot, mode):
    before, now = (make_snapshot(steps=steps) for steps in (19, 20))
    view = show(before, now, mode=mode)
    x0, y0, x1, y1 = (float(part[-1]) for part in ends(view.place, view.edges))
    patch = pixels(view)[round((y0 + y1) / 2) - 2 :, round((x0 + x1) / 2)][:5].astype(int)
    seen = patch[np.abs(patch - rgb(DARK.panel)).sum(axis=1).argmax()]
    plus, minus = (np.abs(seen - rgb(hue)).sum() for hue in (DARK.plus, DARK.minus))
    assert (plus < minus) == (view.edges.weight[-1] > 0)


def test_the_footer_says_what_is_shown_and_what_is_left_out(show, make_snapshot):
    view = show(make_snapshot(), size=(1600, 800), mode="contributions")
    assert any(
        "of 23\u202f820 edges" in t and "the strongest contributions w·a" in t
        for t in words_of(view)
    )
    view.choose(edges="weights")
    assert any(
        "640 of 23\u202f820 edges" in t and "strongest |w| of each layer" in t
        for t in words_of(view)
    )


def test_a_silent_input_contributes_nothing(make_snapshot):
    snapshot = make_snapshot()
    focus = replace(snapshot.focus, x=np.zeros_like(snapshot.focus.x))
    values = contributions(replace(snapshot, focus=focus))
    assert not values[: 784 * 30].any()
    assert values[784 * 30 : 784 * 30 + 300].any()


def test_a_nudge_is_only_told_where_it_was_seen(make_snapshot):
    mode = MODES["nudges"]
    first, before, now = (make_snapshot(steps=steps) for steps in (5, 19, 20))
    assert np.array_equal(shown(mode, now, before, None)[1], now.theta - before.theta)
    subject, values = shown(mode, now, first, None)
    assert "15 minibatches" in subject.strongest
    assert np.array_equal(values, now.theta - first.theta)
    subject, values = shown(mode, now, None, None)
    assert "η" in subject.legend
    assert np.allclose(values, -now.recipe.learning_rate * now.gradient)
    adam = replace(now, recipe=Recipe(dataset="tiny", optimiser="adam"))
    subject, values = shown(mode, adam, None, None)
    assert not values.any()
    assert all("known" in text for text in subject.nothing)
    assert subject.nothing
    # A weight that was set by hand meanwhile is no nudge.
    change = Edit(19, "theta", (1.0,), (0.0,), (3,))
    subject, _ = shown(mode, replace(adam, changes=(change,)), before, None)
    assert all("known" in text for text in subject.nothing)
    assert subject.nothing


def test_where_nothing_is_known_nothing_is_drawn_and_that_is_said(show, make_snapshot):
    view = show(make_snapshot(steps=0), mode="slopes")
    assert len(view.edges) == 0
    assert any("no slopes known" in text for text in words_of(view))


def test_phase_by_phase_no_mode_tells_what_is_not_known_yet(make_snapshot, make_dataset):
    snapshot, data = make_snapshot(), make_dataset()
    minibatch = minibatch_of(snapshot, data.x_train[:10], data.y_train[:10])

    def at(mode, name):
        moment = at_phase(snapshot, minibatch, name)
        return shown(MODES[mode], moment, None, phase_display(moment))

    assert at("slopes", "backward 1")[0].kind == "weights"
    assert np.array_equal(at("slopes", "update")[1], minibatch.gradient)
    assert at("nudges", "average")[0].kind == "weights"
    assert np.array_equal(at("nudges", "update")[1], minibatch.nudge)
    first = 784 * 30
    for name, known in (
        ("pick", (False, False)),
        ("forward 1", (True, False)),
        ("cost", (True, True)),
    ):
        values = at("contributions", name)[1]
        assert (bool(values[:first].any()), bool(values[first : first + 300].any())) == known


def test_selected_shows_all_edges_of_the_neuron_selected(show, make_snapshot):
    view = show(make_snapshot(), mode="selected")
    assert len(view.edges) == 640
    view.select(Selection("neuron", 1, 4))
    assert len(view.edges) == 794
    assert any(text.startswith("all 794 edges of neuron 5") for text in words_of(view))
    view.select(None)
    assert len(view.edges) == 640


def test_a_click_on_the_scale_keeps_it_fixed(qtbot, show, make_snapshot, with_theta):
    snapshot = make_snapshot()
    view = show(snapshot)
    pixels(view)
    (end,) = [text for text in words_of(view) if text.endswith(" weight")]
    box = view.drawing.stage.legend
    where = QPoint(round(box.left + box.width / 2), round(box.top + box.height / 2))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=where)
    view.show_snapshot(with_theta(snapshot, 3 * snapshot.theta))
    assert f"{end} · fixed" in words_of(view)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=where)
    assert end not in words_of(view)
    assert not any("fixed" in text for text in words_of(view))


def test_the_menu_offers_every_mode_and_shows_the_one_chosen(show, make_snapshot):
    view = show(make_snapshot())
    controls = view.controls
    for mode in MODES.values():
        controls.modes[mode.id].trigger()
        assert mode.short in controls.chooser.text()
        assert [name for name, action in controls.modes.items() if action.isChecked()] == [mode.id]
    box = controls.chooser.geometry()
    assert view.rect().contains(box)
    assert not any(line.sceneBoundingRect().toRect().intersects(box) for line in lines_of(view))
