"""The matrices: a layer as z = a·W + b and δ, with its numbers or as pictures."""

from nnviz.views.view import View, ViewSpec


def _view() -> View:
    from nnviz.views.matrices.view import MatricesView  # when it is first wanted

    return MatricesView()


SPEC = ViewSpec(
    "matrices",
    "Matrices",
    "right",
    _view,
    rate=8.0,
    open=False,
    least=(220, 150),
    gestures=(
        ("Point at a number, or go on with arrows", "Lights the row and column that make it."),
        ("Click a number, or Enter", "Explains it in Why?"),
    ),
)
