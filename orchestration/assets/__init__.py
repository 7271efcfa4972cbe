"""The assets: each names its tables, calls one stage of `orchestration/pipeline.py`, and reports rows and checks."""
