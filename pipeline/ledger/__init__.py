"""The tables: schemas, commits, snapshots, as-of. The only room that knows Delta and Parquet."""
