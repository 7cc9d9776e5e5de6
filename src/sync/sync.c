#include "huddle/sync.h"

#include "huddle/store.h"
#include "jobs.h"
#include <string.h>

/*
 * A sync from end to end: find out what each file is, leave at once if nothing
 * differs from last time, else load kind by kind into a new generation, judge
 * the whole by the policy, and switch.
 */
volatile int sync_interrupted;

enum { REJECTS_MAX_PERCENT = 10, SHRINK_MAX_PERCENT = 20 };

void sync_interrupt(void)
{
	sync_interrupted = 1;
}

static bool same_feed(const struct job *a, const struct job *b)
{
	return a->section && b->section && !strcmp(a->mapping->name, b->mapping->name) &&
	       !strcmp(a->section->name, b->section->name);
}

/* Jobs of one feed stand together: [first, end). */
static size_t feed_end(const struct sync_run *run, size_t first)
{
	size_t end = first + 1;

	while (end < run->n_jobs && same_feed(&run->jobs[first], &run->jobs[end]))
		end++;
	return end;
}

static bool compare_files(struct sync_run *run)
{
	for (size_t i = 0; i < run->n_jobs; i++) {
		struct job *job = &run->jobs[i];
		if (!job->section)
			continue;
		/* A file that feeds two sections is hashed once. */
		for (size_t j = 0; j < i && !*job->hash; j++)
			if (run->jobs[j].file == job->file && *run->jobs[j].hash) {
				memcpy(job->hash, run->jobs[j].hash, sizeof job->hash);
				job->size = run->jobs[j].size;
			}
		if (!*job->hash &&
		    !reader_hash_file(job->file->path, job->hash, &job->size, run->err))
			return false;
		job->skip = build_same_file(run->build, run->arena, job->report.file,
		    job->mapping->name, job->section->name, job->hash, job->mapping->hash,
		    &job->report, run->err);
		if (*run->err->text)
			return false;
	}
	return true;
}

/* A feed is left as it is when all its files are the same and none is gone:
 * else rows of the same files would seem to be missing. */
static bool same_as_before(struct sync_run *run, size_t first, size_t end, bool *same)
{
	const struct job *job = &run->jobs[first];
	const char *source = job->mapping->name, *section = job->section->name;
	int64_t before = 0;
	bool missing = false;

	*same = true;
	for (size_t i = first; i < end; i++)
		*same &= run->jobs[i].skip;
	if (!*same)
		return true;
	if (!build_feed_files(run->build, source, section, &before, run->err))
		return false;
	if (run->options->full && !build_feed_missing(run->build, source, section,
	                              job->section->kind, &missing, run->err))
		return false;
	*same = before == (int64_t)(end - first) && !missing;
	return true;
}

static bool decide_skips(struct sync_run *run, bool *all)
{
	*all = true;
	for (size_t i = 0, end; i < run->n_jobs; i = end) {
		bool skip;
		end = feed_end(run, i);
		if (!run->jobs[i].section)
			continue;
		if (!same_as_before(run, i, end, &skip))
			return false;
		for (size_t j = i; j < end; j++) {
			struct file_report *r = &run->jobs[j].report;
			run->jobs[j].skip = skip;
			if (!skip)
				*r = (struct file_report){.file = r->file,
				    .kind = r->kind,
				    .source = r->source};
		}
		*all &= skip;
	}
	return true;
}

static bool check_rejects(struct sync_run *run, const struct job *job)
{
	const struct file_report *r = &job->report;

	if (run->options->accept_rejects || !r->rejected ||
	    r->rejected * 100 <= r->rows * REJECTS_MAX_PERCENT)
		return true;
	const struct reject *first = &job->rejects[0];
	char place[400];
	snprintf(place, sizeof place, "%.300s:%lld", r->file, (long long)first->line);
	struct str what = STR_INIT;
	if (*first->column)
		str_addf(&what, "column \"%s\", \"%.80s\" ", first->column, first->value);
	err_set(run->err, place,
	    "%lld of %lld rows can not be used, more than %d %%; the first: %s%s; "
	    "correct the export or the mapping, or sync with --accept-rejects",
	    (long long)r->rejected, (long long)r->rows, REJECTS_MAX_PERCENT,
	    str_text(&what), first->why);
	str_release(&what);
	return false;
}

