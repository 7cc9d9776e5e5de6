#ifndef STORE_KINDS_H
#define STORE_KINDS_H

#include "huddle/store.h"

/*
 * All kinds of writes that people do, in the order in which one round does them: a
 * later one goes on with what an earlier one wrote. A round has a name, which is the
 * deal its records are about and stands in their texts.
 */
enum kind_flag {
	KIND_MEETING = 1, /* of the one review that can be open: for one writer */
	KIND_LAST = 2,    /* each takes the place of the one before */
	KIND_ONCE = 4,    /* a second try would be another write */
	KIND_UNLOGGED = 8,
	KIND_FIRST = 16   /* one of those that "first" names */
};

struct kind {
	const char *name;
	bool (*write)(struct store *store, const char *name, struct err *err);
	/* A number about the round ?1: 0 when nothing of the write is there, `all` when
	 * it is; anything else is a half. NULL: the file does not tell. */
	const char *sql;
	int all;
	unsigned flags;
};
extern const struct kind kinds[]; /* ended by one without a name */
const struct kind *kind_find(const char *name); /* NULL: none */

#define DESK "desk" /* the deal of the draft that is written over and over */
#define DESK_FORM "decision"

/* A new round: forget what forms keep between two tries. */
void kinds_begin(void);
/* Keep what they hold now under a mark, and go back to it. */
enum { KINDS_MARKS = 2 };
void kinds_mark(int mark);
void kinds_back(int mark);
/* *nothing: it found nothing to do. */
bool kind_write(const struct kind *kind, struct store *store, const char *name,
	bool *nothing, struct err *err);

#endif
