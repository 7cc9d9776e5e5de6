#include "intern.h"

#include "huddle/text.h"
#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL /* keys are short: a call costs as much as hashing them */
#include <xxhash.h>

/* A key as long as an id mostly is stands in its slot, so that looking it up reads
 * one line of memory; of a longer one the pointer does. */
enum { SHORT_MAX = 19, FREE = 0, LONG = SHORT_MAX + 1 };

struct map_slot {
	int64_t value;
	uint32_t hash;
	uint8_t len; /* 1 to SHORT_MAX, FREE or LONG */
	char bytes[SHORT_MAX];
};

static uint32_t hash_of(struct slice key)
{
	return (uint32_t)XXH3_64bits(key.p, key.len);
}

static struct slice key_of(const struct map_slot *s)
{
	struct slice key = {s->bytes, s->len};

	if (s->len == LONG)
		memcpy(&key, s->bytes, sizeof key);
	return key;
}

static void set_key(struct map *m, struct map_slot *s, struct slice key)
{
	if (key.len && key.len <= SHORT_MAX) {
		s->len = (uint8_t)key.len;
		memcpy(s->bytes, key.p, key.len);
		return;
	}
	key.p = arena_dup(&m->arena, key.p, key.len);
	s->len = LONG;
	memcpy(s->bytes, &key, sizeof key);
}

static struct map_slot *map_slot(const struct map *m, uint32_t hash, struct slice key)
{
	size_t i = hash & (m->cap - 1);

	while (m->slots[i].len != FREE) {
		const struct map_slot *s = &m->slots[i];
		if (s->hash == hash && slice_eq(key_of(s), key))
			break;
		i = (i + 1) & (m->cap - 1);
	}
	return &m->slots[i];
}

static void map_grow(struct map *m)
{
	struct map_slot *old = m->slots;
	size_t old_cap = m->cap;

	m->cap = old_cap ? old_cap * 2 : 1024;
	m->slots = xcalloc(m->cap, sizeof *m->slots);
	for (size_t i = 0; i < old_cap; i++)
		if (old[i].len != FREE)
			*map_slot(m, old[i].hash, key_of(&old[i])) = old[i];
	free(old);
}

void map_soon(const struct map *m, struct slice key)
{
	if (m->cap)
		__builtin_prefetch(&m->slots[hash_of(key) & (m->cap - 1)]);
}

int64_t *map_find(const struct map *m, struct slice key)
{
	if (!m->cap)
		return NULL;
	struct map_slot *s = map_slot(m, hash_of(key), key);
	return s->len != FREE ? &s->value : NULL;
}

int64_t *map_put(struct map *m, struct slice key, bool *new_entry)
{
	if (m->count * 4 >= m->cap * 3)
		map_grow(m);
	uint32_t hash = hash_of(key);
	struct map_slot *s = map_slot(m, hash, key);
	*new_entry = s->len == FREE;
	if (*new_entry) {
		s->hash = hash;
		set_key(m, s, key);
		m->count++;
	}
	return &s->value;
}

void map_release(struct map *m)
{
	free(m->slots);
	arena_release(&m->arena);
	*m = (struct map){0};
}

/* Names and e-mail addresses are compared without case and outer blanks. */
static struct slice fold(struct str *buf, struct slice text)
{
	str_clear(buf);
	text_fold(buf, slice_trim(text));
	return (struct slice){buf->p, buf->len};
}

static struct map *map_of(struct entities *e, enum ref_by by)
{
	return by == REF_ID ? &e->by_id : by == REF_NAME ? &e->by_name : &e->by_email;
}

/* Where two numbers turned out to be one, names may still say the old one. */
static int64_t *resolve(struct entities *e, int64_t *number)
{
	while (e->any_same && number && *number > 0 && e->items[*number].same_as)
		*number = e->items[*number].same_as;
	return number;
}

static int64_t *lookup(struct entities *e, enum ref_by by, struct slice text)
{
	if (!text.len)
		return NULL;
	if (by == REF_ID)
		return resolve(e, map_find(&e->by_id, text));
	struct str buf = STR_INIT;
	int64_t *found = map_find(map_of(e, by), fold(&buf, text));
	str_release(&buf);
	return resolve(e, found);
}

static int64_t entity_new(struct entities *e)
{
	if (e->count + 1 >= e->cap) {
		e->cap = e->cap ? e->cap * 2 : 256;
		e->items = xrealloc(e->items, (size_t)e->cap * sizeof *e->items);
		if (!e->count)
			e->items[0] = (struct entity){0};
	}
	e->items[++e->count] = (struct entity){0};
	return e->count;
}

/* What holds for the name already stays, unless it was only referred to: then
 * the owner of the name takes it. Two owners of one name make it ambiguous. */
static void name_entity(
    struct entities *e, enum ref_by by, struct slice text, int64_t number)
{
	bool new_entry;
	struct str buf = STR_INIT;

	if (!text.len)
		return;
	if (by != REF_ID)
		text = fold(&buf, text);
	int64_t *value = resolve(e, map_put(map_of(e, by), text, &new_entry));
	if (new_entry)
		*value = number;
	else if (*value != number && by == REF_NAME && *value > 0 &&
	         e->items[*value].feed)
		*value = ENTITY_AMBIGUOUS;
	else if (*value > 0 && !e->items[*value].feed)
		*value = number;
	str_release(&buf);
}

