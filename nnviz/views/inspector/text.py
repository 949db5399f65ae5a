"""What the inspector says."""

import numpy as np

from nnviz.engine.notation import numbered
from nnviz.numbers import exact, fewer, integer, write

HINTS = (
    "Click any neuron, edge, output or cost bar: why is it what it is?",
    "Click any neuron, edge or output: why?",
    "Click anything: why?",
)
"""What to do while nothing is selected, the longest first."""
ASKED = "What is asked about"
ZERO_TIP = "Give it the value 0"
CHANGE, CHANGE_TIP = "change ▾", "Try what happens without it"
TABLE_TIP = "Show or hide the table"
BACK, BACK_TIP = "Back", "Back to what was selected before  [Alt+Left]"
FORWARD, FORWARD_TIP = "Forward", "Forward again  [Alt+Right]"
PIN, PIN_TIP = "Pin", "Keep this and its example while other things are clicked"
CLOSE, CLOSE_TIP = "Select nothing", "Select nothing  [Esc]"
TO_FORMULA, TO_CURVE = "formula", "curve"
PLAIN_STEP = "step −η·slope"
RESTS = "it rests: not trained"
IF = "If"
ALL_EXAMPLES = "all examples:"
EXACTLY = "It is exactly what was desired."
DROPOUT = " Dropout silenced some neurons in this pass; here all of them count."
UNDESIRED = (
    "Nobody says what is desired of this input: its cost, its errors and its slopes are unknown."
)
AVERAGED_LATER = "The slopes of the examples are averaged in “average”."


def pinned(example: str) -> str:
    """Say that an example is kept to."""
    return f"{example} · pinned"


def not_computed(phase: str) -> str:
    """Say which phase computes a number."""
    return f"Not computed yet: that is done in “{phase}”."


def no_error_yet(phase: str) -> str:
    """Say which phase brings an error back."""
    return f"Not computed yet: its error comes back in “{phase}”."


def all_of(number: int, many: str, one: str) -> str:
    """Title a table: "all 30 terms", or the words for a single one."""
    return f"all {integer(number)} {many}" if number > 1 else one


def switch_off(*, last: bool) -> str:
    """Say what switching a neuron off does."""
    which = "its incoming weights and bias" if last else "its outgoing weights"
    return f"Switch it off: {which} become 0"


def shuffle(layer: int) -> str:
    """Say what shuffling does."""
    return f"Shuffle all weights into layer {layer}"


def upper_first(words: str) -> str:
    """Begin with a capital."""
    return words[:1].upper() + words[1:]


# -- neurons -------------------------------------------------------------------------------------


def terms(number: int, *, many: bool) -> str:
    """Say that numbers can be clicked, and of many terms that they are sorted."""
    start = f"{integer(number)} terms, the largest first: click" if many else "Click"
    return f"{start} a number to follow it."


def no_sum(row: int, column: int) -> str:
    """Say why an input has its value; row and column of a pixel, −1 for none."""
    where = f"The pixel in row {row + 1}, column {column + 1} of the picture. " if row >= 0 else ""
    return f"{where}An input is given by the example: there is no sum behind it."


def felt_through(number: int) -> str:
    """Say what the table of an input's weights is."""
    several = f"the {integer(number)} weights through which it is felt, the strongest first"
    return f"Beside it: {several if number > 1 else 'the one weight through which it is felt'}."


# -- costs ---------------------------------------------------------------------------------------


def neuron(index: int) -> str:
    """Title the page of a neuron where the layer has no room."""
    return upper_first(numbered("neuron", index))


def part_of_cost(name: str) -> str:
    """Title the page of an output's part of the cost."""
    return f"{upper_first(name)}: its part of the cost"


def cost_of(example: str) -> str:
    """Title the page of a cost."""
    return f"The cost of {example}"


def share_of(part: float, whole: float) -> str:
    """Say what share of a whole a part is: "12 %"."""
    if not np.isfinite(part) or not np.isfinite(whole) or whole <= 0:
        return ""
    share = 100 * part / whole
    return "less than 0.1 %" if 0 < share < 0.1 else f"{write(share, 2 if share < 10 else 3)} %"


def of_all(share: str) -> str:
    """Say what share of the cost an output adds; the cost and its value follow."""
    return f"That is {share} of the cost of this example," if share else "It is part of"


def distance(difference: float, unit: str) -> str:
    """Say how far an output is from what was desired; the unit empty where it has none."""
    if not np.isfinite(difference):
        return ""
    if difference == 0:
        return EXACTLY
    way = "too high" if difference > 0 else "too low"
    own = f", in the file's units {unit}" if unit else ""
    return f"The output is {write(abs(difference), fewer())} {way}{own}."


def parts(share: str, name: str, outputs: int) -> str:
    """Say which output adds most to a cost, and how the others are listed."""
    said = f"{share} of it comes from {name}. " if share else ""
    rest = f"{outputs} outputs, the largest part first; click one. " if outputs > 1 else ""
    return said + rest


# -- weights -------------------------------------------------------------------------------------


def bias(target: str, *, new: bool) -> str:
    """Title the page of a bias; after the update its value is the new one."""
    return f"{'New bias' if new else 'Bias'} of {target}"


def weight(source: str, target: str, *, new: bool) -> str:
    """Title the page of a weight, likewise."""
    return f"{'New weight' if new else 'Weight'}: {source} → {target}".replace(" neuron", "")


def updated(was: float, now: float) -> str:
    """Say that the formulas show the parameter before the update."""
    return (
        f"The update made {exact(now)} of {exact(was)}. The value above is the new one; the "
        "formulas show the one before it, which brought the update about."
    )


def step_of(optimiser: str) -> str:
    """Name the step that an optimiser takes."""
    return f"step of {optimiser}"


def in_units(value: str) -> str:
    """Say what a weight is in the units of the file."""
    return f"In the file's units: {value}."


def rises(rise: float, exactly: float) -> str:
    """Say what the cost makes of a rise of the parameter, whose symbol stands before this."""
    if exactly == 0:
        change = "C stays the same"
    elif not np.isfinite(exactly):
        change = "C is no longer a finite number"
    else:
        change = f"C {'rises' if exactly > 0 else 'falls'} by {write(abs(exactly), fewer())}"
    return f"rises by {write(abs(rise))}, {change}"


def tried_on(examples: str, predicted: float) -> str:
    """Say on what a rise was tried, and what the slope alone predicts."""
    return f"(tried on {examples}; the slope alone says {write(predicted, fewer())})."


def routes(number: int) -> str:
    """Title the table of routes."""
    return f"{integer(number)} routes" if number > 1 else "the route"
