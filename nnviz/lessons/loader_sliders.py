"""The reader of the sliders that stand below a scene's text."""

from nnviz.data.toml_tables import Table
from nnviz.lessons.lesson import Slider
from nnviz.lessons.loader_parts import read_expression, read_text, read_truth
from nnviz.numbers import integer

MOST_SLIDERS, MOST_NOTCHES = 3, 1000
"""Most sliders of a scene, and most steps from one end of a slider to the other."""
FARTHEST = 1_000_000
"""Farthest end of a slider."""


def read_sliders(scene: Table) -> tuple[Slider, ...]:
    """Return the sliders of a scene.

    Raises:
        DataError: one is not said as it should be; the sentence names file and line.
    """
    found = []
    for table in scene.tables("slider"):
        table.only("of", "name", "turned", "low", "high", "step")
        table.need("of", "name", "low", "high", "step")
        of = read_expression(table, "of", "thing")
        assert of is not None
        low, high, step = (_finite(table, key) for key in ("low", "high", "step"))
        if not (0 < step <= high - low <= MOST_NOTCHES * step):
            table.refuse(
                "'low' must be less than 'high', and 'step' fit between them, at most "
                f"{integer(MOST_NOTCHES)} times.",
                "step",
            )
        name, turned = read_text(table, "name", needed=True), read_truth(table, "turned")
        found.append(Slider(of, name, turned, low, high, step))
    if len(found) > MOST_SLIDERS:
        scene.refuse(f"a scene has at most {MOST_SLIDERS} sliders.", "slider", MOST_SLIDERS)
    return tuple(found)


def _finite(table: Table, key: str) -> float:
    value = table.values[key]
    good = isinstance(value, int | float) and not isinstance(value, bool)
    if not good or not abs(value) <= FARTHEST:
        table.refuse(f"'{key}' must be a number, at most {integer(FARTHEST)}.", key)
    return float(value)
