#include "huddle/change_log.h"
#include "sql.h"

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
