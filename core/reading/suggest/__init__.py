"""A small classifier beside the rules: what a reply most likely means, and how likely."""
