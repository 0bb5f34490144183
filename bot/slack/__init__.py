"""Everything that is Slack: what it sends, what it is told, and what it refuses."""
