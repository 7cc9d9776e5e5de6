#include "row.h"

#include "huddle/store_meeting.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Reviews, their agendas, and the time that was spent on each deal. */

enum {
	R_REV,
	R_DAY,
	R_AS_OF,
	R_SINCE,
	R_SLICE,
	R_MINUTES,
	R_PER_DEAL,
	R_STATE,
	R_BY,
	R_AT,
	R_ENDED,
	R_PEOPLE,
	R_DELETED
};
enum { G_REV, G_REVIEW, G_DEAL, G_PLACE, G_KIND, G_WHY, G_BY, G_DELETED };

static const char *number(struct arena *arena, int64_t n)
{
	return arena_printf(arena, "%lld", (long long)n);
}

static const char *day_or_null(struct arena *arena, day_t day)
{
	char buf[DAY_TEXT];
	return day == DAY_NONE ? NULL : arena_strdup(arena, day_format(day, buf));
}

#define SELECT_REVIEWS                                                         \
	"SELECT id, rev, day, as_of, since, slice, minutes, per_deal, state, " \
	"created_by, created_at, ended_at, people FROM main.review WHERE deleted = 0"

static struct meeting meeting_read(struct sql *q, struct arena *arena)
{
	return (struct meeting){.id = sql_get_int(q, 0),
	    .rev = sql_get_int(q, 1),
	    .day = sql_get_day(q, 2),
	    .as_of = sql_get_day(q, 3),
	    .since = sql_get_day(q, 4),
	    .slice = sql_dup(q, 5, arena),
	    .minutes = (int)sql_get_int(q, 6),
	    .per_deal = (int)sql_get_int(q, 7),
	    .ended = slice_is(sql_get(q, 8), "ended"),
	    .by = sql_dup(q, 9, arena),
	    .created = sql_get_instant(q, 10),
	    .ended_at = sql_get_instant(q, 11),
	    .people = sql_dup(q, 12, arena)};
}

bool store_load_review(struct store *store, struct arena *arena, int64_t id,
    struct meeting *out, bool *found, struct err *err)
{
	struct sql q;
	const char *text = id ? SELECT_REVIEWS " AND id = $1"
	                      : SELECT_REVIEWS
	                       " ORDER BY state = 'open' DESC, id DESC LIMIT 1";
	*found = false;
	*out = (struct meeting){.slice = "", .people = "", .by = ""};
	if (sql_begin(&q, store, text, err)) {
		if (id)
			sql_int(&q, 1, id);
		*found = sql_row(&q);
		if (*found)
			*out = meeting_read(&q, arena);
	}
	return sql_done(&q);
}

static void fill_review(struct row *row, const struct meeting *m,
    const struct store *store, struct arena *arena)
{
	row->value[R_DAY] = day_or_null(arena, m->day);
	row->value[R_AS_OF] = day_or_null(arena, m->as_of);
	row->value[R_SINCE] = day_or_null(arena, m->since);
	row->value[R_SLICE] = or_null(m->slice);
	row->value[R_MINUTES] = number(arena, m->minutes);
	row->value[R_PER_DEAL] = number(arena, m->per_deal);
	row->value[R_STATE] = "open";
	row->value[R_BY] = store->person;
	row->value[R_AT] = row_now(arena);
	row->value[R_PEOPLE] = or_null(m->people);
	row->value[R_DELETED] = "0";
}

static const char *agenda_key(struct arena *arena, int64_t review, const char *deal_id)
{
	return arena_printf(arena, "%lld/%s", (long long)review, deal_id);
}

static void fill_item(struct row *row, int64_t review, const struct agenda_item *item,
    const struct store *store, struct arena *arena)
{
	*row = (struct row){
	    .table = &agenda_table, .key = agenda_key(arena, review, item->deal_id)};
	row->value[G_REVIEW] = number(arena, review);
	row->value[G_DEAL] = item->deal_id;
	row->value[G_PLACE] = number(arena, item->place);
	row->value[G_KIND] = agenda_kind_name(item->kind);
	row->value[G_WHY] = or_empty(item->why);
	row->value[G_BY] = *or_empty(item->by) ? item->by : store->person;
	row->value[G_DELETED] = "0";
}

static bool put_items(
    struct batch *b, int64_t review, const struct agenda *agenda, struct err *err)
{
	bool conflict, fine = true;
	for (size_t i = 0; fine && i < agenda->count; i++) {
		struct row row;
		const struct agenda_item *item = &agenda->items[i];
		fill_item(&row, review, item, b->store, b->arena);
		fine = text_check("deal", item->deal_id, err) &&
		       row_put(b, &row, 0, "agenda", item->deal_id,
		           arena_printf(b->arena, "\"%s\" put on the agenda",
		               deal_title(b->store, item->deal_id, b->arena)),
		           &conflict, err);
	}
	return fine;
}

