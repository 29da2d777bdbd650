"""Reads the structure of an article: bytes to sections and blocks with exact offsets."""
