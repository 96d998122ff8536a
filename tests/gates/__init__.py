"""What is generated from the application itself, so that whatever is added later is covered or fails."""
