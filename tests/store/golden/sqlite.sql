CREATE TABLE alert_targets (
	target TEXT NOT NULL,
	since TEXT NOT NULL,
	PRIMARY KEY (target)
);
CREATE TABLE alerts (
	"key" TEXT NOT NULL,
	target TEXT NOT NULL,
	about TEXT NOT NULL,
	state TEXT NOT NULL,
	title TEXT NOT NULL,
	sentence TEXT NOT NULL,
	link TEXT,
	noted_at TEXT NOT NULL,
	ended_at TEXT,
	PRIMARY KEY ("key", target)
);
CREATE TABLE due (
	name TEXT NOT NULL,
	due_at TEXT NOT NULL,
	PRIMARY KEY (name)
);
CREATE TRIGGER entries_guard BEFORE INSERT ON entries
WHEN NEW.position IS NOT (SELECT COALESCE(MAX(position), 0) + 1 FROM entries)
  OR NEW.version IS NOT (
    SELECT COALESCE(MAX(version), 0) + 1 FROM entries WHERE stream = NEW.stream)
  OR EXISTS (SELECT 1 FROM entries WHERE key = NEW.key)
  OR EXISTS (
    SELECT 1 FROM entries WHERE position = (SELECT MAX(position) FROM entries)
    AND (NEW.previous IS NOT hash OR NEW.recorded_at < recorded_at))
BEGIN SELECT RAISE(ABORT, 'entries takes only the next entry of the chain'); END;
CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'entries is append-only'); END;
CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'entries is append-only'); END;
CREATE TABLE entries (
	position INTEGER NOT NULL,
	stream TEXT NOT NULL,
	version INTEGER NOT NULL,
	type TEXT NOT NULL,
	schema INTEGER NOT NULL,
	"key" TEXT NOT NULL,
	recorded_at TEXT NOT NULL,
	payload BLOB NOT NULL,
	previous TEXT NOT NULL,
	hash TEXT NOT NULL,
	PRIMARY KEY (position),
	CONSTRAINT entries_key UNIQUE ("key"),
	CONSTRAINT entries_stream_version UNIQUE (stream, version)
);
CREATE TRIGGER evidence_guard BEFORE INSERT ON evidence
WHEN EXISTS (SELECT 1 FROM evidence WHERE digest = NEW.digest)
BEGIN SELECT RAISE(ABORT, 'evidence of that digest is held already'); END;
CREATE TRIGGER evidence_no_delete BEFORE DELETE ON evidence
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TRIGGER evidence_no_update BEFORE UPDATE ON evidence
BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END;
CREATE TABLE evidence (
	digest TEXT NOT NULL,
	media_type TEXT NOT NULL,
	encoding TEXT NOT NULL,
	body BLOB NOT NULL,
	size INTEGER NOT NULL,
	stored_at TEXT NOT NULL,
	PRIMARY KEY (digest)
)
 WITHOUT ROWID;
CREATE TABLE projections (
	name TEXT NOT NULL,
	position INTEGER NOT NULL,
	hash TEXT NOT NULL,
	as_of TEXT,
	version TEXT NOT NULL,
	PRIMARY KEY (name)
);
CREATE TABLE source_items (
	source TEXT NOT NULL,
	items BLOB NOT NULL,
	PRIMARY KEY (source)
);
CREATE TABLE source_pauses (
	source TEXT NOT NULL,
	paused_at TEXT NOT NULL,
	reason TEXT NOT NULL,
	PRIMARY KEY (source)
);
CREATE TABLE source_state (
	source TEXT NOT NULL,
	etag TEXT,
	last_modified TEXT,
	next_due_at TEXT,
	last_polled_at TEXT,
	last_success_at TEXT,
	last_new_at TEXT,
	failures INTEGER NOT NULL,
	last_error_kind TEXT,
	last_error TEXT,
	moved_to TEXT, why TEXT, asks TEXT, quiet INTEGER, polls INTEGER, last_bytes BIGINT, total_bytes BIGINT, body_digest TEXT,
	PRIMARY KEY (source)
);
CREATE TABLE span_countries (
	country TEXT NOT NULL,
	measure TEXT NOT NULL,
	provision TEXT NOT NULL,
	PRIMARY KEY (country, measure, provision)
);
CREATE TABLE span_places (
	measure TEXT NOT NULL,
	provision TEXT NOT NULL,
	number INTEGER NOT NULL,
	digest TEXT NOT NULL,
	PRIMARY KEY (measure, provision)
);
CREATE TABLE spans (
	measure TEXT NOT NULL,
	provision TEXT NOT NULL,
	known_from TEXT NOT NULL,
	on_from TEXT NOT NULL,
	known_until TEXT,
	on_until TEXT,
	imposer TEXT NOT NULL,
	authority TEXT NOT NULL,
	targets TEXT NOT NULL,
	products TEXT NOT NULL,
	hts TEXT NOT NULL,
	origin TEXT NOT NULL,
	status TEXT NOT NULL,
	rate_pct TEXT,
	rate FLOAT,
	basis TEXT NOT NULL,
	rate_text TEXT,
	effective_from TEXT,
	effective_until TEXT,
	starts TEXT,
	ends TEXT,
	alternatives TEXT NOT NULL,
	pending TEXT NOT NULL,
	events TEXT NOT NULL,
	doubts TEXT NOT NULL,
	wording TEXT NOT NULL,
	ended INTEGER NOT NULL,
	unsure INTEGER NOT NULL,
	reads TEXT NOT NULL,
	PRIMARY KEY (measure, provision, known_from, on_from),
	CONSTRAINT spans_known CHECK (known_until IS NULL OR known_from < known_until),
	CONSTRAINT spans_on CHECK (on_until IS NULL OR on_from < on_until)
);
CREATE INDEX spans_of_place ON spans (measure, provision, known_until, on_from);
CREATE INDEX spans_on_day ON spans (on_from, on_until, known_from, known_until);
CREATE INDEX spans_still_known ON spans (known_until, on_from, on_until);
