"""Remedies: what can be done about a finding, as values to be carried out.

A remedy changes fields of the recipe. Fields that may change in the middle of a run are
changed where the run still was well, which begins a branch; the others need a new run.
"""

from enum import Enum, auto
from math import ceil, inf, isfinite, log2

from nnviz.dataclass import dataclass
from nnviz.engine.activations import ACTIVATIONS, USUAL_INITIALISER
from nnviz.engine.changes import CHANGEABLE, symbol
from nnviz.engine.costs import COSTS
from nnviz.engine.recipe import Recipe, settings
from nnviz.numbers import integer, write

Field = str | float | tuple[str, ...] | tuple[int, ...]

FEWEST_HALVINGS, MOST_HALVINGS = 1, 20
MOSTLY = 0.5
"""Share of dead neurons from which steps are blamed for it, not bad luck."""


class Where(Enum):
    """Where a remedy is to be carried out."""

    HERE = auto()
    BEST = auto()
    """Where the cost was lowest so far."""
    START = auto()


@dataclass(frozen=True, slots=True)
class Remedy:
    """What to change against a finding, and where.

    Attributes:
        changes: recipe fields and their new values.
        where: where the run is to be taken first; of no meaning for a new run.
        step: minibatches done there; None where that is not known, or is here.
        what: a new run in words, where a list of all the changes would be too long.
    """

    changes: tuple[tuple[str, Field], ...]
    where: Where = Where.HERE
    step: int | None = None
    what: str = ""

    @property
    def anew(self) -> bool:
        """True where a new run is needed."""
        return any(name not in CHANGEABLE for name, _ in self.changes)

    @property
    def edits(self) -> tuple[tuple[str, str | float], ...]:
        """The changes that can be made in the middle of a run."""
        return tuple(
            (name, value)
            for name, value in self.changes
            if name in CHANGEABLE and not isinstance(value, tuple)
        )

    def applied(self, recipe: Recipe) -> Recipe:
        """Return a recipe with the changes made.

        Raises:
            RecipeError: they do not go together with the rest of it.
        """
        return Recipe.from_dict({**recipe.to_dict(), **dict(self.changes)})

    def words(self, recipe: Recipe, eta: float) -> str:
        """Say what to do where η is in force, for example "go back to step 1 200 and halve η"."""
        if self.anew:
            what = self.what or _listed([_noun(*change) for change in self.changes])
            return f"start again with {what}"
        what = _listed([_verb(name, value, recipe, eta) for name, value in self.changes])
        if self.step is not None:
            where = "the start" if self.step == 0 else f"step {integer(self.step)}"
            return f"go back to {where} and {what}"
        place = {Where.HERE: "", Where.BEST: "", Where.START: "go back to the start and "}
        return place[self.where] + what


def _verb(name: str, value: Field, recipe: Recipe, eta: float) -> str:
    if name != "learning_rate" or not isinstance(value, float):
        if isinstance(value, float):
            return f"lower {symbol(name)} to {write(value, 3)}"
        return f"set {symbol(name)} to {value}"
    ratio = value / eta
    if ratio == 0.5:
        return "halve η"
    if round(ratio, 6) == 10:
        return "raise η tenfold"
    return f"{'lower' if ratio < 1 else 'raise'} η to {write(value, 3)}"


def _noun(name: str, value: Field) -> str:
    setting = settings()[name]
    if isinstance(value, float):
        return f"{setting.sign} = {write(value, 3)}"
    if isinstance(value, tuple):
        return f"hidden layers of {', '.join(setting.table[str(one)].label for one in value)}"
    return setting.phrase.format(setting.table[value].label)


def _listed(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]


# -- one for each kind of finding -----------------------------------------------------------------


def smaller_steps(eta: float, excess: float) -> Remedy:
    """Halve η, so often that steps `excess` times too long become short enough."""
    halvings = ceil(log2(excess)) if 1 < excess < inf else MOST_HALVINGS if excess == inf else 1
    halvings = min(max(halvings, FEWEST_HALVINGS), MOST_HALVINGS)
    return Remedy((("learning_rate", eta * 0.5**halvings),), Where.BEST)


def larger_steps(eta: float) -> Remedy:
    """Raise η tenfold, within what a recipe allows."""
    return Remedy((("learning_rate", min(10 * eta, settings()["learning_rate"].high)),))


def from_the_start(eta: float) -> Remedy:
    """Begin again, with a tenth of η, and the same start weights."""
    return Remedy((("learning_rate", eta / 10),), Where.START)


