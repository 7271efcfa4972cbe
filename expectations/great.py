"""The calls into Great Expectations: the only module beside `data_docs.py` that imports it.

One ephemeral context for the process: it writes no file and asks no host. Importing it takes 3 to 4 s, so it is imported where it
is called.

Belongs here: contexts, batches, expectation objects, and how to read a result. Keep out: suites, rules, consequences.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import great_expectations as gx
import pandas as pd
from great_expectations.core import ExpectationSuite
from great_expectations.data_context.types.base import DataContextConfig, InMemoryStoreBackendDefaults, ProgressBarsConfig
from great_expectations.expectations.registry import get_expectation_impl

from expectations.check import Check

_ERROR_NAME = re.compile(r"[\w.]+")


def validate(suite_name: str, frame: pd.DataFrame, checks: Sequence[Check], result_format: Any) -> Mapping[str, Any]:
    """Return Great Expectations' results by the name of the check: it does not keep their order."""
    suite = ExpectationSuite(name=suite_name, expectations=[expectation(check) for check in checks])
    batch = _batches().get_batch({"dataframe": frame})
    found = batch.validate(suite, result_format=result_format)
    return {result.expectation_config.meta["name"]: result for result in found.results}


def raised(result: Any) -> str | None:
    """Return the kind of error that kept an expectation from being evaluated, None where there was none.

    Only the kind: the message may quote a value. The information is flat, or one entry per metric that raised.
    """
    info = result.exception_info or {}
    for entry in [info] if "raised_exception" in info else list(info.values()):
        if entry.get("raised_exception"):
            lines = (entry.get("exception_traceback") or "").strip().splitlines() or [entry.get("exception_message") or "error"]
            match = _ERROR_NAME.match(lines[-1])
            return match.group() if match else "error"
    return None


def described(check: Check) -> Any:
    """Return the Great Expectations object of a check, for people.

    A rule is described by its reason: that its column is True tells nobody anything.
    """
    return expectation(check, notes=check.why, description=None if check.rule is None else check.why)


def expectation(check: Check, **more: Any) -> Any:
    """Return the Great Expectations object of a check. It is kept small: it is written out some seventy times when evaluated."""
    return get_expectation_impl(check.type)(**check.kwargs, meta={"name": check.name}, **more)


@lru_cache(maxsize=1)
def _context() -> Any:
    """Return the one context of the process: in memory, without a docs site, analytics off, no progress bars."""
    os.environ["GX_ANALYTICS_ENABLED"] = "False"
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
        progress_bars=ProgressBarsConfig(globally=False, metric_calculations=False),
        analytics_enabled=False,
    )
    return gx.get_context(mode="ephemeral", project_config=config)


@lru_cache(maxsize=1)
def _batches() -> Any:
    """Return the one definition of a batch that all frames go through: each further one would write the settings anew."""
    return _context().data_sources.add_pandas("frames").add_dataframe_asset("frame").add_batch_definition_whole_dataframe("frame")
