"""What is shown of an example, as a value: words, table and kept room, without a window."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz import numbers
from nnviz.data.description import Column, DataDescription
from nnviz.engine import Recipe
from nnviz.engine.training.phases import phases_of
from nnviz.views.minibatch import text
from nnviz.views.minibatch.picture import EMPTY, picture
from tests.snapshots import make_dataset, make_snapshot
from tests.views.phasing import at_phase, minibatch_of

RECIPE = Recipe(dataset="tiny", layers=(16, 5, 4), learning_rate=0.5)


@pytest.fixture(scope="module")
def data():
    return make_dataset(16, 4)


@pytest.fixture(scope="module")
def moment(data):
    return make_snapshot(RECIPE, data)


@pytest.fixture(scope="module")
def minibatch(moment, data):
    return minibatch_of(moment, data.x_train[:6], data.y_train[:6])


def test_a_test_example_is_told_with_what_it_costs(moment):
    shown = picture(moment)
    assert shown.title == text.title_of(moment)
    assert shown.sentence == text.bound(text.sentence_of(moment))
    assert [row.name for row in shown.rows] == ["0", "1", "2", "3"]
    assert len(shown.costs) == 2
    assert shown.costs[0][1] == text.cost_of(moment)
    assert shown.layer == 2
    sizes = [shown.rows[place].size for place in shown.order if not shown.rows[place].wanted]
    assert shown.rows[shown.order[0]].wanted
    assert len(sizes) == 3


def test_a_phase_shows_only_what_it_has_computed_and_keeps_the_room_of_all(moment, minibatch):
    before = EMPTY
    for phase in phases_of(RECIPE):
        shown = picture(at_phase(moment, minibatch, phase.name), before=before)
        assert before is EMPTY or shown.contents is before.contents
        assert shown.title in shown.contents.titles
        known = phase.kind not in ("pick", "forward")
        assert bool(shown.costs) == known
        assert all(bool(row.cells[3]) == known for row in shown.rows)
        assert all(row.cells[3] for row in shown.contents.rows)
        before = shown


def test_a_drawing_has_no_desired_output_and_no_cost(moment):
    shown = picture(moment, np.linspace(0, 1, 16, dtype=np.float32))
    assert (shown.title, shown.costs) == ("Your drawing", ())
    assert all(row.cells[0] == "" and row.cells[1] and not row.wanted for row in shown.rows)
    again = picture(moment, np.zeros(3, np.float32))
    assert again == picture(moment), "a drawing that the net does not take"


def test_room_only_grows_while_it_plays(moment):
    playing = replace(moment, playing=True)
    before = picture(playing)
    later = replace(make_snapshot(RECIPE, make_dataset(16, 4), steps=90), playing=True)
    shown = picture(later, before=before)
    assert shown.about == before.about
    for row, old in zip(shown.contents.rows, before.contents.rows, strict=True):
        assert [len(cell) for cell in row.cells] >= [len(cell) for cell in old.cells]
    if shown.contents is before.contents:
        assert shown.order == before.order
    assert picture(later, before=shown).contents is shown.contents


def test_another_example_is_about_something_else(moment):
    other = make_snapshot(RECIPE, make_dataset(16, 4), example=3)
    first = picture(moment)
    assert picture(other, before=first).about != first.about
    assert picture(moment, before=first) == first


def test_the_longest_sentence_has_all_digits_of_a_number_of_the_file():
    moment = make_snapshot(Recipe(layers=(2, 1), dataset="tiny"), make_dataset(2, 1))
    described = replace(moment, description=DataDescription(targets=(Column("y", "cm"),)))
    focus = replace(moment.focus, a=(np.array([-0.858234]),), y=np.array([-0.9933]))
    shown = text.sentence_of(replace(described, focus=focus))
    assert "−0.8582 cm" in shown
    longest = text.longest_sentence_of(replace(described, focus=focus))
    assert len(longest.partition("\n")[0]) >= len(shown.partition("\n")[0])


def test_who_wishes_more_digits_gets_them_in_every_row(moment):
    usual = picture(moment)
    assert all(len(cell) <= 5 for cell in usual.rows[0].cells)
    numbers.set_digits(numbers.MOST)
    shown = picture(moment, before=usual)
    y, a = (np.asarray(part, np.float64) for part in (moment.focus.y, moment.focus.a[-1]))
    for row, actual, difference in zip(shown.rows, a, np.abs(a - y), strict=True):
        assert row.cells[1:3] == (f"{actual:.9f}", f"{difference:.9f}")
    parts = [float(row.cells[3]) for row in shown.rows]
    assert sum(parts) == pytest.approx(moment.focus.cost, abs=5e-9)
    assert shown.contents.rows[0].cells[1] >= shown.rows[0].cells[1]
