#include "huddle/change_log.h"
#include "row.h"

#include <string.h>

#define SELECT_LOG                               \
	"SELECT seq, at, person, what, deal_id," \
	" CASE WHEN undoes IS NULL THEN 0 ELSE 1 END, undone FROM main.change_log"
#define NEWEST " ORDER BY seq DESC LIMIT $1"

static struct log_line line_read(struct sql *q, struct arena *arena)
{
	return (struct log_line){
	    .seq = sql_get_int(q, 0),
	    .at = sql_get_instant(q, 1),
	    .person = sql_dup(q, 2, arena),
	    .what = sql_dup(q, 3, arena),
	    .deal_id = sql_dup(q, 4, arena),
	    .undo = sql_get_int(q, 5) != 0,
	    .undone = sql_get_int(q, 6) != 0,
	};
}

bool log_newest(struct store *store, int64_t *out, struct err *err)
{
	return sql_one(
	    store, "SELECT coalesce(max(seq), 0) FROM main.change_log", 0, out, err);
}

bool store_load_log(struct store *store, struct arena *arena, const char *deal_id,
    size_t max, struct log_list *out, struct err *err)
{
	struct sql q;
	size_t cap = 0;
	const char *text =
	    deal_id ? SELECT_LOG " WHERE deal_id = $2" NEWEST : SELECT_LOG NEWEST;
	*out = (struct log_list){0};
	if (sql_begin(&q, store, text, err)) {
		sql_int(&q, 1, max && max < INT64_MAX ? (int64_t)max : INT64_MAX);
		if (deal_id)
			sql_text(&q, 2, deal_id);
		while (sql_row(&q)) {
			out->items = arena_grow(
			    arena, out->items, &cap, out->count + 1, sizeof(*out->items));
			out->items[out->count++] = line_read(&q, arena);
		}
	}
	return sql_done(&q);
}

static struct slice dup_text(struct sql *q, int column, struct arena *arena)
{
	struct slice text = sql_get(q, column);
	if (text.p)
		text.p = arena_dup(arena, text.p, text.len);
	return text;
}

/* What differs between the rows before and after; the count of writes is no news. */
static void add_changes(
    struct log_changes *out, size_t *cap, struct sql *q, struct arena *arena)
{
	struct log_change line = {.op = sql_dup(q, 0, arena),
	    .at = sql_get_instant(q, 1),
	    .person = sql_dup(q, 2, arena),
	    .what = sql_dup(q, 3, arena),
	    .deal_id = sql_dup(q, 4, arena)};
	const struct row_table *table = row_table_find(sql_dup(q, 5, arena));
	struct row old, new;
	if (!table)
		return;
	row_parse(&old, table, "", dup_text(q, 6, arena), arena);
	row_parse(&new, table, "", dup_text(q, 7, arena), arena);
	for (int i = 1; i < table->columns; i++) {
		line.field = table->column[i];
		line.old_value = or_empty(old.value[i]);
		line.new_value = or_empty(new.value[i]);
		if (!strcmp(line.old_value, line.new_value) ||
		    (!old.found && i == table->columns - 1))
			continue;
		out->items = arena_grow(
		    arena, out->items, cap, out->count + 1, sizeof *out->items);
		out->items[out->count++] = line;
	}
}

bool store_load_log_changes(struct store *store, struct arena *arena, const char *deal_id,
    size_t max, struct log_changes *out, struct err *err)
{
	struct sql q;
	size_t cap = 0;
	*out = (struct log_changes){0};
	if (sql_begin(&q, store,
	        "SELECT op_id, at, person, what, deal_id, table_name, old_row, new_row "
	        "FROM main.change_log WHERE $2 IS NULL OR deal_id = $2 " NEWEST,
	        err)) {
		sql_int(&q, 1, max && max < INT64_MAX ? (int64_t)max : INT64_MAX);
		sql_text(&q, 2, deal_id);
		while (sql_row(&q))
			add_changes(out, &cap, &q, arena);
	}
	return sql_done(&q);
}
