"""Importing this spares PySide reading the source of every module that is imported after it.

PySide looks into each for its own name, in case the module asks for snake_case or another of its
features (`from __feature__ import …`), and Python keeps every line that was read. nnviz asks for
none. That was a tenth of the time that its imports take, and 20 MB for as long as it runs.
"""

import sys
from types import ModuleType

import PySide6.QtCore  # noqa: F401 - brings the part of PySide that looks

_LOOKS = "shibokensupport.feature"
"""PySide's part that decides which modules may have features; not all versions have it."""


def _asks_for_none(_module: ModuleType) -> bool:
    """Say of any module that it has no features, as PySide does where there is no source."""
    return False


if hasattr(sys.modules.get(_LOOKS), "_mod_uses_pyside"):
    sys.modules[_LOOKS]._mod_uses_pyside = _asks_for_none  # type: ignore[attr-defined]
