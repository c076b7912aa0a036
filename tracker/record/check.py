"""Checking the record: every error and every warning, from all rules.

An error is what `tracker load` refuses; a warning is what a person should look
at: entries that do not go together, orders without their paper, texts without
a translation.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tracker.record.findings import Finding, spelled
from tracker.record.read import examine
from tracker.record.rules import text_of, told
from tracker.record.translations import missing_translations
from tracker.record.whole import whole_of
from tracker.record.whole_rules import WHOLE_RULES

__all__ = ["Checked", "Severity", "Told", "check_record"]

READS = "reads_as_yaml"


class Severity(StrEnum):
    """Whether a finding stops a load."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Told:
    """A finding and how grave it is."""

    finding: Finding
    severity: Severity

    @property
    def rule(self) -> str:
        """The name of the rule that is broken."""
        return self.finding.rule or READS

    def __str__(self) -> str:
        """`FILE:LINE: error: ENTRY: rate: "400": what is wrong; what to do [rule]`."""
        found = self.finding
        place = spelled(found.path[2:] if found.entry else found.path)
        inside = ": ".join(part for part in (found.entry, place, found.message) if part)
        return f"{found.file}:{found.line}: {self.severity}: {inside} [{self.rule}]"


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a record found, in order of file and line; how much was looked at."""

    files: int
    events: int
    measures: int
    told: tuple[Told, ...]

    def count(self, severity: Severity) -> int:
        """How many findings are of that severity."""
        return Counter(one.severity for one in self.told)[severity]


def check_record(folder: Path) -> Checked:
    """Hold a record folder to every rule, those of the whole record included.

    The rules of the whole look at all entries that read; where others do not,
    what they say may be a consequence of that.

    Raises: BadInput if the folder cannot be read.
    """
    seen = examine(folder)
    whole = whole_of(seen)
    warnings = [
        seen.finding(entry, path, told(value, text_of(rule)), rule=rule.__name__)
        for rule in WHOLE_RULES
        for entry, path, value in rule(whole)
    ]
    warnings.extend(missing_translations(seen))
    found = (
        *(Told(one, Severity.ERROR) for one in seen.findings),
        *(Told(one, Severity.WARNING) for one in dict.fromkeys(warnings)),
    )
    return Checked(
        files=seen.files,
        events=len(seen.record.events),
        measures=len(seen.record.measures),
        told=tuple(sorted(found, key=_order)),
    )


def _order(one: Told) -> tuple[str, int, Severity, str]:
    return one.finding.file, one.finding.line, one.severity, str(one)
