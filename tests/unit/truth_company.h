#ifndef TRUTH_COMPANY_H
#define TRUTH_COMPANY_H

#include "huddle/store_past.h"
#include "sync_fixture.h"

/* The generator's company whose slips follow a known function, synced as it was
 * known at the end of a day. */
static inline void truth_sync(int truth, int deals, int seed, day_t as_of)
{
	char day[DAY_TEXT];
	shell("rm -rf in && '%s/huddle-generate' --truth %d --deals %d --seed %d --as-of %s "
	      "--out in",
	    TEST_BINARY_DIR, truth, deals, seed, day_format(as_of, day));
	cr_assert_eq(sync_with((struct sync_options){
	                 .source = in_folder("in/truth.ini"), .as_of = as_of}),
	    EXIT_OK, "%s: %s", said.err.place, said.err.text);
}

struct truth {
	char deal[16], month[8];
	double chance;
	int slipped;
};

/* The lines of truth.txt; free() them. */
static inline struct truth *truth_read(size_t *count)
{
	struct truth *items = NULL, t;
	FILE *f = fopen(in_folder("in/truth.txt"), "r");
	cr_assert(f);
	for (*count = 0; fscanf(f, "%15[^,],%7[^,],%lf,%d\n", t.deal, t.month, &t.chance,
	                     &t.slipped) == 4;) {
		items = realloc(items, (*count + 1) * sizeof *items);
		items[(*count)++] = t;
	}
	fclose(f);
	return items;
}

#endif
