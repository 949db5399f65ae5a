"""The tour: the real window drives itself and writes a picture of all there is to see."""

from nnviz.tour.route import tour as tour
