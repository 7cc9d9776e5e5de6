#include "explain.h"
#include "huddle/sync.h"
#include "returned.h"
#include <stdlib.h>
#include <string.h>

/* What a sync would make of files, said of each file and each column. */

/* One section held against one file. */
struct use {
	struct plan plan; /* of a lookup: only its rules */
	const struct lookup *lookup;
	struct err err; /* why it can not be */
};

const char *explain_text(struct arena *arena, struct str *text)
{
	const char *out = arena_dup(arena, str_text(text), text->len);

	str_release(text);
	return out;
}

/* ---- what a column feeds ---- */

static bool among(const int *columns, int n, int column)
{
	for (int i = 0; i < n; i++)
		if (columns[i] == column)
			return true;
	return false;
}

/* Alone in one of the texts that the field is read from in turn? */
static bool reads_alone(const struct field_plan *f, int column)
{
	bool alone = f->n_columns == 1 && f->columns[0] == column;

	for (int i = 0; i < f->n_fallback; i++)
		alone |= f->fallback[i].n == 1 && f->fallback[i].columns[0] == column;
	return alone;
}

static bool reads(const struct field_plan *f, int column)
{
	bool any = among(f->columns, f->n_columns, column) || f->guess == column;

	for (int i = 0; i < f->n_fallback; i++)
		any |= among(f->fallback[i].columns, f->fallback[i].n, column);
	return any;
}

static void add_feed(struct str *out, const struct section *s, const char *field)
{
	str_addf(out, "%s%s.%s", out->len ? ", " : "", s->name, field);
}

static void add_fields(struct str *out, const struct plan *plan, int column)
{
	for (int i = 0; i < plan->n_fields; i++) {
		const struct field_plan *f = &plan->fields[i];
		if (reads(f, column))
			add_feed(out, plan->section, f->field->name);
	}
	for (int i = 0; i < plan->n_custom; i++)
		if (plan->custom[i].column == column)
			str_addf(out, "%s%s.custom.%s", out->len ? ", " : "",
			    plan->section->name, plan->custom[i].name);
	for (int i = 0; i < plan->n_rules; i++)
		if (plan->rules[i].column == column)
			add_feed(out, plan->section,
			    plan->rules[i].rule->only ? "only" : "skip");
}

static const char *feeds(
    struct arena *arena, const struct use *uses, size_t n, int column)
{
	struct str out = STR_INIT;

	for (size_t i = 0; i < n; i++) {
		const struct lookup *l = uses[i].lookup;
		const struct plan *plan = &uses[i].plan;
		if (l && header_same(plan->header[column], l->key))
			add_feed(&out, plan->section, "key");
		if (l && header_same(plan->header[column], l->value))
			add_feed(&out, plan->section, "value");
		add_fields(&out, plan, column);
	}
	bool any = out.len > 0;
	const char *text = explain_text(arena, &out);
	return any ? text : NULL;
}

/* The field that says how the column is read: it alone, and of a strict type. */
static const struct field_plan *reading_field(
    const struct use *uses, size_t n, int column, const struct plan **of)
{
	const struct field_plan *found = NULL;

	for (size_t u = 0; u < n; u++)
		for (int i = 0; i < uses[u].plan.n_fields; i++) {
			const struct field_plan *f = &uses[u].plan.fields[i];
			if (!reads_alone(f, column) || f->source->n_map ||
			    f->source->n_lookups || f->source->n_keys || f->source->split)
				continue;
			if (found &&
			    (f->field->type == FIELD_TEXT || f->field->type == FIELD_REF))
				continue;
			found = f;
			*of = &uses[u].plan;
		}
	return found;
}

/* ---- columns ---- */

static bool is_date(const struct field_plan *f)
{
	return f->field->type == FIELD_DAY || f->field->type == FIELD_INSTANT;
}

/* The column that says how a date is read; -1: none. */
static int date_column(const struct field_plan *f)
{
	if (!is_date(f) || f->source->n_keys)
		return -1;
	if (f->n_columns)
		return f->n_columns == 1 ? f->columns[0] : -1;
	return f->n_fallback && f->fallback[0].n == 1 ? f->fallback[0].columns[0] : -1;
}

/* The order that the mapping says, or that other dates of the file do for a
 * column that decides nothing itself. */
