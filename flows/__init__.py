"""Prefect flows: what runs when, in which batches, with which retries."""
