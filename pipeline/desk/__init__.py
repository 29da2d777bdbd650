"""The review application of the editors."""
