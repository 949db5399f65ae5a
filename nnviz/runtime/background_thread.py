"""A background thread: waits beside the worker for something to do, and ends when asked."""

import threading


class BackgroundThread:
    """Owns one thread; what it does is its subclass's `_work`, which returns once `_stopping`.

    `_changed` guards all that other threads hand over, and wakes the thread up.
    """

    def __init__(self, name: str) -> None:
        """Prepare the thread; `start` runs it.

        Args:
            name: what the thread is called, after "nnviz-".
        """
        self._changed = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._work, name=f"nnviz-{name}", daemon=True)

    def start(self) -> None:
        """Begin to do what is asked for."""
        self._thread.start()

    def stop(self, timeout: float = 5.0) -> bool:
        """End the thread; tell whether it has ended.

        Args:
            timeout: seconds to wait for it.
        """
        with self._changed:
            self._stopping = True
            self._changed.notify()
        if self._thread.ident is not None:
            self._thread.join(timeout)
        return not self._thread.is_alive()

    def _work(self) -> None:
        """Do one thing after another until the end; on the thread."""
