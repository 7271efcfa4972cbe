"""`casualties sources`: who is said to have said it. The group of sub-commands; each has a module of its own.

Belongs here: putting them together. Keep out: what they do.
"""

from __future__ import annotations

import typer

from orchestration.cli import sources_check, sources_merge, sources_review

app = typer.Typer(
    help="Attributed sources: which are unknown, which are one, and people's decisions about it. And `check`: where articles come from.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.command("check")(sources_check.check)
app.command("review")(sources_review.review)
app.command("merge")(sources_merge.merge)
app.command("unmerge")(sources_merge.unmerge)
app.command("list")(sources_merge.list_)
