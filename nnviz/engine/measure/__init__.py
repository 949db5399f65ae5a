"""Measures: how good a network is on whole sets of examples, and which ones it gets wrong."""
