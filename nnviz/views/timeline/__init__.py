"""The timeline: every minibatch of the run on one line, to be dragged to."""

from nnviz.views.timeline.field import read_step
from nnviz.views.timeline.view import SPEC, TimelineView

__all__ = ["SPEC", "TimelineView", "read_step"]
