#include "row.h"

#include <stdlib.h>
#include <string.h>

const struct row_table action_table = {
    .name = "action",
    .key = "id",
    .columns = 13,
    .column = {"rev", "deal_id", "team", "owner", "text", "due", "state", "reason",
        "created_at", "created_by", "made_in", "ended_in", "deleted"},
};

const struct row_table debrief_table = {
    .name = "debrief",
    .key = "deal_id",
    .columns = 13,
    .column = {"rev", "outcome", "competitor", "reason", "reason_2", "message",
        "objector", "evidence", "win_back", "note", "filed_by", "filed_at", "deleted"},
};

const struct row_table snooze_table = {
    .name = "snooze",
    .key = "deal_id",
    .columns = 6,
    .column = {"rev", "until", "reason", "created_by", "created_at", "deleted"},
};

const struct row_table review_table = {
    .name = "review",
    .key = "id",
    .columns = 13,
    .column = {"rev", "day", "as_of", "since", "slice", "minutes", "per_deal", "state",
        "created_by", "created_at", "ended_at", "people", "deleted"},
};

const struct row_table agenda_table = {
    .name = "agenda",
    .key = "key",
    .columns = 8,
    .column = {"rev", "review", "deal_id", "place", "kind", "why", "added_by", "deleted"},
};

const struct row_table decision_table = {
    .name = "decision",
    .key = "key",
    .columns = 9,
    .column = {"rev", "review", "deal_id", "decision", "text", "push_reason", "made_by",
        "made_at", "deleted"},
};

const struct row_table pin_table = {
    .name = "pin",
    .key = "deal_id",
    .columns = 4,
    .column = {"rev", "created_by", "created_at", "deleted"},
};

const struct row_table slice_table = {
    .name = "slice",
    .key = "name",
    .columns = 5,
    .column = {"rev", "filter", "created_by", "created_at", "deleted"},
};

const struct row_table word_list_table = {
    .name = "word_list",
    .key = "name",
    .columns = 5,
    .column = {"rev", "words", "changed_by", "changed_at", "deleted"},
};

const struct row_table note_table = {
    .name = "note",
    .key = "id",
    .columns = 10,
    .column = {"rev", "deal_id", "about", "text", "created_by", "created_at", "answer",
        "answered_by", "answered_at", "deleted"},
};

const struct row_table definition_table = {
    .name = "definition",
    .key = "id",
    .columns = 6,
    .column = {"rev", "text", "note", "loaded_by", "loaded_at", "deleted"},
};

const struct row_table signature_table = {
    .name = "signature",
    .key = "key",
    .columns = 6,
    .column = {"rev", "version", "role", "person", "signed_at", "deleted"},
};

const struct row_table audit_answer_table = {
    .name = "audit_answer",
    .key = "id",
    .columns = 7,
    .column = {"rev", "question", "answer", "text", "answered_by", "answered_at",
        "deleted"},
};

const struct row_table *const row_tables[] = {&action_table, &debrief_table,
    &snooze_table, &review_table, &agenda_table, &decision_table, &pin_table,
    &slice_table, &word_list_table, &note_table, &definition_table, &signature_table,
    &audit_answer_table, NULL};

const struct row_table *row_table_find(const char *name)
{
	for (const struct row_table *const *t = row_tables; *t; t++)
		if (!strcmp((*t)->name, name))
			return *t;
	return NULL;
}

int row_column(const struct row_table *table, const char *name)
{
	for (int i = 0; i < table->columns; i++)
		if (!strcmp(table->column[i], name))
			return i;
	return -1;
}

void row_read_text(struct str *out, const struct row_table *table)
{
	for (int i = 0; i < table->columns; i++)
		str_addf(out, "%s%s", i ? ", " : "SELECT ", table->column[i]);
	str_addf(out, " FROM main.%s WHERE %s = $1", table->name, table->key);
}

/* The rev in the WHERE guards a write even where the caller looked before the
 * transaction began. */
