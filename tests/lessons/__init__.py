"""Tests of nnviz.lessons."""
