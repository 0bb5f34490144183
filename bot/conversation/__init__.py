"""What happens when somebody says something in a thread: no Slack, no SQL."""
