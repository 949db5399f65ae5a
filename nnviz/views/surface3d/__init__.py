"""Drawing cost surfaces, in 3-D and as contour maps, for the surface view and the race."""
