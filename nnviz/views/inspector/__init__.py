"""The inspector: why the selected number is what it is, followed while the network learns."""

from nnviz.views.inspector.view import SPEC, InspectorView

__all__ = ["SPEC", "InspectorView"]
