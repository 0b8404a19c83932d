"""Everything the site holds in one file (taking), read back into an empty site (restoring)."""
