#include "jobs.h"
#include "row_cells.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/*
 * A file goes through two threads: one reads, parses and checks, the other
 * stores. Between them a short ring of batches, so that memory stays the same
 * however long the file.
 */
enum { RING = 6, BATCH_ROWS = 1000, SAME_ROWS = 50000 };

struct pipe {
	struct batch ring[RING];
	size_t filled, emptied; /* batches so far */
	bool ended, stop;
	bool full; /* and the reading thread waits */
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	struct plan *plan;
	struct same_rows *same; /* NULL: every row is read */
	struct reader *reader;
	bool failed;
	struct err err;
};

/* Who found the ring full waits till half of it is free: to be woken for each batch
 * costs as much as some rows. */
static struct batch *wait_free(struct pipe *p)
{
	struct batch *batch = NULL;

	pthread_mutex_lock(&p->mutex);
	p->full = p->filled - p->emptied == RING;
	while (p->full && !p->stop)
		pthread_cond_wait(&p->changed, &p->mutex);
	if (!p->stop)
		batch = &p->ring[p->filled % RING];
	pthread_mutex_unlock(&p->mutex);
	return batch;
}

static void tell(struct pipe *p, bool filled, bool ended)
{
	pthread_mutex_lock(&p->mutex);
	p->filled += filled;
	p->ended |= ended;
	pthread_cond_broadcast(&p->changed);
	pthread_mutex_unlock(&p->mutex);
}

/* Rows in a row are one entry. */
static void add_same(struct batch *batch, int64_t id)
{
	struct row_out *last = batch->count ? &batch->rows[batch->count - 1] : NULL;

	if (last && last->kind == ROW_SAME && last->same + last->n_same == id)
		last->n_same++;
	else
		*batch_add(batch) =
		    (struct row_out){.kind = ROW_SAME, .same = id, .n_same = 1};
}

/* Returns whether there is more. */
static bool fill(struct pipe *p, struct batch *batch)
{
	struct reader_row row;
	int64_t size;

	batch->count = 0;
	for (int rows = 0; batch->count < BATCH_ROWS && rows < SAME_ROWS; rows++) {
		enum reader_result result = reader_next(p->reader, &row, &p->err);
		if (result == READER_END)
			return false;
		if (result == READER_SAME) {
			add_same(batch, row.same);
			continue;
		}
		p->failed =
		    result == READER_ERROR || !plan_row(p->plan, &row, batch, &p->err);
		if (p->failed)
			return false;
	}
	reader_progress(p->reader, &batch->bytes_done, &size);
	return true;
}

static void *read_file(void *arg)
{
	struct pipe *p = arg;
	bool more = true;

	while (more) {
		struct batch *batch = wait_free(p);
		if (!batch)
			break;
		arena_clear(&batch->arena);
		more = fill(p, batch);
		tell(p, batch->count > 0, !more);
	}
	tell(p, false, true);
	return NULL;
}

static struct batch *wait_filled(struct pipe *p)
{
	struct batch *batch = NULL;

	pthread_mutex_lock(&p->mutex);
	while (p->filled == p->emptied && !p->ended)
		pthread_cond_wait(&p->changed, &p->mutex);
	if (p->filled != p->emptied)
		batch = &p->ring[p->emptied % RING];
	pthread_mutex_unlock(&p->mutex);
	return batch;
}

static void give_back(struct pipe *p)
{
	pthread_mutex_lock(&p->mutex);
	p->emptied++;
	if (p->full && p->filled - p->emptied <= RING / 2) {
		p->full = false;
		pthread_cond_broadcast(&p->changed);
	}
	pthread_mutex_unlock(&p->mutex);
}

