"""Pages of the ministry's people, under /kantor."""
