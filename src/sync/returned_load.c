#include "huddle/build_returned.h"
#include "returned.h"
#include <stdlib.h>
#include <string.h>

/* Corrected rows put into the feed that their file belongs to. Nothing is said
 * by them of the rows that are not there. */

struct returning {
	struct sync_run *run;
	struct job *job;
	int feed;
	const char *feed_decided;
	struct plan plan;
	struct returned *table;
	struct batch batch;
	int64_t settled, strangers;
};

static void reject(struct returning *w, const struct returned_row *row, struct reject now)
{
	struct arena *arena = w->run->arena;
	struct job *job = w->job;

	now.file = job->report.file;
	now.line = row->row.line;
	now.column = arena_strdup(arena, now.column ? now.column : "");
	now.value = arena_strdup(arena, now.value ? now.value : "");
	now.why = arena_strdup(arena, now.why);
	now.text = arena_dup(arena, row->row.raw.p, row->row.raw.len);
	job->rejects = arena_grow(arena, job->rejects, &job->cap_rejects,
	    job->n_rejects < job->cap_rejects ? job->cap_rejects : job->n_rejects * 2 + 8,
	    sizeof now);
	job->rejects[job->n_rejects++] = now;
	job->report.rejected++;
}

/* An id that stood twice with other values: as long as the row is the same,
 * loading it would only turn the mistake round. */
static bool still_the_same(const struct returned_row *row, const char *why)
{
	return !row->touched && why &&
	       (!strncmp(why, "repeats an id", 13) ||
	           !strncmp(why, "the id belongs", 14));
}

static const char *put(
    struct returning *w, const struct row_out *out, bool *count, bool *fine)
{
	struct file_report *r = &w->job->report;
	enum put_result result;
	const char *other = "";

	*fine =
	    build_put(w->run->build, w->feed, &out->fact, &result, &other, w->run->err) &&
	    build_put_end(w->run->build, w->run->err);
	if (!*fine || out->fact.part)
		return NULL;
	if (result == PUT_FOREIGN)
		return arena_printf(
		    w->run->arena, "the id belongs to source %s already", other);
	if (result == PUT_CONFLICT)
		return "repeats an id with other values";
	*count = true;
	r->added += result == PUT_ADDED;
	r->updated += result == PUT_UPDATED;
	r->unchanged += result == PUT_UNCHANGED;
	r->repeated += result == PUT_REPEATED;
	return NULL;
}

/* What the row became, put into the store; *now is the reject it still is. */
static bool put_all(struct returning *w, const char *old_why,
    const struct returned_row *row, struct reject *now, bool *loaded)
{
	bool fine = true;

	for (size_t i = 0; fine && i < w->batch.count && !now->why; i++) {
		const struct row_out *out = &w->batch.rows[i];
		if (out->kind == ROW_REJECT)
			*now = (struct reject){
			    .column = out->column, .value = out->value, .why = out->why};
		else if (out->kind == ROW_FACT && still_the_same(row, old_why))
			*now = (struct reject){.column = w->job->id_column,
			    .value = arena_dup(
			        w->run->arena, out->fact.id.p, out->fact.id.len),
			    .why = old_why};
		else if (out->kind == ROW_FACT)
			now->why = put(w, out, loaded, &fine);
		else
			w->job->report.skipped++;
	}
	return fine;
}

static bool settle(struct returning *w, const struct returned_row *row)
{
	struct sync_run *run = w->run;
	struct reject now = {0};
	const char *why;
	bool loaded = false;

	if (!build_reject_why(
	        run->build, run->arena, w->feed, row->file, row->hash, &why, run->err) ||
	    !put_all(w, why, row, &now, &loaded))
		return false;
	w->job->report.rows += loaded || now.why;
	w->strangers += !why && (loaded || now.why);
	if (now.why) {
		now.hash =
		    cells_hash(&w->table->scratch, row->row.fields, row->row.count);
		reject(w, row, now);
		const struct reject *kept = &w->job->rejects[w->job->n_rejects - 1];
		return build_reject_again(
		    run->build, w->feed, row->file, row->hash, kept, run->err);
	}
	w->settled += why && loaded;
	return !why ||
	       build_reject_gone(run->build, w->feed, row->file, row->hash, run->err);
}

