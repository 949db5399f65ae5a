"""The set-up of a run: recipe form and data follow the run on screen, and ask for others."""

from collections.abc import Callable

from nnviz.engine.recipe import Recipe
from nnviz.engine.run.snapshot import Snapshot
from nnviz.messages.events import Failure, RecipeTyped
from nnviz.messages.ports import Ports
from nnviz.window.banner import Banner
from nnviz.window.data_choice import DataChoice
from nnviz.window.data_start import DataStart
from nnviz.window.recipe import LiveSteps, RecipeForm
from nnviz.window.run_requests import RunRequests


class RunSetup:
    """Joins what a run is chosen with to the requests for one."""

    def __init__(
        self,
        form: RecipeForm,
        data: DataChoice,
        data_start: DataStart,
        banner: Banner,
        requests: RunRequests,
        usual: Callable[[Snapshot], Recipe | None],
        shown: Callable[[], Snapshot | None],
        ports: Ports,
    ) -> None:
        """Join them.

        Args:
            form: the recipe form.
            data: on which to train.
            data_start: opens what is for the data, and lets those of the plane learn at once.
            banner: goes once training has begun.
            requests: asks for runs, and knows the recipe on screen.
            usual: returns what a run on the data of a moment starts with.
            shown: returns the last moment.
            ports: hear what is refused, and what is typed.
        """
        self._form, self._data, self._data_start, self._banner = form, data, data_start, banner
        self._requests, self._usual = requests, usual
        form.chosen.connect(requests.start_new)
        form.changed.connect(requests.change)
        form.refused.connect(lambda sentence: ports.publish(Failure(sentence)))
        form.typed.connect(lambda recipe: ports.publish(RecipeTyped(recipe)))
        data.menu.chosen.connect(data_start.wish)
        requests.goes_on = data_start.goes_on
        LiveSteps(form, shown, requests)

    def show_snapshot(self, snapshot: Snapshot, *, same_run: bool) -> None:
        """Follow the run: its recipe, what may be changed by now, and its data."""
        recipe, begun = snapshot.recipe, max(snapshot.step, snapshot.reached) > 0
        if begun:
            self._banner.note_begun()
        if not same_run:
            self._form.show_recipe(recipe)
            self._data_start.begun(snapshot)
        self._form.follow(recipe, begun=begun, usual=self._usual(snapshot))
        if not same_run or recipe is not self._requests.recipe:
            self._requests.recipe = recipe
            self._data.show_data(recipe.dataset, snapshot.description)
