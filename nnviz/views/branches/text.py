"""What the branches view says."""

from nnviz.engine.run.snapshot import BranchLook
from nnviz.numbers import count, integer, write

EMPTY = "Go back, change something, and the run that you leave stays here to compare with."
LIST = "Branches"
BUTTONS = (
    ("go back to it", "rename", "forget"),
    ("go back", "rename", "forget"),
    ("back", "name", "forget"),
)
"""What the buttons are called, the fullest wording first."""
TAKE_TIP = "Train this branch on  [Enter]"
RENAME_TIP = "Give it another name  [F2]"
DROP_TIP = "Forget this branch for good"
TEST, HERE, THERE = "test", "here", "there"
AT_END, MEASURED_LAST = ("at the end", "end"), ("measured last", "last")
"""What the second moment is called, in full and in short."""
SAME_STEP = "same step"
NO_FIGURE = "–"


def origin(look: BranchLook) -> str:
    """Say where a branch begins: "from step 1 200: η 3 → 0.5", or "from the start"."""
    return f"from step {integer(look.start)}: {look.words}" if look.words else "from the start"


def extents(look: BranchLook, older: str) -> tuple[str, ...]:
    """Say how far a branch went and, where that is not its end, when its figures were true."""
    steps = count(look.reached, "step")
    epoch = write(float(look.epoch_layout.epochs(look.reached)), 9, decimals=2)
    whole = f"{steps} · epoch {epoch}"
    if not older:
        return (whole,)
    return (
        f"{whole} · measured {older}",
        f"{steps} · measured {older}",
        f"{steps} · {older}",
        f"{steps}\n{older}",
    )


def differences(look: BranchLook) -> tuple[str, ...]:
    """Say what makes the difference: "here: η 3 → 0.5", "there: nothing changed"."""
    sides = [(HERE, look.against), (THERE, look.apart)]
    return tuple(f"{side}:\u00a0{_unbroken(words)}" for side, words in sides if words)


def moment(kind: str, number: float) -> str:
    """Name a step or an epoch that two branches share."""
    return f"{kind} {write(number, 9)}"


def _unbroken(words: str) -> str:
    """Let lines break between changes only, as far as they can."""
    return ", ".join(change.replace(" ", "\u00a0") for change in words.split(", "))
