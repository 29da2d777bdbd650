"""An evidence ledger for medical articles."""

import os

# Arrow reads this as it is imported: its own allocator keeps to itself what it once had, Python's can be given back (`flows.memory`).
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
