#include "../../src/store/spread.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What spread.h promises, against a stable sort that needs no explaining. */

struct made {
	uint32_t key, number;
	size_t size;
};

static uint32_t seed;

static uint32_t roll(uint32_t below)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % below;
}

static int by_key(const void *a, const void *b)
{
	const struct made *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

static void fill(char *record, const struct made *m)
{
	memcpy(record, &m->number, sizeof m->number);
	for (size_t i = sizeof m->number; i < m->size; i++)
		record[i] = (char)(m->number + i);
}

static char *scratch_path(void)
{
	static char path[64];

	snprintf(path, sizeof path, "/tmp/spread-%ld", (long)getpid());
	return path;
}

/* `giant` of ten records have key 7. */
static void check(uint32_t keys, uint32_t count, uint32_t longest, uint32_t giant)
{
	struct spread *s = spread_open(scratch_path(), keys);
	struct made *all = calloc(count + 1, sizeof *all);
	char *record = malloc(longest + 8);
	struct err err = ERR_INIT;
	struct slice got;
	uint32_t key;
	bool end;

	for (uint32_t i = 0; i < count; i++) {
		all[i] = (struct made){roll(10) < giant ? 7 : roll(keys), i,
		    sizeof(uint32_t) + roll(longest)};
		fill(record, &all[i]);
		cr_assert(
		    spread_add(s, all[i].key, (struct slice){record, all[i].size}, &err));
	}
	qsort(all, count, sizeof *all, by_key);
	for (uint32_t i = 0; i < count; i++) {
		cr_assert(spread_next(s, &key, &got, &end, &err), "%s", err.text);
		cr_assert_not(end);
		cr_assert_eq(key, all[i].key);
		cr_assert_eq(got.len, all[i].size);
		fill(record, &all[i]);
		cr_assert_eq(memcmp(got.p, record, got.len), 0);
	}
	cr_assert(spread_next(s, &key, &got, &end, &err));
	cr_assert(end);
	cr_assert(spread_next(s, &key, &got, &end, &err) && end);
	spread_close(s);
	free(all);
	free(record);
}

Test(spread, keeps_a_few_records_in_memory)
{
	seed = 1;
	check(10, 0, 20, 0);
	check(1, 5, 20, 0);
	check(300, 2000, 40, 0);
	check(100000, 3000, 40, 0);
}

Test(spread, sorts_more_than_memory_holds)
{
	seed = 2;
	spread_memory_max = 50000;
	check(5000, 200000, 60, 0);
	check(60000000, 100000, 60, 0);
}

Test(spread, takes_one_number_that_nearly_all_records_have)
{
	seed = 3;
	spread_memory_max = 50000;
	check(5000, 100000, 60, 9);
	check(20, 100000, 60, 10);
}

Test(spread, takes_records_longer_than_a_block)
{
	seed = 4;
	spread_memory_max = 1000000;
	check(50, 300, 200000, 2);
}

Test(spread, closes_with_records_left)
{
	struct spread *s = spread_open(scratch_path(), 10);
	struct err err = ERR_INIT;
	struct slice got;
	uint32_t key;
	bool end;

	for (uint32_t i = 0; i < 100; i++)
		cr_assert(spread_add(s, i % 10, (struct slice){"abc", 3}, &err));
	cr_assert(spread_next(s, &key, &got, &end, &err));
	spread_close(s);
	spread_close(NULL);
}

Test(spread, says_when_no_file_can_be_made)
{
	struct spread *s = spread_open("/no/such/folder/x", 10);
	struct err err = ERR_INIT;
	char *record = calloc(1, 1 << 20);

	cr_assert_not(spread_add(s, 3, (struct slice){record, 1 << 20}, &err));
	cr_assert(strstr(err.text, "No such file"), "%s", err.text);
	cr_assert_str_eq(err.place, "/no/such/folder/x");
	spread_close(s);
	free(record);
}
