#include "jobs.h"
#include "lookup.h"
#include <string.h>
#include <xxhash.h>

/*
 * Which files the tables are that a day's rows are looked up in: the newest of
 * those that were exported by that day, else the first that were after it.
 */

static bool is_nearer(day_t day, day_t than, day_t to)
{
	if (than == DAY_NONE || (day <= to) != (than <= to))
		return than == DAY_NONE || day <= to;
	return day <= to ? day > than : day < than;
}

static bool is_of(const struct job *job, const struct lookup *lookup)
{
	return job->lookup == lookup && !job->left_out;
}

/* DAY_NONE: no file is one of it. */
static day_t day_for(const struct sync_run *run, const struct lookup *lookup, day_t day)
{
	day_t best = DAY_NONE;

	for (size_t i = 0; i < run->n_jobs; i++) {
		const struct job *job = &run->jobs[i];
		if (is_of(job, lookup) && is_nearer(job->as_of, best, day))
			best = job->as_of;
	}
	return best;
}

static bool looks_in(const struct section *section, const struct lookup *lookup)
{
	for (int f = 0; f < FACT_FIELDS_MAX; f++)
		for (int i = 0; i < section->fields[f].n_lookups; i++)
			if (section->fields[f].lookups[i] == lookup)
				return true;
	return false;
}

/* ---- by what a job is read ---- */

static void add_files(
    const struct sync_run *run, struct str *all, const struct lookup *lookup, day_t day)
{
	day_t of = day_for(run, lookup, day);

	str_addf(all, " %s", lookup->files.name);
	for (size_t i = 0; i < run->n_jobs; i++)
		if (is_of(&run->jobs[i], lookup) && run->jobs[i].as_of == of)
			str_addf(all, " %s", run->jobs[i].hash);
}

static const char *read_by(struct sync_run *run, const struct job *job)
{
	const struct mapping *m = job->mapping;
	struct str all = STR_INIT;

	for (int i = 0; i < m->n_lookups; i++)
		if (looks_in(job->section, &m->lookups[i]))
			add_files(run, &all, &m->lookups[i], job->as_of);
	const char *hash = m->hash;
	if (all.len) {
		str_adds(&all, m->hash);
		hash = arena_printf(run->arena, "%016llx",
		    (unsigned long long)XXH3_64bits(all.p, all.len));
	}
	str_release(&all);
	return hash;
}

static bool is_used(const struct sync_run *run, const struct lookup *lookup)
{
	for (size_t i = 0; i < run->n_jobs; i++)
		if (run->jobs[i].section && looks_in(run->jobs[i].section, lookup))
			return true;
	return false;
}

/* A table is taken to be known until it is read. */
static void expect(struct sync_run *run, struct job *job)
{
	job->skip = is_used(run, job->lookup);
	if (!job->skip && !job->left_out)
		run_warn(run,
		    "%s: is [%s] of %s, and none of the files looks anything up there; "
		    "left out",
		    job->report.file, job->lookup->files.name, job->mapping->file);
	job->report.left_out = !job->skip || job->left_out;
}

void lookups_read_by(struct sync_run *run)
{
	for (size_t i = 0; i < run->n_jobs; i++) {
		struct job *job = &run->jobs[i];
		if (job->section)
			job->read_by = read_by(run, job);
		else if (job->lookup)
			expect(run, job);
	}
}

/* ---- tables ---- */

static void warn_of(
    struct sync_run *run, const struct job *job, const struct lookup_read *read)
{
	if (read->ragged)
		run_warn(run,
		    "%s:%lld: has %zu fields where the header has %zu; such rows of a "
		    "lookup, %lld of them, are left out: export again",
		    job->report.file, (long long)read->ragged_line, read->ragged_fields,
		    read->header_fields, (long long)read->ragged);
	if (read->cut)
		run_warn(run,
		    "%s:%lld: the id went through a spreadsheet, which cut its digits; "
		    "such rows, %lld of them, are left out: export again and do not save "
		    "the file from there",
		    job->report.file, (long long)read->cut_line, (long long)read->cut);
}

