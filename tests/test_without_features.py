"""PySide reads no source of ours: that would cost time at the start, and memory ever after."""

import subprocess
import sys

LOOK = """
import linecache, nnviz.app
from nnviz.views import VIEWS
print(sum("nnviz" in name or "pyqtgraph" in name for name in linecache.cache))
"""


def test_starting_reads_no_source():
    done = subprocess.run([sys.executable, "-c", LOOK], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0"]
