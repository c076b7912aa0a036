CREATE INDEX spans_of_place ON public.spans USING btree (measure, provision, known_until, on_from);
CREATE INDEX spans_on_day ON public.spans USING btree (on_from, on_until, known_from, known_until);
CREATE INDEX spans_still_known ON public.spans USING btree (known_until, on_from, on_until);
CREATE OR REPLACE FUNCTION public.tracker_next()
 RETURNS trigger
 LANGUAGE plpgsql
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
 SET enable_seqscan TO 'off'
AS $function$
BEGIN
  IF (SELECT max(position) FROM entries) <> (SELECT max(position) FROM added) OR EXISTS (
    SELECT FROM added a
    LEFT JOIN entries before ON before.position = a.position - 1
    LEFT JOIN entries older ON older.stream = a.stream AND older.version = a.version - 1
    WHERE (before.position IS NULL AND a.position <> 1)
      OR (before.position IS NOT NULL AND a.previous <> before.hash)
      OR a.recorded_at < before.recorded_at
      OR (older.position IS NULL AND a.version <> 1)
      OR older.position >= a.position)
  THEN
    RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
      MESSAGE = 'entries takes only the next entry of the chain';
  END IF;
  RETURN NULL;
END
$function$;
CREATE OR REPLACE FUNCTION public.tracker_refuse()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
    MESSAGE = TG_TABLE_NAME || ' is append-only';
