"""The network view: a digit on its way through a net whose weights are being learned."""

from nnviz.views.network.view import SPEC, NetworkView

__all__ = ["SPEC", "NetworkView"]
