"""Priority: threads that compute beside training give way to it, and all training to the window.

With as many cores as are busy anyway, the system would else make training and drawing wait for
them in turn: a frame then comes tens of milliseconds late.
"""

import os
import sys
import threading
from contextlib import suppress

GIVES_WAY = 2
"""How much nicer such a thread is than others. Little: while it holds Python's lock and gets no
core, the thread that draws waits for it."""
PROCESS_GIVES_WAY = 10
"""How much nicer a process is that trains: than whatever may hold a lock that drawing waits for."""


def give_way() -> None:
    """Let the calling thread give way to others from now on, where the system tells threads apart.

    Linux counts niceness thread by thread; elsewhere it is the whole process's, and stays.
    """
    if sys.platform != "linux":
        return
    thread = threading.get_native_id()
    try:
        os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + GIVES_WAY)
    except OSError:
        return  # a sandbox may forbid it: it goes on as any other


def give_way_as_process() -> None:
    """Let this process, which trains and nothing else, give way to what is drawn."""
    with suppress(AttributeError, OSError):  # Windows has no niceness, a sandbox may forbid it
        os.nice(PROCESS_GIVES_WAY)
