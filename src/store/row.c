#include "row.h"

#include <stdlib.h>
#include <string.h>

/* The rev in the WHERE guards a write even where the caller looked before the
 * transaction began. */
const struct row_table action_table = {
    .name = "action",
    .columns = 11,
    .column = {"rev", "deal_id", "team", "owner", "text", "due", "state", "reason",
        "created_at", "created_by", "deleted"},
    .select = "SELECT rev, deal_id, team, owner, text, due, state, reason, created_at,"
              " created_by, deleted FROM action WHERE id = $1",
    .write =
        "INSERT INTO action(id, rev, deal_id, team, owner, text, due, state, reason,"
        " created_at, created_by, deleted)"
        " VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
        " ON CONFLICT(id) DO UPDATE SET rev = excluded.rev, deal_id = excluded.deal_id,"
        " team = excluded.team, owner = excluded.owner, text = excluded.text,"
        " due = excluded.due, state = excluded.state, reason = excluded.reason,"
        " created_at = excluded.created_at, created_by = excluded.created_by,"
        " deleted = excluded.deleted"
        " WHERE action.rev = excluded.rev - 1 RETURNING rev",
};

const struct row_table debrief_table = {
    .name = "debrief",
    .columns = 13,
    .column = {"rev", "outcome", "competitor", "reason", "reason_2", "message",
        "objector", "evidence", "win_back", "note", "filed_by", "filed_at", "deleted"},
    .select =
        "SELECT rev, outcome, competitor, reason, reason_2, message, objector, evidence,"
        " win_back, note, filed_by, filed_at, deleted FROM debrief WHERE deal_id = $1",
    .write = "INSERT INTO debrief(deal_id, rev, outcome, competitor, reason, reason_2, "
             "message,"
             " objector, evidence, win_back, note, filed_by, filed_at, deleted)"
             " VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
             " ON CONFLICT(deal_id) DO UPDATE SET rev = excluded.rev,"
             " outcome = excluded.outcome, competitor = excluded.competitor,"
             " reason = excluded.reason, reason_2 = excluded.reason_2,"
             " message = excluded.message, objector = excluded.objector,"
             " evidence = excluded.evidence, win_back = excluded.win_back,"
             " note = excluded.note, filed_by = excluded.filed_by,"
             " filed_at = excluded.filed_at, deleted = excluded.deleted"
             " WHERE debrief.rev = excluded.rev - 1 RETURNING rev",
};

const struct row_table snooze_table = {
    .name = "snooze",
    .columns = 6,
    .column = {"rev", "until", "reason", "created_by", "created_at", "deleted"},
    .select = "SELECT rev, until, reason, created_by, created_at, deleted FROM snooze"
              " WHERE deal_id = $1",
    .write = "INSERT INTO snooze(deal_id, rev, until, reason, created_by, created_at,"
             " deleted) VALUES($1, $2, $3, $4, $5, $6, $7)"
             " ON CONFLICT(deal_id) DO UPDATE SET rev = excluded.rev,"
             " until = excluded.until, reason = excluded.reason,"
             " created_by = excluded.created_by, created_at = excluded.created_at,"
             " deleted = excluded.deleted"
             " WHERE snooze.rev = excluded.rev - 1 RETURNING rev",
};

static const struct row_table *const tables[] = {
    &action_table, &debrief_table, &snooze_table};

const struct row_table *row_table_find(const char *name)
{
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		if (!strcmp(tables[i]->name, name))
			return tables[i];
	return NULL;
}

bool row_load(struct row *out, const struct row_table *table, const char *key,
    struct store *store, struct arena *arena, struct err *err)
{
	struct sql q;
	*out = (struct row){.table = table, .key = key};
	if (sql_begin(&q, store, table->select, err)) {
		sql_text(&q, 1, key);
		out->found = sql_row(&q);
		for (int i = 0; out->found && i < table->columns; i++)
			out->value[i] = sql_is_null(&q, i) ? NULL : sql_dup(&q, i, arena);
	}
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

void row_format(struct str *out, const struct row *row)
{
	for (int i = 0; i < row->table->columns; i++) {
		if (!row->value[i])
			continue;
		str_addf(out, "%s = ", row->table->column[i]);
		for (const char *p = row->value[i]; *p; p++) {
			if (*p == '\n')
				str_adds(out, "\\n");
			else if (*p == '\\')
				str_adds(out, "\\\\");
			else
				str_addc(out, *p);
		}
		str_addc(out, '\n');
	}
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
