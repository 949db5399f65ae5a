"""Tests of nnviz.lessons.examples."""
