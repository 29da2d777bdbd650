"""Reads the language of recommendations: an article to claims."""
