"""What a statement inherits from the lead-in, parent bullet, headings and title above it."""
