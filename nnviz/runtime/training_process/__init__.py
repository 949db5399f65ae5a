"""Training in a process of its own, so that drawing and training share no interpreter lock."""
