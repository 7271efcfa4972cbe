"""Sources: which party a printed name is, whoever prints it and however it is spelled."""

from transforms.sources.canonical import canonical, publisher_source
from transforms.sources.groups import group_name
from transforms.sources.known import Source, known_sources

__all__ = ["Source", "canonical", "group_name", "known_sources", "publisher_source"]
