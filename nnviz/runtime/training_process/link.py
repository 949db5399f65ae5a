"""The link to the training process: it is begun, told of, heard from and ended here.

Messages are lines of JSON, to and fro; a folder for larger things lies where both can read it.
"""

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from tempfile import TemporaryDirectory
from typing import Any, TextIO

ENDING = 2.0
"""Seconds that the process gets to end by itself."""


class Link:
    """A training process that runs, and the folder that is shared with it.

    Attributes:
        process: it.
        folder: the folder.
    """

    def __init__(self) -> None:
        """Begin the process.

        Raises:
            OSError: the system lets it have no folder, or lets no further process be.
        """
        self._folder = TemporaryDirectory(prefix="nnviz-", ignore_cleanup_errors=True)
        self.folder = Path(self._folder.name)
        self._answers: SimpleQueue[dict[str, Any] | None] = SimpleQueue()
        package = str(Path(__file__).parents[3])
        paths = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH", ""))))
        try:
            # -P: what lies in the folder that somebody works in is none of its modules.
            self.process = subprocess.Popen(
                [
                    interpreter() or "",
                    "-P",
                    "-m",
                    "nnviz.runtime.training_process",
                    self._folder.name,
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": paths},
                encoding="utf-8",
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError:
            self._folder.cleanup()
            raise
        reading = (self.process.stdout, self._answers)
        self._reading = threading.Thread(
            target=_read, args=reading, name="nnviz-training-process", daemon=True
        )
        self._reading.start()

    def tell(self, **values: Any) -> None:
        """Send a message.

        Raises:
            OSError: the process has ended.
        """
        if self.process.stdin is not None:
            self.process.stdin.write(json.dumps(values) + "\n")
            self.process.stdin.flush()

    def receive(self, wait: float) -> dict[str, Any] | None:
        """Return the next answer; None where none comes in so many seconds.

        Raises:
            OSError: the process has ended.
        """
        try:
            answer = self._answers.get(timeout=max(wait, 0.0))
        except Empty:
            return None
        if answer is None:
            raise OSError("it has ended")
        return answer

    def end(self) -> None:
        """End the process, and remove the folder."""
        if self.process.stdin is not None:
            with suppress(OSError):  # where it has ended already
                self.process.stdin.close()
        try:
            self.process.wait(ENDING)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._reading.join(ENDING)
        self._folder.cleanup()


def interpreter() -> str | None:
    """Return the Python to run the process with; None where the program is packed into one."""
    return None if getattr(sys, "frozen", False) else sys.executable or None


def _read(lines: TextIO, answers: SimpleQueue[dict[str, Any] | None]) -> None:
    """Hand over one answer a line, and None at the end; on a thread of its own."""
    with lines:
        for line in lines:
            answers.put(json.loads(line))
    answers.put(None)
