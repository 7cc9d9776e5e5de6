#include "export.h"

#include "huddle/path.h"
#include "huddle/provenance.h"
#include "huddle/sync.h"
#include "progress.h"
#include "restore.h"
#include "row_cells.h"
#include "stop.h"
#include "table_file.h"
#include <stdlib.h>
#include <string.h>

/* From the store to a folder: the records first, while others wait to write, then
 * the facts, which nobody writes, then the README that tells of all. */
enum { AT_ONCE = 1 << 20 }; /* bytes */

/* ---- one file ---- */

struct written *export_wrote(struct export_run *run, const char *name)
{
	run->files = arena_grow(run->arena, run->files, &run->cap_files,
	    run->n_files < run->cap_files ? run->cap_files : run->n_files * 2 + 32,
	    sizeof *run->files);
	struct written *out = &run->files[run->n_files++];
	*out = (struct written){.name = name};
	return out;
}

bool export_open(struct export_run *run, struct folder_file *file, const char *name)
{
	str_clear(&run->text);
	return folder_file_open(file, &run->folder, name, run->err);
}

bool export_put(struct export_run *run, struct folder_file *file, bool all)
{
	if (!all && run->text.len < AT_ONCE)
		return true;
	bool fine = folder_file_put(
	    file, (struct slice){str_text(&run->text), run->text.len}, run->err);
	str_clear(&run->text);
	return fine;
}

bool export_text(struct export_run *run, const char *name)
{
	struct folder_file file;
	bool fine = folder_file_open(&file, &run->folder, name, run->err) &&
	            export_put(run, &file, true);

	return folder_file_close(&file, fine, run->err);
}

void export_progress(struct export_run *run, const char *name, int64_t rows, int64_t of)
{
	struct str text = STR_INIT;

	if (!run->options->progress)
		return;
	str_addf(&text, "%s: ", name);
	progress_count(&text, rows);
	str_adds(&text, " of ");
	progress_count(&text, of);
	str_adds(&text, " rows");
	progress_line(run->options->progress, &run->shown_at, str_text(&text));
	str_release(&text);
}

/* ---- tables that stand as they are ---- */

struct writing {
	struct export_run *run;
	struct folder_file *file; /* NULL: the text stays in memory */
	const struct record_table *table;
	int64_t rows;
};

static bool add_row(void *arg, const struct slice *values, struct err *err)
{
	struct writing *w = arg;

	(void)err;
	table_add_row(&w->run->text, w->table, values);
	return (++w->rows & 0xfff || !sync_stopped(w->run->err)) &&
	       (!w->file || export_put(w->run, w->file, false));
}

static bool add_table(
    struct writing *w, const struct record_table *table, const char *marker)
{
	w->table = table;
	table_add_header(&w->run->text, marker, table);
	return store_record_rows(w->run->store, table, add_row, w, w->run->err);
}

static bool write_past(
    struct export_run *run, const struct record_table *table, const char *name)
{
	struct folder_file file;
	struct writing w = {.run = run, .file = &file};

	if (!export_open(run, &file, name))
		return false;
	bool fine = add_table(&w, table, RESTORED_PAST) && export_put(run, &file, true);
	struct written *out = export_wrote(run, name);
	out->table = table;
	out->rows = w.rows;
	return folder_file_close(&file, fine, run->err);
}

/* Whoever writes waits while they are read, and not while the disk takes them: what
 * people wrote fits into memory. */
static bool read_records(
    struct export_run *run, const struct record_tables *tables, struct str *texts)
{
	bool fine = true;

	for (size_t i = 0; fine && i < tables->count; i++) {
		struct writing w = {.run = run};
		str_clear(&run->text);
		fine = add_table(&w, &tables->items[i], RESTORED_RECORD);
		struct written *out =
		    export_wrote(run, arena_printf(run->arena, EXPORT_RECORDS "/%s.csv",
		                          tables->items[i].name));
		out->table = &tables->items[i];
		out->rows = w.rows;
		str_add(&texts[i], str_text(&run->text), run->text.len);
	}
	return fine;
}

static bool write_records(
    struct export_run *run, const struct record_tables *tables, const struct str *texts)
{
	bool fine = folder_make(&run->folder, EXPORT_RECORDS, run->err);

	for (size_t i = 0; fine && i < tables->count; i++) {
		str_clear(&run->text);
		str_add(&run->text, str_text(&texts[i]), texts[i].len);
		fine = export_text(run, run->files[i].name);
	}
	return fine;
}

/* Where a file ends after a whole row, only this tells that it was cut. */
static bool write_list(struct export_run *run)
{
	str_clear(&run->text);
	str_adds(
	    &run->text, "\xef\xbb\xbf\"" RESTORED_TABLES "\",\"rows\",\"version\"\r\n");
	for (size_t i = 0; i < run->n_files; i++)
		str_addf(&run->text, "\"%s\",%lld,%d\r\n", run->files[i].table->name,
		    (long long)run->files[i].rows, run->version);
	return export_text(run, EXPORT_RECORDS "/" EXPORT_TABLES);
}

