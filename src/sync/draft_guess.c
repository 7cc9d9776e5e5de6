#include "draft.h"

#include <stdlib.h>
#include <string.h>

/* Which kind a table is, and which of its columns feeds what: by the words of
 * the headers, as far as the cells bear them out. */

static bool mostly(const struct profile *p, int64_t count)
{
	return !p->filled || count * 10 >= p->filled * 9;
}

/* What has an id of its own stands in one row, but for a few that repeat. */
static bool fits(
    const struct profile *p, const struct field *field, enum fact_kind kind, int64_t rows)
{
	bool id = !strcmp(field->name, "id");

	if (id && (p->filled * 10 < rows * 9 ||
	              (fact_infos[kind].entity && p->repeats * 10 > p->filled)))
		return false;
	switch (field->type) {
	case FIELD_DAY:
	case FIELD_INSTANT:
		return mostly(p, p->dates);
	case FIELD_AMOUNT:
	case FIELD_NUMBER:
	case FIELD_SHARE:
	case FIELD_RATE:
		return mostly(p, p->numbers);
	case FIELD_BOOL:
		return mostly(p, p->bools);
	case FIELD_TEXT:
	case FIELD_REF:
		return !p->filled || p->dates < p->filled;
	}
	return true;
}

struct pair {
	int score, field, column;
};

static int by_score(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;

	if (x->score != y->score)
		return y->score - x->score;
	return x->field != y->field ? x->field - y->field : x->column - y->column;
}

/* All that match, the best first. */
static size_t find_pairs(struct pair **out, enum fact_kind kind, const struct looked *f)
{
	const struct field *fields = fact_infos[kind].fields;
	size_t n = 0, cap = 0;

	*out = NULL;
	for (size_t c = 0; c < f->n_header; c++) {
		struct str words = STR_INIT;
		draft_header(&words, f->header[c]);
		for (int i = 0; fields[i].name; i++) {
			int score = draft_match(kind, fields[i].name, str_text(&words));
			if (!score || !fits(&f->columns[c], &fields[i], kind, f->rows))
				continue;
			if (n == cap) {
				cap = cap ? cap * 2 : 64;
				*out = xrealloc(*out, cap * sizeof **out);
			}
			(*out)[n++] = (struct pair){score, i, (int)c};
		}
		str_release(&words);
	}
	if (n)
		qsort(*out, n, sizeof **out, by_score);
	return n;
}

static bool column_taken(const struct draft_section *s, int column)
{
	for (int i = 0; i < s->n_fields; i++)
		for (int j = 0; j < s->fields[i].n_columns; j++)
			if (s->fields[i].columns[j] == column)
				return true;
	return false;
}

const struct draft_field *draft_field_of(const struct draft_section *s, const char *name)
{
	for (int i = 0; i < s->n_fields; i++)
		if (!strcmp(s->fields[i].field->name, name))
			return &s->fields[i];
	return NULL;
}

static struct draft_field *add_field(
    struct draft_section *s, const char *name, int column, const char *why)
{
	struct draft_field *f = &s->fields[s->n_fields++];

	*f = (struct draft_field){
	    .field = &fact_infos[s->kind].fields[fact_field(s->kind, name)], .why = why};
	if (column >= 0)
		f->columns[f->n_columns++] = column;
	return f;
}

static int assign(struct draft_section *s, const struct looked *f)
{
	const struct field *fields = fact_infos[s->kind].fields;
	struct pair *pairs;
	size_t n = find_pairs(&pairs, s->kind, f);
	int points = 0;

	for (size_t i = 0; i < n; i++) {
		const char *name = fields[pairs[i].field].name;
		if (draft_field_of(s, name) || column_taken(s, pairs[i].column))
			continue;
		add_field(s, name, pairs[i].column, NULL);
		points += (draft_telling(s->kind, name) ? 30 : 10) * pairs[i].score / 100;
	}
	free(pairs);
	return points;
}

static int column_named(const struct looked *f, const char *a, const char *b)
{
	int found = -1;

	for (size_t c = 0; c < f->n_header && found < 0; c++) {
		struct str words = STR_INIT;
		draft_header(&words, f->header[c]);
		if (!strcmp(str_text(&words), a) || !strcmp(str_text(&words), b))
			found = (int)c;
		str_release(&words);
	}
	return found;
}

/* First and last name make a name, and are better than one alone. */
static void join_names(struct draft_section *s, const struct looked *f)
{
	int first = column_named(f, " first name ", " given name ");
	int last = column_named(f, " last name ", " surname ");
	bool persons =
	    s->kind == FACT_PEOPLE || s->kind == FACT_CONTACTS || s->kind == FACT_LEADS;

	if (!persons || first < 0 || last < 0)
		return;
	struct draft_field *name = (struct draft_field *)draft_field_of(s, "name");
	if (!name)
		name = add_field(s, "name", -1, NULL);
	name->columns[0] = first;
	name->columns[1] = last;
	name->n_columns = 2;
}

