"""How the reader's classifier is trained: ``uv run python -m training`` makes its weights anew."""