void entities_alias(struct entities *e, enum ref_by by, struct slice text, int64_t number)
{
	bool new_entry;
	struct str buf = STR_INIT;

	if (!text.len)
		return;
	int64_t *value = resolve(e,
	    map_put(map_of(e, by), by == REF_ID ? text : fold(&buf, text), &new_entry));
	if (new_entry || (*value > 0 && !e->items[*value].feed))
		*value = number;
	str_release(&buf);
}

/* A name that several have: none is guessed, but the name is kept and shown, as
 * somebody's who is called "?" and the name. */
static int64_t *ambiguous(struct entities *e, struct slice text)
{
	struct str key = STR_INIT;
	bool new_entry;

	str_addc(&key, '?');
	text_fold(&key, slice_trim(text));
	int64_t *value = map_put(&e->by_name, (struct slice){key.p, key.len}, &new_entry);
	str_release(&key);
	return value;
}

static int64_t refer_ambiguous(struct entities *e, struct slice text)
{
	int64_t *value = ambiguous(e, text);

	if (!*value) {
		int64_t number = entity_new(e);
		e->items[number].text = arena_dup(&e->arena, text.p, text.len);
		e->items[number].by = REF_NAME;
		*value = number;
	}
	return *value;
}

int64_t entities_refer(struct entities *e, enum ref_by by, struct slice text)
{
	int64_t *found = lookup(e, by, text);

	if (!text.len)
		return 0;
	/* An export that joins by e-mail does so in a column of ids, too. */
	if (!found && by == REF_ID && memchr(text.p, '@', text.len))
		found = lookup(e, REF_EMAIL, text);
	/* A column of names may hold e-mail addresses or ids all the same. */
	if (!found && by == REF_NAME)
		found = lookup(e, REF_EMAIL, text);
	if (!found && by == REF_NAME)
		found = lookup(e, REF_ID, text);
	if (found && *found == ENTITY_AMBIGUOUS)
		return refer_ambiguous(e, text);
	if (found)
		return *found;
	if (by == REF_ID && memchr(text.p, '@', text.len))
		by = REF_EMAIL;
	int64_t number = entity_new(e);
	e->items[number].text = arena_dup(&e->arena, text.p, text.len);
	e->items[number].by = by;
	name_entity(e, by, text, number);
	return number;
}

void entities_call(struct entities *e, int64_t number, struct slice name)
{
	struct entity *one = &e->items[number];

	if (one->text && !one->stored && !one->name && one->by == REF_ID)
		one->name = arena_dup(&e->arena, name.p, name.len);
}

/* Somebody so far only referred to is the row's owner, or one more that is. */
static void take_unknown(
    struct entities *e, int64_t *found, int64_t *number, struct merges *merges)
{
	if (!found || *found <= 0 || e->items[*found].feed || *found == *number)
		return;
	if (!*number) {
		*number = *found;
		return;
	}
	for (int i = 0; i < merges->count; i++)
		if (merges->numbers[i] == *found)
			return;
	if (merges->count < MERGES_MAX)
		merges->numbers[merges->count++] = *found;
}

int64_t entities_find(struct entities *e, struct slice id)
{
	int64_t *found = lookup(e, REF_ID, id);

	return found && *found > 0 ? *found : 0;
}

int64_t entities_own(struct entities *e, const struct names *names, struct merges *merges)
{
	int64_t number = entities_find(e, names->id);

	merges->count = 0;
	take_unknown(e, lookup(e, REF_EMAIL, names->email), &number, merges);
	take_unknown(e, lookup(e, REF_EMAIL, names->id), &number, merges);
	take_unknown(e, lookup(e, REF_NAME, names->name), &number, merges);
	take_unknown(e, lookup(e, REF_NAME, names->id), &number, merges);
	take_unknown(e, lookup(e, REF_NAME, names->alias), &number, merges);
	if (!number)
		number = entity_new(e);
	for (int i = 0; i < merges->count; i++) {
		e->any_same = true;
		e->items[merges->numbers[i]].same_as = number;
		e->items[merges->numbers[i]].stored = true; /* no row is made for it */
	}
	name_entity(e, REF_ID, names->id, number);
	name_entity(e, REF_NAME, names->name, number);
	name_entity(e, REF_EMAIL, names->email, number);
	return number;
}

void entities_load(struct entities *e, int64_t number, struct slice id, struct slice name,
    struct slice email, const struct entity *entity)
{
	while (e->count < number)
		entity_new(e);
	e->items[number] = *entity;
	name_entity(e, REF_ID, id, number);
	name_entity(e, REF_EMAIL, email, number);
	if (!entity->feed && id.len)
		return; /* its name is only shown, see entities_call() */
	int64_t *others = entity->feed ? NULL : lookup(e, REF_NAME, name);
	if (others && *others == ENTITY_AMBIGUOUS)
		*ambiguous(e, name) = number;
	else
		name_entity(e, REF_NAME, name, number);
}

void entities_release(struct entities *e)
{
	map_release(&e->by_id);
	map_release(&e->by_name);
	map_release(&e->by_email);
	arena_release(&e->arena);
	free(e->items);
	*e = (struct entities){0};
}
