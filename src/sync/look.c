#include "explain.h"
#include "plan_text.h"
#include "reader.h"
#include "returned.h"
#include <stdlib.h>
#include <string.h>

/* Files read whole to tell what is in them, loading nothing. A file that can
 * not be read on is looked at as far as it goes. */

static const char *one_line(struct arena *arena, const struct err *err)
{
	return arena_printf(
	    arena, "%s%s%s", err->place, *err->place ? ": " : "", err->text);
}

static const struct slice *keep_header(
    struct arena *arena, const struct slice *header, size_t n)
{
	struct slice *out = arena_alloc(arena, (n + 1) * sizeof *out);

	for (size_t i = 0; i < n; i++)
		out[i] = (struct slice){
		    arena_dup(arena, header[i].p, header[i].len), header[i].len};
	return out;
}

static void look_at_row(struct looked *out, struct arena *arena,
    struct profile_seen *seen, const struct reader_row *row)
{
	const struct mapping *mapping = out->mapping;
	bool any = false;

	for (size_t i = 0; i < row->count && i < out->n_header; i++) {
		struct slice text = cell_text(mapping, row->fields[i]);
		if (text.len)
			profile_add(&out->columns[i], arena, seen, i, text, row->line,
			    mapping ? mapping->zone : NULL);
		any |= text.len != 0;
	}
	out->rows += any;
	out->skipped += !any;
	out->ragged += any && row->count != out->n_header;
}

static void look_at_rows(struct sync_run *run, struct looked *out, struct reader *reader)
{
	struct profile_seen *seen = profile_seen_new(out->n_header);
	struct err err = ERR_INIT;
	struct reader_row row;
	enum reader_result result;

	while (
	    (result = reader_next(reader, &row, &err)) == READER_ROW && !sync_interrupted)
		look_at_row(out, run->arena, seen, &row);
	if (result == READER_ERROR)
		out->problem = one_line(run->arena, &err);
	out->skipped += reader_skipped(reader);
	free(seen);
}

static void look_at_table(struct sync_run *run, struct looked *out, struct reader *reader)
{
	size_t n;
	const struct slice *header = reader_header(reader, &n);

	out->encoding = reader_encoding(reader);
	out->delimiter = reader_delimiter(reader);
	out->header = keep_header(run->arena, header, n);
	out->n_header = n;
	out->columns = arena_alloc(run->arena, (n + 1) * sizeof *out->columns);
	out->first_job = run->n_jobs;
	if (!n)
		out->left_out = "has nothing in it";
	else if (returned_header(header, n))
		out->left_out =
		    "holds rows that were rejected; sync it by its name, when "
		    "they are corrected";
	else if (!find_claims(run, out->file, out->header, n, NULL))
		out->left_out = "has a header that no source knows";
	out->n_jobs = run->n_jobs - out->first_job;
	if (out->n_jobs)
		out->mapping = run->jobs[out->first_job].mapping;
	look_at_rows(run, out, reader);
	int64_t strange = reader_unassigned(reader);
	if (strange)
		run_warn(run,
		    "%s: %lld bytes stand for no character in %s; were they another "
		    "encoding, export as UTF-8",
		    out->file->name, (long long)strange, out->encoding);
}

static void look_at_file(
    struct sync_run *run, struct looked *out, const struct path_file *file)
{
	struct err err = ERR_INIT;
	struct reader *reader;

	*out = (struct looked){.file = file, .left_out = find_no_table(file)};
	if (out->left_out)
		return;
	if (!reader_open(&reader, file->path, &err)) {
		out->problem = one_line(run->arena, &err);
		return;
	}
	look_at_table(run, out, reader);
	reader_close(reader);
}

bool look_at_files(struct sync_run *run, struct looked **out, size_t *count)
{
	if (!find_files(run))
		return false;
	*count = run->files.count;
	*out = arena_alloc(run->arena, *count * sizeof **out);
	for (size_t i = 0; i < *count && !sync_interrupted; i++)
		look_at_file(run, &(*out)[i], &run->files.items[i]);
	for (size_t i = 0; i < *count; i++)
		(*out)[i].jobs = run->jobs + (*out)[i].first_job;
	return !sync_interrupted || err_set(run->err, "sources", "interrupted");
}
