"""The command palette: everything that can be done, found by a few letters (Ctrl+K)."""

from nnviz.window.command_palette.entry import Entry
from nnviz.window.command_palette.palette import CommandPalette

__all__ = ["CommandPalette", "Entry"]