static bool load_rows(struct returning *w, struct reader *reader)
{
	struct reader_row read;
	struct returned_row row;
	enum reader_result result;
	bool fine = true;

	while (fine && (result = reader_next(reader, &read, w->run->err)) == READER_ROW) {
		returned_take(w->table, &read, &row);
		w->batch.count = 0;
		fine = plan_row(&w->plan, &row.row, &w->batch, w->run->err) &&
		       settle(w, &row);
		if (sync_interrupted)
			fine = err_set(
			    w->run->err, "sync", "interrupted; nothing was changed");
	}
	return fine && result == READER_END;
}

/* Is the file one that the company's newest exports have taken the place of? */
static bool check_newest(struct returning *w)
{
	const struct job *job = w->job;
	struct sync_run *run = w->run;
	bool superseded;

	if (!build_superseded(run->build, w->feed, job->returned, &superseded, run->err))
		return false;
	return !superseded ||
	       err_set(run->err, job->report.file,
	           "holds rejected rows of %.200s, and a newer export of them is loaded, "
	           "which they would take back; huddle rejects --export writes the rows "
	           "that are rejected now",
	           job->returned);
}

/* What nothing in a few rows decides is read as it was in their file; the rows
 * that decided it there may have been known and not read again. */
static void use_decided(struct returning *w, const char *of_file)
{
	plan_use_decided(&w->plan, of_file ? of_file : "");
	if (!plan_contradicts(w->feed_decided, w->feed_decided))
		plan_use_decided(&w->plan, w->feed_decided);
}

static bool make_plan(struct returning *w)
{
	struct sync_run *run = w->run;
	struct job *job = w->job;
	const char *decided, *other;

	if (!build_other_source(run->build, run->arena, job->returned, job->mapping->name,
	        &other, run->err))
		return false;
	if (other)
		return err_set(run->err, job->report.file,
		    "holds rejected rows of %.200s, which source %s read; give the same "
		    "--source as then",
		    job->returned, other);
	if (!check_newest(w) ||
	    !plan_make(&w->plan, run->arena, job->mapping, job->section, job->file->path,
	        job->report.file, w->table->header, w->table->n_header, run->err) ||
	    !build_file_decided(run->build, run->arena, w->feed, job->returned, &decided,
	        &w->table->delimiter, run->err))
		return false;
	use_decided(w, decided);
	w->plan.first_column = RETURNED_COLUMNS;
	job->id_column = plan_id_column(&w->plan, run->arena);
	return true;
}

/* In a file that feeds two sections a row may be a reject of one of them only. */
static void warn_of_strangers(const struct returning *w)
{
	size_t sections = 0;

	for (size_t i = 0; i < w->run->n_jobs; i++)
		sections += w->run->jobs[i].file == w->job->file;
	if (w->strangers && sections == 1)
		run_warn(w->run,
		    "%s: %lld of its rows are no rejects any more; they count as they "
		    "stand here",
		    w->job->report.file, (long long)w->strangers);
}

static bool load_file(struct returning *w)
{
	struct reader *reader;
	size_t n;

	if (!reader_open(&reader, w->job->file->path, w->run->err))
		return false;
	const struct slice *header = reader_header(reader, &n);
	w->table = returned_new(w->run->arena, header, n, reader_delimiter(reader));
	bool fine = make_plan(w) && load_rows(w, reader);
	w->job->report.encoding = reader_encoding(reader);
	w->job->report.delimiter = reader_delimiter(reader);
	w->job->report.skipped += reader_skipped(reader);
	if (fine)
		warn_of_strangers(w);
	reader_close(reader);
	returned_release(w->table);
	plan_release(&w->plan);
	arena_release(&w->batch.arena);
	free(w->batch.rows);
	return fine;
}

bool load_returned(struct sync_run *run, size_t first, size_t end, const char *captured)
{
	const struct job *job = &run->jobs[first];
	struct feed_report before;
	int64_t settled = 0;
	int feed;

	if (!captured ||
	    !build_feed_again(run->build, job->mapping->name, job->section->name,
	        job->section->kind, captured, &feed, &before, run->err) ||
	    !lookups_kept(run, job, before.decided))
		return false;
	for (size_t i = first; i < end; i++) {
		struct returning w = {.run = run,
		    .job = &run->jobs[i],
		    .feed = feed,
		    .feed_decided = before.decided};
		if (!load_file(&w))
			return false;
		settled += w.settled;
		run->added += w.job->report.added;
		run->updated += w.job->report.updated;
		run->rejected += w.job->report.rejected;
	}
	run->settled += settled;
	return build_returned_done(run->build, feed, settled, run->err);
}
