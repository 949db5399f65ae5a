"""The health watch: looks now and then for what is unhealthy in a run, and says what helps."""

from dataclasses import replace
from time import perf_counter

import numpy as np

from nnviz.engine.run.timeline import Timeline
from nnviz.engine.training.health import Finding
from nnviz.engine.training.remedies import Where

LOOK_INTERVAL = 0.5
"""Seconds between two looks for what is unhealthy while training runs."""
LOOK_SHARE = 20
"""How many times as long as a look takes training goes on at least before the next one."""
SMOOTHED = 20
"""Minibatches over which costs are averaged to find where the cost was lowest."""


class HealthWatch:
    """Looks at the network that a timeline trains."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._looked, self._look_took = float("-inf"), 0.0
        self._looked_at = timeline.current, timeline.trainer.steps
        self._findings: tuple[Finding, ...] = ()

    def look(self, *, playing: bool) -> tuple[Finding, ...]:
        """Look for what is unhealthy: at every step when stepping, now and then when playing."""
        now, here = perf_counter(), (self._timeline.current, self._timeline.trainer.steps)
        if not playing or now - self._looked >= max(LOOK_INTERVAL, LOOK_SHARE * self._look_took):
            branch, step = self._looked_at
            # What was found before counts where training went on from there.
            before = self._findings if branch is here[0] and step <= here[1] else ()
            found = self._timeline.trainer.findings({finding.kind for finding in before})
            self._findings = tuple(map(self._with_a_place, found))
            self._looked, self._look_took = now, perf_counter() - now
            self._looked_at = here
        return self._findings

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
