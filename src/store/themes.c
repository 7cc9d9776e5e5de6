#include "row.h"

#include "huddle/store_meeting.h"
#include <string.h>

/* What themes are counted from: all debriefs, and who touched closed deals. */

#define FIELDS                                                                \
	"b.deal_id, b.rev, b.outcome, b.competitor, b.reason, b.reason_2, "   \
	"b.message, b.objector, b.evidence, b.win_back, b.note, b.filed_by, " \
	"b.filed_at"
#define RECORDS "FROM main.debrief b WHERE b.deleted = 0 ORDER BY b.deal_id"

/* An objector's role on the committee, or what his title is. */
#define ROLE                                                             \
	"(SELECT coalesce(max(m.role), max(c.title)) FROM facts.deal d " \
	"JOIN facts.committee m ON m.deal = d.id JOIN facts.contact c "  \
	"ON c.id = m.contact WHERE d.source_id = b.deal_id AND c.name = b.objector)"

enum { FIRST = 2, BY = FIRST + DEBRIEF_FIELDS, AT, OBJECTOR_ROLE };

bool store_load_debriefs(
    struct store *store, struct arena *arena, struct debrief_list *out, struct err *err)
{
	struct sql q;
	size_t cap = 0;
	const char *text = store->generation ? "SELECT " FIELDS ", " ROLE " " RECORDS
	                                     : "SELECT " FIELDS ", NULL " RECORDS;
	*out = (struct debrief_list){0};
	if (sql_begin(&q, store, text, err))
		while (sql_row(&q)) {
			out->items = arena_grow(
			    arena, out->items, &cap, out->count + 1, sizeof *out->items);
			struct debrief_item *item = &out->items[out->count++];
			*item = (struct debrief_item){
			    .debrief = {.deal_id = sql_dup(&q, 0, arena),
			        .rev = sql_get_int(&q, 1),
			        .by = sql_dup(&q, BY, arena),
			        .at = sql_get_instant(&q, AT)},
			    .objector_role = sql_dup(&q, OBJECTOR_ROLE, arena)};
			for (int i = 0; i < DEBRIEF_FIELDS; i++)
				item->debrief.value[i] = sql_dup(&q, FIRST + i, arena);
		}
	return sql_done(&q);
}

/* Names by the campaigns' own numbers, which are small. */
struct campaigns {
	const char **names; /* NULL: there is none */
	int64_t *last;      /* the deal that it was told of last */
	size_t count;
};

static bool load_campaigns(
    struct store *store, struct arena *arena, struct campaigns *out, struct err *err)
{
	struct sql q;
	int64_t most = 0;
	*out = (struct campaigns){0};
	if (!sql_one(
	        store, "SELECT coalesce(max(id), 0) FROM facts.campaign", 0, &most, err))
		return false;
	out->count = (size_t)most + 1;
	out->names = arena_alloc(arena, out->count * sizeof *out->names);
	out->last = arena_alloc(arena, out->count * sizeof *out->last);
	memset(out->names, 0, out->count * sizeof *out->names);
	memset(out->last, 0, out->count * sizeof *out->last);
	if (!sql_begin(&q, store,
	        "SELECT id, coalesce(name, source_id) FROM facts.campaign", err))
		return false;
	while (sql_row(&q))
		out->names[sql_get_int(&q, 0)] = sql_dup(&q, 1, arena);
	return sql_done(&q);
}

/* The deals in the order of their keys, in which their links stand; of each a campaign
 * is told once. */
bool store_load_campaign_touches(struct store *store, struct arena *arena,
    struct period period, struct campaign_touch **out, size_t *count, struct err *err)
{
	struct sql q;
	struct campaigns campaigns;
	size_t cap = 0;
	int64_t deal = 0;
	const char *id = "";
	*out = NULL;
	*count = 0;
	if (!store->generation)
		return store_facts(store, err);
	if (!load_campaigns(store, arena, &campaigns, err) ||
	    !sql_begin(&q, store,
	        "SELECT d.id, t.campaign, d.source_id FROM facts.deal d CROSS JOIN "
	        "facts.touch_deal t WHERE t.deal = d.id AND t.campaign IS NOT NULL "
	        "AND d.status <> 'open' AND coalesce(d.closed, d.close_date) BETWEEN $1 "
	        "AND $2 AND coalesce(d.deleted, 0) = 0 ORDER BY d.id",
	        err))
		return false;
	sql_day(&q, 1, period.first);
	sql_day(&q, 2, period.last);
	while (sql_row(&q)) {
		int64_t key = sql_get_int(&q, 0), campaign = sql_get_int(&q, 1);
		if (campaign < 0 || (size_t)campaign >= campaigns.count ||
		    !campaigns.names[campaign] || campaigns.last[campaign] == key)
			continue;
		campaigns.last[campaign] = key;
		if (key != deal)
			id = sql_dup(&q, 2, arena);
		deal = key;
		*out = arena_grow(arena, *out, &cap, *count + 1, sizeof **out);
		(*out)[(*count)++] =
		    (struct campaign_touch){id, campaigns.names[campaign]};
	}
	return sql_done(&q);
}
