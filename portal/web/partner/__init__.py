"""Pages of partner organisations, under /mitra."""
