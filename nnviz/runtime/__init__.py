"""The run: a training thread, a surveying thread and the one bridge to the window."""
