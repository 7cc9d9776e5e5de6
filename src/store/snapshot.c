#include "build_private.h"
#include <stdlib.h>
#include <string.h>

/*
 * What a sync saw change on each deal. CRMs mostly export only how things
 * stand now; these rows are how the past is known all the same. The first sync
 * leaves none: before it there was nothing to differ from.
 */

static const char now_text[] =
    "SELECT stage, amount, currency, close_date, forecast, "
    "(SELECT coalesce(name, source_id) FROM person WHERE person.id = deal.owner), "
    "status, "
    "CASE WHEN deleted = 1 THEN 'deleted' WHEN missing IS NOT NULL THEN 'missing' "
    "ELSE 'present' END FROM deal WHERE id = ?1";

static const char *dup_text(sqlite3_stmt *stmt, int column, struct arena *arena)
{
	const char *p = (const char *)sqlite3_column_text(stmt, column);

	return p ? arena_dup(arena, p, (size_t)sqlite3_column_bytes(stmt, column)) : "";
}

static const char *amount_text(sqlite3_stmt *stmt, struct arena *arena)
{
	struct currency currency = {""};
	char buf[MONEY_TEXT];
	const char *code = (const char *)sqlite3_column_text(stmt, 2);

	if (sqlite3_column_type(stmt, 1) == SQLITE_NULL)
		return "";
	if (code)
		slice_copy(slice_of(code), currency.code, sizeof currency.code);
	return arena_strdup(
	    arena, money_plain(sqlite3_column_int64(stmt, 1), currency, buf));
}

static bool read_deal(
    struct build *b, sqlite3_stmt *stmt, int64_t deal, const char *value[CHANGE_FIELDS])
{
	sqlite3_bind_int64(stmt, 1, deal);
	bool found = sqlite3_step(stmt) == SQLITE_ROW;
	if (found) {
		value[CHANGE_STAGE] = dup_text(stmt, 0, &b->before_texts);
		value[CHANGE_AMOUNT] = amount_text(stmt, &b->before_texts);
		value[CHANGE_CURRENCY] = dup_text(stmt, 2, &b->before_texts);
		value[CHANGE_CLOSE_DATE] = dup_text(stmt, 3, &b->before_texts);
		value[CHANGE_FORECAST] = dup_text(stmt, 4, &b->before_texts);
		value[CHANGE_OWNER] = dup_text(stmt, 5, &b->before_texts);
		value[CHANGE_STATUS] = dup_text(stmt, 6, &b->before_texts);
		value[CHANGE_PRESENCE] = dup_text(stmt, 7, &b->before_texts);
	}
	sqlite3_reset(stmt);
	return found;
}

static struct before *before_add(struct build *b)
{
	if (b->n_before == b->cap_before) {
		b->cap_before = b->cap_before ? b->cap_before * 2 : 256;
		b->before = xrealloc(b->before, b->cap_before * sizeof *b->before);
	}
	return &b->before[b->n_before++];
}

bool snapshot_remember(struct build *b, int64_t deal, bool added, struct err *err)
{
	sqlite3_stmt *stmt;

	if ((b->fresh && b->groups == 1) || marked(&b->before_known, deal))
		return true;
	mark(&b->before_known, deal);
	struct before *before = before_add(b);
	*before = (struct before){.deal = deal, .added = added};
	for (int i = 0; i < CHANGE_FIELDS; i++)
		before->value[i] = "";
	if (added)
		return true;
	if (!build_prepare(b, now_text, &stmt, err))
		return false;
	read_deal(b, stmt, deal, before->value);
	sqlite3_finalize(stmt);
	return true;
}

static bool write_changes(struct build *b, const struct before *before, sqlite3_stmt *now,
    sqlite3_stmt *insert, struct err *err)
{
	const char *value[CHANGE_FIELDS] = {"", "", "", "", "", "", "", ""};
	char day[DAY_TEXT];

	read_deal(b, now, before->deal, value);
	for (int i = 0; i < CHANGE_FIELDS; i++) {
		if (!strcmp(value[i], before->value[i]))
			continue;
		/* A new deal says so once; its values are no changes. */
		if (before->added && i != CHANGE_PRESENCE)
			continue;
		sqlite3_bind_int64(insert, 1, before->deal);
		sqlite3_bind_int64(insert, 2, b->sync_id);
		sqlite3_bind_text(
		    insert, 3, day_format(b->as_of, day), -1, SQLITE_STATIC);
		sqlite3_bind_text(insert, 4, change_field_name((enum change_field)i), -1,
		    SQLITE_STATIC);
		sqlite3_bind_text(insert, 5, before->value[i], -1, SQLITE_STATIC);
		sqlite3_bind_text(insert, 6, value[i], -1, SQLITE_STATIC);
		if (!build_step(b, insert, err))
			return false;
	}
	return true;
}

static void forget(struct build *b)
{
	b->n_before = 0;
	free(b->before_known.bits);
	b->before_known = (struct marks){0};
	arena_release(&b->before_texts);
	b->before_texts = (struct arena)ARENA_INIT;
}

bool snapshot_write(struct build *b, struct err *err)
{
	sqlite3_stmt *now, *insert;

	if (!b->n_before)
		return true;
	if (!build_prepare(b, now_text, &now, err))
		return false;
	if (!build_prepare(
	        b, "INSERT INTO snapshot VALUES(?, ?, ?, ?, ?, ?)", &insert, err)) {
		sqlite3_finalize(now);
		return false;
	}
	bool fine = true;
	for (size_t i = 0; fine && i < b->n_before; i++)
		fine = write_changes(b, &b->before[i], now, insert, err);
	sqlite3_finalize(now);
	sqlite3_finalize(insert);
	forget(b);
	return fine;
}
