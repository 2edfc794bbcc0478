"""Pages that need no sign-in: the front door, help, health."""
