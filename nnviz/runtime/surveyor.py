"""The surveyor: the thread that computes cost surfaces while training goes on.

It works on one request at a time; a newer one replaces a waiting one and
cancels one under way. Its answers say which request they answer.
"""

import logging
import threading
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.landscape import PlaneRequest, survey
from nnviz.runtime.mailbox import Mailbox
from nnviz.runtime.messages import Failure

Array = NDArray[np.floating[Any]]

MIN_INTERVAL = 0.15
"""Seconds between two surfaces: more would only take time away from training."""

_log = logging.getLogger(__name__)


class Surveyor:
    """Owns the surveying thread."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox
        self._changed = threading.Condition()
        self._request: PlaneRequest | None = None
        self._examples: tuple[int, Array, Array] | None = None
        self._stopping = False
        self._thread = threading.Thread(target=self._work, name="nnviz-surveyor", daemon=True)

    def start(self) -> None:
        """Begin to answer requests."""
        self._thread.start()

    def use(self, run: int, x: Array, y: Array) -> None:
        """Average costs over these examples from now on.

        Args:
            run: the run they belong to; requests of other runs are dropped.
            x: inputs, (n, inputs).
            y: desired outputs, (n, outputs).
        """
        with self._changed:
            self._examples = (run, x, y)

    def ask(self, request: PlaneRequest) -> None:
        """Answer this request next, instead of any earlier one."""
        with self._changed:
            self._request = request
            self._changed.notify()

    def stop(self, timeout: float = 5.0) -> bool:
        """End the thread; tell whether it has ended."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _work(self) -> None:
        earliest = 0.0
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._stopping or self._request is not None)
                self._changed.wait_for(lambda: self._stopping, earliest - perf_counter())
                if self._stopping:
                    return
                request, self._request = self._request, None
                examples = self._examples
            if request is None or examples is None or examples[0] != request.run:
                continue
            earliest = perf_counter() + MIN_INTERVAL
            try:
                _, x, y = examples
                landscape = survey(request, x, y, self._superseded)
            except Exception:  # shown once; training and the window are not affected
                _log.exception("The surveyor failed")
                self._mailbox.put_event(
                    Failure(
                        "The cost surface could not be computed; training goes on. Choose two "
                        "other weights for it."
                    )
                )
                continue
            if landscape is not None:
                self._mailbox.put_landscape(landscape)

    def _superseded(self) -> bool:
        return self._stopping or self._request is not None
