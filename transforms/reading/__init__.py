"""The reader: one article in, its casualty figures out."""
