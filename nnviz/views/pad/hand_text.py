"""What the pad says while it learns a hand; several wordings, the fullest first."""

from nnviz import numbers
from nnviz.views.pad.text import Wordings

ENTRY = "This is my handwriting…"
ENTRY_TIP = "Draw three of each digit; the network trains on with them, and shows what it brought"
NO_DIGITS = (
    "This network reads no digits of 28 × 28 pixels: choose the digits data set, then it can learn "
    "a hand."
)
NEXT, AGAIN, ANEW = "Next", "Again", "Start anew"
STOP, CLOSE = "Stop", "Close"
TEN_MORE = ("Draw ten more", "Ten more")
NEXT_TIP = "Take this drawing and go on (Enter or Space)"
AGAIN_TIP = "Draw this one again or, on an empty sheet, the last one"
SKIP_TIP = "Leave this digit out"
LEAVE_TIP = "Leave; what was drawn is kept, and you can go on later (Escape)"
LEARN_TIP = "Teach them to the network, and train on (Enter)"
TEN_TIP = "See how digits are read that it does not learn from (Enter)"
ANEW_TIP = "Forget this hand here and begin with another; what the run has learned stays"
HOW: Wordings = (
    "Write it as you always do, in as many strokes as you like. Then Enter, Space or Next.",
    "As you always write; then Enter, Space or Next.",
    "Then Enter or Next",
    "",
)
READY_HOW: Wordings = (
    "The network will train on with them: a change that Ctrl+Z takes back.",
    "It trains on with them.",
    "",
)
NOT_LEARNED: Wordings = (
    "The network does not learn from these: they are the test.",
    "It does not learn from these.",
    "",
)
PAUSED: Wordings = ("Training rests: press play (Space) to go on.", "Press play to go on", "")
NOTHING_YET = "Draw a digit first."
NO_DOT = "Only a dot: draw a digit first."
OTHER_DATA = "The network reads other data now; your digits are kept."


def skip(digit: int) -> str:
    """Say what leaves a digit out."""
    return f"Skip {digit}s"


def learn(count: int) -> tuple[str, str]:
    """Say what teaches the digits drawn, fully and in short."""
    return f"Learn these {count}", "Learn"


def draw(digit: int) -> Wordings:
    """Ask for a digit."""
    return (f"Draw a {digit}", str(digit))


def draw_copy(digit: int, copy: int, each: int) -> Wordings:
    """Ask for one of several copies of a digit."""
    return (f"Draw a {digit} ({copy} of {each})", *draw(digit)) if each > 1 else draw(digit)


def so_far(done: int, total: int) -> Wordings:
    """Say how many there are."""
    return (f"{done} of {total} digits", f"{done} of {total}")


def ready(count: int) -> Wordings:
    """Say that all are drawn."""
    return (f"{numbers.count(count, 'digit')} of your hand", "All drawn")


def nothing() -> Wordings:
    """Say that no digit is asked for any more, and none was drawn."""
    return ("Every digit is left out", "Nothing drawn")


def brought(before: int | None, now: int, total: int) -> Wordings:
    """Say how many of those taught are read right, by the net before and by the net of now."""
    if before is None:
        return (f"now {now} of {total} right", f"{now} of {total}")
    return (
        f"before {before} of {total} right, now {now}",
        f"before {before}, now {now} of {total}",
        f"{before} → {now}",
    )


def since(before: int | None, now: int, total: int) -> Wordings:
    """Say how many of those drawn since the lesson are read right."""
    right = f"now {now}" if before is None else f"before {before} right, now {now}"
    return (f"of {total} drawn since: {right}", f"of {total}: {right}", right)


def result(before: int | None, now: int, total: int) -> Wordings:
    """Say what the lesson brought on digits that were drawn afterwards."""
    if before is None:
        return (f"Now {now} of {total}",)
    return (f"Before {before} of {total}, now {now} of {total}", f"{before} → {now} of {total}")


def learning(share: float) -> Wordings:
    """Say that training goes on."""
    return ("Learning your hand", "Learning") if share < 1 else ("Your hand is learned", "Learned")


def reading(label: int, before: str, now: str) -> Wordings:
    """Say what was read of the drawing that was taken last."""
    was = f"before: {before} · " if before else ""
    return (
        f"Your {label} is read, {was}now: {now}",
        f"{was}now: {now}",
        f"{before or '?'} → {now}",
    )


def left_over(total: int) -> Wordings:
    """Say what the figures of a lesson are about, and what comes next."""
    return (
        f"Of the {total} it learns from. Draw ten more to see what it brought.",
        "Draw ten more to see what it brought.",
        "",
    )


FORGOT_BEFORE: Wordings = (
    "How the network read before is not known any more.",
    "Before: not known any more",
    "",
)
