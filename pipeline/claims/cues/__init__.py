"""Finding the words that carry meaning in a statement: direction, strength, line, setting, roles."""
