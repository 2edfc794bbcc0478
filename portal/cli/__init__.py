"""The command line: `python -m portal.cli …` or `simpul …`. Each group stands in a module of its own."""
