"""The recipe form: rows in which the recipe of the run is read and changed."""

from nnviz.window.recipe.form import RecipeForm as RecipeForm
from nnviz.window.recipe.live_steps import LiveSteps as LiveSteps