static bool export_records(struct export_run *run)
{
	struct record_tables tables = {0};

	if (!store_export_begin(run->store, run->err))
		return false;
	bool fine = store_record_tables(run->store, run->arena, &tables, run->err);
	struct str *texts = xcalloc(tables.count + 1, sizeof *texts);
	run->version = tables.version;
	fine = fine && read_records(run, &tables, texts);
	store_export_end(run->store);
	fine = fine && write_records(run, &tables, texts) && write_list(run);
	for (size_t i = 0; i < tables.count; i++)
		str_release(&texts[i]);
	free(texts);
	return fine;
}

/* ---- facts, and what goes with them ---- */

static bool export_past(struct export_run *run)
{
	for (const struct record_table *const *t = past_tables; *t; t++)
		if (!write_past(run, *t,
		        arena_printf(run->arena, "%s/%ss.csv", run->facts, (*t)->name)))
			return false;
	return true;
}

bool written_past(const struct written *w)
{
	for (const struct record_table *const *t = past_tables; *t; t++)
		if (w->table == *t)
			return true;
	return false;
}

static bool export_rejects(struct export_run *run)
{
	struct reject_list list;
	struct reject_table *tables;

	if (!store_load_rejects(run->store, run->arena, &list, run->err))
		return false;
	size_t n = sync_reject_tables(&tables, run->arena, &list);
	for (size_t i = 0; i < n; i++) {
		const char *name = i ? arena_printf(run->arena, "rejects-n%zu.csv", i + 1)
		                     : "rejects.csv";
		str_clear(&run->text);
		str_add(&run->text, tables[i].text.p, tables[i].text.len);
		if (!export_text(run, name))
			return false;
		run->rejects++;
	}
	return true;
}

static bool export_all_facts(struct export_run *run)
{
	struct store_info info;
	char day[DAY_TEXT];

	if (!store_info(run->store, &info, run->err))
		return false;
	run->as_of = info.has_facts ? info.as_of : DAY_NONE;
	if (!info.has_facts)
		return true;
	run->facts = arena_printf(run->arena, "facts-%s", day_format(info.as_of, day));
	return folder_make(&run->folder, run->facts, run->err) && export_facts(run) &&
	       export_past(run) && export_rejects(run);
}

/* ---- the folder ---- */

/* Is the file one that an export writes? */
static bool is_ours(const char *name)
{
	static const char *const patterns[] = {EXPORT_README, (EXPORT_RECORDS "/*.csv"),
	    "facts-*/*.csv", "rejects.csv", "rejects-n*.csv"};

	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
		if (path_match(patterns[i], name) &&
		    (strchr(patterns[i], '/') != NULL) == (strchr(name, '/') != NULL))
			return true;
	return false;
}

/* Only an earlier export is replaced, and nothing that somebody laid beside it. */
static bool may_replace(struct export_run *run)
{
	const char *path = run->options->path;
	struct path_list files = {0};

	if (!run->options->replace || folder_is_free(path))
		return true;
	if (!path_walk(&files, run->arena, path, run->err))
		return false;
	bool readme = false;
	for (size_t i = 0; i < files.count; i++) {
		if (!is_ours(files.items[i].name))
			return err_set(run->err, files.items[i].path,
			    "is no file of an export, and would be lost; move it away or "
			    "name another folder");
		readme |= !strcmp(files.items[i].name, EXPORT_README);
	}
	return readme || err_set(run->err, path,
	                     "is no earlier export, which alone is replaced; name "
	                     "another folder");
}

static void count(const struct export_run *run, struct exported *out)
{
	*out = (struct exported){.files = (int)run->n_files + run->rejects + 2};
	for (size_t i = 0; i < run->n_files; i++) {
		const struct written *w = &run->files[i];
		*(w->feed || written_past(w) ? &out->facts : &out->records) += w->rows;
	}
}

bool sync_export(struct store *store, struct arena *arena,
    const struct export_options *options, struct exported *out, struct err *err)
{
	struct export_run run = {.store = store,
	    .arena = arena,
	    .options = options,
	    .err = err,
	    .as_of = DAY_NONE};

	if (!may_replace(&run))
		return false;
	bool fine = folder_begin(&run.folder, options->path, options->replace, err) &&
	            export_records(&run) && export_all_facts(&run) &&
	            export_readme(&run) && !sync_stopped(err) &&
	            folder_done(&run.folder, err);
	folder_drop(&run.folder);
	progress_clear(options->progress);
	count(&run, out);
	str_release(&run.text);
	return fine;
}