static enum date_order order_given(
    const struct looked *f, const struct plan *plan, const struct profile *p)
{
	enum date_order order = plan->mapping->dates;

	if (order != DATES_UNKNOWN || !plan->mapping->dates_agree ||
	    profile_order(p, order) != DATES_UNKNOWN)
		return order;
	for (int i = 0; i < plan->n_fields && order == DATES_UNKNOWN; i++) {
		int column = date_column(&plan->fields[i]);
		if (column >= 0)
			order = profile_order(&f->columns[column], order);
	}
	return order;
}

static const char *ambiguous_words(
    struct arena *arena, const struct looked *f, const struct profile *p)
{
	return arena_printf(arena,
	    "%s in line %lld may be read month first or day first, and no row decides; "
	    "look at a row whose date you know, then write dates = mdy or dates = dmy "
	    "under [source] of a mapping file (huddle sources draft %s makes one)",
	    p->either_value, (long long)p->either_line, f->file->path);
}

static const char *note_on(struct arena *arena, const struct looked *f,
    const struct profile *p, const struct field *field, enum date_order given)
{
	struct profile_bad first = {0};
	bool dates = field && (field->type == FIELD_DAY || field->type == FIELD_INSTANT);
	int64_t bad = field ? profile_unreadable(p, field->type, given, &first) : 0;

	if (dates && profile_ambiguous(p, given))
		return ambiguous_words(arena, f, p);
	if (p->cut_ids && field && !strcmp(profile_field_type(p, field), "id"))
		return arena_printf(arena,
		    "%lld ids went through a spreadsheet, which cut their digits; export "
		    "again and do not save the file from there",
		    (long long)p->cut_ids);
	if (dates && p->serials)
		return arena_printf(arena,
		    "%lld cells are a spreadsheet's day numbers and will be rejected; "
		    "format the column as dates before it is saved as CSV",
		    (long long)p->serials);
	if (dates && p->mdy && p->dmy && given == DATES_UNKNOWN)
		return arena_printf(arena,
		    "%lld dates can only be month first and %lld only day first; those "
		    "of one kind will be rejected",
		    (long long)p->mdy, (long long)p->dmy);
	if (bad && first.line)
		return arena_printf(arena,
		    "%lld cells can not be read as this and will be rejected; the first, "
		    "in line %lld: %s%s%s",
		    (long long)bad, (long long)first.line, first.value,
		    first.why ? " " : "", first.why ? first.why : "");
	return NULL;
}

static void explain_column(struct sync_run *run, struct explained_column *out,
    const struct looked *f, const struct use *uses, size_t n_uses, size_t column)
{
	const struct profile *p = &f->columns[column];
	const struct plan *plan = NULL;
	const struct field_plan *field = reading_field(uses, n_uses, (int)column, &plan);
	enum date_order given = plan ? order_given(f, plan, p) : DATES_UNKNOWN;
	struct profile_bad first;
	struct str format = STR_INIT;

	out->header = f->header[column].p;
	out->feeds = feeds(run->arena, uses, n_uses, (int)column);
	out->filled = p->filled;
	out->type = profile_type(p, out->header);
	if (field && p->filled && field->field->type != FIELD_TEXT)
		out->type = profile_field_type(p, field->field);
	else if (field && p->filled && !strcmp(field->field->name, "id"))
		out->type = "id";
	profile_format(&format, p, out->type, given);
	out->format = explain_text(run->arena, &format);
	if (field)
		out->unreadable =
		    profile_unreadable(p, field->field->type, given, &first);
	out->note = note_on(run->arena, f, p, field ? field->field : NULL, given);
	for (int i = 0; i < EXPLAIN_SAMPLES && i < p->n_distinct; i++)
		out->samples[i] = p->distinct[i];
}

/* ---- uses ---- */

static bool fed(const struct plan *plan, const struct field *field)
{
	for (int i = 0; i < plan->n_fields; i++) {
		const struct field_plan *f = &plan->fields[i];
		if (fact_same_column(f->field, field) &&
		    (f->n_columns || f->n_fallback || f->guess >= 0 ||
		        f->source->default_value))
			return true;
	}
	return false;
}

static const char *fields_missing(struct arena *arena, const struct plan *plan)
{
	struct str out = STR_INIT;

	for (int i = 0; i < plan->n_fields; i++)
		if (!fed(plan, plan->fields[i].field))
			str_addf(&out, "%s%s", out.len ? ", " : "",
			    plan->fields[i].field->name);
	return explain_text(arena, &out);
}

