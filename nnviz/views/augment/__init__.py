"""Augmentation: a dozen variants of one training picture, as training would see it."""

from nnviz.views.augment.view import SPEC, AugmentView

__all__ = ["SPEC", "AugmentView"]
