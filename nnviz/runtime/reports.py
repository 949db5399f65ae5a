"""Reports: what the test set looked like at the steps of a run, kept for going back.

A report belongs to the branch that its step was trained on, so going back and
changing something does not mix two pasts up. Where there are too many, every second
one is let go: the long view stays, and any step can be reported on again.
"""

import threading

from nnviz.engine.measure.report import Report
from nnviz.engine.run.branch import Branch

MOST = 200
"""Reports kept of a run: about a megabyte."""


class Reports:
    """The reports of one run; any thread may keep one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[tuple[int, int], Report] = {}
        self._version = 0
        self._line: tuple[tuple[int, int], tuple[Report, ...]] | None = None

    @property
    def version(self) -> int:
        """Another number once something was forgotten."""
        return self._version

    def keep(self, branch: int, report: Report, version: int) -> None:
        """Keep a report of a branch, unless something was forgotten since that version."""
        with self._lock:
            if version != self._version:
                return
            self._kept[branch, report.step] = report
            self._line = None
            if len(self._kept) > MOST:
                steps = sorted(self._kept, key=lambda key: key[1])
                for key in steps[1:-1:2]:
                    del self._kept[key]

    def forget(self, branch: int, step: int) -> None:
        """Forget the reports of a branch from a step on: something was changed there."""
        with self._lock:
            self._version += 1
            self._line = None
            for key in [key for key in self._kept if key[0] == branch and key[1] >= step]:
                del self._kept[key]

    def of_line(self, current: Branch) -> tuple[Report, ...]:
        """Return the reports of the line that ends in a branch, in order of step."""
        with self._lock:
            mark = current.number, current.start
            if self._line is None or self._line[0] != mark:
                found = [
                    report
                    for (number, step), report in self._kept.items()
                    if current.owner(step).number == number
                ]
                self._line = mark, tuple(sorted(found, key=lambda report: report.step))
            return self._line[1]