/* Refused while another is open: two agendas at once are nobody's. */
static bool none_open(struct batch *b, struct err *err)
{
	int64_t open;
	return sql_one(b->store,
	           "SELECT max(id) FROM main.review WHERE state = 'open' AND deleted = 0",
	           0, &open, err) &&
	       (!open || err_set(err, "review",
	                     "review %lld is still open; end it with huddle review end, "
	                     "or take it back with huddle undo",
	                     (long long)open));
}

/* The agenda first, so that the newest line of the step is the review's own. */
static bool start(
    struct batch *b, struct meeting *m, const struct agenda *agenda, struct err *err)
{
	bool conflict;
	struct row row = {.table = &review_table};
	if (!none_open(b, err) ||
	    !(row.key = row_next_key(b->store, &review_table, b->arena, err)))
		return false;
	m->id = strtoll(row.key, NULL, 10);
	m->rev = 1;
	fill_review(&row, m, b->store, b->arena);
	return put_items(b, m->id, agenda, err) &&
	       row_put(b, &row, 0, "review", NULL,
	           arena_printf(b->arena, "review %s started with %zu deals", row.key,
	               agenda->count),
	           &conflict, err);
}

bool store_start_review(struct store *store, struct meeting *meeting,
    const struct agenda *agenda, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct batch batch;
	bool there, fine = text_check("slice", meeting->slice, err) &&
	                   batch_begin(&batch, store, &arena, err);
	if (fine) {
		fine = start(&batch, meeting, agenda, err);
		fine = batch_end(&batch, fine, &there, err);
	}
	arena_release(&arena);
	return fine;
}

static bool end_review(struct batch *b, struct meeting *m, const char *people,
    bool *conflict, struct err *err)
{
	struct row row;
	if (!row_load(
	        &row, &review_table, number(b->arena, m->id), b->store, b->arena, err))
		return false;
	row.value[R_STATE] = "ended";
	row.value[R_ENDED] = row_now(b->arena);
	if (people)
		row.value[R_PEOPLE] = or_null(people);
	return row_put(b, &row, m->rev, "review", NULL,
	    arena_printf(b->arena, "review %s ended", row.key), conflict, err);
}

bool store_end_review(struct store *store, struct meeting *meeting, const char *people,
    bool *conflict, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct batch batch;
	bool there, fine = text_check("people", people, err) &&
	                   batch_begin(&batch, store, &arena, err);
	*conflict = false;
	if (fine) {
		fine = end_review(&batch, meeting, people, conflict, err);
		fine = batch_end(&batch, fine, &there, err);
	}
	meeting->ended |= fine;
	arena_release(&arena);
	return fine;
}

bool store_load_agenda(struct store *store, struct arena *arena, int64_t review,
    struct agenda *out, struct err *err)
{
	struct sql q;
	size_t cap = 0;
	*out = (struct agenda){0};
	if (sql_begin(&q, store,
	        "SELECT deal_id, place, kind, why, added_by, rev FROM main.agenda WHERE "
	        "review = $1 AND deleted = 0 ORDER BY place, key",
	        err)) {
		sql_int(&q, 1, review);
		while (sql_row(&q)) {
			out->items = arena_grow(
			    arena, out->items, &cap, out->count + 1, sizeof *out->items);
			struct agenda_item *item = &out->items[out->count++];
			*item = (struct agenda_item){.deal_id = sql_dup(&q, 0, arena),
			    .place = sql_get_int(&q, 1),
			    .kind = AGENDA_ADDED,
			    .why = sql_dup(&q, 3, arena),
			    .by = sql_dup(&q, 4, arena),
			    .rev = sql_get_int(&q, 5)};
			agenda_kind_find(sql_get(&q, 2), &item->kind);
		}
	}
	return sql_done(&q);
}

/* The item of the deal taken out of the agenda; rev 0: it was not on it. */
static struct agenda_item take_out(
    struct agenda *agenda, const char *deal_id, struct store *store, struct arena *arena)
{
	for (size_t i = 0; i < agenda->count; i++) {
		struct agenda_item item = agenda->items[i];
		if (strcmp(item.deal_id, deal_id))
			continue;
		memmove(&agenda->items[i], &agenda->items[i + 1],
		    (agenda->count - i - 1) * sizeof item);
		agenda->count--;
		return item;
	}
	return (struct agenda_item){.deal_id = deal_id,
	    .kind = AGENDA_ADDED,
	    .why = arena_printf(arena, "added by %s", store->person),
	    .by = store->person};
}