END
$function$;
CREATE TRIGGER entries_guard AFTER INSERT ON entries REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION tracker_next();
CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries FOR EACH STATEMENT EXECUTE FUNCTION tracker_refuse();
CREATE TRIGGER entries_no_truncate BEFORE TRUNCATE ON entries FOR EACH STATEMENT EXECUTE FUNCTION tracker_refuse();
CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries FOR EACH STATEMENT EXECUTE FUNCTION tracker_refuse();
CREATE TRIGGER evidence_no_delete BEFORE DELETE ON evidence FOR EACH STATEMENT EXECUTE FUNCTION tracker_refuse();
CREATE TRIGGER evidence_no_truncate BEFORE TRUNCATE ON evidence FOR EACH STATEMENT EXECUTE FUNCTION tracker_refuse();
CREATE TRIGGER evidence_no_update BEFORE UPDATE ON evidence FOR EACH STATEMENT EXECUTE FUNCTION tracker_refuse();
CREATE UNIQUE INDEX alert_targets_pkey ON public.alert_targets USING btree (target);
CREATE UNIQUE INDEX alerts_pkey ON public.alerts USING btree (key, target);
CREATE UNIQUE INDEX due_pkey ON public.due USING btree (name);
CREATE UNIQUE INDEX entries_key ON public.entries USING btree (key);
CREATE UNIQUE INDEX entries_pkey ON public.entries USING btree ("position");
CREATE UNIQUE INDEX entries_stream_version ON public.entries USING btree (stream, version);
CREATE UNIQUE INDEX evidence_pkey ON public.evidence USING btree (digest);
CREATE UNIQUE INDEX projections_pkey ON public.projections USING btree (name);
CREATE UNIQUE INDEX source_items_pkey ON public.source_items USING btree (source);
CREATE UNIQUE INDEX source_pauses_pkey ON public.source_pauses USING btree (source);
CREATE UNIQUE INDEX source_state_pkey ON public.source_state USING btree (source);
CREATE UNIQUE INDEX span_countries_pkey ON public.span_countries USING btree (country, measure, provision);
CREATE UNIQUE INDEX span_places_pkey ON public.span_places USING btree (measure, provision);
CREATE UNIQUE INDEX spans_pkey ON public.spans USING btree (measure, provision, known_from, on_from);
alert_targets CONSTRAINT alert_targets_pkey PRIMARY KEY (target);
alert_targets.since text COLLATE "C" NOT NULL;
alert_targets.target text COLLATE "C" NOT NULL;
alerts CONSTRAINT alerts_pkey PRIMARY KEY (key, target);
alerts.about text COLLATE "C" NOT NULL;
alerts.ended_at text COLLATE "C";
alerts.key text COLLATE "C" NOT NULL;
alerts.link text COLLATE "C";
alerts.noted_at text COLLATE "C" NOT NULL;
alerts.sentence text COLLATE "C" NOT NULL;
alerts.state text COLLATE "C" NOT NULL;
alerts.target text COLLATE "C" NOT NULL;
alerts.title text COLLATE "C" NOT NULL;
due CONSTRAINT due_pkey PRIMARY KEY (name);
due.due_at text COLLATE "C" NOT NULL;
due.name text COLLATE "C" NOT NULL;
entries CONSTRAINT entries_key UNIQUE (key);
entries CONSTRAINT entries_pkey PRIMARY KEY ("position");
entries CONSTRAINT entries_stream_version UNIQUE (stream, version);
entries.hash text COLLATE "C" NOT NULL;
entries.key text COLLATE "C" NOT NULL;
entries.payload bytea NOT NULL;
entries.position bigint NOT NULL;
entries.previous text COLLATE "C" NOT NULL;
entries.recorded_at text COLLATE "C" NOT NULL;
entries.schema integer NOT NULL;
entries.stream text COLLATE "C" NOT NULL;
entries.type text COLLATE "C" NOT NULL;
entries.version integer NOT NULL;
evidence CONSTRAINT evidence_pkey PRIMARY KEY (digest);
evidence.body bytea NOT NULL;
evidence.digest text COLLATE "C" NOT NULL;
evidence.encoding text COLLATE "C" NOT NULL;
evidence.media_type text COLLATE "C" NOT NULL;
evidence.size integer NOT NULL;
evidence.stored_at text COLLATE "C" NOT NULL;
projections CONSTRAINT projections_pkey PRIMARY KEY (name);
projections.as_of text COLLATE "C";
projections.hash text COLLATE "C" NOT NULL;
projections.name text COLLATE "C" NOT NULL;
projections.position bigint NOT NULL;
projections.version text COLLATE "C" NOT NULL;
source_items CONSTRAINT source_items_pkey PRIMARY KEY (source);
source_items.items bytea NOT NULL;
source_items.source text COLLATE "C" NOT NULL;
source_pauses CONSTRAINT source_pauses_pkey PRIMARY KEY (source);
source_pauses.paused_at text COLLATE "C" NOT NULL;
source_pauses.reason text COLLATE "C" NOT NULL;
source_pauses.source text COLLATE "C" NOT NULL;
source_state CONSTRAINT source_state_pkey PRIMARY KEY (source);
source_state.asks text COLLATE "C";
source_state.body_digest text COLLATE "C";
source_state.etag text COLLATE "C";
source_state.failures integer NOT NULL;
source_state.last_bytes bigint;
source_state.last_error text COLLATE "C";
source_state.last_error_kind text COLLATE "C";
source_state.last_modified text COLLATE "C";
source_state.last_new_at text COLLATE "C";
source_state.last_polled_at text COLLATE "C";
source_state.last_success_at text COLLATE "C";
source_state.moved_to text COLLATE "C";
source_state.next_due_at text COLLATE "C";
source_state.polls integer;
source_state.quiet integer;
source_state.source text COLLATE "C" NOT NULL;
source_state.total_bytes bigint;
source_state.why text COLLATE "C";
span_countries CONSTRAINT span_countries_pkey PRIMARY KEY (country, measure, provision);
span_countries.country text COLLATE "C" NOT NULL;
span_countries.measure text COLLATE "C" NOT NULL;
span_countries.provision text COLLATE "C" NOT NULL;
span_places CONSTRAINT span_places_pkey PRIMARY KEY (measure, provision);
span_places.digest text COLLATE "C" NOT NULL;
span_places.measure text COLLATE "C" NOT NULL;
span_places.number integer NOT NULL;
span_places.provision text COLLATE "C" NOT NULL;
spans CONSTRAINT spans_known CHECK (((known_until IS NULL) OR (known_from < known_until)));
spans CONSTRAINT spans_on CHECK (((on_until IS NULL) OR (on_from < on_until)));
spans CONSTRAINT spans_pkey PRIMARY KEY (measure, provision, known_from, on_from);
spans.alternatives text COLLATE "C" NOT NULL;
spans.authority text COLLATE "C" NOT NULL;
spans.basis text COLLATE "C" NOT NULL;
spans.doubts text COLLATE "C" NOT NULL;
spans.effective_from text COLLATE "C";
spans.effective_until text COLLATE "C";
spans.ended integer NOT NULL;
spans.ends text COLLATE "C";
spans.events text COLLATE "C" NOT NULL;
spans.hts text COLLATE "C" NOT NULL;
spans.imposer text COLLATE "C" NOT NULL;
spans.known_from text COLLATE "C" NOT NULL;
spans.known_until text COLLATE "C";
spans.measure text COLLATE "C" NOT NULL;
spans.on_from text COLLATE "C" NOT NULL;
spans.on_until text COLLATE "C";
spans.origin text COLLATE "C" NOT NULL;
spans.pending text COLLATE "C" NOT NULL;
spans.products text COLLATE "C" NOT NULL;
spans.provision text COLLATE "C" NOT NULL;
spans.rate double precision;
spans.rate_pct text COLLATE "C";
spans.rate_text text COLLATE "C";
spans.reads text COLLATE "C" NOT NULL;
spans.starts text COLLATE "C";
spans.status text COLLATE "C" NOT NULL;
spans.targets text COLLATE "C" NOT NULL;
spans.unsure integer NOT NULL;
spans.wording text COLLATE "C" NOT NULL;