static void keep_rejects(struct sync_run *run, const struct job *job)
{
	struct sync_report *r = run->report;
	size_t cap = r->n_rejects;

	if (!job->n_rejects)
		return;
	r->rejects = arena_grow(run->arena, r->rejects, &cap,
	    r->n_rejects + job->n_rejects, sizeof *r->rejects);
	memcpy(
	    r->rejects + r->n_rejects, job->rejects, job->n_rejects * sizeof *r->rejects);
	r->n_rejects += job->n_rejects;
}

/* "id name amount" of all files of the feed. */
static const char *captured_by(struct sync_run *run, size_t first, size_t end)
{
	struct str all = STR_INIT;
	const struct field *fields = fact_infos[run->jobs[first].section->kind].fields;
	bool has[FACT_FIELDS_MAX] = {false};

	for (size_t i = first; i < end; i++) {
		struct reader *reader;
		struct plan plan;
		size_t n;
		struct job *job = &run->jobs[i];
		if (!reader_open(&reader, job->file->path, run->err))
			return NULL;
		const struct slice *header = reader_header(reader, &n);
		bool fine = plan_make(&plan, run->arena, job->mapping, job->section,
		    job->file->path, job->report.file, header, n, run->err);
		for (int f = 0; fine && fields[f].name; f++) {
			const struct field_plan *p = &plan.fields[f];
			has[f] |= p->n_columns || p->n_fallback || p->guess >= 0 ||
			          p->source->default_value;
		}
		plan_release(&plan);
		reader_close(reader);
		if (!fine)
			return NULL;
	}
	for (int f = 0; fields[f].name; f++)
		if (has[f])
			str_addf(&all, "%s%s", all.len ? " " : "", fields[f].name);
	const char *out = arena_strdup(run->arena, str_text(&all));
	str_release(&all);
	return out;
}

static bool finish_feed(struct sync_run *run, size_t first, size_t end, int feed)
{
	const struct sync_options *o = run->options;
	const struct mapping *mapping = run->jobs[first].mapping;
	struct job *last = &run->jobs[end - 1];
	int64_t rows = 0, missing;

	for (size_t i = first; i < end; i++) {
		const struct file_report *r = &run->jobs[i].report;
		rows += r->rows - r->rejected - r->repeated;
		run->added += r->added;
		run->updated += r->updated;
		run->rejected += r->rejected;
	}
	/* What a row without a readable id stood for is not known to be gone. */
	if (o->full && run->nameless)
		run_warn(run,
		    "%s: has rejected rows without an id, so that what is absent is "
		    "marked and not taken as deleted; correct them and sync with --full "
		    "again",
		    last->report.file);
	if (!build_feed_done(run->build, feed, rows, o->partial || mapping->partial,
	        o->full && !run->nameless, &missing, run->err))
		return false;
	last->report.missing = missing;
	run->missing += missing;
	return true;
}

static bool load_feed(struct sync_run *run, size_t first, size_t end)
{
	const struct job *job = &run->jobs[first];
	struct feed_report before;
	int feed;
	const char *captured = captured_by(run, first, end);

	if (!captured || !build_feed(run->build, job->mapping->name, job->section->name,
	                     job->section->kind, captured, &feed, &before, run->err))
		return false;
	run->nameless = false;
	for (size_t i = first; i < end; i++) {
		struct job *j = &run->jobs[i];
		if (!load_job(run, j, feed))
			return false;
		keep_rejects(run, j);
		if (!check_rejects(run, j) ||
		    !build_file(run->build, feed, &j->report, j->hash, j->size,
		        j->mapping->hash, j->rejects, j->n_rejects, run->err))
			return false;
	}
	return finish_feed(run, first, end, feed);
}

