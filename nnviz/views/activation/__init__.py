"""Activation functions: each one's curve, slope and saturation, and a layer's neurons on it."""

from nnviz.views.view import View, ViewSpec


def _view() -> View:
    from nnviz.views.activation.view import ActivationView  # when it is first wanted

    return ActivationView()


SPEC = ViewSpec(
    "activation", "Activation functions", "right", _view, open=False, short="Activations"
)
