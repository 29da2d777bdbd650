"""How long tests wait for what surely comes. Only a test that fails waits so long: on a busy machine of one core a process may take
minutes to begin."""

PATIENCE = 600  # seconds
