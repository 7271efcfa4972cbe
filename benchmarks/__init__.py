"""How fast the reader is, and how much memory it takes: `python -m benchmarks` prints a table.

Belongs here: measuring, and the other reader that ours is measured beside. Keep out: tests (nothing here passes or fails).
"""
