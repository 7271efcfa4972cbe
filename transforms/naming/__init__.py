"""Who is named in an article and must not be in what is published: victims, detainees, minors and private sources.

Office-holders stay named. Pure text work: where the names stand (`people.py`), and putting masks in their place (`masking.py`).

Belongs here: finding and masking names. Keep out: databases and files (`warehouse/masks.py`).
"""

from transforms.naming.people import Named, Person, find_people

__all__ = ["Named", "Person", "find_people"]
