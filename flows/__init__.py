"""Prefect flows: what runs when, in which batches, with which retries."""

import os

# Arrow's own allocator keeps what it once had; of a large run that would be as much as all the rest.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
