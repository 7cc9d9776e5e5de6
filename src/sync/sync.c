#include "huddle/sync.h"

#include "huddle/store.h"
#include "restore.h"
#include "returned.h"
#include <string.h>

/*
 * A sync from end to end: find out what each file is, leave at once if nothing
 * differs from last time, else load day by day, and each day kind by kind, into
 * a new generation, judge each day by the policy, and switch.
 */
enum { REJECTS_MAX_PERCENT = 10, SHRINK_MAX_PERCENT = 20 };

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
		if (!reader_open_known(
		        &reader, job->file->path, job_look(run, job->file), run->err))
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

/* They were counted as new, in whatever file of the feed. */
static void count_edited(struct sync_run *run, size_t first, size_t end, int64_t edited)
{
	run->added -= edited;
	run->updated += edited;
	for (size_t i = first; i < end && edited; i++) {
		struct file_report *r = &run->jobs[i].report;
		int64_t n = edited < r->added ? edited : r->added;
		r->added -= n;
		r->updated += n;
		edited -= n;
	}
}

static bool finish_feed(struct sync_run *run, size_t first, size_t end, int feed)
{
	const struct sync_options *o = run->options;
	const struct mapping *mapping = run->jobs[first].mapping;
	struct job *last = &run->jobs[end - 1];
	int64_t rows = 0, missing, edited;

	for (size_t i = first; i < end; i++) {
		const struct file_report *r = &run->jobs[i].report;
		rows += r->rows - r->rejected - r->repeated - run->jobs[i].absent;
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
	        o->full && !run->nameless, &missing, &edited, run->err))
		return false;
	count_edited(run, first, end, edited);
	last->report.missing = missing;
	run->missing += missing;
	return true;
}

/* Rows may be taken as they were read before; where a column then turns out to
 * be read otherwise, everything is read again and nothing taken for granted. */
static bool load_file(struct sync_run *run, struct job *job, int feed,
    struct same_rows *same, struct str *decided)
{
	if (!load_job(run, job, feed, same))
		return false;
	if (same && plan_contradicts(str_text(decided), job->report.decided)) {
		run->again = true;
		return false;
	}
	plan_add_decided(decided, job->report.decided);
	keep_rejects(run, job);
	return check_rejects(run, job) &&
	       build_file(run->build, feed, &job->report, job->hash, job->size,
	           job->read_by, job->rejects, job->n_rejects, run->err);
}

/* Where columns of the same name decide differently from file to file, no row
 * says by which it was read. */
static bool load_files(struct sync_run *run, size_t first, size_t end, int feed,
    const struct feed_report *before)
{
	struct same_rows *same = NULL;
	struct str decided = STR_INIT;
	bool fine = true;

	str_adds(&decided, before->decided);
	if (!run->read_all && !plan_contradicts(before->decided, before->decided))
		fine = same_rows_open(&same, run->build, feed, run->err);
	if (!same)
		str_clear(&decided);
	for (size_t i = first; fine && i < end; i++)
		fine = load_file(run, &run->jobs[i], feed, same, &decided);
	same_rows_close(same);
	fine = fine && build_feed_decided(run->build, feed, str_text(&decided), run->err);
	str_release(&decided);
	return fine;
}

static bool keep_all_rejects(struct sync_run *run, size_t first, size_t end)
{
	for (size_t i = first; i < end; i++)
		keep_rejects(run, &run->jobs[i]);
	return true;
}

static bool load_feed(struct sync_run *run, size_t first, size_t end)
{
	const struct job *job = &run->jobs[first];
	struct feed_report before;
	int feed;
	const char *captured = captured_by(run, first, end);

	if (job->returned)
		return load_returned(run, first, end, captured) &&
		       keep_all_rejects(run, first, end);
	if (!captured || !build_feed(run->build, job->mapping->name, job->section->name,
	                     job->section->kind, captured, &feed, &before, run->err))
		return false;
	run->nameless = false;
	return lookups_kept(run, job, before.decided) &&
	       load_files(run, first, end, feed, &before) &&
	       finish_feed(run, first, end, feed);
}

bool job_loads(const struct job *job, day_t day)
{
	return job->section && !job->skip && job->as_of == day;
}

