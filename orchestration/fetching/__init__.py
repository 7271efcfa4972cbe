"""Articles from the web: feeds, sitemaps and lists of addresses, fetched politely and safely.

Here and nowhere else the program speaks to other machines. It is part of `orchestration`, for `transforms` is pure (bytes in,
articles out) and `warehouse` knows rows only. Parsing what was fetched is `transforms/ingest`.

Belongs here: settings of sources, addresses that may be spoken to, requests, what was fetched before. Keep out: parsers.
"""
