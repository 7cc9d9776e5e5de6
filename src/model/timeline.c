#include "huddle/timeline.h"

#include "huddle/text.h"
#include <string.h>

static const struct {
	const char *name, *words;
} links[] = {
    [LINK_DEAL] = {"deal", "names the deal"},
    [LINK_COMMITTEE] = {"committee", "on the committee"},
    [LINK_CONTACT] = {"contact", "works for the account"},
    [LINK_LEAD] = {"lead", "a lead of the account"},
    [LINK_ACCOUNT] = {"account", "names the account"},
};

const char *linked_by_name(enum linked_by link)
{
	return links[link].name;
}

const char *linked_by_words(enum linked_by link)
{
	return links[link].words;
}

bool entry_has(const struct entry *entry, const char *person)
{
	struct slice rest = slice_of(entry->others), name;
	if (strcmp(entry->contact, person) == 0)
		return true;
	while (entry->others && slice_cut(&rest, '\n', &name))
		if (slice_is(name, person))
			return true;
	return false;
}

void entries_with(struct entry_list *out, struct arena *arena,
    const struct entry_list *all, const char *person)
{
	*out = (struct entry_list){
	    .items = arena_alloc(arena, (all->count + 1) * sizeof *out->items)};
	for (size_t i = 0; i < all->count; i++)
		if (entry_has(&all->items[i], person))
			out->items[out->count++] = all->items[i];
}

const char *member_label(const struct member *member, bool ascii)
{
	if (!ascii || text_ascii_legible(slice_of(member->name)))
		return member->name;
	return *member->email ? member->email : member->contact_id;
}

/* The rows being laid, and where the past begins: `newer` is the day of the
 * last row below the line of today, or today itself at first. */
struct laying {
	struct axis *axis;
	day_t today, newer;
	bool past;
	int quiet_days;
};

static struct axis_row *add_row(struct laying *l, struct axis_row row)
{
	struct axis_row *added = &l->axis->rows[l->axis->count++];
	*added = row;
	return added;
}

/* The line of today and, in the past, a row for a stretch without anything. */
static void before_day(struct laying *l, day_t day)
{
	if (!l->past && day <= l->today) {
		add_row(l, (struct axis_row){.kind = AXIS_TODAY, .day = l->today});
		l->past = true;
		l->newer = l->today;
	}
	if (!l->past)
		return;
	if (l->newer - day >= l->quiet_days)
		add_row(l, (struct axis_row){.kind = AXIS_QUIET,
		               .day = l->newer,
		               .quiet_days = l->newer - day,
		               .quiet_marketing = true,
		               .quiet_sales = true});
	l->newer = day;
}

/* Rows of one day: the k-th entry of marketing beside the k-th of sales. */
static void lay_day(
    struct laying *l, const struct entry *entries, size_t count, day_t day)
{
	size_t next[2] = {0, 0};
	for (bool first = true;; first = false) {
		const struct entry *found[2] = {NULL, NULL};
		for (int side = 0; side < 2; side++) {
			while (
			    next[side] < count && (int)entries[next[side]].side != side)
				next[side]++;
			if (next[side] < count)
				found[side] = &entries[next[side]++];
		}
		if (!found[0] && !found[1])
			return;
		add_row(l, (struct axis_row){.kind = AXIS_ENTRIES,
		               .day = day,
		               .first_of_day = first,
		               .marketing = found[SIDE_MARKETING],
		               .sales = found[SIDE_SALES]});
	}
}

static const struct entry *row_entry(const struct axis_row *row, enum side side)
{
	return side == SIDE_MARKETING ? row->marketing : row->sales;
}

/*
 * Mark the stretches of one side that are quiet while the other is not, on the
 * newest row beside which there is room. A side without any entry in the past
 * gets no mark: that is "not captured" as likely as it is quiet.
 */
static void mark_quiet(struct laying *l, enum side side)
{
	day_t newer = l->today;
	struct axis_row *room = NULL;
	bool ended = false; /* an entry of this side ends the stretch at its new end */
	for (size_t i = 0; i < l->axis->count; i++) {
		struct axis_row *row = &l->axis->rows[i];
		if (row->kind != AXIS_ENTRIES || row->day > l->today)
			continue;
		if (!row_entry(row, side)) {
			if (!room && !(ended && row->day == newer))
				room = row;
			continue;
		}
		if (room && newer - row->day >= l->quiet_days) {
			room->quiet_days = newer - row->day;
			room->quiet_marketing |= side == SIDE_MARKETING;
			room->quiet_sales |= side == SIDE_SALES;
		}
		newer = row->day;
		room = NULL;
		ended = true;
	}
}

void axis_lay(struct axis *out, struct arena *arena, const struct entry_list *entries,
    day_t today, int quiet_days)
{
	/* At most a row and a stretch before it for each entry, and today. */
	*out = (struct axis){
	    .rows = arena_alloc(arena, (2 * entries->count + 1) * sizeof *out->rows)};
	struct laying l = {.axis = out,
	    .today = today,
	    .newer = today,
	    .quiet_days = quiet_days > 0 ? quiet_days : 1};
	for (size_t i = 0; i < entries->count;) {
		day_t day = day_of_instant(entries->items[i].at);
		size_t end = i;
		while (
		    end < entries->count && day_of_instant(entries->items[end].at) == day)
			end++;
		before_day(&l, day);
		lay_day(&l, entries->items + i, end - i, day);
		i = end;
	}
	if (!l.past)
		add_row(&l, (struct axis_row){.kind = AXIS_TODAY, .day = today});
	mark_quiet(&l, SIDE_MARKETING);
	mark_quiet(&l, SIDE_SALES);
}
