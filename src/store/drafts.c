#include "row.h"

#include <string.h>
#include <time.h>

/*
 * Drafts are a person's own half-written forms, saved every few seconds: they
 * have no rev and no line in the log.
 */

static bool draft_put(struct store *store, const char *deal_id, const char *form,
    const char *text, struct err *err)
{
	struct sql q;
	if (sql_begin(&q, store,
	        "INSERT INTO main.draft(deal_id, form, person, text, saved_at)"
	        " VALUES($1, $2, $3, $4, $5) ON CONFLICT(deal_id, form, person)"
	        " DO UPDATE SET text = excluded.text, saved_at = excluded.saved_at",
	        err)) {
		sql_text(&q, 1, deal_id);
		sql_text(&q, 2, form);
		sql_text(&q, 3, store->person);
		sql_text(&q, 4, text);
		sql_instant(&q, 5, time(NULL));
		sql_step(&q);
	}
	return sql_done(&q);
}

static bool draft_drop(
    struct store *store, const char *deal_id, const char *form, struct err *err)
{
	struct sql q;
	if (sql_begin(&q, store,
	        "DELETE FROM main.draft WHERE deal_id = $1 AND form = $2 AND person = $3",
	        err)) {
		sql_text(&q, 1, deal_id);
		sql_text(&q, 2, form);
		sql_text(&q, 3, store->person);
		sql_step(&q);
	}
	return sql_done(&q);
}

/* As edit_commit(), but that a draft has no line in the log to look for. */
static bool commit(struct store *store, const char *deal_id, const char *form,
    const char *text, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct err ignored = ERR_INIT;
	const char *stored;
	if (sql_commit(store, err))
		return true;
	sql_rollback(store);
	if (store_load_draft(store, &arena, deal_id, form, &stored, &ignored) &&
	    (text && stored ? !strcmp(text, stored) : text == stored))
		commit_unsure(store, err);
	arena_release(&arena);
	return false;
}

bool store_save_draft(struct store *store, const char *deal_id, const char *form,
    const char *text, struct err *err)
{
	if (!text_check("deal", deal_id, err) || !text_check("draft", text, err) ||
	    !sql_begin_local(store, err))
		return false;
	bool fine = text ? draft_put(store, deal_id, form, text, err)
	                 : draft_drop(store, deal_id, form, err);
	if (fine)
		return commit(store, deal_id, form, text, err);
	sql_rollback(store);
	return false;
}

bool store_load_draft(struct store *store, struct arena *arena, const char *deal_id,
    const char *form, const char **text, struct err *err)
{
	struct sql q;
	*text = NULL;
	if (sql_begin(&q, store,
	        "SELECT text FROM main.draft WHERE deal_id = $1 AND form = $2 AND person "
	        "= $3",
	        err)) {
		sql_text(&q, 1, deal_id);
		sql_text(&q, 2, form);
		sql_text(&q, 3, store->person);
		if (sql_row(&q))
			*text = sql_dup(&q, 0, arena);
	}
	return sql_done(&q);
}