def unstick(recipe: Recipe, eta: float) -> Remedy:
    """Help a net that is stuck: smaller steps from the start, from weights that do not saturate."""
    if recipe.initialiser == "normal":
        return Remedy((*weights_that_differ(recipe).changes, ("learning_rate", eta / 10)))
    return from_the_start(eta)


LIGHT = 1e-4
"""λ/n of a penalty that hardly hinders."""


def lighter_penalty(recipe: Recipe, examples: int) -> Remedy:
    """Lower λ of what penalises weights, from the start on: weights of nearly 0 stay there long."""
    lighter = LIGHT * examples
    changes = [(name, lighter) for name in ("l1", "l2") if getattr(recipe, name) > lighter]
    return Remedy(tuple(changes), Where.START)


def revive(recipe: Recipe, eta: float, share: float) -> Remedy:
    """Help against ReLUs that are dead: gentler steps from better weights, or leaky ones."""
    gentler: tuple[tuple[str, Field], ...] = (("learning_rate", eta / 10),)
    if share >= MOSTLY and recipe.initialiser != "he":
        return Remedy((("initialiser", "he"), *gentler))
    hidden = [ACTIVATIONS[name].undying or name for name in recipe.activations[:-1]]
    leaky = hidden[0] if len(set(hidden)) == 1 else tuple(hidden)
    return Remedy((("activation", leaky), *(gentler if share >= MOSTLY else ())))


def unsaturate(recipe: Recipe, eta: float) -> Remedy:
    """Help against saturated neurons: smaller start weights, or smaller steps."""
    if recipe.initialiser == "normal":
        return Remedy((("initialiser", "scaled_normal"),))
    return from_the_start(eta)


def carry_further(recipe: Recipe, eta: float) -> Remedy:
    """Help against an error that fades on its way back."""
    if any(ACTIVATIONS[name].saturates_both_ways for name in recipe.activations[:-1]):
        return Remedy((("activation", "relu"), ("initialiser", "he")))
    return hold_back(recipe, eta)


def hold_back(recipe: Recipe, eta: float) -> Remedy:
    """Start weights that keep errors the same size from layer to layer; else smaller steps."""
    wanted = [ACTIVATIONS[name].initialiser for name in recipe.activations[:-1]]
    fitting = next((name for name in wanted if name != USUAL_INITIALISER), USUAL_INITIALISER)
    if recipe.initialiser != fitting:
        return Remedy((("initialiser", fitting),))
    return from_the_start(eta)


def outputs_that_compete(recipe: Recipe) -> Remedy:
    """Give categorical cross-entropy the outputs it is made for, or one output another cost."""
    if recipe.layers[-1] > 1:
        return Remedy((("output_activation", "softmax"),))
    return Remedy((("cost", "cross_entropy"),))


def outputs_that_reach(recipe: Recipe) -> Remedy:
    """Let outputs take every value; a cost of probabilities, or of steps, cannot stay then."""
    before = COSTS[recipe.cost]
    stays = not before.probabilities and not before.single_layer_of
    cost = () if stays else (("cost", "quadratic"),)
    return Remedy((("output_activation", "linear"), *cost))


HIDDEN, HIDDEN_ETA = 4, 0.2
"""Hidden neurons, and their η, that are tried where no single layer will do."""


def hidden_layer(recipe: Recipe) -> Remedy:
    """Put a hidden layer before a single one that no line is enough for, and train smoothly."""
    inputs, *_, outputs = recipe.layers
    return Remedy(
        (
            ("layers", (inputs, HIDDEN, outputs)),
            ("activation", "tanh"),
            ("output_activation", "sigmoid"),
            ("cost", "cross_entropy"),
            ("initialiser", "xavier"),
            ("learning_rate", HIDDEN_ETA),
        ),
        what=f"a hidden layer of {HIDDEN} tanh neurons",
    )


def weights_that_differ(recipe: Recipe) -> Remedy:
    """Draw start weights at random, so that neurons of a layer can become different."""
    silent = any(ACTIVATIONS[name].undying for name in recipe.activations)
    return Remedy((("initialiser", "he" if silent else "scaled_normal"),))


def excess(share: float, limit: float) -> float:
    """Return how many times too long a step is; 1 where its length is not to blame."""
    return share / limit if isfinite(share) and share > limit else 1.0 if isfinite(share) else inf
