"""The window: toolbar, panels, recipe form and status line around the views."""