static bool put_item(struct batch *b, int64_t review, const struct agenda_item *item,
    bool drop, const char *did, struct err *err)
{
	struct row row;
	bool conflict;
	fill_item(&row, review, item, b->store, b->arena);
	row_set_deleted(&row, drop);
	return row_put(b, &row, item->rev, "agenda", item->deal_id,
	    arena_printf(b->arena, "\"%s\" %s",
	        deal_title(b->store, item->deal_id, b->arena), did),
	    &conflict, err);
}

/* Between its neighbours; where there is no number between them, all behind it
 * move on. */
static bool place_item(struct batch *b, int64_t review, const struct agenda *others,
    struct agenda_item *item, size_t at, struct err *err)
{
	enum { APART = 100 };
	bool new = item->rev == 0;
	int64_t before = at ? others->items[at - 1].place : 0;
	int64_t after =
	    at < others->count ? others->items[at].place : before + INT64_C(2) * APART;
	item->place = before + (after - before) / 2;
	bool fine = true;
	for (size_t i = at; fine && after - before < 2 && i < others->count; i++) {
		struct agenda_item moved = others->items[i];
		moved.place += APART;
		item->place = before + APART / 2;
		fine = put_item(b, review, &moved, false, "moved on the agenda", err);
	}
	return fine && put_item(b, review, item, false,
	                   new ? "put on the agenda" : "moved on the agenda", err);
}

static bool put_agenda(struct batch *b, int64_t review, const char *deal_id, int place,
    bool drop, struct err *err)
{
	struct agenda agenda;
	if (!store_load_agenda(b->store, b->arena, review, &agenda, err))
		return false;
	struct agenda_item item = take_out(&agenda, deal_id, b->store, b->arena);
	if (drop)
		return item.rev
		           ? put_item(b, review, &item, true, "taken off the agenda", err)
		           : err_set(err, deal_id, "is not on the agenda");
	size_t at =
	    place <= 0 || (size_t)place > agenda.count ? agenda.count : (size_t)place - 1;
	return place_item(b, review, &agenda, &item, at, err);
}

bool store_put_agenda(struct store *store, int64_t review, const char *deal_id, int place,
    bool drop, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct batch batch;
	bool there, fine = text_check("deal", deal_id, err) &&
	                   batch_begin(&batch, store, &arena, err);
	if (fine) {
		fine = put_agenda(&batch, review, deal_id, place, drop, err);
		fine = batch_end(&batch, fine, &there, err);
	}
	arena_release(&arena);
	return fine;
}

/* Left behind: how long it took so far. The most that anybody counted, so that two
 * screens of one room do not count it twice. */
static bool clock_left(struct store *store, int64_t review, const char *deal_id,
    int64_t seconds, struct err *err)
{
	struct sql q;
	if (!deal_id)
		return true;
	if (sql_begin(&q, store,
	        "UPDATE main.clock SET seconds = $3 WHERE review = $1 AND deal_id = $2 "
	        "AND seconds < $3",
	        err)) {
		sql_int(&q, 1, review);
		sql_text(&q, 2, deal_id);
		sql_int(&q, 3, seconds);
		sql_step(&q);
	}
	return sql_done(&q);
}

/* A row that is put anew stands behind all others: that is where the room is. */
static bool clock_at(
    struct store *store, int64_t review, const char *deal_id, struct err *err)
{
	struct sql q;
	if (!deal_id)
		return true;
	if (sql_begin(&q, store,
	        "INSERT OR REPLACE INTO main.clock(review, deal_id, seconds, seen_at) "
	        "SELECT $1, $2, coalesce((SELECT seconds FROM main.clock WHERE review = "
	        "$1 AND deal_id = $2), 0), $3",
	        err)) {
		sql_int(&q, 1, review);
		sql_text(&q, 2, deal_id);
		sql_instant(&q, 3, time(NULL));
		sql_step(&q);
	}
	return sql_done(&q);
}

bool store_save_clock(struct store *store, int64_t review, const char *left,
    int64_t seconds, const char *at, struct err *err)
{
	if (!sql_begin_write(store, err))
		return false;
	if (clock_left(store, review, left, seconds, err) &&
	    clock_at(store, review, at, err) && sql_commit(store, err))
		return true;
	sql_rollback(store);
	return false;
}

bool store_load_clock(struct store *store, struct arena *arena, int64_t review,
    struct clock_list *out, struct err *err)
{
	struct sql q;
	size_t cap = 0;
	*out = (struct clock_list){0};
	if (sql_begin(&q, store,
	        "SELECT deal_id, seconds FROM main.clock WHERE review = $1 "
	        "ORDER BY rowid DESC",
	        err)) {
		sql_int(&q, 1, review);
		while (sql_row(&q)) {
			out->items = arena_grow(
			    arena, out->items, &cap, out->count + 1, sizeof *out->items);
			out->items[out->count++] = (struct clock_item){
			    sql_dup(&q, 0, arena), sql_get_int(&q, 1)};
		}
	}
	return sql_done(&q);
}
