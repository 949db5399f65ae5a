"""The mathematics: recipe, network, training, and frozen looks at a run. NumPy only."""

from nnviz.engine.network import Network
from nnviz.engine.recipe import Recipe, RecipeError
from nnviz.engine.run.snapshot import Focus, Snapshot, focus_on
from nnviz.engine.run.start import start_recipe
from nnviz.engine.run.timeline import Timeline
from nnviz.engine.training.divergence import DivergedError
from nnviz.engine.training.evaluation import Evaluation
from nnviz.engine.training.trainer import Trainer

__all__ = [
    "DivergedError",
    "Evaluation",
    "Focus",
    "Network",
    "Recipe",
    "RecipeError",
    "Snapshot",
    "Timeline",
    "Trainer",
    "focus_on",
    "start_recipe",
]
