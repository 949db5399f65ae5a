"""The recipe: everything that decides how a run goes, as one frozen value.

A recipe and a data set determine every number of a run. Each field carries its
label, its range and a sentence of help; the recipe form, the command line and
the file format are all made from these fields. A recipe that cannot be trained
is refused when it is made, in one sentence.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from itertools import pairwise
from math import isfinite
from typing import Any

from nnviz.engine.activations import ACTIVATIONS
from nnviz.engine.costs import COSTS
from nnviz.engine.initialisers import INITIALISERS
from nnviz.engine.optimisers import OPTIMISERS
from nnviz.engine.schedules import SCHEDULES
from nnviz.engine.taught import CLASSES, NONE, SIDE, TaughtError, unpack
from nnviz.errors import NnvizError
from nnviz.numbers import NumberError, exact, integer, read_number, read_whole, write

MAX_NEURONS = 100_000
"""Most neurons a layer may have; more is a typing slip, not a plan."""
MAX_PARAMETERS = 200_000_000
"""Most weights and biases a network may have (0.8 GB in float32)."""


ALL = "all"
"""What `Recipe.trained` says where every parameter trains."""


class RecipeError(NnvizError):
    """A recipe cannot be trained; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a form, a command line or a file needs to know of one recipe field.

    Attributes:
        label: the name on screen.
        help: one sentence.
        choices: the names allowed, or empty.
        low, high: the range of a number, both allowed unless `open_low`/`open_high`.
        open_low, open_high: True where the bound itself is not allowed.
        used_by: the optimisers or schedules that use it; empty where all do.
        typed: False where nobody types it: forms and command lines leave it out.
    """

    label: str
    help: str
    choices: tuple[str, ...] = ()
    low: float = 0.0
    high: float = float("inf")
    open_low: bool = False
    open_high: bool = False
    used_by: tuple[str, ...] = ()
    typed: bool = True


def _setting(default: Any, label: str, help: str, **more: Any) -> Any:
    return field(default=default, metadata={"setting": Setting(label, help, **more)})


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is trained and how.

    Raises:
        RecipeError: a value is out of its range or the values do not go together.
    """

    dataset: str = _setting(
        "digits",
        "data",
        "The data set's name, a table, an archive (.npz), or a folder of pictures or IDX files.",
    )
    layers: tuple[int, ...] = _setting(
        (784, 30, 10), "layers", "Neurons per layer, inputs first, for example 784,30,10."
    )
    activation: str | tuple[str, ...] = _setting(
        "sigmoid",
        "hidden",
        "Activation of the hidden layers: one for all, or one each, separated by commas.",
        choices=tuple(name for name, entry in ACTIVATIONS.items() if not entry.output_only),
    )
    output_activation: str = _setting(
        "sigmoid", "output", "Activation of the output layer.", choices=tuple(ACTIVATIONS)
    )
    cost: str = _setting("quadratic", "cost", "The cost function.", choices=tuple(COSTS))
    optimiser: str = _setting(
        "sgd", "optimiser", "How gradients become changes.", choices=tuple(OPTIMISERS)
    )
    learning_rate: float = _setting(
        1.0, "learning rate η", "How far a step goes against the gradient.", high=1e6, open_low=True
    )
    batch_size: int = _setting(10, "minibatch", "Examples averaged in one step.", low=1)
    l2: float = _setting(0.0, "L2 λ", "Weight decay: adds (λ/2n)·Σw² to the cost of training.")
    l1: float = _setting(0.0, "L1 λ", "Adds (λ/n)·Σ|w| to the cost of training.")
    dropout: float = _setting(
        0.0,
        "dropout",
        "Share of hidden neurons silenced in each minibatch.",
        high=1.0,
        open_high=True,
    )
    initialiser: str = _setting(
        # Inputs that no training picture inks keep their start weights for ever: small ones do not
        # disturb when somebody else writes there.
        "scaled_normal",
        "start weights",
        "How start values are drawn.",
        choices=tuple(INITIALISERS),
    )
    train_size: int = _setting(
        0, "training examples", "How many training examples to use, class by class; 0 for all."
    )
    seed: int = _setting(0, "seed", "Decides every random draw of the run.", high=2**63 - 1)
    dtype: str = _setting(
        "float32", "numbers", "Precision of the arithmetic.", choices=("float32", "float64")
    )
    validation_size: int = _setting(
        0, "validation", "How many training examples to hold back for validation."
    )
    schedule: str = _setting(
        "constant", "schedule", "How η changes from epoch to epoch.", choices=tuple(SCHEDULES)
    )
    schedule_epochs: int = _setting(
        10,
        "epochs",
        "Epochs between two decays, until the cosine ends, or of patience on a plateau.",
        low=1,
        used_by=("step_decay", "cosine", "plateau"),
    )
    decay_factor: float = _setting(
        0.5,
        "factor",
        "What η is multiplied by.",
        high=1.0,
        open_low=True,
        used_by=("step_decay", "plateau"),
    )
    patience: int = _setting(
        0,
        "stop after",
        "Stop early once validation cost has not fallen for so many epochs; 0 for never.",
    )
    label_noise: float = _setting(
        0.0, "label noise", "Share of training examples given a wrong class.", high=1.0
    )
    input_noise: float = _setting(
        0.0, "input noise", "Standard deviation of noise added to every input, afresh each time."
    )
    shift: float = _setting(
        0.0, "shift", "Pictures move by up to so many pixels, afresh each time.", high=14.0
    )
    rotation: float = _setting(
        0.0, "rotation", "Pictures turn by up to so many degrees, afresh each time.", high=180.0
    )
    scaling: float = _setting(
        0.0,
        "scale",
        "Pictures grow or shrink by up to this share, afresh each time.",
        high=0.9,
    )
    slant: float = _setting(
        0.0,
        "slant",
        "Pictures lean to either side by up to this, sideways over upwards, afresh each time.",
        high=2.0,
    )
    pen_width: float = _setting(
        0.0,
        "pen width",
        "Strokes grow or shrink on each side by up to this part of a pixel, afresh each time.",
        high=1.0,
    )
    elastic: float = _setting(
        0.0,
        "elastic warp",
        "Pictures warp like rubber, by so many pixels as standard deviation, afresh each time.",
        high=8.0,
    )
    momentum: float = _setting(
        0.9,
        "momentum μ",
        "Share of the last step kept in the next.",
        high=1.0,
        open_high=True,
        used_by=("momentum", "nesterov"),
    )
    rho: float = _setting(
        0.9,
        "decay ρ",
        "How slowly the mean of squared gradients forgets.",
        high=1.0,
        open_high=True,
        used_by=("rmsprop",),
    )
    beta1: float = _setting(
        0.9,
        "β₁",
        "How slowly the mean gradient forgets.",
        high=1.0,
        open_high=True,
        used_by=("adam", "adamw"),
    )
    beta2: float = _setting(
        0.999,
        "β₂",
        "How slowly the mean of squared gradients forgets.",
        high=1.0,
        open_high=True,
        used_by=("adam", "adamw"),
    )
    epsilon: float = _setting(
        1e-8,
        "ε",
        "Keeps the division finite where gradients vanish.",
        open_low=True,
        used_by=("adagrad", "rmsprop", "adam", "adamw"),
    )
    weight_decay: float = _setting(
        0.01,
        "weight decay",
        "Share of each weight taken off per step and unit of η.",
        used_by=("adamw",),
    )
    trained: str = _setting(
        ALL,
        "trained",
        "Which parameters train: all, or some by their numbers in theta, for example 23527,23647.",
    )
    taught: str = _setting(
        NONE, "taught", "Drawings that join the training examples, as text.", typed=False
    )

    def __post_init__(self) -> None:
        if not isinstance(self.layers, tuple):
            object.__setattr__(self, "layers", tuple(self.layers))
        if not isinstance(self.activation, str):
            object.__setattr__(self, "activation", tuple(self.activation))
        _check_layers(self.layers)
        for item in fields(self):
            _check_field(item.name, getattr(self, item.name), settings()[item.name])
        _check_together(self)

    @property
    def activations(self) -> tuple[str, ...]:
        """Activation name of every layer after the input, output last."""
        hidden = len(self.layers) - 2
        each = self.activation if isinstance(self.activation, tuple) else (self.activation,)
        return (each * hidden if len(each) == 1 else each) + (self.output_activation,)

    @property
    def parameters(self) -> int:
        """Number of weights and biases."""
        return sum((k + 1) * j for k, j in pairwise(self.layers))

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


