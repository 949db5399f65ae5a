"""The training data of a run: its data sets, the examples in force and how they are cut.

Batch size and data may change in the middle of a run. The supply then chooses
and cuts examples anew; going back to before the change it does so again, so
what a step gets depends on the recipe and the epoch layout alone.
"""

from nnviz.data import dataset_changes
from nnviz.data.dataset import Dataset
from nnviz.data.greys import Greys
from nnviz.data.typed_table import in_words
from nnviz.engine.changes import VARIED
from nnviz.engine.ops import Array
from nnviz.engine.recipe import Recipe, RecipeError
from nnviz.engine.training.augment import augments
from nnviz.engine.training.epoch_layout import EpochLayout
from nnviz.engine.training.examples import Examples, check_fit, choose
from nnviz.engine.training.framed import Framed
from nnviz.engine.training.minibatches import Minibatches
from nnviz.engine.training.separability import separable
from nnviz.numbers import integer

KEPT = 3
"""Most choices of examples kept for going back and forth: each may be a copy of all data."""


class TrainingData:
    """Delivers the examples of a run.

    Attributes:
        dataset: the data set in force.
        examples: its examples as the recipe chooses them.
        epoch_layout: which of them each step takes.
        batches: delivers a step's minibatch.
    """

    def __init__(self, recipe: Recipe, dataset: Dataset) -> None:
        """Choose and cut the examples of a run that begins.

        Raises:
            RecipeError: recipe and data set do not go together.
        """
        self._known: dict[str, Dataset] = {}
        self.add_dataset(recipe.dataset, dataset)
        self._chosen: dict[tuple[object, ...], Examples] = {}
        self._framed: tuple[Array | Greys, Framed] | None = None
        self._separable: tuple[Examples, bool | None] | None = None
        self._recipe = recipe
        self.dataset = dataset
        self.examples = self._choose(recipe)
        self.epoch_layout = EpochLayout.of(self.examples.count, recipe.batch_size)
        self.batches = self._cut()

    @property
    def separable(self) -> bool | None:
        """Whether the classes can be separated linearly; None for not known."""
        examples = self.examples
        if self._separable is None or self._separable[0] is not examples:
            x, y = examples.x_train, examples.y_train
            known = None if isinstance(x, Greys) else separable(x, y)
            self._separable = examples, known
        return self._separable[1]

    @property
    def datasets(self) -> dict[str, Dataset]:
        """Every data set that is known, by the name that recipes call it."""
        return dict(self._known)

    def add_dataset(self, name: str, dataset: Dataset) -> None:
        """Be ready to deliver another data set; one known by that name stays what it is."""
        if name not in self._known:
            self._known[name] = dataset
            dataset_changes.note(name, dataset)

    def change(self, recipe: Recipe, step: int) -> bool:
        """Deliver what another recipe asks for from a step on.

        Returns:
            True when `batches` are others than before.

        Raises:
            RecipeError: recipe and data set do not go together; nothing has changed.
        """
        examples = self._choose(recipe)
        count, last = examples.count, self.epoch_layout.stretches[-1]
        epoch_layout = self.epoch_layout
        if count != last.count or min(recipe.batch_size, count) != last.size:
            epoch_layout = epoch_layout.changed(step, count, recipe.batch_size)
        return self._use(recipe, examples, epoch_layout)

    def restore(self, recipe: Recipe, epoch_layout: EpochLayout) -> bool:
        """Deliver as at another moment of the run; tell whether `batches` are others.

        Raises:
            RecipeError: the epoch layout belongs to other data.
        """
        examples = self._choose(recipe)
        count, meant = examples.count, epoch_layout.stretches[-1].count
        if count != meant:
            raise RecipeError(
                f"This run was trained on {integer(meant)} examples of "
                f"{in_words(recipe.dataset)}, but there are {integer(count)}: it cannot go on with "
                "these."
            )
        return self._use(recipe, examples, epoch_layout)

    def _use(self, recipe: Recipe, examples: Examples, epoch_layout: EpochLayout) -> bool:
        varied = all(getattr(recipe, name) == getattr(self._recipe, name) for name in VARIED)
        same = examples is self.examples and epoch_layout == self.epoch_layout and varied
        self._recipe, self.examples, self.epoch_layout = recipe, examples, epoch_layout
        self.dataset = self._known[recipe.dataset]
        if not same:
            self.batches = self._cut()
        return not same

    def _cut(self) -> Minibatches:
        shape = self.dataset.image_shape
        framed = None
        if shape is not None and augments(self._recipe):
            framed = self._in_frames(shape)
        return Minibatches(self._recipe, self.examples, self.epoch_layout, shape, framed)

    def _in_frames(self, shape: tuple[int, int]) -> Framed:
        """Return the pictures to vary; strengths that change want the same ones again."""
        x = self.examples.x_train
        if self._framed is None or self._framed[0] is not x:
            self._framed = x, Framed(x, shape)
        return self._framed[1]

    def _choose(self, recipe: Recipe) -> Examples:
        dataset = self._known.get(recipe.dataset)
        if dataset is None:
            raise RecipeError(
                f"The data set {in_words(recipe.dataset)} is not at hand: open it first."
            )
        check_fit(recipe, dataset)
        key = (recipe.dataset, id(dataset), recipe.train_size, recipe.validation_size,
               recipe.label_noise, recipe.seed, recipe.dtype, recipe.taught)  # fmt: skip
        examples = self._chosen.pop(key, None) or choose(recipe, dataset)
        self._chosen[key] = examples  # the one used last stands last
        if len(self._chosen) > KEPT:
            del self._chosen[next(iter(self._chosen))]
        return examples
