"""Which commands there are, where each stands, and what the overview says of it.

Owns the names. It imports no command: `tracker --help` answers at once.
"""

from __future__ import annotations

__all__ = ["COMMANDS", "GROUPS", "LONG_LIVED"]

# Name: (where it stands, what the overview says). The overview is written here so that
# `tracker --help` answers without importing any command.
COMMANDS = {
    "state": (
        "tracker.cli.asking:state_command",
        "What applied on a day: rates, dates, what was pending.",
    ),
    "diff": (
        "tracker.cli.comparing:diff_command",
        "What changed between two days, and what caused it.",
    ),
    "timeline": (
        "tracker.cli.asking:timeline_command",
        "What happened, in the order in which it was announced.",
    ),
    "explain": (
        "tracker.cli.explaining:explain_command",
        "Why a provision stands as it does, layer by layer.",
    ),
    "history": (
        "tracker.cli.explaining:history_command",
        "The rate of a measure through time.",
    ),
    "upcoming": (
        "tracker.cli.looking:upcoming_command",
        "What lies ahead: starts, ends, threats, deadlines.",
    ),
    "surprises": (
        "tracker.cli.surprising:surprises_command",
        "What applied that had not been expected.",
    ),
    "export": (
        "tracker.cli.exporting:export_command",
        "Tables as csv, json, yaml or parquet.",
    ),
    "extract": (
        "tracker.cli.extracting:extract_command",
        "Read what news items report; evaluate: how well.",
    ),
    "cluster": (
        "tracker.cli.extracting:cluster_command",
        "Group items that tell the same story.",
    ),
    "evaluate": (
        "tracker.cli.evaluating:evaluate_command",
        "Measure extraction against labelled items.",
    ),
    "run": (
        "tracker.cli.running:run_command",
        "Everything, for good: feeds, site, server.",
    ),
    "serve": (
        "tracker.cli.running:serve_command",
        "Parts of it: the site; polling on many machines.",
    ),
    "scheduler": (
        "tracker.cli.working:scheduler_command",
        "Share out what is due, on PostgreSQL.",
    ),
    "worker": ("tracker.cli.working:worker_command", "Poll what schedulers share out."),
    "init": (
        "tracker.cli.keeping:init_command",
        "Make the workspace; bring the record into it.",
    ),
    "load": ("tracker.cli.keeping:load_command", "Bring the curated record into the ledger."),
    "ingest": ("tracker.cli.ingesting:ingest_command", "Poll what is due; how each feed is doing."),
    "sources": ("tracker.cli.sourcing:sources_command", "How each feed is doing."),
    "reports": (
        "tracker.cli.reporting:reports_command",
        "What feeds reported; telling people what is new.",
    ),
    "evidence": ("tracker.cli.evidencing:evidence_command", "What feeds really served."),
    "notify": ("tracker.cli.notifying:notify_command", "Tell people what is new, each once."),
    "build": ("tracker.cli.keeping:build_command", "Write the static site."),
    "spans": (
        "tracker.cli.spanning:spans_command",
        "Keep policy state in tables, to be asked in SQL.",
    ),
    "record": (
        "tracker.cli.recording:record_command",
        "The record's files; news on its way in.",
    ),
    "review": (
        "tracker.cli.reviewing:review_command",
        "Decide on what the feeds report.",
    ),
    "verify": (
        "tracker.cli.keeping:verify_command",
        "Walk the whole ledger and say what is wrong.",
    ),
    "backup": (
        "tracker.cli.copying:backup_command",
        "Keep a second one, and get it back.",
    ),
    "restore": ("tracker.cli.copying:restore_command", "Bring a backup into an empty ledger."),
    "copy": ("tracker.cli.copying:copy_command", "Copy the ledger into another database."),
    "checkpoint": ("tracker.cli.proving:checkpoint_command", "Proofs, for anybody."),
    "prove": ("tracker.cli.proving:prove_command", "Prove what the ledger holds on an event."),
    "check-proof": ("tracker.cli.checking:check_proof_command", "Check a proof file, offline."),
    "check-consistency": (
        "tracker.cli.checking:check_consistency_command",
        "Check that nothing was rewritten between two checkpoints.",
    ),
}

# A row may name several commands, parted by commas; the first one's words stand for all.
GROUPS = {
    "Ask": ("state", "diff", "timeline", "explain", "history", "upcoming", "surprises", "export"),
    "Run": ("run", "serve, scheduler, worker"),
    "Keep": (
        "record, review",
        "extract, cluster, evaluate",
        "init, load",
        "ingest, sources",
        "reports, evidence, notify",
        "build",
        "spans",
        "verify",
        "backup, restore, copy",
    ),
    "Prove": ("checkpoint, prove, check-proof, check-consistency",),
}

LONG_LIVED = frozenset({"run", "serve", "scheduler", "worker"})
"""What runs until it is stopped, and may be stopped from its first moment on."""
