"""The suggestion of more forms: data whose writers lack some can be mixed with nnviz's digits.

It is made when a run on such pictures, varied, is begun, for who wants a network to read other
hands has then shown it: once in a window's life, and never again once it was answered.
"""

from PySide6.QtCore import QObject

from nnviz.data.catalogue import DATASETS, Source
from nnviz.engine.run.snapshot import Snapshot
from nnviz.engine.training.augment import augments
from nnviz.messages.events import Notice
from nnviz.messages.ports import Ports
from nnviz.window.banner import Banner
from nnviz.window.run_requests import RunRequests
from nnviz.window.settings import Settings


class MoreFormsSuggestion(QObject):
    """Looks at the runs that are begun, and puts the suggestion into the banner."""

    def __init__(
        self,
        banner: Banner,
        requests: RunRequests,
        settings: Settings,
        ports: Ports,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._banner, self._requests, self._settings, self._ports = (
            banner,
            requests,
            settings,
            ports,
        )
        self._before: Snapshot | None = None
        self._made = settings.forms_answered
        ports.on(Snapshot, self.show_snapshot)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Suggest it where it makes sense and nothing else is suggested."""
        before, self._before = self._before, snapshot
        if self._made or before is None or not _chosen(before, snapshot):
            return
        wider = wider_than(snapshot.recipe.dataset)
        if wider is None or self._banner.suggests:
            return
        self._made = True
        title = DATASETS[wider.files].title
        lacking = f"{title}'s writers hardly cross a 7"
        if _begun(snapshot):
            self._ports.publish(
                Notice(f"{lacking}: Data ▸ Train on with ▸ {wider.title} adds such forms.")
            )
            return
        self._banner.suggest(
            f"{lacking}: nnviz can mix in its own digits, which have more forms.",
            "Add nnviz's forms",
            lambda: self._requests.choose_data(wider.name),
            f"Data ▸ {wider.title}",
            self._note_answer,
        )

    def _note_answer(self) -> None:
        self._settings.forms_answered = True


def wider_than(dataset: str) -> Source | None:
    """Return the mixture that has all of a data set and more forms; None where there is none."""
    found = (source for source in DATASETS.values() if dataset and source.files == dataset)
    return next(found, None)


def _chosen(before: Snapshot, snapshot: Snapshot) -> bool:
    """Tell whether it was just chosen to train on pictures that are varied."""
    if not augments(snapshot.recipe):
        return False
    if before.run != snapshot.run:
        return not _begun(snapshot)  # no run that is gone on with
    return before.recipe is not snapshot.recipe and not augments(before.recipe)


def _begun(snapshot: Snapshot) -> bool:
    return max(snapshot.step, snapshot.reached) > 0
