"""What is measured and traced while the app is at work: counts and times for operators, and spans."""
