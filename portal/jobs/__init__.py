"""What runs by itself: the table of jobs, what each does, and the worker that ticks."""
