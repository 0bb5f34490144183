"""What a file of evaluation results says: n, k, and mean tokens. Start at ``reader.py``."""
