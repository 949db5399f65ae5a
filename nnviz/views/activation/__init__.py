"""Activation functions: each one's curve, slope and saturation, and a layer's neurons on it."""

from nnviz.views.view import View, ViewSpec


def _view() -> View:
    from nnviz.views.activation.view import ActivationView  # when it is first wanted

    return ActivationView()


SPEC = ViewSpec(
    "activation",
    "Activation functions",
    "right",
    _view,
    open=False,
    short="Activations",
    gestures=(
        (
            "Drag along z, or ← and →",
            "Reads a and the slope f′(z) there; End follows the selected neuron again.",
        ),
        ("↑ and ↓", "Go to another neuron of the layer."),
    ),
)