def settings() -> dict[str, Setting]:
    """Return the setting of every recipe field by name, in the order of the form."""
    return {item.name: item.metadata["setting"] for item in fields(Recipe)}


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


def read_setting(name: str, text: str) -> Any:
    """Read one field's value from what somebody typed; its range is checked by `Recipe`.

    Raises:
        RecipeError: the text is not a value of the field's kind.
    """
    if name == "layers":
        return parse_layers(text)
    if name == "activation":
        return parse_activation(text)
    default = Recipe.__dataclass_fields__[name].default
    if isinstance(default, str):
        return text
    label = name.replace("_", " ")
    try:
        return read_number(text) if isinstance(default, float) else read_whole(text)
    except NumberError as error:
        kind = "a number" if isinstance(default, float) else "a whole number"
        raise RecipeError(f"The {label} must be {kind}: {error}") from None


def _check_layers(layers: tuple[int, ...]) -> None:
    if len(layers) < 2:
        raise RecipeError(
            "A network needs at least an input and an output layer: write layers like 784,30,10."
        )
    for size in layers:
        if isinstance(size, bool) or not isinstance(size, int):
            raise RecipeError("The layers must be whole numbers, for example 784,30,10.")
        if size < 1:
            raise RecipeError(
                f"A layer cannot have {size} neurons: every layer needs at least one."
            )
        if size > MAX_NEURONS:
            raise RecipeError(
                f"A layer of {integer(size)} neurons is too large: stay at or below "
                f"{integer(MAX_NEURONS)}."
            )
    parameters = sum((k + 1) * j for k, j in pairwise(layers))
    if parameters > MAX_PARAMETERS:
        raise RecipeError(
            f"This network would have {integer(parameters)} weights and biases; stay at or below "
            f"{integer(MAX_PARAMETERS)}."
        )