/* Rows of a source and kind, all files together, against the last sync's. */
static bool check_shrink(struct sync_run *run)
{
	for (size_t i = 0; i < run->n_jobs; i++) {
		const struct job *job = &run->jobs[i];
		int64_t before, now;
		if (!job->section || run->options->accept_shrink ||
		    run->options->partial || run->options->full || job->mapping->partial)
			continue;
		if (!build_kind_rows(run->build, job->mapping->name, job->section->kind,
		        &before, &now, run->err))
			return false;
		if (now * 100 < before * (100 - SHRINK_MAX_PERCENT))
			return err_set(run->err, job->report.file,
			    "the %s of %s are %lld rows, %lld at "
			    "the last sync: more than %d %% fewer; was the export "
			    "filtered? Export "
			    "all of it, or sync with --partial (only changes) or "
			    "--accept-shrink",
			    fact_infos[job->section->kind].name, job->mapping->name,
			    (long long)now, (long long)before, SHRINK_MAX_PERCENT);
	}
	return true;
}

static bool load_all(struct sync_run *run)
{
	bool lost;

	if (!build_open(run->build, &lost, run->err))
		return false;
	if (lost)
		run_warn(run,
		    "the facts of earlier syncs are gone or can not be read; these "
		    "start anew, and what earlier syncs saw change is not known");
	for (size_t i = 0, end; i < run->n_jobs; i = end) {
		end = feed_end(run, i);
		if (run->jobs[i].section && !run->jobs[i].skip && !load_feed(run, i, end))
			return false;
	}
	return check_shrink(run) &&
	       build_finish(run->build, progress_stage, run, run->err);
}

static bool old_rejects(struct sync_run *run)
{
	for (size_t i = 0; i < run->n_jobs; i++) {
		const struct job *job = &run->jobs[i];
		if (job->section && job->skip && job->report.rejected &&
		    !build_old_rejects(run->build, run->arena, job->report.file,
		        job->mapping->name, job->section->name, run->report, run->err))
			return false;
	}
	return true;
}

static void fill_report(struct sync_run *run, bool fine)
{
	struct sync_report *r = run->report;

	r->files = arena_alloc(run->arena, (run->n_jobs + 1) * sizeof *r->files);
	for (size_t i = 0; i < run->n_jobs; i++)
		r->files[r->n_files++] = run->jobs[i].report;
	r->changed = fine && (run->added || run->updated || run->missing);
}

static bool any_claimed(const struct sync_run *run)
{
	for (size_t i = 0; i < run->n_jobs; i++)
		if (run->jobs[i].section)
			return true;
	return err_set(run->err, run->options->paths[0],
	    "holds no export that a source knows; "
	    "write a mapping file for it and give it with --source FILE.ini");
}

static bool run_all(struct sync_run *run)
{
	bool all_same;

	if (!find_jobs(run) || !any_claimed(run) ||
	    !build_begin(&run->build, run->store, run->options->as_of, run->err) ||
	    !compare_files(run) || !decide_skips(run, &all_same) || !old_rejects(run))
		return false;
	if (all_same)
		return true;
	if (!load_all(run))
		return false;
	if (run->options->dry_run)
		return true;
	bool changed;
	if (!build_publish(run->build, run->added, run->updated, run->missing,
	        run->rejected, run->err))
		return false;
	run->report->sync_id = build_sync_id(run->build);
	return store_refresh(run->store, &changed, run->err);
}

int sync_run(struct store *store, struct arena *arena, const struct sync_options *options,
    struct sync_report *out, struct err *err)
{
	struct sync_run run = {.store = store,
	    .arena = arena,
	    .options = options,
	    .report = out,
	    .err = err};

	*out = (struct sync_report){.as_of = options->as_of};
	*err =
	    (struct err)ERR_INIT; /* opening a store whose facts are lost fills it in */
	sync_interrupted = 0;
	bool fine = run_all(&run);
	progress_end(&run);
	fill_report(&run, fine);
	build_abandon(run.build);
	if (!fine)
		return err->status ? err->status : EXIT_REFUSED;
	return out->n_rejects ? EXIT_REJECTS : EXIT_OK;
}
