"""Why is this number what it is? Every number of a network, taken apart, as plain data.

A neuron is its weighted sum term by term; ∂C/∂w is a chain of factors, one
example at a time and averaged over a minibatch; the cost is the sum of what each
output adds; and C(w) along one weight shows the slope as a tangent. The parts
always make up the whole to rounding. Each answer holds values, symbols and
formulas with and without numbers; how they look is for a view to decide.

Everywhere here a network is left alone, x (inputs,) and y (outputs,) are one
example's inputs and desired outputs, layer 1 is the first after the input,
neurons and entries of theta are counted from 0, and `by_size` puts the largest
of several terms first. What is not there, or does not fit the network, is
refused as an `NnvizError`.
"""

from nnviz.engine.explain.cost import CostParts, OutputPart, explain_cost, explain_output
from nnviz.engine.explain.error import ErrorParts, explain_error
from nnviz.engine.explain.expression import Equation
from nnviz.engine.explain.line import CostLine, Point, explain_line
from nnviz.engine.explain.neuron import NeuronParts, explain_neuron
from nnviz.engine.explain.routes import Route
from nnviz.engine.explain.slopes import mean_slopes
from nnviz.engine.explain.terms import Terms
from nnviz.engine.explain.weight import Chain, ParameterSlope, Rise, explain_chain, explain_slope
from nnviz.engine.symbols import Partial, Quantity, Symbol, Term

__all__ = [
    "Chain",
    "CostLine",
    "CostParts",
    "Equation",
    "ErrorParts",
    "NeuronParts",
    "OutputPart",
    "ParameterSlope",
    "Partial",
    "Point",
    "Quantity",
    "Rise",
    "Route",
    "Symbol",
    "Term",
    "Terms",
    "explain_chain",
    "explain_cost",
    "explain_error",
    "explain_line",
    "explain_neuron",
    "explain_output",
    "explain_slope",
    "mean_slopes",
]
