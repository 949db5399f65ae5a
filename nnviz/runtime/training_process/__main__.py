"""The program that the training process runs."""

from nnviz.runtime.training_process.child import main

if __name__ == "__main__":
    main()
