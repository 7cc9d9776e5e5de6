#include "link.h"

#include <stdlib.h>

/*
 * The summaries of the deals that a sync touched. Where not all links were made
 * again, a deal's are read; one row in a hundred that changed touches most
 * deals, so two threads read them, a part of the deals at a time.
 */
enum { AT_ONCE = 4096 };

struct part {
	struct build *b;
	sqlite3 *db; /* the links are read from */
	int64_t from, until;
	struct summary *sums; /* of the deals from `from` on */
	bool fine;
	struct err err;
};

/* Where all links were made again, all deals are summed up again. */
static bool is_dirty(const struct build *b, int64_t deal)
{
	for (int i = 0; i < LINK_SIDES; i++)
		if (b->sides[i].bulk)
			return true;
	return b->fresh || marked(&b->dirty, deal);
}

static bool is_linked(const struct build *b, int64_t deal)
{
	const struct reach *now = &b->linking->now;

	return (size_t)deal < now->n_deals && now->deals[deal].linked;
}

static void *read_part(void *arg)
{
	struct part *p = arg;
	struct sides_reader reader;

	p->fine = sides_open(&reader, p->b, p->db, &p->b->linking->now, &p->err);
	for (int64_t d = p->from; p->fine && d < p->until; d++)
		if (is_dirty(p->b, d) && is_linked(p->b, d))
			p->fine = sides_read(&reader, d, &p->sums[d - p->from], &p->err);
	sides_close(&reader);
	return NULL;
}

static bool read_sums(
    struct build *b, int64_t from, int64_t until, struct summary *sums, struct err *err)
{
	int64_t middle = from + (until - from) / 2;
	struct part parts[2] = {{b, b->db, from, middle, sums, true, ERR_INIT},
	    {b, b->beside, middle, until, sums + (middle - from), true, ERR_INIT}};
	pthread_t thread;
	bool two = !pthread_create(&thread, NULL, read_part, &parts[1]);

	read_part(&parts[0]);
	if (two)
		pthread_join(thread, NULL);
	else
		read_part(&parts[1]);
	for (int i = 0; i < 2; i++)
		if (!parts[i].fine) {
			*err = parts[i].err;
			return false;
		}
	return true;
}

static bool write_sums(
    struct build *b, int64_t from, int64_t until, struct summary *sums, struct err *err)
{
	bool fine = true;

	for (int64_t d = from; fine && d < until; d++) {
		if (!is_dirty(b, d))
			continue;
		if (b->sums.made && is_linked(b, d))
			bulk_sums_of(b, &b->linking->now, d, &sums[d - from]);
		fine = is_linked(b, d) ? summary_write(b, &sums[d - from], err)
		                       : summary_drop(b, d, err);
	}
	return fine;
}

bool sum_up(struct build *b, struct err *err)
{
	struct summary *sums = xcalloc(AT_ONCE, sizeof *sums);
	size_t now = b->linking->now.n_deals, before = b->reach.n_deals;
	int64_t deals = (int64_t)(now > before ? now : before);
	/* What the other thread reads must be in the file. */
	bool fine = b->sums.made || build_run(b, "COMMIT; BEGIN", err);

	for (int64_t from = 1; fine && from < deals; from += AT_ONCE) {
		int64_t until = from + AT_ONCE < deals ? from + AT_ONCE : deals;
		fine = (b->sums.made || read_sums(b, from, until, sums, err)) &&
		       write_sums(b, from, until, sums, err);
	}
	free(sums);
	return fine;
}
