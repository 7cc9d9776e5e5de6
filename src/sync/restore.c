#include "restore.h"
#include "huddle/csv_cell.h"

#include "row_cells.h"
#include <string.h>

/* Whose the rows of a file are that we wrote ourselves. */

bool restored_header(const struct slice *header, size_t n_header)
{
	for (size_t i = 0; i < n_header; i++)
		if (slice_starts(header[i], RESTORED))
			return true;
	return false;
}

static bool has(const struct slice *header, size_t n_header, const char *name)
{
	return header_find(header, n_header, name) >= 0;
}

bool restored_beside(struct sync_run *run, const struct path_file *file,
    const struct slice *header, size_t n_header)
{
	if (has(header, n_header, RESTORED_RECORD) ||
	    has(header, n_header, RESTORED_TABLES))
		run->record_files++;
	else if (!has(header, n_header, RESTORED_PAST))
		return false;
	else if (has(header, n_header, "field"))
		run->past_changes = file;
	else if (has(header, n_header, "section"))
		run->past_feeds = file;
	else
		run->past_syncs = file;
	return true;
}

/* "salesforce/activities.tasks" */
struct feed_name {
	const char *all, *source, *section;
};

static bool read_name(struct sync_run *run, const struct path_file *file,
    const struct section *section, struct slice cell, int64_t line, struct feed_name *out)
{
	const char *kind = fact_infos[section->kind].name, *at;
	size_t len = strlen(kind);
	char place[400];

	cell = csv_plain(slice_trim(cell));
	out->all = arena_dup(run->arena, cell.p, cell.len);
	at = strrchr(out->all, '/');
	if (at && at > out->all) {
		out->source = arena_dup(run->arena, out->all, (size_t)(at - out->all));
		out->section = at + 1;
		if (!strncmp(out->section, kind, len) &&
		    (!out->section[len] || out->section[len] == '.'))
			return true;
		/* Rates that a mapping gave have a section of their own. */
		if (section->kind == FACT_CURRENCIES && !strcmp(out->section, "rates"))
			return true;
	}
	snprintf(place, sizeof place, "%.300s:%lld", file->name, (long long)line);
	return err_set(run->err, place,
	    "column \"%s\", \"%.80s\" names no source and section of %s; put back what "
	    "huddle export wrote there, such as \"salesforce/%s\"",
	    section->restores, out->all, kind, kind);
}

/* Files of one feed share its mapping and its section. */
static const struct job *job_of(
    const struct sync_run *run, const struct section *like, const struct feed_name *name)
{
	for (size_t i = 0; i < run->n_jobs; i++) {
		const struct job *job = &run->jobs[i];
		if (job->section && job->section->restores == like->restores &&
		    !strcmp(job->mapping->name, name->source) &&
		    !strcmp(job->section->name, name->section))
			return job;
	}
	return NULL;
}

/* Rows of another feed that somebody put into the file are not of this one. */
static void only_its_rows(
    struct section *section, struct arena *arena, const struct feed_name *name)
{
	struct row_rule *rules =
	    arena_alloc(arena, ((size_t)section->n_rules + 1) * sizeof *rules);
	const char **value = arena_alloc(arena, sizeof *value);

	*value = name->all;
	if (section->n_rules)
		memcpy(rules, section->rules, (size_t)section->n_rules * sizeof *rules);
	rules[section->n_rules++] = (struct row_rule){.only = true,
	    .header = section->restores,
	    .values = value,
	    .n_values = 1,
	    .line = section->line};
	section->rules = rules;
}

bool restored_feed(struct sync_run *run, const struct path_file *file,
    const struct slice *header, size_t n_header, const struct reader_row *first,
    const struct mapping **mapping, const struct section **section)
{
	int column = header_find(header, n_header, (*section)->restores);
	struct feed_name name = {.source = "", .section = ""};

	if (column < 0 || (size_t)column >= first->count)
		return err_set(run->err, file->path,
		    "its first row has fewer fields than the header; export again");
	if (!read_name(run, file, *section, first->fields[column], first->line, &name))
		return false;
	const struct job *known = job_of(run, *section, &name);
	if (known) {
		*mapping = known->mapping;
		*section = known->section;
		return true;
	}
	struct mapping *own = arena_alloc(run->arena, sizeof *own);
	struct section *its = arena_alloc(run->arena, sizeof *its);
	*own = **mapping;
	own->name = name.source;
	*its = **section;
	its->name = name.section;
	only_its_rows(its, run->arena, &name);
	*mapping = own;
	*section = its;
	return true;
}
