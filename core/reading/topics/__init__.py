"""What people say about each topic in whole sentences: one file a topic, all of it."""
