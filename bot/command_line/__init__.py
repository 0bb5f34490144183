"""The same core for scripts and for a quick look."""
