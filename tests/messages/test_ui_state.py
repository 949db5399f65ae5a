"""The state of the screen: there and back through JSON, and nothing broken gets in."""

import json
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.selection import Selection
from nnviz.messages.ui_state import UiState, read_state

STATE = UiState(
    selection=Selection("parameter", 1, 2, 7),
    granularity="phase",
    speed=4,
    open_panels=("cost", "surface"),
    front=("surface",),
    views={"cost": {"log": True, "zoom": [0, 1.5]}},
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
KEYS = ("selection", "granularity", "speed", "open_panels", "front", "views")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A view's state of every kind of value."""

    mode: str = "2-D"
    log: bool = False
    zoom: float = 1.0
    pair: tuple[int, ...] = (0, 1)
    neuron: int | None = None


def test_it_comes_back_through_json():
    assert UiState.from_dict(json.loads(json.dumps(STATE.to_dict()))) == STATE
    assert UiState.from_dict(UiState().to_dict()) == UiState()


@given(st.dictionaries(st.sampled_from(KEYS) | st.text(), JSON))
def test_whatever_is_broken_is_left_out(kept):
    found = UiState.from_dict(kept)
    assert UiState.from_dict(json.loads(json.dumps(found.to_dict()))) == found


def test_what_is_no_dictionary_is_an_empty_state():
    for kept in (None, [], "x", 3):
        assert UiState.from_dict(kept) == UiState()


def test_a_views_state_takes_fitting_values_only():
    before = Chosen()
    assert read_state({"mode": "3-D", "log": True, "zoom": 2, "pair": [3, 4]}, before) == Chosen(
        "3-D", True, 2.0, (3, 4)
    )
    assert read_state({"mode": 3, "log": 1, "zoom": "x", "pair": 5, "other": 1}, before) == before
    assert read_state({"mode": None, "log": None, "zoom": None, "pair": None}, before) == before
    assert read_state({"neuron": 5}, before).neuron == 5
    assert read_state({"neuron": None}, Chosen(neuron=5)).neuron is None


def test_what_is_as_usual_is_left_out_and_comes_back():
    usual = UiState(granularity="phase", speed=3, views={"cost": {"log": True, "zoom": [0, 1.5]}})
    own = STATE.beyond(usual)
    assert (own.granularity, own.speed, own.views) == ("", 4, {})
    assert own.over(usual) == STATE
    zoomed = UiState(views={"cost": {"log": True, "zoom": [0, 1]}, "race": {"mode": "2-D"}})
    own = zoomed.beyond(usual)
    assert own.views == {"cost": {"zoom": [0, 1]}, "race": {"mode": "2-D"}}
    assert own.over(usual).views == zoomed.views
