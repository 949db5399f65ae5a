"""How good is it really? What is taken for what, and whether a sure answer deserves trust."""

from nnviz.views.evaluation.view import SPEC, EvaluationView

__all__ = ["SPEC", "EvaluationView"]
