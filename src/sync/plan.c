#include "plan.h"

#include "huddle/text.h"
#include "restore.h"
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

static struct slice header_trim(struct slice s)
{
	s = slice_trim(s);
	while (s.len && s.p[s.len - 1] == '*')
		s.len--;
	return slice_trim(s);
}

bool header_same(struct slice header, const char *wanted)
{
	return text_same(header_trim(header), header_trim(slice_of(wanted)));
}

uint64_t header_hash(struct slice header)
{
	struct str folded = STR_INIT;

	text_fold(&folded, header_trim(header));
	uint64_t hash = XXH3_64bits(str_text(&folded), folded.len);
	str_release(&folded);
	return hash;
}

int header_find(const struct slice *header, size_t n, const char *wanted)
{
	for (size_t i = 0; i < n; i++)
		if (header_same(header[i], wanted))
			return (int)i;
	return -1;
}

static bool place_columns(
    struct plan *plan, const struct alternative *a, int *columns, int *n, struct err *err)
{
	*n = 0;
	for (int i = 0; i < a->n_headers; i++) {
		int column = header_find(plan->header, plan->n_header, a->headers[i]);
		if (column < 0)
			return false;
		for (size_t j = (size_t)column + 1; j < plan->n_header; j++)
			if (header_same(plan->header[j], a->headers[i]))
				return err_set(err, plan->name,
				    "the header \"%s\" stands twice, in columns "
				    "%d and %zu, and feeds one field (%s:%d); rename one "
				    "of the two",
				    a->headers[i], column + 1, j + 1, plan->mapping->file,
				    a->line);
		if (*n == PARTS_MAX)
			return err_set(err, plan->mapping->file,
			    "line %d joins more than %d headers; "
			    "use fewer",
			    a->line, PARTS_MAX);
		columns[(*n)++] = column;
	}
	return true;
}

static void tried(const struct field_source *source, struct str *out)
{
	for (int i = 0; i < source->n_alternatives; i++) {
		str_adds(out, out->len ? ", \"" : "\"");
		for (int j = 0; j < source->alternatives[i].n_headers; j++)
			str_addf(out, "%s%s", j ? " + " : "",
			    source->alternatives[i].headers[j]);
		str_adds(out, "\"");
	}
}

static bool plan_fallbacks(struct plan *plan, struct field_plan *f, struct err *err)
{
	const struct alternatives *all = &f->source->fallback;

	for (int i = 0; i < all->count && f->n_fallback < FALLBACKS_MAX; i++) {
		struct joined *to = &f->fallback[f->n_fallback];
		to->order = f->order;
		to->mark = f->mark;
		if (place_columns(plan, &all->items[i], to->columns, &to->n, err))
			f->n_fallback++;
		else if (*err->text)
			return false;
	}
	return true;
}

/* Without the tables that it is looked up in, a key says nothing. */
static bool reads_columns(const struct field_plan *f)
{
	bool any = !f->source->n_lookups;

	for (int i = 0; i < f->source->n_lookups; i++)
		any |= f->source->lookups[i]->present;
	return any;
}

static bool plan_field(struct plan *plan, int index, struct err *err)
{
	struct field_plan *f = &plan->fields[index];

	for (int i = 0;
	     reads_columns(f) && i < f->source->n_alternatives && !f->n_columns; i++)
		if (!place_columns(plan, &f->source->alternatives[i], f->columns,
		        &f->n_columns, err)) {
			if (*err->text)
				return false;
			f->n_columns = 0;
		}
	if (!plan_fallbacks(plan, f, err))
		return false;
	f->guess = f->source->guess.n_headers ? header_find(plan->header, plan->n_header,
	                                            f->source->guess.headers[0])
	                                      : -1;
	return true;
}

static bool is_fed(const struct field_plan *f)
{
	return f->n_columns || f->n_fallback || f->guess >= 0 || f->source->default_value;
}

static bool lacks_table(struct plan *plan, const struct field_plan *f, struct err *err)
{
	return err_set(err, plan->name,
	    "[%s] looks %s up in [%s], and none of the files is its; sync its file as "
	    "well",
	    plan->section->name, f->field->name, f->source->lookups[0]->files.name);
}

/* Of fields that feed one column, such as deal and deal_id, one is enough. */
static bool plan_required(struct plan *plan, const struct field_plan *f, struct err *err)
{
	struct str names = STR_INIT;
	bool fed = !f->field->required;

	for (int i = 0; !fed && i < plan->n_fields; i++) {
		const struct field_plan *other = &plan->fields[i];
		if (!fact_same_column(other->field, f->field))
			continue;
		fed = is_fed(other);
		tried(other->source, &names);
	}
	if (!fed && f->source->n_lookups)
		lacks_table(plan, f, err);
	else if (!fed)
		err_set(err, plan->name,
		    "has no column for %s of [%s] (looked for %s); export that column "
		    "or name it in a mapping file",
		    f->field->name, plan->section->name, str_text(&names));
	str_release(&names);
	return fed;
}

bool plan_rules(struct plan *plan, struct arena *arena, struct err *err)
{
	const struct section *s = plan->section;

	plan->rules = arena_alloc(arena, (size_t)s->n_rules * sizeof *plan->rules + 1);
	for (int i = 0; i < s->n_rules; i++) {
		int column =
		    header_find(plan->header, plan->n_header, s->rules[i].header);
		if (column < 0 && s->signature.count)
			continue; /* a preset: not every export holds the column */
		if (column < 0)
			return err_set(err, plan->name,
			    "has no column \"%s\", which %s:%d chooses rows "
			    "by; correct that line",
			    s->rules[i].header, plan->mapping->file, s->rules[i].line);
		plan->rules[plan->n_rules++] = (struct rule_plan){&s->rules[i], column};
	}
	return true;
}

