"""The examples: which ones the network gets wrong, the worst first, to look at one by one."""

from nnviz.views.view import View, ViewSpec


def _view() -> View:
    from nnviz.views.examples.view import ExamplesView  # when it is first wanted

    return ExamplesView()


SPEC = ViewSpec("examples", "Examples", "left", _view, rate=2.0, late=True, least=(160, 90))