/* Rows of a source and kind, all files together, against the day's before. */
static bool remember_rows(struct sync_run *run, day_t day)
{
	for (size_t i = 0; i < run->n_jobs; i++) {
		struct job *job = &run->jobs[i];
		if (job_loads(job, day) && !job->returned &&
		    !build_kind_rows(run->build, job->mapping->name, job->section->kind,
		        &job->kind_before, run->err))
			return false;
	}
	return true;
}

static bool check_shrink(struct sync_run *run, day_t day)
{
	for (size_t i = 0; i < run->n_jobs; i++) {
		const struct job *job = &run->jobs[i];
		int64_t now;
		if (!job_loads(job, day) || job->returned ||
		    run->options->accept_shrink || run->options->partial ||
		    run->options->full || job->mapping->partial)
			continue;
		if (!build_kind_rows(run->build, job->mapping->name, job->section->kind,
		        &now, run->err))
			return false;
		if (now * 100 < job->kind_before * (100 - SHRINK_MAX_PERCENT))
			return err_set(run->err, job->report.file,
			    "the %s of %s are %lld rows, %lld at "
			    "the last sync: more than %d %% fewer; was the export "
			    "filtered? Export "
			    "all of it, or sync with --partial (only changes) or "
			    "--accept-shrink",
			    fact_infos[job->section->kind].name, job->mapping->name,
			    (long long)now, (long long)job->kind_before,
			    SHRINK_MAX_PERCENT);
	}
	return true;
}

static bool all_dated(const struct sync_run *run, day_t day)
{
	bool all = true;

	for (size_t i = 0; i < run->n_jobs; i++)
		all &= !job_loads(&run->jobs[i], day) || run->jobs[i].dated;
	return all;
}

static bool load_group(struct sync_run *run, day_t day)
{
	int64_t added = run->added, updated = run->updated, missing = run->missing,
	        rejected = run->rejected;

	if (!lookups_open(run, day) ||
	    !build_group(run->build, day, !all_dated(run, day), run->err) ||
	    !past_begin(run) || !remember_rows(run, day))
		return false;
	if (!run->groups++)
		run->report->first_sync = build_sync_id(run->build);
	for (size_t i = 0, end; i < run->n_jobs; i = end) {
		end = job_lot_end(run, i);
		if (job_loads(&run->jobs[i], day) && !load_feed(run, i, end))
			return false;
	}
	return rates_load(run) && check_shrink(run, day) && past_end(run) &&
	       build_group_done(run->build, run->added - added, run->updated - updated,
	           run->missing - missing, run->rejected - rejected, run->err);
}

/* The next day after `day` that something is to be loaded of; DAY_NONE: none. */
static day_t next_day(const struct sync_run *run, day_t day)
{
	day_t next = DAY_NONE;

	for (size_t i = 0; i < run->n_jobs; i++) {
		const struct job *job = &run->jobs[i];
		if (job->section && !job->skip && job->as_of > day &&
		    (next == DAY_NONE || job->as_of < next))
			next = job->as_of;
	}
	return next;
}

static bool load_all(struct sync_run *run)
{
	bool lost;

	build_stop_when(run->build, &sync_interrupted);
	if (run->careful)
		build_be_careful(run->build);
	if (!build_open(run->build, &lost, run->err))
		return false;
	if (lost)
		run_warn(run,
		    "the facts of earlier syncs are gone or can not be read; these "
		    "start anew, and what earlier syncs saw change is not known");
	day_t day = DAY_NONE;
	while ((day = next_day(run, day)) != DAY_NONE)
		if (!load_group(run, day))
			return false;
	/* Only the rates of a mapping are new: no day has come with them. */
	day = run->facts_day == DAY_NONE ? run->options->as_of : run->facts_day;
	if (!run->groups && !load_group(run, day))
		return false;
	return build_finish(run->build, progress_stage, run, run->err);
}

/* Is there a newer export of its feed in the same command? */
static bool superseded(const struct sync_run *run, const struct job *job)
{
	if (run->options->partial || job->mapping->partial)
		return false;
	for (size_t i = 0; i < run->n_jobs; i++)
		if (job_same_feed(job, &run->jobs[i]) && !run->jobs[i].skip &&
		    run->jobs[i].as_of > job->as_of)
			return true;
	return false;
}

