"""Reads bytes from folders and the web and keeps every version of them."""
