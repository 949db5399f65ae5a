"""Preferences: how nnviz looks and writes, what it keeps, and what it is made of."""

from nnviz.window.preferences.about import AboutPage
from nnviz.window.preferences.page import PreferencesPage

__all__ = ["AboutPage", "PreferencesPage"]
