"""Articles in: files and folders become `Received` articles or `Rejected` inputs with the reason.

Belongs here: one module per file format, and what pages and records have in common. Keep out: the warehouse.
"""
