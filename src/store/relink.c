#include "row.h"

#include "huddle/store_safety.h"
#include <stdlib.h>
#include <string.h>

/*
 * Records go with a deal that the CRM merged into another or gave another id. Rows
 * that name the deal name the other; rows that are one a deal move, unless the other
 * has one: then a debrief's words go into the other's note, and the rest stays.
 */

static bool is_of(const struct row_table *table, const char *key, const char *old)
{
	const char *slash = strchr(key, '/');
	return strcmp(table->key, "key") == 0 && slash && !strcmp(slash + 1, old);
}

/* Keys of the rows of a table that are about the deal. */
static bool keys_of(struct batch *b, const struct row_table *table, const char *old,
    const char ***out, size_t *count, struct err *err)
{
	struct sql q;
	size_t cap = 0;
	const char *text = arena_printf(b->arena,
	    "SELECT %s FROM main.%s WHERE deleted = 0 AND deal_id = $1 ORDER BY 1",
	    table->key, table->name);
	*out = NULL;
	*count = 0;
	if (sql_begin(&q, b->store, text, err)) {
		sql_text(&q, 1, old);
		while (sql_row(&q)) {
			*out = arena_grow(b->arena, *out, &cap, *count + 1, sizeof **out);
			(*out)[(*count)++] = sql_dup(&q, 0, b->arena);
		}
	}
	return sql_done(&q);
}

static bool put(struct batch *b, const struct row *before, const struct row *row,
    const char *deal_id, const char *what, struct err *err)
{
	bool conflict;
	return row_put(b, row, row_deleted(before) ? 0 : row_rev(before), "record",
	    deal_id, what, &conflict, err);
}

/* The other's debrief keeps its words, and gets these behind its note. */
static bool join_debriefs(struct batch *b, const struct row *from, const struct row *to,
    const char *what, struct err *err)
{
	struct row joined = *to;
	struct str note = STR_INIT;
	int column = row_column(&debrief_table, "note");
	str_addf(&note, "%s%sFrom the debrief of %s:\n", or_empty(to->value[column]),
	    to->value[column] ? "\n\n" : "", from->key);
	for (int i = 1; i < debrief_table.columns - 1; i++)
		if (from->value[i])
			str_addf(
			    &note, "%s: %s\n", debrief_table.column[i], from->value[i]);
	joined.value[column] = arena_strdup(b->arena, str_text(&note));
	str_release(&note);
	return put(b, to, &joined, to->key, what, err);
}

/* A row whose key holds the deal: written under the other key, and deleted here. */
static bool move_row(struct batch *b, const struct row *row, const char *new_key,
    const char *old, const char *new, const char *what, bool *stays, struct err *err)
{
	struct row there, moved = *row, left = *row;
	int deal = row_column(row->table, "deal_id");
	if (!row_load(&there, row->table, new_key, b->store, b->arena, err))
		return false;
	*stays = !row_deleted(&there) && row->table != &debrief_table;
	if (*stays)
		return true;
	moved.key = new_key;
	if (deal >= 0)
		moved.value[deal] = new;
	row_set_deleted(&left, true);
	bool fine = row_deleted(&there) ? put(b, &there, &moved, new, what, err)
	                                : join_debriefs(b, row, &there, what, err);
	return fine && put(b, row, &left, old, what, err);
}

static bool relink_row(struct batch *b, const struct row_table *table, const char *key,
    const char *old, const char *new, struct relinked *out, struct err *err)
{
	struct row row, renamed;
	const char *what = arena_printf(b->arena, "%s of %s carried over to \"%s\"",
	    table->name, old, deal_title(b->store, new, b->arena));
	bool stays = false, fine;
	if (!row_load(&row, table, key, b->store, b->arena, err))
		return false;
	if (!strcmp(table->key, "deal_id")) {
		fine = move_row(b, &row, new, old, new, what, &stays, err);
	} else if (is_of(table, key, old)) {
		const char *new_key = arena_printf(
		    b->arena, "%.*s/%s", (int)(strchr(key, '/') - key), key, new);
		fine = move_row(b, &row, new_key, old, new, what, &stays, err);
	} else {
		renamed = row;
		renamed.value[row_column(table, "deal_id")] = new;
		fine = put(b, &row, &renamed, new, what, err);
	}
	*(stays ? &out->stayed : &out->moved) += fine;
	return fine;
}

/* Half-written forms are nobody's but their writer's, and not logged. */
static bool move_drafts(
    struct store *store, const char *old, const char *new, struct err *err)
{
	struct sql q;
	if (sql_begin(&q, store,
	        "UPDATE main.draft SET deal_id = $2 WHERE deal_id = $1 AND NOT EXISTS("
	        "SELECT 1 FROM main.draft d WHERE d.deal_id = $2 AND d.form = draft.form "
	        "AND d.person = draft.person)",
	        err)) {
		sql_text(&q, 1, old);
		sql_text(&q, 2, new);
		sql_step(&q);
	}
	return sql_done(&q);
}

static bool relink(struct batch *b, const char *old, const char *new,
    struct relinked *out, struct err *err)
{
	for (const struct row_table *const *t = row_tables; *t; t++) {
		const char **keys;
		size_t count;
		if (strcmp((*t)->key, "deal_id") != 0 && row_column(*t, "deal_id") < 0)
			continue;
		if (!keys_of(b, *t, old, &keys, &count, err))
			return false;
		for (size_t i = 0; i < count; i++)
			if (!relink_row(b, *t, keys[i], old, new, out, err))
				return false;
	}
	return move_drafts(b->store, old, new, err);
}

bool store_relink(struct store *store, const char *old, const char *new,
    struct relinked *out, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct batch batch;
	*out = (struct relinked){0};
	if (!strcmp(old, new))
		return err_set(err, old, "is the same deal twice; name another");
	bool there, fine = text_check("deal", old, err) && text_check("deal", new, err) &&
	                   batch_begin(&batch, store, &arena, err);
	if (fine) {
		fine = relink(&batch, old, new, out, err);
		fine = batch_end(&batch, fine, &there, err);
	}
	arena_release(&arena);
	return fine;
}
