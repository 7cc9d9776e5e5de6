#include "charset.h"
#include "claim.h"
#include "huddle/text.h"
#include "restore.h"
#include "returned.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Which file is what: found by header, or by the names a mapping gives. */

void run_warn(struct sync_run *run, const char *format, ...)
{
	struct str text = STR_INIT;
	va_list args;

	va_start(args, format);
	str_addv(&text, format, args);
	va_end(args);
	struct sync_report *r = run->report;
	r->warnings = arena_grow(run->arena, r->warnings, &run->cap_warnings,
	    r->n_warnings + 1, sizeof *r->warnings);
	r->warnings[r->n_warnings++] = arena_strdup(run->arena, str_text(&text));
	str_release(&text);
}

static bool is_file(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISREG(st.st_mode);
}

/* The mapping given comes first and may claim any file; the presets take what
 * it leaves. A preset given by name stands alone. */
static bool load_mappings(struct sync_run *run)
{
	const char *given = run->options->source;
	const char *const *presets = sync_presets();
	int n = 0;

	while (presets[n])
		n++;
	run->mappings = arena_alloc(run->arena, (size_t)(n + 1) * sizeof *run->mappings);
	if (given && (strchr(given, '/') || strstr(given, ".ini") || is_file(given))) {
		run->own_mapping = true;
		if (!mapping_read(
		        &run->mappings[run->n_mappings++], run->arena, given, run->err))
			return false;
	} else if (given) {
		return mapping_preset(
		    &run->mappings[run->n_mappings++], run->arena, given, run->err);
	}
	for (int i = 0; i < n; i++) {
		struct mapping *preset = &run->mappings[run->n_mappings++];
		if (!mapping_preset(preset, run->arena, presets[i], run->err))
			return false;
		if (run->own_mapping)
			mapping_inherit(preset, &run->mappings[0]);
	}
	return true;
}

static struct job *add_job(struct sync_run *run, const struct path_file *file,
    const struct mapping *mapping, const struct section *section)
{
	run->jobs = arena_grow(run->arena, run->jobs, &run->cap_jobs,
	    run->n_jobs < run->cap_jobs ? run->cap_jobs : run->n_jobs * 2 + 16,
	    sizeof *run->jobs);
	struct job *job = &run->jobs[run->n_jobs++];
	*job = (struct job){.file = file,
	    .mapping = mapping,
	    .section = section,
	    .report = {.file = file->name,
	        .kind = section ? fact_infos[section->kind].name : NULL,
	        .source = mapping ? mapping->name : NULL}};
	return job;
}

static void add_lookup(struct sync_run *run, const struct path_file *file,
    const struct mapping *mapping, struct lookup *lookup)
{
	struct job *job = add_job(run, file, mapping, NULL);

	job->lookup = lookup;
	job->report.kind = "lookup";
	lookup->present = true;
}

bool find_claims(struct sync_run *run, const struct path_file *file,
    const struct slice *header, size_t n_header, const struct reader_row *first)
{
	const struct file_header h =
	    file_header(run->arena, file->name, header, n_header);
	const struct mapping *mapping =
	    mapping_for(run->mappings, run->n_mappings, run->own_mapping, &h);

	for (int s = 0; mapping && s < mapping->n_sections; s++) {
		const struct mapping *of = mapping;
		const struct section *section = &mapping->sections[s];
		if (!section_takes(mapping, section, &h))
			continue;
		if (section->restores && first &&
		    !restored_feed(run, file, header, n_header, first, &of, &section))
			return false;
		add_job(run, file, of, section);
	}
	for (int i = 0; mapping && i < mapping->n_lookups; i++)
		if (section_claims(&mapping->lookups[i].files, &h))
			add_lookup(run, file, mapping, &mapping->lookups[i]);
	return mapping;
}

static bool looks_like_csv(const char *name)
{
	static const char *const endings[] = {".csv", ".tsv", ".txt", ".tab"};
	size_t len = strlen(name);

	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (len > 4 && !strcasecmp(name + len - 4, endings[i]))
			return true;
	return false;
}

static bool is_csv(const char *name)
{
	size_t len = strlen(name);

	return len > 4 && !strcasecmp(name + len - 4, ".csv");
}

/* In a folder lie many files that are no exports: they are named and left. A
 * file named on the command line itself must be one. */
