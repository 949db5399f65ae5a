"""The projector: one stage that the back row reads, with pages of views and a strip below them."""

from nnviz.window.projector.pages import PAGES, Page, Shown
from nnviz.window.projector.projector import BEHIND, Desktop, Projector

__all__ = ["BEHIND", "PAGES", "Desktop", "Page", "Projector", "Shown"]
