"""The branches: every run that was left behind, to compare with, go back to or forget."""

from nnviz.views.branches.view import SPEC, BranchesView

__all__ = ["SPEC", "BranchesView"]
