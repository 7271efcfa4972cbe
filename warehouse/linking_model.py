"""The linking model: shipped, fixed parameters, as data.

Belongs here: reading `linking_model.toml` (or a file of the same form), turning it into Splink settings, and saying in
words what a pair rests on. Keep out: running it (`linking.py`) and making groups of pairs (`incidents.py`).
"""

from __future__ import annotations

import hashlib
import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from transforms.errors import ContractError
from warehouse.likeness import Rarity, load_rarity

MODEL_FILE = Path(__file__).parent / "linking_model.toml"
BLOCKING = ("day_words", "week_words", "pair_words", "timeless_pair_words", "most_common", "most_days")
# What conditions ask of two texts, and where it stands once worked out: in what the pair brings along (`shared_words.py`).
_WORKED_OUT = {
    "likeness(words_l, weights_l, words_r, weights_r)": "match_key.likeness",
    "len(list_intersect(names_l, names_r))": "match_key.shared_names",
    **{f"len({of}_{side})": f"n_{of}_{side}" for of in ("words", "names") for side in "lr"},
}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a comparison: its condition in SQL, its meaning in words, and how often it shows (m same, u other)."""

    when: str
    says: str
    m: float = 1.0
    u: float = 1.0
    null: bool = False

    @property
    def weight(self) -> float:
        """The match weight: the binary logarithm of m/u. Positive speaks for one incident, negative against."""
        return math.log2(self.m / self.u)


@dataclass(frozen=True, slots=True)
class Reason:
    """What one comparison says of a pair: its name, the words for the level, and the match weight."""

    comparison: str
    says: str
    weight: float


def basis(reasons: Sequence[Reason]) -> str:
    """What speaks for a pair, then what speaks against it, in words."""
    pro = [reason.says for reason in reasons if reason.weight > 0]
    contra = [reason.says for reason in reasons if reason.weight < 0]
    return "; ".join(pro) + (f" (although: {'; '.join(contra)})" if contra else "")


@dataclass(frozen=True, slots=True)
class Comparison:
    """One kind of evidence. The levels are tried in order; the last is ELSE."""

    name: str
    levels: tuple[Level, ...]

    def level(self, gamma: int) -> Level:
        """Return the level that Splink's comparison value stands for: -1 null, 0 the last, then counting up the list."""
        if gamma == -1:
            return next(level for level in self.levels if level.null)
        return [level for level in self.levels if not level.null][-1 - gamma]


@dataclass(frozen=True, slots=True)
class Model:
    """The whole model. See `linking_model.toml` for what the thresholds mean. fingerprint: of its files."""

    version: str
    fingerprint: str
    prior: float
    link_from: float
    cluster_from: float
    cluster_despite: float
    most_days_apart: int
    most_km_apart: float
    blocking: Mapping[str, int]
    comparisons: tuple[Comparison, ...]
    rarity: Rarity

    def settings(self) -> dict[str, Any]:
        """Return the model as a Splink settings dictionary."""
        return {
            "link_type": "dedupe_only",
            "unique_id_column_name": "report_id",
            "probability_two_random_records_match": self.prior,
            "blocking_rules_to_generate_predictions": [],  # it is handed the pairs
            "comparisons": [_splink_comparison(comparison) for comparison in self.comparisons],
            "retain_matching_columns": True,  # Splink gives the level of each comparison only together with them
            "retain_intermediate_calculation_columns": False,
        }

    def reasons(self, gammas: Mapping[str, int]) -> tuple[Reason, ...]:
        """Return what each comparison says of a pair, in order of the model; those that say nothing are left out.

        gammas: Splink's comparison value by name of the comparison.
        """
        levels = [(comparison.name, comparison.level(gammas[comparison.name])) for comparison in self.comparisons]
        return tuple(Reason(name, level.says, level.weight) for name, level in levels if not level.null and level.m != level.u)

    @property
    def prior_weight(self) -> float:
        """The weight that any pair starts from, before its evidence is looked at."""
        return math.log2(self.prior / (1 - self.prior))


def load_model(path: Path = MODEL_FILE) -> Model:
    """Read a linking model. Raises ContractError, naming the file or the comparison, when it is not well formed."""
    try:
        content = path.read_bytes()
        spec = tomllib.loads(content.decode("utf-8"))
        comparisons = tuple(_comparison(item) for item in spec["comparison"])
        rarity = path.with_name(spec["rarity"])
        if spec["cluster_despite"] < spec["cluster_from"]:  # grouping rests on it: who is refused stays so (grouping.py)
            raise ContractError(
                f"{path.name}: cluster_despite is less than cluster_from; reports that are apart need more to be joined, not less"
            )
        blocking = {"timeless_pair_words": spec["blocking"]["pair_words"], **spec["blocking"]}
        return Model(
            version=spec["model_version"],
            fingerprint=hashlib.blake2b(content + rarity.read_bytes()).hexdigest(),
            prior=spec["prior"],
            link_from=spec["link_from"],
            cluster_from=spec["cluster_from"],
            cluster_despite=spec["cluster_despite"],
            most_days_apart=spec["most_days_apart"],
            most_km_apart=spec["most_km_apart"],
            # a model of one's own may be older than the difference between the two
            blocking={name: int(blocking[name]) for name in BLOCKING},
            comparisons=comparisons,
            rarity=load_rarity(rarity),
        )
    except KeyError as missing:
        raise ContractError(f"{path.name}: {missing} is missing") from None
    except (OSError, TypeError, ValueError, AttributeError, OverflowError, RecursionError) as error:
        raise ContractError(f"{path.name} is no linking model ({error!s:.120}); `casualties incidents train --forget` goes back") from None


def _comparison(spec: Mapping[str, Any]) -> Comparison:
    levels = tuple(Level(**level) for level in spec["level"])
    if not levels or levels[-1].when != "ELSE" or any(not (0 < level.m <= 1 and 0 < level.u <= 1) for level in levels):
        raise ContractError(f"linking model, comparison {spec['name']}: the last level is ELSE, and m and u lie between 0 and 1")
    return Comparison(spec["name"], levels)


def _splink_comparison(comparison: Comparison) -> dict[str, Any]:
    levels: list[dict[str, Any]] = []
    for level in comparison.levels:
        common: dict[str, Any] = {"sql_condition": _worked_out(level.when), "label_for_charts": level.says}
        if level.null:
            levels.append(common | {"is_null_level": True})
        else:
            levels.append(
                common | {"m_probability": level.m, "u_probability": level.u, "fix_m_probability": True, "fix_u_probability": True}
            )
    return {"output_column_name": comparison.name, "comparison_levels": levels}


def _worked_out(condition: str) -> str:
    """Return a condition that asks of two texts what is worked out already: done once for a pair and not at each level, and the
    lists of words stay behind."""
    for asked, found in _WORKED_OUT.items():
        condition = condition.replace(asked, found)
    return condition
