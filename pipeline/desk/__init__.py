"""The review application of the editors: a queue of undecided changes and discrepancies.

`serve` runs it; `Desk` is what it knows, over the ledger; `create_app` is the web application.
"""
