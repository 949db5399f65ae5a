"""Planes through a network: the parameters at a place of one, and slopes along its directions."""

import numpy as np


def moved(axes, theta, by):
    """Return theta moved `by` so much along each direction."""
    there = theta.copy()
    for index, amount in zip(axes.indices, by, strict=False):
        there[index] += amount
    for vector, amount in zip(axes.vectors, by, strict=False):
        there += there.dtype.type(amount) * vector
    return there


def along(axes, gradient):
    """Return the slope along each direction."""
    if axes.indices:
        return gradient[list(axes.indices)].astype(np.float64)
    return np.asarray(axes.vectors @ gradient, np.float64)


def theta_at(surface, *coordinates):
    """Return the parameters at w1 and w2 of a surface, or at w1 alone."""
    request, axes = surface.request, surface.axes
    origin, _ = surface.locate(request.theta)
    there = moved(axes, request.theta, [float(w) for w in coordinates - origin])
    # Exactly the values asked for, whatever adding to the present ones would round to.
    for index, value in zip(axes.indices, coordinates, strict=False):
        there[index] = value
    return there
