"""Articles in: files and folders become `Received` articles or `Rejected` inputs with the reason.

Belongs here: one module per file format, and what pages and records have in common. Keep out: the warehouse, and any
import at the top of a module that is slow (the reader imports `boilerplate` from here and must start at once).
"""

from transforms.ingest.collecting import collect
from transforms.ingest.records import Received, Rejected, RejectedInputError

__all__ = ["Received", "Rejected", "RejectedInputError", "collect"]
