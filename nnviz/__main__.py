"""Lets `python -m nnviz` do what the `nnviz` command does."""

from nnviz.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
