"""What the window and the threads say to each other: frozen values, no Qt, no threads."""
