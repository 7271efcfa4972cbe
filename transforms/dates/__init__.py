"""Dates in text: the grammar that finds them, the calendar that resolves them, and the day an article was published."""
