"""What panels can do besides standing at a side: fill the window, float, stand as at first."""
