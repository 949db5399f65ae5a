"""The display: whether there is one, a virtual one where there is none, the size of a window."""

import atexit
import ctypes
import os
import shutil
import subprocess
import sys

from nnviz.engine.settings import RecipeError
from nnviz.errors import NnvizError

SCREEN = "1920x1080x24"
"""Size and depth of the virtual screen."""
PLATFORM, DISPLAY = "QT_QPA_PLATFORM", "DISPLAY"


def needs_display() -> None:
    """Refuse to start Qt where it would only abort.

    Raises:
        NnvizError: there is no display, or it does not answer.
    """
    if what := _missing():
        raise NnvizError(
            f"{what}, so no window can be opened: start nnviz from a desktop, or under a virtual "
            "one with 'xvfb-run -a nnviz tour OUT'."
        )


def read_size(text: str) -> tuple[int, int]:
    """Read the size of a window, width x height in pixels.

    Raises:
        RecipeError: it is none, so that the command has been used wrongly.
    """
    width, _, height = text.partition("x")
    if not (width.isdigit() and height.isdigit() and int(width) and int(height)):
        raise RecipeError(f"The size '{text}' is not of the form 1280x720.")
    return int(width), int(height)


def some_display() -> None:
    """See to a display: the desktop's, else a virtual one, else Qt's own that shows nothing.

    A virtual one lasts as long as the program. It is to be called before Qt is imported, which
    closes its own end of it at the program's.
    """
    if not _missing():
        return
    if server := shutil.which("Xvfb"):
        os.environ[DISPLAY] = f":{_start(server)}"
    else:
        os.environ[PLATFORM] = "offscreen"


def _missing() -> str:
    """Return what is wrong with the display, the beginning of a sentence; empty for nothing."""
    if sys.platform != "linux" or (os.environ.get(PLATFORM) or "xcb") != "xcb":
        return ""
    if os.environ.get("WAYLAND_DISPLAY"):
        return ""
    name = os.environ.get(DISPLAY)
    if name and _answers(name):
        return ""
    return f"The display {name} does not answer" if name else "There is no display"


def _answers(display: str) -> bool:
    """Tell whether an X display can be connected to; True where that cannot be found out."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(display.encode(), None)
    failed = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not failed


def _start(server: str) -> str:
    """Start an X server without a screen, on a number that it finds itself, and return that."""
    read, write = os.pipe()
    command = [server, "-displayfd", str(write), "-screen", "0", SCREEN, "-nolisten", "tcp"]
    silent = subprocess.DEVNULL
    running = subprocess.Popen(command, pass_fds=(write,), stdout=silent, stderr=silent)
    atexit.register(_end, running)
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    if not number:
        raise NnvizError("The virtual display Xvfb does not start: look what it says.")
    return number


def _end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    server.wait()
