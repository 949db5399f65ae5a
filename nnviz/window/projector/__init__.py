"""The projector: one stage that the back row reads, with pages of views and a strip below them."""

from nnviz.window.projector.desktop import BEHIND, Desktop
from nnviz.window.projector.pages import PAGES, Page, Shown
from nnviz.window.projector.projector import Projector

__all__ = ["BEHIND", "PAGES", "Desktop", "Page", "Projector", "Shown"]
