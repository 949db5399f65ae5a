"""The race: optimisers that start together on one cost surface."""
