#include "huddle/store_export.h"
#include "sql.h"

#include <string.h>

/*
 * Facts as a sync can take them again. A reference is told by the source's own
 * id; where somebody is only known by name or e-mail, by that. Which fields a
 * feed's file has follows from what its exports hold and what is there.
 */

static bool has_parts(enum fact_kind kind)
{
	return kind == FACT_ACTIVITIES || kind == FACT_TOUCHES;
}

static const char *column_of(const struct field *f)
{
	return f->column ? f->column : f->name;
}

/* ---- feeds ---- */

static bool count_rows(struct store *store, struct export_feed *feed, struct err *err)
{
	struct str text = STR_INIT;
	struct sql q;

	str_addf(&text, "SELECT count(*) FROM facts.%s WHERE +feed = $1",
	    fact_infos[feed->kind].table);
	if (sql_begin(&q, store, str_text(&text), err)) {
		sql_int(&q, 1, feed->id);
		if (sql_row(&q))
			feed->rows = sql_get_int(&q, 0);
	}
	str_release(&text);
	return sql_done(&q);
}

static bool list_feeds(struct store *store, struct arena *arena, struct export_feeds *out,
    enum fact_kind kind, struct err *err)
{
	struct sql q;
	size_t cap = out->count;

	if (!sql_begin(&q, store,
	        "SELECT id, source, section, captured, as_of FROM facts.feed "
	        "WHERE kind = $1 ORDER BY source, section",
	        err))
		return false;
	sql_text(&q, 1, fact_infos[kind].name);
	while (sql_row(&q)) {
		out->items = arena_grow(
		    arena, out->items, &cap, out->count + 1, sizeof *out->items);
		out->items[out->count++] = (struct export_feed){.id = sql_get_int(&q, 0),
		    .source = sql_dup(&q, 1, arena),
		    .section = sql_dup(&q, 2, arena),
		    .captured = sql_dup(&q, 3, arena),
		    .as_of = sql_get_day(&q, 4),
		    .kind = kind};
	}
	return sql_done(&q);
}

bool store_export_feeds(
    struct store *store, struct arena *arena, struct export_feeds *out, struct err *err)
{
	struct export_feeds all = {0};

	*out = (struct export_feeds){0};
	if (!store->generation)
		return store_facts(store, err);
	for (int kind = 0; kind < FACT_KINDS; kind++)
		if (!list_feeds(store, arena, &all, (enum fact_kind)kind, err))
			return false;
	out->items = arena_alloc(arena, (all.count + 1) * sizeof *out->items);
	for (size_t i = 0; i < all.count; i++) {
		if (!count_rows(store, &all.items[i], err))
			return false;
		if (all.items[i].rows)
			out->items[out->count++] = all.items[i];
	}
	return true;
}

/* ---- which fields ---- */

static bool has_email(enum fact_kind kind)
{
	return fact_field(kind, "email") >= 0;
}

/* Does the column have a field by which it is referred to so? */
static bool referred_by(
    const struct field *fields, const struct field *column, enum ref_by by)
{
	for (const struct field *f = fields; f->name; f++)
		if (f->type == FIELD_REF && f->by == by && fact_same_column(f, column))
			return true;
	return false;
}

/* Somebody known by e-mail alone has it for a name, too (put_unknown()). */
#define BY_EMAIL "feed IS NULL AND source_id IS NULL AND email IS NOT NULL"

/* SQL that is true of a row which needs the field. */
static void add_need(struct str *out, const struct field *fields, const struct field *f)
{
	const char *column = column_of(f);

	if (f->type == FIELD_REF && f->by == REF_EMAIL)
		str_addf(out, "t.%s IN (SELECT id FROM facts.%s WHERE " BY_EMAIL ")",
		    column, fact_infos[f->ref].table);
	else if (f->type == FIELD_REF && f->by == REF_NAME &&
	         referred_by(fields, f, REF_ID))
		str_addf(out,
		    "t.%s IN (SELECT id FROM facts.%s WHERE feed IS NULL AND name IS NOT "
		    "NULL%s)",
		    column, fact_infos[f->ref].table,
		    has_email(f->ref) ? " AND NOT (" BY_EMAIL ")" : "");
	else
		str_addf(out, "t.%s IS NOT NULL", column);
}

static bool captured(const struct export_feed *feed, const char *field)
{
	struct slice rest = slice_of(feed->captured), word;

	while (slice_cut(&rest, ' ', &word))
		if (slice_is(word, field))
			return true;
	return false;
}

static void add_column(
    struct export_table *out, enum export_what what, const struct field *field)
{
	out->columns[out->count++] = (struct export_column){what, field, field->name};
}

