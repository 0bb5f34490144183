"""What kind of question about an advice somebody asks, told by trained weights where no rule is sure."""