/* A date column of the section that nothing decides refuses the file. */
static const char *ambiguous_column(
    struct arena *arena, const struct looked *f, const struct plan *plan)
{
	for (int i = 0; i < plan->n_fields; i++) {
		int column = date_column(&plan->fields[i]);
		if (column < 0)
			continue;
		const struct profile *p = &f->columns[column];
		if (profile_ambiguous(p, order_given(f, plan, p)))
			return arena_printf(arena, "column \"%s\": %s",
			    f->header[column].p, ambiguous_words(arena, f, p));
	}
	return NULL;
}

static void explain_lookup(struct sync_run *run, struct explained_use *out,
    struct use *use, const struct looked *f, const struct job *job)
{
	use->lookup = job->lookup;
	use->plan = (struct plan){.mapping = job->mapping,
	    .section = &job->lookup->files,
	    .name = f->file->name,
	    .header = f->header,
	    .n_header = f->n_header};
	const char *lacks = header_find(f->header, f->n_header, job->lookup->key) < 0
	                        ? job->lookup->key
	                    : header_find(f->header, f->n_header, job->lookup->value) < 0
	                        ? job->lookup->value
	                        : NULL;
	if (!lacks)
		plan_rules(&use->plan, run->arena, &use->err);
	*out = (struct explained_use){.source = job->mapping->name,
	    .section = job->lookup->files.name,
	    .kind = "lookup",
	    .why = explain_taken(run, job, f),
	    .missing = "",
	    .problem = *use->err.text ? arena_strdup(run->arena, use->err.text) : NULL};
	if (lacks)
		out->problem = arena_printf(run->arena,
		    "has no column \"%s\"; export it or correct [%s] of %s", lacks,
		    job->lookup->files.name, job->mapping->file);
}

static void explain_use(struct sync_run *run, struct explained_use *out, struct use *use,
    const struct looked *f, const struct job *job)
{
	bool fine = plan_make(&use->plan, run->arena, job->mapping, job->section,
	    f->file->path, f->file->name, f->header, f->n_header, &use->err);

	*out = (struct explained_use){.source = job->mapping->name,
	    .section = job->section->name,
	    .kind = fact_infos[job->section->kind].name,
	    .why = explain_taken(run, job, f),
	    .missing = fields_missing(run->arena, &use->plan),
	    .problem = fine ? ambiguous_column(run->arena, f, &use->plan)
	                    : arena_strdup(run->arena, use->err.text)};
}

static void explain_file(
    struct sync_run *run, struct explained_file *out, const struct looked *f)
{
	struct use *uses = xcalloc(f->n_jobs + 1, sizeof *uses);

	*out = (struct explained_file){.file = f->file->name,
	    .encoding = f->encoding,
	    .delimiter = f->delimiter,
	    .rows = f->rows,
	    .skipped = f->skipped,
	    .ragged = f->ragged,
	    .left_out = f->left_out,
	    .problem = f->problem,
	    .n_uses = f->n_jobs,
	    .n_columns = f->n_header};
	if (f->left_out && f->n_header && !returned_header(f->header, f->n_header))
		out->nearest = explain_nearest(run, f);
	out->uses = arena_alloc(run->arena, (f->n_jobs + 1) * sizeof *out->uses);
	out->columns = arena_alloc(run->arena, (f->n_header + 1) * sizeof *out->columns);
	for (size_t i = 0; i < f->n_jobs; i++)
		(f->jobs[i].lookup ? explain_lookup : explain_use)(
		    run, &out->uses[i], &uses[i], f, &f->jobs[i]);
	for (size_t i = 0; i < f->n_header; i++)
		explain_column(run, &out->columns[i], f, uses, f->n_jobs, i);
	for (size_t i = 0; i < f->n_jobs; i++)
		plan_release(&uses[i].plan);
	free(uses);
}

bool sync_explain(struct explanation *out, struct arena *arena,
    const struct sync_options *options, struct err *err)
{
	struct sync_report report = {0};
	struct sync_run run = {
	    .arena = arena, .options = options, .report = &report, .err = err};
	struct looked *files;

	*out = (struct explanation){0};
	if (!look_at_files(&run, &files, &out->n_files))
		return false;
	out->files = arena_alloc(arena, (out->n_files + 1) * sizeof *out->files);
	for (size_t i = 0; i < out->n_files; i++)
		explain_file(&run, &out->files[i], &files[i]);
	find_unused(&run);
	out->warnings = report.warnings;
	out->n_warnings = report.n_warnings;
	return true;
}
