#ifndef HUDDLE_STORE_INTERN_H
#define HUDDLE_STORE_INTERN_H

#include "huddle/arena.h"
#include "huddle/fact.h"

/* Text to number, for as long as a sync runs. Keys are copied. */
struct map {
	struct map_slot *slots;
	size_t cap, count;
	struct arena arena;
};

/* Fetch into the cache what map_find() will read. */
void map_soon(const struct map *m, struct slice key);
int64_t *map_find(const struct map *m, struct slice key);           /* NULL: not there */
int64_t *map_put(struct map *m, struct slice key, bool *new_entry); /* new ones are 0 */
void map_release(struct map *m);

/*
 * The rows of one kind that others refer to, by the number they have in the
 * facts. Whoever is referred to before (or without) being exported gets a
 * number as well, so that files may come in any order and a dangling reference
 * is no error: such an entity is unknown until its row comes.
 */
struct entity {
	uint64_t hash;
	int feed;    /* 0: unknown, only referred to */
	bool stored; /* has a row in the facts */
	bool seen;   /* in this sync */
	bool missing;
	int64_t same_as; /* another number that this turned out to be; 0: none */
	char *text;      /* unknown and not stored: what it was called by */
	enum ref_by by;
	char *name;      /* of one known by id: what stood beside the id */
};

struct entities {
	struct map by_id, by_name, by_email;
	struct entity *items; /* [0] is not used */
	int64_t count, cap;
	bool any_same; /* of the items' same_as */
	struct arena arena;
};

#define ENTITY_AMBIGUOUS (-1)

/* The number of the entity called `text`, making an unknown one if need be; 0
 * when the text is no name for one (ambiguous, blank). */
int64_t entities_refer(struct entities *e, enum ref_by by, struct slice text);
/* What to show of one that is only referred to, by id. Others do not find it by that:
 * two may have the name. */
void entities_call(struct entities *e, int64_t number, struct slice name);
/* What a row is called. */
struct names {
	struct slice id, name, email, alias;
};
/* Numbers that turned out to be a row's, too. */
enum { MERGES_MAX = 5 };
struct merges {
	int64_t numbers[MERGES_MAX];
	int count;
};
/* The number of a row with this id, 0 when there is none. */
int64_t entities_find(struct entities *e, struct slice id);
/* The number for a row called so: that of an entity so far only referred to by
 * one of its names, or a new one. */
int64_t entities_own(
    struct entities *e, const struct names *names, struct merges *merges);
/* Further names to be referred to by. */
void entities_alias(
    struct entities *e, enum ref_by by, struct slice text, int64_t number);
/* A row read from the facts. */
void entities_load(struct entities *e, int64_t number, struct slice id, struct slice name,
    struct slice email, const struct entity *entity);
void entities_release(struct entities *e);

#endif
