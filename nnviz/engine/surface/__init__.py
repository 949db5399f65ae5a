"""The cost surface: a plane through the parameters, the cost over it, and the path of training."""
