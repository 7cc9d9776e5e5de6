#include "link.h"

#include <stdlib.h>
#include <string.h>

/*
 * Links gathered while rows come, which saves reading them again. It goes on a
 * first sync of one day: kinds come in their order, so that who reaches which
 * deal is known before the first touch or activity. Where anything else turns
 * out to be the case, link_anew() leaves it to link_begin().
 */

/* Where the columns, "at, part_of", stand among a row's values. */
static void find_columns(
    const struct build *b, enum fact_kind kind, const char *columns, int *out)
{
	struct slice rest = slice_of(columns), name;

	while (slice_cut(&rest, ',', &name)) {
		int i = 0;
		name = slice_trim(name);
		while (
		    i < b->n_columns[kind] && !slice_is(name, b->columns[kind][i].name))
			i++;
		*out++ = i; /* part_of is no field: it stands after all that are */
	}
}

static bool start(struct build *b, struct err *err)
{
	if (!linking_begin(b, err))
		return false;
	for (int i = 0; i < LINK_SIDES; i++) {
		struct linking *l = b->linking;
		enum fact_kind kind = link_sides[i].kind;
		gather_begin(&l->gather[i], b, i, &l->now, NULL);
		find_columns(b, kind, link_sides[i].columns, l->own_from[i]);
		find_columns(b, kind, LINK_REFS, l->refs_from[i]);
	}
	return true;
}

/* In a big company every contact misses the cache, unless it was asked for. */
enum { SOON = 8 };

static bool add_rows(struct build *b, int side, int64_t first_id, struct err *err)
{
	const struct waiting *w = &b->waiting;
	const struct linking *l = b->linking;
	struct gather *g = &b->linking->gather[side];
	const int *refs = l->refs_from[side], *own = l->own_from[side];
	bool fine = true;

	for (size_t i = 0; fine && i < w->count; i++) {
		const struct value *v = &w->values[i * w->width], *soon = v;
		struct event_row row = {.id = first_id + (int64_t)i,
		    .refs = link_refs_of(
		        &v[refs[0]], &v[refs[1]], &v[refs[2]], &v[refs[3]], &v[refs[4]])};
		if (i + SOON < w->count)
			soon += SOON * w->width;
		reach_soon(g->reach, soon[refs[1]].n, soon[refs[2]].n);
		for (int k = 0; k < g->n_own; k++)
			row.own[k] = v[own[k]];
		fine = gather_row(g, &row, err);
	}
	return fine;
}

bool link_waiting(struct build *b, int64_t first_id, struct err *err)
{
	if (!b->fresh || b->links_later)
		return true;
	for (int i = 0; i < LINK_SIDES; i++)
		if (link_sides[i].kind == b->waiting.kind)
			return (b->linking || start(b, err)) &&
			       add_rows(b, i, first_id, err);
	return true;
}

void link_anew(struct build *b)
{
	linking_release(b);
	bulk_sums_release(&b->sums);
	b->links_later = true;
}