static void copy_columns(struct draft_section *s, const char *to,
    const struct draft_field *from, const char *why)
{
	struct draft_field copy = *from;
	struct draft_field *f = add_field(s, to, -1, why);

	memcpy(f->columns, copy.columns, sizeof f->columns);
	f->n_columns = copy.n_columns;
}

/* A deal without a name is called by its account and what is sold. */
static void stand_in_name(struct draft_section *s)
{
	const struct draft_field *account = draft_field_of(s, "account");
	const struct draft_field *type;
	const struct draft_field *id = draft_field_of(s, "id");

	if (s->kind == FACT_DEALS && account) {
		copy_columns(
		    s, "name", account, "no column holds names: the account stands in");
		if ((type = draft_field_of(s, "type"))) {
			struct draft_field *name = &s->fields[s->n_fields - 1];
			name->columns[name->n_columns++] = type->columns[0];
			name->why = "no column holds names: account and type stand in";
		}
	} else if (id) {
		copy_columns(s, "name", id, "no column holds names: the id stands in");
	}
}

/* Without a column of ids: the name if no two rows share it, else a key of two. */
static void stand_in_id(struct draft_section *s, const struct looked *f)
{
	const struct draft_field *name = draft_field_of(s, "name");
	const struct draft_field *created = draft_field_of(s, "created");

	if (!name)
		return;
	const struct profile *p = &f->columns[name->columns[0]];
	if (name->n_columns == 1 && !p->repeats && p->filled == f->rows)
		copy_columns(s, "id", name, "no column of ids: no two rows share a name");
	else if (created && name->n_columns == 1) {
		copy_columns(s, "id", name,
		    "no column of ids: a natural key, which must tell all rows apart and "
		    "never change");
		s->fields[s->n_fields - 1].columns[1] =
		    draft_field_of(s, "created")->columns[0];
		s->fields[s->n_fields - 1].n_columns = 2;
	}
}

static void stand_in(struct draft_section *s, const struct looked *f)
{
	const struct field *fields = fact_infos[s->kind].fields;

	join_names(s, f);
	if (fields[0].required && !draft_field_of(s, "id"))
		stand_in_id(s, f);
	if (fact_field(s->kind, "name") > 0 && fields[1].required &&
	    !draft_field_of(s, "name"))
		stand_in_name(s);
	const struct draft_field *status = draft_field_of(s, "status");
	if (s->kind == FACT_DEALS && !draft_field_of(s, "stage") && status)
		copy_columns(
		    s, "stage", status, "no column of stages: the status stands in");
	else if (s->kind == FACT_DEALS && !draft_field_of(s, "stage"))
		add_field(s, "stage", -1, "no column of stages was found")->fallback =
		    "Unknown";
	if ((s->kind == FACT_ACTIVITIES || s->kind == FACT_TOUCHES) &&
	    !draft_field_of(s, "kind"))
		add_field(s, "kind", -1, "no column says the kind")->fallback =
		    s->kind == FACT_TOUCHES ? "touch" : "task";
}

static int count_lacking(const struct draft_section *s)
{
	const struct field *fields = fact_infos[s->kind].fields;
	int n = 0;

	for (int i = 0; fields[i].name; i++)
		n += fields[i].required && !draft_field_of(s, fields[i].name);
	return n;
}

static int guess_as(struct draft_section *out, enum fact_kind kind,
    const struct looked *f, const char *name_words)
{
	*out = (struct draft_section){.kind = kind, .files = {f}, .n_files = 1};
	int points = assign(out, f) + draft_name_match(kind, name_words) * 4;

	stand_in(out, f);
	for (int i = 0; i < out->n_fields; i++)
		points -= out->fields[i].why ? 15 : 0;
	out->lacking = count_lacking(out);
	return points - out->lacking * 30;
}

enum { LEAST_POINTS = 40 };

bool draft_guess(
    struct draft_section *out, struct arena *arena, const struct looked *file)
{
	struct str words = STR_INIT;
	const char *name = path_base(file->file->name);
	struct draft_section *one = arena_alloc(arena, sizeof *one);
	int best = LEAST_POINTS - 1;

	draft_header(&words, (struct slice){name, strcspn(name, ".")});
	for (int kind = 0; kind < FACT_KINDS; kind++) {
		int points = guess_as(one, (enum fact_kind)kind, file, str_text(&words));
		/* What a preset takes it for is known better. */
		if (file->n_jobs) {
			const struct section *taken = file->jobs[0].section;
			points = taken && taken->kind == (enum fact_kind)kind ? 10000 : 0;
		}
		if (points > best) {
			best = points;
			*out = *one;
		}
	}
	str_release(&words);
	return best >= LEAST_POINTS;
}