static void need_text(struct str *text, const struct field *fields, enum fact_kind kind)
{
	str_adds(text, "SELECT 1");
	for (const struct field *f = fields + 1; f->name; f++) {
		str_adds(text, ", max(");
		add_need(text, fields, f);
		str_addc(text, ')');
	}
	str_addf(text,
	    ", max(t.missing IS NOT NULL), %s FROM facts.%s t WHERE +t.feed = $1",
	    has_parts(kind) ? "max(t.part_of IS NOT NULL)" : "0", fact_infos[kind].table);
}

static bool choose(struct store *store, const struct export_feed *feed,
    struct export_table *out, struct err *err)
{
	static const struct field missing = {.name = "missing"},
	                          part = {.name = "part_of"};
	const struct field *fields = fact_infos[feed->kind].fields;
	struct str text = STR_INIT;
	struct sql q;
	int i = 1;

	add_column(out, EXPORT_FIELD, &fields[0]);
	need_text(&text, fields, feed->kind);
	bool begun = sql_begin(&q, store, str_text(&text), err);
	str_release(&text);
	if (!begun)
		return false;
	sql_int(&q, 1, feed->id);
	if (sql_row(&q)) {
		for (; fields[i].name; i++)
			if (fields[i].required || captured(feed, fields[i].name) ||
			    sql_get_int(&q, i))
				add_column(out, EXPORT_FIELD, &fields[i]);
		if (sql_get_int(&q, i + 1))
			add_column(out, EXPORT_PART_OF, &part);
		if (sql_get_int(&q, i))
			add_column(out, EXPORT_MISSING, &missing);
	}
	return sql_done(&q);
}

static bool add_custom(struct store *store, struct arena *arena,
    const struct export_feed *feed, struct export_table *out, size_t cap, struct err *err)
{
	struct sql q;

	if (!sql_begin(&q, store,
	        "SELECT DISTINCT c.name FROM facts.deal_custom c JOIN facts.deal d ON "
	        "d.id "
	        "= c.deal WHERE d.feed = $1 ORDER BY c.name",
	        err))
		return false;
	sql_int(&q, 1, feed->id);
	while (sql_row(&q)) {
		out->columns = arena_grow(
		    arena, out->columns, &cap, out->count + 1, sizeof *out->columns);
		out->columns[out->count++] =
		    (struct export_column){EXPORT_CUSTOM, NULL, sql_dup(&q, 0, arena)};
	}
	return sql_done(&q);
}

bool store_export_table(struct store *store, struct arena *arena,
    const struct export_feed *feed, struct export_table *out, struct err *err)
{
	size_t cap = FACT_FIELDS_MAX + 2;

	*out = (struct export_table){
	    .columns = arena_alloc(arena, cap * sizeof *out->columns)};
	return choose(store, feed, out, err) &&
	       (feed->kind != FACT_DEALS ||
	           add_custom(store, arena, feed, out, cap, err));
}

/* ---- rows ---- */

static void add_ref(struct str *out, const struct field *fields, const struct field *f)
{
	const char *r = column_of(f);

	if (f->by == REF_ID && has_email(f->ref) && !referred_by(fields, f, REF_EMAIL))
		str_addf(out, "coalesce(r_%s.source_id, r_%s.email)", r, r);
	else if (f->by == REF_ID)
		str_addf(out, "r_%s.source_id", r);
	else if (f->by == REF_EMAIL)
		str_addf(out,
		    "CASE WHEN r_%s.feed IS NULL AND r_%s.source_id IS NULL THEN "
		    "r_%s.email END",
		    r, r, r);
	else if (!referred_by(fields, f, REF_ID))
		str_addf(out, "coalesce(r_%s.source_id, r_%s.name)", r, r);
	else if (has_email(f->ref))
		str_addf(out,
		    "CASE WHEN r_%s.feed IS NULL AND r_%s.source_id IS NULL AND "
		    "r_%s.email IS NOT NULL THEN NULL ELSE r_%s.name END",
		    r, r, r, r);
	else
		str_addf(out, "r_%s.name", r);
}

static void add_select(
    struct str *out, const struct export_feed *feed, const struct export_table *table)
{
	const struct field *fields = fact_infos[feed->kind].fields;

