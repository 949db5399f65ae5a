"""Keys as a keyboard sends them: through the display server to whatever it says has the focus.

Events made by Qt's own test tools go straight to a widget and pass by what decides between
pop-ups, menus and the window's shortcuts.
"""

import shutil
import subprocess

import pytest

needed = pytest.mark.skipif(
    shutil.which("xdotool") is None, reason="xdotool, which presses real keys, is not installed"
)


def press(*keys):
    """Press keys by their names in X, such as "space", "Left" or "alt+f", one after the other."""
    subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)


def put_pointer_aside():
    """Put the mouse into the lower right corner: what it rests on may take the keys."""
    geometry = ["xdotool", "getdisplaygeometry"]
    said = subprocess.run(geometry, check=True, capture_output=True, text=True)
    right, below = (str(int(size) - 1) for size in said.stdout.split())
    subprocess.run(["xdotool", "mousemove", right, below], check=True)
