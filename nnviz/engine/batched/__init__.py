"""Many versions of one network computed at once, for surfaces and lines of cost."""
