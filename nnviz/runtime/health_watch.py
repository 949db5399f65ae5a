"""The health watch: looks now and then for what is unhealthy in a run, and says what helps."""

from dataclasses import replace
from time import perf_counter

import numpy as np

from nnviz.engine.changes import Edit
from nnviz.engine.run.branch import Branch
from nnviz.engine.run.timeline import Timeline
from nnviz.engine.training.findings import Finding
from nnviz.engine.training.remedies import Where

LOOK_INTERVAL = 0.5
"""Seconds between two looks for what is unhealthy while training runs."""
LOOK_SHARE = 20
"""How many times as long as a look takes training goes on at least before the next one."""
LARGE = 10**6
"""Parameters from which a look takes so long that nobody waits for it where training comes to rest
or goes on."""
SMOOTHED = 20
"""Minibatches over which costs are averaged to find where the cost was lowest."""


class HealthWatch:
    """Looks at the network that a timeline trains."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._looked, self._look_took = float("-inf"), 0.0
        self._looked_at: tuple[Branch, Edit | None, int] | None = None
        self._playing = False
        self._large = timeline.trainer.recipe.parameters >= LARGE
        self._findings: tuple[Finding, ...] = ()

    @property
    def owed(self) -> bool:
        """Whether nobody has looked at this very moment yet, which `look_now` makes up for."""
        return self._looked_at != self._moment

    @property
    def _moment(self) -> tuple[Branch, Edit | None, int]:
        branch = self._timeline.current
        return branch, branch.change, self._timeline.trainer.steps

    def look(self, *, playing: bool) -> tuple[Finding, ...]:
        """Look for what is unhealthy: at every step when stepping, now and then when playing.

        Of a large net that is `owed` when stepping: its picture need not wait for it.
        """
        began, self._playing = playing and not self._playing, playing
        if self._large:
            if began:  # the first pictures come at once
                self._looked = perf_counter()
            due = playing and self._due
        else:
            due = self._due if playing else self.owed
        if due:
            self.look_now()
        return self._findings

    @property
    def _due(self) -> bool:
        pause = max(LOOK_INTERVAL, LOOK_SHARE * self._look_took)
        return perf_counter() - self._looked >= pause

    def look_now(self) -> None:
        """Look at this moment."""
        now, here = perf_counter(), self._moment
        before: tuple[Finding, ...] = ()
        if self._looked_at is not None:
            # What was found before counts where training went on from there.
            branch, _, step = self._looked_at
            before = self._findings if branch is here[0] and step <= here[2] else ()
        found = self._timeline.trainer.findings({finding.kind for finding in before})
        self._findings = tuple(map(self._with_a_place, found))
        self._looked, self._look_took = now, perf_counter() - now
        self._looked_at = here

    def _with_a_place(self, finding: Finding) -> Finding:
        """Say at which step a remedy is to be carried out."""
        remedy, trainer = finding.action, self._timeline.trainer
        if remedy is None or remedy.anew or remedy.where is Where.HERE:
            return finding
        step = 0 if remedy.where is Where.START else self._best_step()
        if step == trainer.steps:
            return finding
        remedy = replace(remedy, step=step)
        return replace(finding, remedy=remedy.words(trainer.recipe, trainer.eta), action=remedy)

    def _best_step(self) -> int:
        """Return the step on this line from which the minibatches cost least."""
        curve = self._timeline.current.curve().until(self._timeline.trainer.steps)
        costs = curve.smoothed(SMOOTHED)
        if not np.isfinite(costs).any():
            return self._timeline.trainer.steps
        return int(curve.edges[np.nanargmin(np.where(np.isfinite(costs), costs, np.inf))])
