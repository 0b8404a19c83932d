"""The whole site taken out: as a folder that another site reads back (folder, restore), and as lines of JSON (lines)."""
