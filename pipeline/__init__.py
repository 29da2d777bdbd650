"""An evidence ledger for medical articles."""

import os

# Arrow reads this as it is imported: its own allocator keeps to itself what it once had, Python's can be given back (`flows.memory`).
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
# The same for the tables' writer, whose allocator (jemalloc) else keeps for ten seconds what it freed, thread by thread.
os.environ.setdefault("_RJEM_MALLOC_CONF", "narenas:1,dirty_decay_ms:0")