def _check_field(name: str, value: Any, setting: Setting) -> None:
    label = name.replace("_", " ")
    default = Recipe.__dataclass_fields__[name].default
    if setting.choices:
        for choice in value if isinstance(value, tuple) else (value,):
            if choice not in setting.choices:
                raise RecipeError(
                    f"There is no {label} '{choice}': choose one of {', '.join(setting.choices)}."
                )
    elif isinstance(default, str):
        if not isinstance(value, str) or not value:
            raise RecipeError(f"The {label} must be a name.")
    elif isinstance(default, int | float):
        _check_number(label, value, setting, whole=isinstance(default, int))


def _check_number(label: str, value: Any, setting: Setting, *, whole: bool) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise RecipeError(f"The {label} must be a finite number, not {value}.")
    if whole and not isinstance(value, int):
        raise RecipeError(f"The {label} must be a whole number, not {value}.")
    if value < setting.low or (setting.open_low and value == setting.low):
        bound = "above" if setting.open_low else "at least"
        raise RecipeError(
            f"The {label} must be {bound} {write(setting.low, 9)}, not {exact(value)}."
        )
    if value > setting.high or (setting.open_high and value == setting.high):
        bound = "below" if setting.open_high else "at most"
        raise RecipeError(
            f"The {label} must be {bound} {write(setting.high, 9)}, not {exact(value)}."
        )


def _check_together(recipe: Recipe) -> None:
    hidden = len(recipe.layers) - 2
    if isinstance(recipe.activation, tuple) and len(recipe.activation) not in (1, hidden):
        raise RecipeError(
            f"{len(recipe.activation)} activations are given for {hidden} hidden layers: give one "
            "for all of them or one for each."
        )
    _check_trained(recipe)
    _check_taught(recipe)
    output = ACTIVATIONS[recipe.output_activation]
    bounded = ("sigmoid", "softmax")
    if COSTS[recipe.cost].probabilities and output.name not in (*bounded, "step"):
        raise RecipeError(
            f"The cost {recipe.cost} takes logarithms of outputs between 0 and 1, which "
            f"{output.name} does not keep to: choose sigmoid or softmax outputs."
        )
    if recipe.optimiser == "adamw" and recipe.learning_rate * recipe.weight_decay >= 2:
        raise RecipeError(
            "The learning rate times the weight decay must stay below 2, or every step makes the "
            "weights larger instead of smaller: lower one of them."
        )
    if recipe.patience and not recipe.validation_size:
        raise RecipeError(
            "Stopping early needs examples held back for validation: set the validation size, or "
            "the patience to 0."
        )
    if recipe.output_activation == "softmax" and recipe.layers[-1] == 1:
        raise RecipeError(
            "Softmax over a single output is always 1: choose sigmoid, or give the network more "
            "outputs."
        )


def _check_taught(recipe: Recipe) -> None:
    """Refuse drawings that cannot be read, or that the network has no inputs or outputs for."""
    try:
        drawings = unpack(recipe.taught)
    except TaughtError as error:
        raise RecipeError(str(error)) from None
    if drawings and (recipe.layers[0], recipe.layers[-1]) != (SIDE * SIDE, CLASSES):
        raise RecipeError(
            "Drawings can be taught to a network with 784 inputs and 10 outputs only: take them "
            "back, or choose such layers."
        )


def _check_trained(recipe: Recipe) -> None:
    """Refuse numbers that are none of theta; write the others in order, each once."""
    if recipe.trained == ALL:
        return
    parts = recipe.trained.replace(" ", "").split(",")
    if not all(part.isascii() and part.isdigit() and len(part) < 12 for part in parts):
        raise RecipeError(
            f"'{recipe.trained}' does not say which parameters train: write all, or numbers of "
            "theta with commas between them, for example 23527,23647."
        )
    only = sorted(set(map(int, parts)))
    if only[-1] >= recipe.parameters:
        raise RecipeError(
            f"There is no parameter {integer(only[-1])} that could train: this network has "
            f"{integer(recipe.parameters)}, counted from 0."
        )
    object.__setattr__(recipe, "trained", ",".join(map(str, only)))
