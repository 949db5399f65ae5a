"""What the augmentation preview says."""

from nnviz.engine.notation import example_name
from nnviz.numbers import integer

NO_PICTURES = (
    "These examples are no pictures, so there is nothing to move, turn or warp: "
    "choose digits in the menu Data."
)
NOTHING = (
    "All strengths are 0: every picture is trained on as it is.",
    "All strengths are 0: nothing is varied.",
    "All strengths are 0.",
)
"""That pictures stay as they are, the fullest wording first."""
ORIGINAL = "the original"
NONE = "none"
WIDEST_FIGURE = "± 0.55 px"
"""As wide as any strength."""
BUTTONS = (
    ("another picture", "try the usual strengths", "set all to 0"),
    ("another picture", "usual strengths", "set all to 0"),
    ("another", "usual", "all 0"),
)
"""What the buttons are called, the fullest wording first."""
ANOTHER_TIP = "Show the next training picture"
USUAL_TIP = "Change all six from here on; each is a change of its own that undo takes back"
ZERO_TIP = "Train on pictures as they are from here on"


def variants(number: int, index: int) -> tuple[str, ...]:
    """Say what stands behind the original, the fullest wording first."""
    said = f"and {integer(number)} variants"
    names = (example_name(index, picture=True, part=part) for part in ("training", ""))
    return (*(f"{said} of {name}" for name in names), said, f"+ {integer(number)}")
