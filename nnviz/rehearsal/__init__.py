"""Rehearsal: lessons play themselves to their end in the real window, by mouse and keys."""

from nnviz.rehearsal.rehearse import rehearse

__all__ = ["rehearse"]
