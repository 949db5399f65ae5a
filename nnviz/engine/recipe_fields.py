"""How fields of a recipe are declared, each with its setting, and how layers are read from text."""

from dataclasses import field
from typing import Any

from nnviz.engine.settings import AUGMENTATION, RecipeError, Setting


def plain_field(default: Any, label: str, help: str, **more: Any) -> Any:
    """Return a field of a recipe; see `Setting`."""
    return field(default=default, metadata={"setting": Setting(default, label, help, **more)})


def strength_field(label: str, help: str, high: float, usual: float, unit: str = "") -> Any:
    """Return a field that says how strongly pictures are varied, afresh each time."""
    more = {"high": high, "usual": usual, "unit": unit, "group": AUGMENTATION, "zero": "off"}
    help = f"{help}, afresh each time."
    return plain_field(0.0, label, help, changeable=True, varies="inputs", **more)


def share_field(default: float, label: str, help: str, **more: Any) -> Any:
    """Return a field that is a share, below 1, and may change in the middle of a run."""
    return plain_field(default, label, help, high=1.0, open_high=True, changeable=True, **more)


def parse_layers(text: str) -> tuple[int, ...]:
    """Read layer sizes such as `784,30,10`; also `784-30-10` and `784 30 10`.

    Raises:
        RecipeError: the text is not a list of whole numbers.
    """
    parts = text.replace("-", ",").replace("·", ",").replace(" ", ",").split(",")
    try:
        return tuple(int(part) for part in parts if part)
    except ValueError:
        raise RecipeError(
            f"The layers '{text}' are not a list of whole numbers: write them like 784,30,10."
        ) from None


def parse_activation(text: str) -> str | tuple[str, ...]:
    """Read one activation name, or one for each hidden layer separated by commas."""
    names = tuple(part.strip() for part in text.split(","))
    return names[0] if len(names) == 1 else names
