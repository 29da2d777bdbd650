"""Shows what changed: HTML, Markdown and JSON."""
