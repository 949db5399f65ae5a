"""The reader of questions: choices, numbers, things to point at, lines to draw."""

from typing import Any

from nnviz.data.toml_tables import Table
from nnviz.lessons.lesson import JUDGED, POINTED, Choice, Feedback, Question
from nnviz.lessons.loader_parts import (
    expression_of,
    read_expression,
    read_id,
    read_number,
    read_text,
    read_truth,
)
from nnviz.lessons.values import Kind

MOST_CHOICES = 8
_OF_ALL = ("ask", "judged", "to")
_OF_CHOICES = ("choices",)
_OF_ANSWERS = ("answer", "feedback", "right_feedback")
_KEYS = {
    "choice": _OF_CHOICES,
    "point": ("point", *_OF_ANSWERS),
    "line": ("line", "tolerance", "degrees", *_OF_ANSWERS),
    "number": ("tolerance", "unit", *_OF_ANSWERS),
}
"""What a question of each kind says, besides what all say."""


def read_question(scene: Table, key: str, judged: str) -> Question | None:
    """Return the question of a scene under a key; None where it asks none.

    Args:
        scene: its table.
        key: question or skip.
        judged: when it is judged where it does not say.

    Raises:
        DataError: it is wrong; the sentence names file and line.
    """
    if key not in scene:
        return None
    table = scene.table(key)
    kind: Any = next((kind for kind, keys in _KEYS.items() if keys[0] in table), "number")
    table.only(*_OF_ALL, *_KEYS[kind])
    judged = table.text("judged", judged)
    if judged not in JUDGED:
        table.refuse(f"'judged' must be one of {', '.join(JUDGED)}.", "judged")
    tolerance, relative = _tolerance(table)
    return Question(
        ask=read_text(table, "ask", needed=True),
        kind=kind,
        choices=tuple(_choice(one) for one in _choices(table)) if kind == "choice" else (),
        answer=_answer(table, kind),
        tolerance=tolerance,
        relative=relative,
        unit=read_text(table, "unit"),
        point=_point(table),
        degrees=read_number(table, "degrees", 90) if "degrees" in table else 10.0,
        feedback=tuple(_feedback(one) for one in table.tables("feedback")),
        right_feedback=read_text(table, "right_feedback"),
        judged=judged,
        to=read_id(table, "to") if "to" in table else "",
    )


def _choices(table: Table) -> list[Table]:
    found = table.tables("choices")
    if not 2 <= len(found) <= MOST_CHOICES:
        table.refuse(f"a question has 2 to {MOST_CHOICES} choices.", "choices")
    decided = [one.values.get("right", False) for one in found]
    if all(right is False for right in decided):
        table.refuse("no choice is right: say right = true, or a condition, at one.", "choices")
    return found


def _choice(table: Table) -> Choice:
    table.only("text", "right", "feedback")
    right = table.values.get("right", False)
    return Choice(
        text=read_text(table, "text", needed=True),
        right=right if isinstance(right, bool) else expression_of(table, right, "bool", "right"),
        feedback=read_text(table, "feedback", needed=True),
    )


def _feedback(table: Table) -> Feedback:
    table.only("text", "when")
    return Feedback(read_text(table, "text", needed=True), read_expression(table, "when", "bool"))


def _answer(table: Table, kind: str) -> Any:
    if kind == "choice":
        return None
    table.need("answer")
    pointed = table.text("point")
    wanted: Kind = "number" if kind == "number" or pointed == "class" else "thing"
    return read_expression(table, "answer", wanted)


def _point(table: Table) -> str:
    point = table.text("point")
    if "point" in table and point not in POINTED:
        table.refuse(f"'point' must be one of {', '.join(POINTED)}.", "point")
    if "line" in table and not read_truth(table, "line"):
        table.refuse("'line' must be true, or left out.", "line")
    return point


def _tolerance(table: Table) -> tuple[float, bool]:
    """Return how far off an answer may be, and whether that is a share of it."""
    said = table.values.get("tolerance", 0.0)
    if isinstance(said, str):
        try:
            share = float(said.removesuffix("%")) / 100
        except ValueError:
            share = -1.0
        if not said.endswith("%") or not 0 <= share <= 1:
            table.refuse("'tolerance' must be a number, or a share such as \"1%\".", "tolerance")
        return share, True
    return read_number(table, "tolerance", 1e9), False