void row_write_text(struct str *out, const struct row_table *table, bool guarded)
{
	str_addf(out, "INSERT INTO main.%s(%s", table->name, table->key);
	for (int i = 0; i < table->columns; i++)
		str_addf(out, ", %s", table->column[i]);
	for (int i = 0; i <= table->columns; i++)
		str_addf(out, "%s$%d", i ? ", " : ") VALUES(", i + 1);
	str_addf(out, ") ON CONFLICT(%s) DO UPDATE SET ", table->key);
	for (int i = 0; i < table->columns; i++)
		str_addf(out, "%s%s = excluded.%s", i ? ", " : "", table->column[i],
		    table->column[i]);
	if (guarded)
		str_addf(out, " WHERE %s.rev = excluded.rev - 1", table->name);
	str_adds(out, " RETURNING rev");
}

bool row_load(struct row *out, const struct row_table *table, const char *key,
    struct store *store, struct arena *arena, struct err *err)
{
	struct sql q;
	struct str text = STR_INIT;
	*out = (struct row){.table = table, .key = key};
	row_read_text(&text, table);
	if (sql_begin(&q, store, str_text(&text), err)) {
		sql_text(&q, 1, key);
		out->found = sql_row(&q);
		for (int i = 0; out->found && i < table->columns; i++)
			out->value[i] = sql_is_null(&q, i) ? NULL : sql_dup(&q, i, arena);
	}
	str_release(&text);
	return sql_done(&q);
}

bool row_write(const struct row *row, bool guarded, struct store *store, bool *written,
    struct err *err)
{
	struct sql q;
	struct str text = STR_INIT;
	*written = false;
	row_write_text(&text, row->table, guarded);
	if (sql_begin(&q, store, str_text(&text), err)) {
		sql_text(&q, 1, row->key);
		for (int i = 0; i < row->table->columns; i++)
			sql_text(&q, i + 2, row->value[i]);
		while (sql_row(&q))
			*written = true;
	}
	str_release(&text);
	return sql_done(&q);
}

int64_t row_rev(const struct row *row)
{
	return row->found && row->value[0] ? strtoll(row->value[0], NULL, 10) : 0;
}

bool row_deleted(const struct row *row)
{
	const char *value = row->value[row->table->columns - 1];
	return !row->found || (value && strcmp(value, "0") != 0);
}

void row_set_deleted(struct row *row, bool deleted)
{
	row->value[row->table->columns - 1] = deleted ? "1" : "0";
}

static bool same_text(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

bool row_same(const struct row *a, const struct row *b)
{
	if (a->table != b->table || a->found != b->found)
		return false;
	for (int i = 1; i < a->table->columns; i++)
		if (!same_text(a->value[i], b->value[i]))
			return false;
	return true;
}

void row_format_value(struct str *out, const char *name, const char *value)
{
	if (!value)
		return;
	str_addf(out, "%s = ", name);
	for (const char *p = value; *p; p++) {
		if (*p == '\n')
			str_adds(out, "\\n");
		else if (*p == '\\')
			str_adds(out, "\\\\");
		else
			str_addc(out, *p);
	}
	str_addc(out, '\n');
}

void row_format(struct str *out, const struct row *row)
{
	for (int i = 0; i < row->table->columns; i++)
		row_format_value(out, row->table->column[i], row->value[i]);
}

static const char *unescape(struct slice text, struct arena *arena)
{
	char *out = arena_dup(arena, text.p, text.len), *to = out;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.p[i];
		if (c == '\\' && i + 1 < text.len)
			c = text.p[++i] == 'n' ? '\n' : text.p[i];
		*to++ = c;
	}
	*to = '\0';
	return out;
}

static void parse_line(struct row *out, struct slice line, struct arena *arena)
{
	for (int i = 0; i < out->table->columns; i++) {
		size_t len = strlen(out->table->column[i]);
		if (line.len < len + 3 ||
		    memcmp(line.p, out->table->column[i], len) != 0 ||
		    memcmp(line.p + len, " = ", 3) != 0)
			continue;
		struct slice value = {line.p + len + 3, line.len - len - 3};
		out->value[i] = unescape(value, arena);
		return;
	}
}

void row_parse(struct row *out, const struct row_table *table, const char *key,
    struct slice text, struct arena *arena)
{
	struct slice line;
	*out = (struct row){.table = table, .key = key, .found = text.p != NULL};
	while (text.p && slice_cut(&text, '\n', &line))
		parse_line(out, line, arena);
}
