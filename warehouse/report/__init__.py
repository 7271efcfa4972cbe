"""The report: the comparison as self-contained HTML pages.

Belongs here: pages and their style. Keep out: queries (`warehouse/comparison.py`) and words (`warehouse/wording.py`).
"""

from warehouse.report.pages import write_report

__all__ = ["write_report"]