static void reject(struct sync_run *run, struct job *job, struct reject r)
{
	job->rejects = arena_grow(run->arena, job->rejects, &job->cap_rejects,
	    job->n_rejects < job->cap_rejects ? job->cap_rejects : job->n_rejects * 2 + 8,
	    sizeof r);
	r.file = job->report.file;
	r.column = arena_strdup(run->arena, r.column ? r.column : "");
	r.value = arena_strdup(run->arena, r.value ? r.value : "");
	r.why = arena_strdup(run->arena, r.why);
	r.text = arena_strdup(run->arena, r.text ? r.text : "");
	job->rejects[job->n_rejects++] = r;
	job->report.rejected++;
}

static void refuse_row(struct sync_run *run, struct job *job, const struct row_out *row,
    enum put_result result, const char *other)
{
	struct reject r = {.line = row->line, .column = job->id_column};

	r.value = arena_dup(run->arena, row->fact.id.p, row->fact.id.len);
	r.why = result == PUT_FOREIGN ? arena_printf(run->arena,
	                                    "the id belongs to source %s already", other)
	                              : "repeats an id with other values";
	reject(run, job, r);
}

static bool store_fact(
    struct sync_run *run, struct job *job, int feed, const struct row_out *row)
{
	struct file_report *r = &job->report;
	enum put_result result;
	const char *other = "";

	if (!build_put(run->build, feed, &row->fact, &result, &other, run->err))
		return false;
	if (row->fact.part)
		return true;
	r->rows++;
	job->absent += row->fact.missing != 0;
	switch (result) {
	case PUT_ADDED:
		r->added++;
		break;
	case PUT_UPDATED:
		r->updated++;
		break;
	case PUT_UNCHANGED:
		r->unchanged++;
		break;
	case PUT_REPEATED:
		r->repeated++;
		break;
	case PUT_CONFLICT:
	case PUT_FOREIGN:
		refuse_row(run, job, row, result, other);
		break;
	}
	return true;
}

static void store_same(
    struct sync_run *run, struct job *job, int feed, const struct row_out *row)
{
	build_same(run->build, feed, row->same, row->n_same);
	job->report.rows += row->n_same;
	job->report.unchanged += row->n_same;
}

/* In a big company every look-up misses the cache, unless it was asked for. */
enum { SOON = 8 };

static void look_forward(struct sync_run *run, int feed, const struct batch *b, size_t i)
{
	if (i < b->count && b->rows[i].kind == ROW_FACT)
		build_soon(run->build, feed, &b->rows[i].fact);
}

static bool store_batch(
    struct sync_run *run, struct job *job, int feed, const struct batch *b)
{
	for (size_t i = 0; i < b->count; i++) {
		const struct row_out *row = &b->rows[i];
		look_forward(run, feed, b, i + SOON);
		if (row->kind == ROW_SKIPPED)
			job->report.skipped++;
		else if (row->kind == ROW_SAME)
			store_same(run, job, feed, row);
		else if (row->kind == ROW_FACT && !store_fact(run, job, feed, row))
			return false;
		else if (row->kind == ROW_REJECT) {
			job->report.rows++;
			if (!row->fact.id.len)
				run->nameless = true;
			else
				build_saw(run->build, feed, row->fact.id);
			reject(run, job,
			    (struct reject){.line = row->line,
			        .column = row->column,
			        .value = row->value,
			        .why = row->why,
			        .text = row->text,
			        .hash = row->fact.raw_hash});
		}
	}
	return true;
}

static bool store_all(struct sync_run *run, struct job *job, int feed, struct pipe *p)
{
	struct batch *batch;

	while ((batch = wait_filled(p))) {
		if (!store_batch(run, job, feed, batch) ||
		    !build_put_end(run->build, run->err))
			return false;
		progress_rows(run, job, batch->bytes_done);
		give_back(p);
		if (sync_stopped(run->err))
			return false;
	}
	return true;
}