static bool leave_out(struct sync_run *run, const struct path_file *file, const char *why)
{
	if (file->named)
		return err_set(run->err, file->path,
		    "%s; name the file in a mapping (--source "
		    "FILE.ini), or leave it out",
		    why);
	add_job(run, file, NULL, NULL);
	run_warn(run, "%s: %s; left out", file->name, why);
	return true;
}

/* .xlsx files are zip archives, and begin as those do. */
static bool is_workbook(const char *path)
{
	char start[4] = "";
	size_t len = strlen(path);
	FILE *file;

	if (len < 5 || strcasecmp(path + len - 5, ".xlsx") || !(file = fopen(path, "rb")))
		return false;
	bool zip = fread(start, 1, 4, file) == 4 && !memcmp(start, "PK\3\4", 4);
	fclose(file);
	return zip;
}

const char *find_no_table(const struct path_file *file)
{
	if (is_workbook(file->path))
		return "is a spreadsheet's workbook; save its sheet as CSV";
	return file->named || looks_like_csv(file->name) ? NULL : "is no CSV by its name";
}

/* Rejects that come back are what their own file is. Found beside exports they
 * are old corrections, which must not undo what came since. */
static bool find_returned(
    struct sync_run *run, const struct path_file *file, struct reader *reader)
{
	struct path_file *original = arena_alloc(run->arena, sizeof *original);
	struct returned_row first = {0};
	struct reader_row row;
	size_t n, before = run->n_jobs;

	if (!file->named)
		return leave_out(run, file,
		    "holds rows that were rejected; name the file itself to sync them");
	const struct slice *header = reader_header(reader, &n);
	struct returned *r =
	    returned_new(run->arena, header, n, reader_delimiter(reader));
	enum reader_result result = reader_next(reader, &row, run->err);
	if (result == READER_ROW)
		returned_take(r, &row, &first);
	bool fine = result == READER_ROW;
	if (result == READER_END)
		fine = leave_out(run, file, "has no row");
	*original = *file;
	original->name = fine ? first.file : "";
	if (fine && !find_claims(run, original, r->header, r->n_header, &first.row))
		fine = *run->err->text ? false
		                       : err_set(run->err, file->path,
		                             "holds rejected rows of %.200s, which no "
		                             "source knows; give the same "
		                             "--source as when that was synced",
		                             original->name);
	for (size_t i = before; i < run->n_jobs; i++) {
		run->jobs[i].returned = original->name;
		run->jobs[i].file = file;
		run->jobs[i].report.file = file->name;
	}
	returned_release(r);
	return fine;
}

/* Of a file that we wrote ourselves the first row says whose it is. */
static bool find_restored(
    struct sync_run *run, const struct path_file *file, struct reader *reader)
{
	struct reader_row row;
	size_t n;
	const struct slice *header = reader_header(reader, &n);

	if (restored_beside(run, file, header, n)) {
		if (file->named)
			return err_set(run->err, file->path,
			    "goes with the folder that was exported; name that");
		return true;
	}
	enum reader_result result = reader_next(reader, &row, run->err);
	if (result == READER_END)
		return leave_out(run, file, "has no row");
	if (result != READER_ROW)
		return false;
	return find_claims(run, file, header, n, &row) ||
	       (!*run->err->text &&
	           leave_out(run, file, "has a header that no source knows"));
}

bool find_is_export(const struct path_file *file)
{
	return file->named || looks_like_csv(file->name);
}

struct file_look *job_look(const struct sync_run *run, const struct path_file *file)
{
	return &run->looks[file - run->files.items];
}

static bool find_file(struct sync_run *run, const struct path_file *file)
{
	struct reader *reader;
	size_t n_header;

	if (is_workbook(file->path))
		return leave_out(
		    run, file, "is a spreadsheet's workbook; save its sheet as CSV");
	if (!find_is_export(file)) {
		add_job(run, file, NULL, NULL);
		run->other_files++;
		return true;
	}
	if (!reader_open_known(&reader, file->path, job_look(run, file), run->err)) {
		/* A text that is no table is none of ours; a broken .csv is. */
		if (file->named || is_csv(file->name))
			return false;
		*run->err = (struct err)ERR_INIT;
		return leave_out(run, file, "is no table");
	}
	const struct slice *header = reader_header(reader, &n_header);
	bool fine = true;
	if (!n_header)
		fine = leave_out(run, file, "has nothing in it");
	else if (returned_header(header, n_header))
		fine = find_returned(run, file, reader);
	else if (restored_header(header, n_header))
		fine = find_restored(run, file, reader);
	else if (!find_claims(run, file, header, n_header, NULL))
		fine = leave_out(run, file, "has a header that no source knows");
	reader_close(reader);
	return fine;
}

