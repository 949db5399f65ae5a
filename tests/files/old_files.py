"""Files of earlier versions of nnviz, kept in the folder `corpus`, and what must be found in them.

Each was written by `corpus/write.py` with the version named here, and is never written again. A new
key or format of a file gets one more of them.

- `0-first-network.npz`: the first networks (format 1: recipe and theta).
- `1-format-1`: the first sessions. Marks of data sets have no description; the window kept
  granularity, speed, the example in focus and the two parameters watched.
- `2-format-1-last`: the last files of format 1; recipes know augmentation and where examples come
  from, and the data may be a table with a target.
- `3-format-2`: the first files of format 2, which say what their data mean.
- `4-scores-of-numbers`: evaluations have RMSE and R² too; the view has the words that people know
  the run by.
- `5-epoch-layouts`: a few versions called the calendars of a session epoch layouts. Columns know
  how many decimals they have.
- `6-screen`: the view is the whole state of the screen.
- `7-screen-with-calendars`: the same, and calendars have their name again.
- `8-format-3`: the first files of format 3, which the first readers of format 2 call newer, not
  damaged: columns have decimals, and evaluations RMSE and R².
- `9-third-digits`: "digits" are those of the third generation, here 1,000 and 200 to test with.
- `10-format-4`: the first files of format 4, which say what nnviz made its data sets from.
"""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "corpus"
XOR, FLOWERS = "xor", "flowers.csv:target=kind"


@dataclass(frozen=True)
class Moment:
    """Where a session was left, at step 20, and what three more steps made of it then."""

    data: str
    layers: tuple[int, ...]
    theta: str  # the first digits of its SHA-256
    cost: float
    later_cost: float
    later_theta: tuple[float, ...]


OF_XOR = Moment(
    XOR,
    (2, 3, 1),
    "a0821ad4a37d310a",
    0.08504365384578705,
    0.12435626983642578,
    (
        -0.04177962243556976, 0.24815332889556885, -1.2800872325897217, -1.9505441188812256,
        0.38545486330986023, -0.14473815262317657, -0.47446510195732117, 0.9267412424087524,
        1.7296568155288696, 0.03406766802072525, 0.5096094608306885, -0.5813857913017273,
        -0.5044286251068115,
    ),
)  # fmt: skip
OF_FLOWERS = Moment(
    FLOWERS,
    (2, 3, 2),
    "24990bf7bbbe0777",
    0.112242691218853,
    0.10593503713607788,
    (
        -0.3580158054828644, 0.32809334993362427, -1.169592261314392, -1.700735092163086,
        0.6936779618263245, -0.36959218978881836, -0.6727970838546753, 1.42166268825531,
        1.4242299795150757, -0.12254749983549118, -0.8658052086830139, 0.6101189255714417,
        0.023585062474012375, 0.5780618786811829, -0.3541699945926666, -0.25511878728866577,
        -0.8606806993484497,
    ),
)  # fmt: skip

MOMENTS = {
    "1-format-1": OF_XOR,
    "2-format-1-last": OF_FLOWERS,
    "3-format-2": OF_FLOWERS,
    "4-scores-of-numbers": OF_FLOWERS,
    "5-epoch-layouts": OF_FLOWERS,
    "6-screen": OF_FLOWERS,
    "7-screen-with-calendars": OF_FLOWERS,
    "8-format-3": OF_FLOWERS,
    "10-format-4": OF_FLOWERS,
}
"""What is in each session, and in the network that was saved with it."""
DESCRIBED = ("3", "4", "5", "6", "7", "8", "10")
"""How the names of files begin that say what their data mean."""
THIRD_DIGITS, THIRD_THETA, THIRD_SIZES = "9-third-digits", "70376bdeac5788de", (1000, 200)
"""A session whose data now have another name, the digest of its parameters, and how many."""
SCREENS = ("6", "7", "8", "10")
"""How the names of files begin that keep the whole state of the screen."""