static bool read_file(struct sync_run *run, struct lookup *lookup, struct job *job)
{
	struct lookup_read read;

	if (!lookup_table_read(lookup->table, job->mapping, lookup, job->file->path,
	        job->report.file, job_look(run, job->file), &read, run->err))
		return false;
	job->report.rows = read.rows;
	job->report.skipped = read.skipped;
	job->skip = false;
	warn_of(run, job, &read);
	return true;
}

static void forget(struct lookup *lookup)
{
	lookup_table_free(lookup->table);
	lookup->table = NULL;
}

static bool open_table(struct sync_run *run, struct lookup *lookup, day_t of)
{
	if (lookup->table && lookup->day == of)
		return true;
	forget(lookup);
	lookup->table = lookup_table_new();
	lookup->day = of;
	for (size_t i = 0; i < run->n_jobs; i++) {
		struct job *job = &run->jobs[i];
		if (is_of(job, lookup) && job->as_of == of &&
		    !read_file(run, lookup, job))
			return false;
	}
	return true;
}

static bool is_needed(const struct sync_run *run, const struct lookup *lookup, day_t day)
{
	for (size_t i = 0; i < run->n_jobs; i++)
		if (job_loads(&run->jobs[i], day) &&
		    looks_in(run->jobs[i].section, lookup))
			return true;
	return false;
}

bool lookups_open(struct sync_run *run, day_t day)
{
	for (int m = 0; m < run->n_mappings; m++)
		for (int i = 0; i < run->mappings[m].n_lookups; i++) {
			struct lookup *lookup = &run->mappings[m].lookups[i];
			day_t of = day_for(run, lookup, day);
			lookup->present = of != DAY_NONE;
			if (lookup->present && is_needed(run, lookup, day) &&
			    !open_table(run, lookup, of))
				return false;
		}
	return true;
}

/* Of fewer it may be so; a row asks two or three times. */
enum { ASKED_LEAST = 30 };

void lookups_warn(struct sync_run *run)
{
	for (int m = 0; m < run->n_mappings; m++)
		for (int i = 0; i < run->mappings[m].n_lookups; i++) {
			const struct lookup *l = &run->mappings[m].lookups[i];
			if (l->found || l->asked < ASKED_LEAST || !l->table ||
			    lookup_table_empty(l->table))
				continue;
			run_warn(run,
			    "[%s] of %s: has none of the keys that rows look up there; "
			    "is key = %s the right column?",
			    l->files.name, run->mappings[m].file, l->key);
		}
}

void lookups_close(struct sync_run *run)
{
	for (size_t i = 0; i < run->n_jobs; i++)
		run->jobs[i].report.same_file |= run->jobs[i].lookup && run->jobs[i].skip;
	for (int m = 0; m < run->n_mappings; m++)
		for (int i = 0; i < run->mappings[m].n_lookups; i++)
			forget(&run->mappings[m].lookups[i]);
}

/* ---- what would be lost ---- */

static bool is_present(const struct field_source *f)
{
	for (int i = 0; i < f->n_lookups; i++)
		if (f->lookups[i]->present)
			return true;
	return !f->n_lookups;
}

static bool was_looked_up(const char *decided, const char *field)
{
	struct slice rest = slice_of(decided), word;
	char wanted[80];

	snprintf(wanted, sizeof wanted, "%s.by=lookup", field);
	while (slice_cut(&rest, ' ', &word))
		if (slice_is(word, wanted))
			return true;
	return false;
}

bool lookups_kept(struct sync_run *run, const struct job *job, const char *decided)
{
	const struct field *fields = fact_infos[job->section->kind].fields;

	for (int f = 0; fields[f].name; f++) {
		const struct field_source *source = &job->section->fields[f];
		if (is_present(source) || !was_looked_up(decided, fields[f].name))
			continue;
		return err_set(run->err, job->report.file,
		    "the %s of its rows stands in the file of [%s], which is not there, "
		    "and would be lost; sync its file as well",
		    fields[f].name, source->lookups[0]->files.name);
	}
	return true;
}
