"""The recipe: everything that decides how a run goes, as one frozen value.

A recipe and a data set determine every number of a run. Each field carries all there is
to know of it; the recipe form, the command line and the file format are made from these
fields. A recipe that no network can follow is refused when it is made, in one sentence; one that
can be looked at but not trained says so (`untrainable`).
"""

from collections.abc import Mapping
from dataclasses import asdict, fields
from functools import cache
from typing import Any

from nnviz.dataclass import dataclass
from nnviz.engine import parameter_names, recipe_checks
from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.costs import COSTS
from nnviz.engine.initialisers import INITIALISERS
from nnviz.engine.optimisers import OPTIMISERS
from nnviz.engine.recipe_fields import (
    parse_activation,
    parse_layers,
    plain_field,
    share_field,
    strength_field,
)
from nnviz.engine.schedules import SCHEDULES
from nnviz.engine.settings import (
    AUGMENTATION,
    BASICS,
    DATA,
    OPTIMISER,
    REGULARISATION,
    SCHEDULE,
)
from nnviz.engine.settings import RecipeError as RecipeError
from nnviz.engine.settings import Setting as Setting
from nnviz.engine.taught import NONE

AS_GIVEN = "as_given"
"""What `Recipe.order` says where every epoch goes through the examples from first to last."""
ALL = "all"
"""What `Recipe.trained` says where every parameter trains."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is trained and how.

    Raises:
        RecipeError: a value is out of its range or the values do not go together.
    """

    dataset: str = plain_field(
        "digits",
        "data",
        "The data set's name, a table, an archive (.npz), a folder of pictures or IDX files, or "
        "several of pictures joined by +, as mnist+digits:share=0.3; with parameters where it has "
        'some, as spiral:noise=0.2; or a typed table, as typed:{"columns":["x","y"],"targets":[1],'
        '"rows":[[0,1]]}.',
        changeable=True,
        varies="examples",
        option="data",
        metavar="NAME-OR-FOLDER",
        group=DATA,
    )
    layers: tuple[int, ...] = plain_field(
        (784, 30, 10),
        "layers",
        "Neurons per layer, inputs first, for example 784,30,10.",
        parse=parse_layers,
        group=BASICS,
    )
    activation: str | tuple[str, ...] = plain_field(
        "sigmoid",
        "hidden",
        "Activation of the hidden layers: one for all, or one each, separated by commas.",
        table=ACTIVATIONS,
        fits=lambda entry: not entry.output_only,
        parse=parse_activation,
        phrase="{} in hidden layers",
        group=BASICS,
    )
    output_activation: str = plain_field(
        "sigmoid",
        "output",
        "Activation of the output layer.",
        table=ACTIVATIONS,
        phrase="{} outputs",
        group=BASICS,
    )
    cost: str = plain_field(
        "quadratic",
        "cost",
        "The cost function.",
        table=COSTS,
        phrase="the {} cost",
        group=BASICS,
    )
    optimiser: str = plain_field(
        "sgd",
        "optimiser",
        "How gradients become changes.",
        table=OPTIMISERS,
        group=OPTIMISER,
    )
    learning_rate: float = plain_field(
        1.0,
        "learning rate η",
        "How far a step goes against the gradient.",
        high=1e6,
        open_low=True,
        symbol="η",
        changeable=True,
        group=BASICS,
    )
    batch_size: int = plain_field(
        10,
        "minibatch",
        "Examples averaged in one step.",
        low=1,
        changeable=True,
        varies="examples",
        group=BASICS,
    )
    order: str = plain_field(
        "shuffled",
        "order",
        "How an epoch goes through the examples: shuffled afresh, or as they are given.",
        names=("shuffled", AS_GIVEN),
        group=DATA,
    )
    l2: float = plain_field(
        0.0,
        "L2 λ",
        "Weight decay: adds (λ/2n)·Σw² to the cost of training.",
        changeable=True,
        group=REGULARISATION,
        zero="off",
    )
    l1: float = plain_field(
        0.0,
        "L1 λ",
        "Adds (λ/n)·Σ|w| to the cost of training.",
        changeable=True,
        group=REGULARISATION,
        zero="off",
    )
    dropout: float = share_field(
        0.0,
        "dropout",
        "Share of hidden neurons silenced in each minibatch.",
        group=REGULARISATION,
        zero="off",
    )
    initialiser: str = plain_field(
        # Inputs that no training picture inks keep their start weights for ever: small ones do not
        # disturb when somebody else writes there.
        "scaled_normal",
        "start weights",
        "How start values are drawn.",
        table=INITIALISERS,
        phrase="{} start weights",
    )
    train_size: int = plain_field(
        0,
        "examples",
        "How many training examples to use, class by class; 0 for all.",
        changeable=True,
        varies="examples",
        symbol="training examples",
        group=DATA,
        zero="all",
    )
    seed: int = plain_field(0, "seed", "Decides every random draw of the run.", high=2**63 - 1)
    dtype: str = plain_field(
        "float32", "numbers", "Precision of the arithmetic.", names=("float32", "float64")
    )
    validation_size: int = plain_field(
        0,
        "validation",
        "How many training examples to hold back for validation.",
        group=DATA,
        zero="off",
    )
    schedule: str = plain_field(
        "constant",
        "schedule",
        "How η changes from epoch to epoch.",
        table=SCHEDULES,
        changeable=True,
        group=SCHEDULE,
    )
    schedule_epochs: int = plain_field(
        10,
        "epochs",
        "Epochs between two decays, until the cosine ends, or of patience on a plateau.",
        low=1,
        changeable=True,
    )
    decay_factor: float = plain_field(
        0.5, "factor", "What η is multiplied by.", high=1.0, open_low=True, changeable=True
    )
    patience: int = plain_field(
        0,
        "stop after",
        "Stop early once validation cost has not fallen for so many epochs; 0 for never.",
        group=REGULARISATION,
        zero="never",
    )
    label_noise: float = plain_field(
        0.0,
        "label noise",
        "Share of training examples given a wrong class.",
        high=1.0,
        changeable=True,
        varies="examples",
        group=DATA,
        zero="off",
    )
    input_noise: float = plain_field(
        0.0,
        "input noise",
        "Standard deviation of noise added to every input, afresh each time.",
        changeable=True,
        varies="inputs",
        group=AUGMENTATION,
        zero="off",
    )
    shift: float = strength_field("shift", "Pictures move by up to so many pixels", 14.0, 0.5, "px")
    rotation: float = strength_field(
        "rotation", "Pictures turn by up to so many degrees", 180.0, 5.0, "°"
    )
    scaling: float = strength_field(
        "scale", "Pictures grow or shrink by up to this share", 0.9, 0.06, "%"
    )
    slant: float = strength_field(
        "slant", "Pictures lean to either side by up to this, sideways over upwards", 2.0, 0.1
    )
    pen_width: float = strength_field(
        "pen width",
        "Strokes grow or shrink on each side by up to this part of a pixel",
        1.0,
        0.3,
        "px",
    )
    elastic: float = strength_field(
        "elastic warp",
        "Pictures warp like rubber, by so many pixels as standard deviation",
        8.0,
        0.6,
        "px",
    )
    momentum: float = share_field(
        0.9, "momentum μ", "Share of the last step kept in the next.", symbol="μ"
    )
    rho: float = share_field(
        0.9, "decay ρ", "How slowly the mean of squared gradients forgets.", symbol="ρ"
    )
    beta1: float = share_field(0.9, "β₁", "How slowly the mean gradient forgets.")
    beta2: float = share_field(0.999, "β₂", "How slowly the mean of squared gradients forgets.")
    epsilon: float = plain_field(
        1e-8,
        "ε",
        "Keeps the division finite where gradients vanish.",
        open_low=True,
        changeable=True,
    )
    weight_decay: float = plain_field(
        0.01,
        "weight decay",
        "Share of each weight taken off per step and unit of η.",
        changeable=True,
        zero="off",
    )
    trained: str = plain_field(
        ALL,
        "trained",
        "Which parameters train: all, or some by their numbers in theta, for example 23527,23647.",
        changeable=True,
    )
    taught: str = plain_field(
        NONE,
        "taught",
        "Drawings that join the training examples, as text.",
        typed=False,
        changeable=True,
        varies="examples",
    )
    parameter_names: str = plain_field(
        parameter_names.NONE,
        "names",
        "What a book calls weights and biases, as text.",
        typed=False,
    )

    def __post_init__(self) -> None:
        if not isinstance(self.layers, tuple):
            object.__setattr__(self, "layers", tuple(self.layers))
        if not isinstance(self.activation, str):
            object.__setattr__(self, "activation", tuple(self.activation))
        recipe_checks.check_layers(self.layers)
        for name, setting in settings().items():
            setting.check(name, getattr(self, name))
        self._check_together()

    def _check_together(self) -> None:
        output = ACTIVATIONS[self.output_activation]
        recipe_checks.check_activations(self.activation, self.layers)
        if self.trained != ALL:
            in_order = recipe_checks.trained_in_order(self.trained, self.parameters)
            object.__setattr__(self, "trained", in_order)
        recipe_checks.check_taught(self.taught, self.layers)
        recipe_checks.check_names(self.parameter_names)
        recipe_checks.check_outputs(output, COSTS[self.cost], self.layers)
        if "weight_decay" in OPTIMISERS[self.optimiser].uses:
            recipe_checks.check_decay(self.learning_rate, self.weight_decay)
        recipe_checks.check_patience(self.patience, self.validation_size)

    @property
    def activations(self) -> tuple[str, ...]:
        """Activation name of every layer after the input, output last."""
        hidden = len(self.layers) - 2
        each = self.activation if isinstance(self.activation, tuple) else (self.activation,)
        return (each * hidden if len(each) == 1 else each) + (self.output_activation,)

    @property
    def untrainable(self) -> str:
        """Why its network can be looked at but not trained, a sentence; empty where it can."""
        activations = [ACTIVATIONS[name] for name in self.activations]
        return recipe_checks.why_not_trained(activations, COSTS[self.cost])

    @property
    def parameters(self) -> int:
        """Number of weights and biases."""
        return recipe_checks.parameters_of(self.layers)

    @property
    def only(self) -> tuple[int, ...]:
        """Entries of theta that train, in order, while all others rest; empty where all train."""
        return () if self.trained == ALL else tuple(map(int, self.trained.split(",")))

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain values that JSON can hold."""
        values = asdict(self)
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in values.items()
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Recipe":
        """Make a recipe of plain values, as `to_dict` returns them; missing ones are default.

        Raises:
            RecipeError: a field is unknown or its value is of the wrong kind or range.
        """
        unknown = sorted(set(values) - set(settings()))
        if unknown:
            raise RecipeError(
                f"The recipe has a field '{unknown[0]}' that this version of nnviz does not know."
            )
        cleaned: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in values.items()
        }
        return cls(**cleaned)


@cache
def settings() -> Mapping[str, Setting]:
    """Return the setting of every recipe field by name, in the order of the form."""
    return {item.name: item.metadata["setting"] for item in fields(Recipe)}
