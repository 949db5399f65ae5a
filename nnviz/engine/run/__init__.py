"""A run: its timeline, branches and records, and the frozen snapshots of its moments."""
