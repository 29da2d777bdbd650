"""An evidence ledger for medical articles."""
