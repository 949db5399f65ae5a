"""Training: minibatches in order, a step from examples to new parameters, and its health."""