static bool old_rejects(struct sync_run *run)
{
	for (size_t i = 0; i < run->n_jobs; i++) {
		const struct job *job = &run->jobs[i];
		if (job->section && job->skip && !job->left_out && job->report.rejected &&
		    !superseded(run, job) &&
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
	for (size_t i = 0; i < run->n_jobs; i++) {
		const struct job *job = &run->jobs[i];
		r->files[r->n_files++] = job->report;
		if (job->section && job->as_of > r->as_of && !job->report.left_out)
			r->as_of = job->as_of;
	}
	if (r->as_of == DAY_NONE)
		r->as_of = run->options->as_of;
	r->changed = fine && (run->added || run->updated || run->missing || run->settled);
}

static bool any_claimed(const struct sync_run *run)
{
	for (size_t i = 0; i < run->n_jobs; i++)
		if (run->jobs[i].section)
			return true;
	return err_set(run->err, run->options->paths[0],
	    "holds no export that a source knows; let 'huddle sources draft' write a "
	    "mapping file for it and give it with --source FILE.ini");
}

static bool begin(struct sync_run *run)
{
	return run->options->dry_run ? build_begin_dry(&run->build, run->store, run->err)
	                             : build_begin(&run->build, run->store, run->err);
}

/* All bytes are read for this, which takes a while where nothing is to be loaded. */
static bool compare(struct sync_run *run)
{
	progress_stage(run, "comparing with the last sync");
	return jobs_compare(run);
}

static bool run_all(struct sync_run *run)
{
	bool all_same, rates;

	if (!find_jobs(run) || !any_claimed(run) || !begin(run) || !compare(run) ||
	    !jobs_skip(run, &all_same) || !old_rejects(run) ||
	    !rates_changed(run, &rates))
		return false;
	if (all_same && !rates)
		return true;
	if (!load_all(run))
		return false;
	lookups_warn(run);
	if (run->options->dry_run)
		return true;
	bool changed;
	if (!build_publish(run->build, run->err))
		return false;
	run->report->sync_id = build_sync_id(run->build);
	return store_refresh(run->store, &changed, run->err);
}

/* What a sync takes for granted until it shows that it may not. */
struct caution {
	bool
	    read_all; /* a column is read otherwise than before: known rows are read, too */
	bool careful; /* ids repeat among more rows than memory holds */
};

static bool again(const struct sync_run *run, struct caution *caution)
{
	struct caution before = *caution;

	caution->read_all |= run->again;
	caution->careful |= run->build && build_repeats(run->build);
	return before.read_all != caution->read_all || before.careful != caution->careful;
}

/* Returns whether it must be done again, with more caution. */
static bool run_once(struct store *store, struct arena *arena,
    const struct sync_options *options, struct sync_report *out, struct caution *caution,
    int *status, struct err *err)
{
	struct sync_options all = *options;
	if (!all.today)
		all.today = all.as_of;
	struct sync_run run = {.store = store,
	    .read_all = caution->read_all,
	    .careful = caution->careful,
	    .arena = arena,
	    .options = &all,
	    .report = out,
	    .err = err,
	    .facts_day = DAY_NONE};

	*out = (struct sync_report){.as_of = DAY_NONE, .dry_run = options->dry_run};
	*err =
	    (struct err)ERR_INIT; /* opening a store whose facts are lost fills it in */
	bool fine = run_all(&run);
	progress_end(&run);
	lookups_close(&run);
	fill_report(&run, fine);
	bool once_more = !fine && again(&run, caution);
	build_abandon(run.build);
	*status = !fine            ? (err->status ? err->status : EXIT_REFUSED)
	          : out->n_rejects ? EXIT_REJECTS
	                           : EXIT_OK;
	return once_more;
}

int sync_run(struct store *store, struct arena *arena, const struct sync_options *options,
    struct sync_report *out, struct err *err)
{
	struct caution caution = {false, false};
	int status;

	while (run_once(store, arena, options, out, &caution, &status, err))
		;
	return status;
}