static bool run_pipe(struct sync_run *run, struct job *job, int feed, struct pipe *p)
{
	pthread_t thread;

	pthread_mutex_init(&p->mutex, NULL);
	pthread_cond_init(&p->changed, NULL);
	if (pthread_create(&thread, NULL, read_file, p))
		return err_set(run->err, "sync",
		    "could not start a thread; close other programs and "
		    "try again");
	bool fine = store_all(run, job, feed, p);
	pthread_mutex_lock(&p->mutex);
	p->stop = true;
	pthread_cond_broadcast(&p->changed);
	pthread_mutex_unlock(&p->mutex);
	pthread_join(thread, NULL);
	pthread_mutex_destroy(&p->mutex);
	pthread_cond_destroy(&p->changed);
	for (int i = 0; i < RING; i++) {
		arena_release(&p->ring[i].arena);
		free(p->ring[i].rows);
	}
	if (fine && p->failed)
		*run->err = p->err;
	return fine && !p->failed;
}

/*
 * Rows are kept as they stood only where they turn out to be rejects. Those that
 * only the store could tell (an id that is there already) are read once more.
 */
static bool fill_texts(struct sync_run *run, struct job *job)
{
	struct reader *reader;
	struct reader_row row;
	struct str scratch = STR_INIT;
	size_t next = 0;

	while (next < job->n_rejects && *job->rejects[next].text)
		next++;
	if (next == job->n_rejects)
		return true;
	if (!reader_open_known(
	        &reader, job->file->path, job_look(run, job->file), run->err))
		return false;
	while (
	    next < job->n_rejects && reader_next(reader, &row, run->err) == READER_ROW) {
		struct reject *r = &job->rejects[next];
		if (row.line != r->line)
			continue;
		if (!*r->text) {
			r->text = arena_dup(run->arena, row.raw.p, row.raw.len);
			r->hash = cells_hash(&scratch, row.fields, row.count);
		}
		next++;
	}
	reader_close(reader);
	str_release(&scratch);
	return !*run->err->text;
}

const char *plan_id_column(const struct plan *plan, struct arena *arena)
{
	const struct field_plan *id = &plan->fields[0];

	if (!id->n_columns)
		return "id";
	const struct slice header = plan->header[id->columns[0]];
	return arena_dup(arena, header.p, header.len);
}

static int64_t ask_same(void *arg, struct slice raw)
{
	struct pipe *p = arg;

	return same_rows_find(p->same, plan_raw(p->plan, raw));
}

/* A further piece of a list is a row of its own, which has no text to tell. */
static void start_plan(
    struct sync_run *run, struct job *job, struct plan *plan, struct pipe *p)
{
	job->id_column = plan_id_column(plan, run->arena);
	plan->read_by = plan_read_by(plan, job->read_by, reader_delimiter(p->reader));
	if (p->same && !plan->lists)
		reader_ask_same(p->reader, ask_same, p);
}

bool load_job(struct sync_run *run, struct job *job, int feed, struct same_rows *same)
{
	struct plan plan;
	struct pipe pipe = {.plan = &plan, .same = same, .err = ERR_INIT};
	size_t n_header;

	if (!reader_open_known(
	        &pipe.reader, job->file->path, job_look(run, job->file), run->err))
		return false;
	const struct slice *header = reader_header(pipe.reader, &n_header);
	bool fine = plan_make(&plan, run->arena, job->mapping, job->section,
	    job->file->path, job->report.file, header, n_header, run->err);
	if (fine)
		start_plan(run, job, &plan, &pipe);
	fine = fine && run_pipe(run, job, feed, &pipe) && fill_texts(run, job);
	struct slice raw = reader_header_raw(pipe.reader);
	job->report.header = arena_dup(run->arena, raw.p, raw.len);
	job->report.decided = fine ? plan_decided(&plan, run->arena) : "";
	job->report.encoding = reader_encoding(pipe.reader);
	job->report.delimiter = reader_delimiter(pipe.reader);
	job->report.skipped += reader_skipped(pipe.reader);
	int64_t unassigned = reader_unassigned(pipe.reader);
	if (unassigned)
		run_warn(run,
		    "%s: %lld bytes stand for no character in Windows-1252; were they "
		    "another encoding, export as UTF-8",
		    job->report.file, (long long)unassigned);
	reader_close(pipe.reader);
	plan_release(&plan);
	return fine;
}
