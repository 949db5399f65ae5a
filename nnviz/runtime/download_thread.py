"""The download thread: fetches a published data set while training goes on.

It fetches one set at a time and only ever when asked. Calling it off keeps what has
arrived; a mirror that is silent just then is not waited for when the window closes.
"""

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Protocol

from nnviz.errors import NnvizError
from nnviz.messages.events import Downloading, DownloadOver
from nnviz.runtime.background_thread import failed_inside
from nnviz.runtime.mailbox import Mailbox

TELL_EVERY = 0.1
"""Seconds between two tellings."""

_log = logging.getLogger(__name__)


class Fetch(Protocol):
    """Fetches a data set; see `fetch_dataset`."""

    def __call__(
        self,
        name: str,
        progress: Callable[[float, str], None],
        *,
        asking: Callable[[str], None],
    ) -> Path:
        """Fetch what is not there yet.

        Raises:
            NnvizError: it cannot be fetched.
        """


class CancelledError(Exception):
    """The way out of a download that is not wanted any more."""


class DownloadThread:
    """Owns the downloading thread, which lives as long as a download."""

    def __init__(self, fetch: Fetch, mailbox: Mailbox) -> None:
        self._fetch = fetch
        self._mailbox = mailbox
        self._unwanted = threading.Event()
        self._stopping = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Be ready; nothing is fetched before it is asked for."""
        self._stopping = False

    def fetch(self, name: str) -> None:
        """Fetch a data set; `Downloading` and at last `DownloadOver` tell about it.

        Args:
            name: a key of `FETCHABLE`.
        """
        if self._stopping:
            return
        if self._thread is not None and self._thread.is_alive():
            # One whose end is on its way is as good as over: only its last words are left.
            self._thread.join(0.2)
            if self._thread.is_alive():
                self._over(name, "Another data set is being downloaded: wait for it or cancel it.")
                return
        self._unwanted = threading.Event()
        self._thread = threading.Thread(
            target=self._work, args=(name, self._unwanted), name="nnviz-download", daemon=True
        )
        self._thread.start()

    def cancel(self) -> None:
        """Stop as soon as the next bytes arrive; what is there is kept for the next time."""
        self._unwanted.set()

    def end_soon(self) -> None:
        """Call a download off; none begins any more."""
        self._stopping = True
        self._unwanted.set()

    def stop(self, timeout: float = 1.0) -> bool:
        """Call a download off; tell whether its thread has ended.

        A mirror that says nothing holds it for some seconds more: it ends with the program.
        """
        self.end_soon()
        if self._thread is None:
            return True
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _work(self, name: str, unwanted: threading.Event) -> None:
        due, host = 0.0, ""

        def asking(mirror: str) -> None:
            nonlocal host, due
            if unwanted.is_set():
                raise CancelledError
            host, due = mirror, 0.0

        def progress(fraction: float, text: str) -> None:
            nonlocal due
            if unwanted.is_set():
                raise CancelledError
            if perf_counter() >= due:
                due = perf_counter() + TELL_EVERY
                self._mailbox.put_event(Downloading(name, fraction, text, host))

        try:
            self._fetch(name, progress, asking=asking)
        except (CancelledError, NnvizError) as error:
            gone = unwanted.is_set()
            self._over(name, "" if gone else str(error), cancelled=gone)
        except Exception as error:
            _log.exception("The download thread failed")
            failure = failed_inside(error, ": try again later.")
            self._over(name, failure.sentence)
            self._mailbox.put_event(failure)
        else:
            self._over(name, "")

    def _over(self, name: str, problem: str, *, cancelled: bool = False) -> None:
        self._mailbox.put_event(DownloadOver(name, problem, cancelled))