	str_adds(out, "SELECT t.id, t.source_id");
	for (size_t i = 1; i < table->count; i++) {
		const struct export_column *c = &table->columns[i];
		if (c->what == EXPORT_CUSTOM)
			break;
		str_adds(out, ", ");
		if (c->what == EXPORT_MISSING)
			str_adds(out, "t.missing");
		else if (c->what == EXPORT_PART_OF)
			str_addf(out,
			    "(SELECT m.source_id FROM facts.%s m WHERE m.id = t.part_of)",
			    fact_infos[feed->kind].table);
		else if (c->field->type == FIELD_REF)
			add_ref(out, fields, c->field);
		else
			str_addf(out, "t.%s", column_of(c->field));
	}
}

/* Each column that refers is joined once, however many fields tell of it. */
static void add_joins(struct str *out, const struct export_table *table)
{
	for (size_t i = 1; i < table->count; i++) {
		const struct field *f = table->columns[i].field;
		bool joined =
		    table->columns[i].what != EXPORT_FIELD || f->type != FIELD_REF;
		for (size_t j = 1; j < i && !joined; j++)
			joined = table->columns[j].what == EXPORT_FIELD &&
			         table->columns[j].field->type == FIELD_REF &&
			         fact_same_column(table->columns[j].field, f);
		if (!joined)
			str_addf(out, " LEFT JOIN facts.%s r_%s ON r_%s.id = t.%s",
			    fact_infos[f->ref].table, column_of(f), column_of(f),
			    column_of(f));
	}
}

/* A further contact or deal stands below the row that it belongs to. */
static bool any_parts(const struct export_table *table)
{
	for (size_t i = 1; i < table->count; i++)
		if (table->columns[i].what == EXPORT_PART_OF)
			return true;
	return false;
}

static struct value value_at(struct sql *q, int column)
{
	struct value v = {.type = VALUE_NONE};

	switch (sqlite3_column_type(q->stmt, column)) {
	case SQLITE_INTEGER:
		v = (struct value){.type = VALUE_INT, .n = sql_get_int(q, column)};
		break;
	case SQLITE_TEXT: {
		struct slice s = sql_get(q, column);
		v = (struct value){.type = VALUE_TEXT, .len = (uint32_t)s.len, .p = s.p};
		break;
	}
	default:
		break;
	}
	return v;
}

/* Names are few and in order, as are the columns of them. */
static bool read_custom(struct store *store, const struct export_table *table,
    size_t from, int64_t deal, struct value *values, struct arena *arena, struct err *err)
{
	struct sql q;
	size_t i = from;

	if (!sql_begin(&q, store,
	        "SELECT name, value FROM facts.deal_custom WHERE deal = $1 ORDER BY name",
	        err))
		return false;
	sql_int(&q, 1, deal);
	while (sql_row(&q)) {
		struct slice value = sql_get(&q, 1);
		while (
		    i < table->count && !slice_is(sql_get(&q, 0), table->columns[i].name))
			i++;
		if (i < table->count)
			values[i] = (struct value){.type = VALUE_TEXT,
			    .len = (uint32_t)value.len,
			    .p = arena_dup(arena, value.p, value.len)};
	}
	return sql_done(&q);
}

static bool each_row(struct sql *q, const struct export_table *table, size_t custom,
    struct value *values, export_fact_fn take, void *arg)
{
	struct arena texts = ARENA_INIT;
	bool fine = true;

	while (fine && sql_row(q)) {
		arena_clear(&texts);
		memset(values, 0, table->count * sizeof *values);
		for (size_t i = 0; i < custom; i++)
			values[i] = value_at(q, (int)i + 1);
		fine = (custom == table->count ||
		           read_custom(q->store, table, custom, sql_get_int(q, 0), values,
		               &texts, q->err)) &&
		       take(arg, values, q->err);
	}
	arena_release(&texts);
	return fine;
}

bool store_export_rows(struct store *store, struct arena *arena,
    const struct export_feed *feed, const struct export_table *table, export_fact_fn take,
    void *arg, struct err *err)
{
	struct value *values = arena_alloc(arena, table->count * sizeof *values);
	struct str text = STR_INIT;
	struct sql q;
	size_t custom = 0;

	while (custom < table->count && table->columns[custom].what != EXPORT_CUSTOM)
		custom++;
	add_select(&text, feed, table);
	str_addf(&text, " FROM facts.%s t", fact_infos[feed->kind].table);
	add_joins(&text, table);
	str_addf(&text, " WHERE +t.feed = $1 ORDER BY %s",
	    any_parts(table) ? "coalesce(t.part_of, t.id), t.id" : "t.id");
	bool fine = sql_begin(&q, store, str_text(&text), err);
	str_release(&text);
	if (!fine)
		return false;
	sql_int(&q, 1, feed->id);
	fine = each_row(&q, table, custom, values, take, arg);
	return sql_done(&q) && fine;
}