static int by_kind(const void *a, const void *b)
{
	const struct job *x = a, *y = b;
	int kx = x->section ? (int)x->section->kind : FACT_KINDS;
	int ky = y->section ? (int)y->section->kind : FACT_KINDS;

	if (kx != ky)
		return kx - ky;
	if (!x->returned != !y->returned)
		return x->returned ? 1 : -1;
	if (x->section != y->section && x->section && y->section) {
		int order = strcmp(x->mapping->name, y->mapping->name);
		return order ? order : strcmp(x->section->name, y->section->name);
	}
	if (x->as_of != y->as_of)
		return x->as_of < y->as_of ? -1 : 1;
	return strcmp(x->file->name, y->file->name);
}

/* A file named twice, or beside the folder it is in, is one file. */
static void unique_files(struct sync_run *run)
{
	struct path_file *files = run->files.items;
	struct stat *known = xcalloc(run->files.count + 1, sizeof *known);
	size_t n = 0;

	for (size_t i = 0; i < run->files.count; i++) {
		struct stat *st = &known[n];
		size_t j = 0;
		if (stat(files[i].path, st))
			j = n; /* opening it will say why */
		while (j < n &&
		       (known[j].st_dev != st->st_dev || known[j].st_ino != st->st_ino))
			j++;
		if (j == n) {
			files[n++] = files[i];
			continue;
		}
		files[j].named |= files[i].named;
		if (strcmp(path_base(files[j].path), path_base(files[i].path)))
			run_warn(run, "%s: is the same file as %s; read once",
			    files[i].name, files[j].name);
	}
	run->files.count = n;
	free(known);
}

/* What was read is remembered by name: of two folders given, files of the same
 * name in them are told apart by their paths. */
static void unique_names(struct sync_run *run)
{
	struct path_file *files = run->files.items;

	for (size_t i = 1; i < run->files.count; i++)
		for (size_t j = 0; j < i; j++)
			if (!strcmp(files[i].name, files[j].name))
				files[i].name = files[i].path;
}

/* A section of the company's own mapping that reads nothing is a slip of the
 * pen in its files line more often than not. */
void find_unused(struct sync_run *run)
{
	for (int i = 0; run->own_mapping && i < run->mappings[0].n_sections; i++) {
		const struct section *s = &run->mappings[0].sections[i];
		bool used = false;
		for (size_t j = 0; j < run->n_jobs; j++)
			used |= run->jobs[j].section == s || run->jobs[j].returned;
		if (!used)
			run_warn(run, "[%s] of %s fits none of the files", s->name,
			    run->mappings[0].file);
	}
	for (int i = 0; run->own_mapping && i < run->mappings[0].n_lookups; i++)
		if (!run->mappings[0].lookups[i].present)
			run_warn(run, "[%s] of %s fits none of the files",
			    run->mappings[0].lookups[i].files.name,
			    run->mappings[0].file);
}

bool find_files(struct sync_run *run)
{
	const struct sync_options *o = run->options;

	if (!load_mappings(run))
		return false;
	for (size_t i = 0; i < o->n_paths; i++)
		if (!path_walk(&run->files, run->arena, o->paths[i], run->err))
			return false;
	if (!run->files.count)
		return err_set(run->err, o->n_paths ? o->paths[0] : "sync",
		    "holds no file; name a folder or file of exports");
	unique_files(run);
	unique_names(run);
	run->looks = arena_alloc(run->arena, run->files.count * sizeof *run->looks);
	return true;
}

bool find_jobs(struct sync_run *run)
{
	if (!find_files(run))
		return false;
	look_first(run);
	for (size_t i = 0; i < run->files.count; i++)
		if (!find_file(run, &run->files.items[i]))
			return false;
	find_unused(run);
	if (run->other_files)
		run_warn(run,
		    run->other_files == 1
		        ? "%d file is no CSV by its name; left out"
		        : "%d files are no CSV by their names; left out",
		    run->other_files);
	if (run->record_files)
		run_warn(run, "%d files are records, which huddle import reads; left out",
		    run->record_files);
	job_days(run);
	qsort(run->jobs, run->n_jobs, sizeof *run->jobs, by_kind);
	return true;
}