/* "Deal_Type__c" is shown as "Deal Type". */
static const char *custom_name(struct arena *arena, struct slice header)
{
	char *name = arena_dup(arena, header.p, header.len);
	size_t len = header.len;

	if (len > 3 && !strcasecmp(name + len - 3, "__c"))
		name[len -= 3] = '\0';
	for (size_t i = 0; i < len; i++)
		if (name[i] == '_')
			name[i] = ' ';
	return name;
}

static void plan_custom(struct plan *plan, struct arena *arena)
{
	const struct section *s = plan->section;

	plan->custom = arena_alloc(
	    arena, ((size_t)s->n_custom + plan->n_header) * sizeof *plan->custom + 1);
	for (int i = 0; i < s->n_custom; i++) {
		const struct custom_source *c = &s->custom[i];
		if (strcmp(c->name, "*")) {
			int column = header_find(plan->header, plan->n_header, c->header);
			if (column >= 0)
				plan->custom[plan->n_custom++] =
				    (struct custom_plan){c->name, column};
			continue;
		}
		for (size_t j = 0; j < plan->n_header; j++) {
			const char *name =
			    arena_dup(arena, plan->header[j].p, plan->header[j].len);
			if (!fnmatch(c->header, name, FNM_CASEFOLD))
				plan->custom[plan->n_custom++] = (struct custom_plan){
				    s->restores ? name + strlen(RESTORED_CUSTOM)
				                : custom_name(arena, plan->header[j]),
				    (int)j};
		}
	}
}

static int restored_column(const struct section *section, const struct slice *header,
    size_t n_header, const char *name)
{
	return section->restores ? header_find(header, n_header, name) : -1;
}

static const struct field_source no_source;

/* Names and ids of the same contacts stand in parallel lists: where the file has
 * the ids, the names would only name them once more. */
static void drop_weak_lists(struct plan *plan)
{
	for (int i = 1; i < plan->n_fields; i++) {
		struct field_plan *f = &plan->fields[i];
		for (int j = i + 1; j < plan->n_fields && f->source->split; j++)
			if (plan->fields[j].n_columns &&
			    fact_same_column(plan->fields[j].field, f->field))
				*f = (struct field_plan){
				    .field = f->field, .guess = -1, .source = &no_source};
	}
}

/* A row is asked for these only: most fields of a kind are in no file of one. */
static void list_fields(struct plan *plan)
{
	for (int i = 1; i < plan->n_fields; i++) {
		const struct field_plan *f = &plan->fields[i];
		if (f->n_columns || f->n_fallback || f->guess >= 0 ||
		    f->source->default_value)
			plan->told[plan->n_told++] = i;
		if (f->field->required)
			plan->required[plan->n_required++] = i;
	}
}

bool plan_make(struct plan *plan, struct arena *arena, const struct mapping *mapping,
    const struct section *section, const char *path, const char *name,
    const struct slice *header, size_t n_header, struct err *err)
{
	const struct field *fields = fact_infos[section->kind].fields;
	struct err later;
	bool fine = true;

	*plan = (struct plan){.mapping = mapping,
	    .section = section,
	    .path = path,
	    .name = name,
	    .header = header,
	    .n_header = n_header,
	    .part_of_column =
	        restored_column(section, header, n_header, RESTORED_PART_OF),
	    .missing_column =
	        restored_column(section, header, n_header, RESTORED_MISSING),
	    .currency_field = fact_field(section->kind, "currency")};
	for (int i = 0; fields[i].name; i++) {
		struct field_plan *f = &plan->fields[plan->n_fields++];
		later = (struct err)ERR_INIT;
		*f = (struct field_plan){.field = &fields[i],
		    .guess = -1,
		    .from = -1,
		    .order = mapping->dates,
		    .mark = mapping->decimal,
		    .source = &section->fields[i]};
		if (!section->fields[i].used && !section->fields[i].default_value &&
		    !section->fields[i].guess.n_headers)
			f->source = &no_source;
		else if (!plan_field(plan, i, fine ? err : &later))
			fine =
			    false; /* the rest is planned all the same, to explain it */
		plan->lists |= i && f->source->split && reads_columns(f) &&
		               !fact_infos[section->kind].entity;
	}
	drop_weak_lists(plan);
	list_fields(plan);
	for (int i = 0; fine && i < plan->n_fields; i++)
		fine = plan_required(plan, &plan->fields[i], err);
	later = (struct err)ERR_INIT;
	plan_custom(plan, arena);
	return plan_rules(plan, arena, fine ? err : &later) && fine;
}

void plan_release(struct plan *plan)
{
	str_release(&plan->scratch);
	str_release(&plan->joined);
	str_release(&plan->inner);
	str_release(&plan->found);
	str_release(&plan->main_id);
}

struct row_out *batch_add(struct batch *batch)
{
	if (batch->count == batch->cap) {
		batch->cap = batch->cap ? batch->cap * 2 : 512;
		batch->rows = xrealloc(batch->rows, batch->cap * sizeof *batch->rows);
	}
	return memset(&batch->rows[batch->count++], 0, sizeof *batch->rows);
}
