#ifndef HUDDLE_SYNC_MAPPING_H
#define HUDDLE_SYNC_MAPPING_H

#include "huddle/arena.h"
#include "huddle/err.h"
#include "huddle/fact.h"
#include "huddle/zone.h"
#include "section.h"

/* A mapping file: its settings and its sections (section.h). */

struct stage_rule {
	const char *name;
	const char *status; /* "open", "won", "lost" */
	int order;          /* 0: not said */
	int line;
};

/* [rates]: one EUR is 1.08 of the mapping's currency */
struct rate_setting {
	struct currency currency;
	int64_t worth; /* in 10^-12 */
	int line;
};

/*
 * [lookup.NAME]: a table of keys and values. A field that names it has the
 * values that stand there for what its own column holds. A run that has a file
 * of it says so before plans are made, and which table it is before rows are read.
 */
struct lookup {
	struct section files; /* that are the table, and which of their rows count */
	const char *key, *value;
	int key_line, value_line;
	bool present;
	struct lookup_table *table; /* lookup.h */
	day_t day;                  /* that the table is of */
	int64_t asked, found;       /* keys, by whoever reads rows now */
};
#define LOOKUP_SPLIT '\x1f' /* between the values of a key */

struct mapping {
	const char *file;   /* for messages */
	const char *name;   /* of the source */
	enum date_order dates;
	enum decimal_mark decimal;
	struct currency currency;
	const struct zone *zone;
	bool partial, salesforce_ids;
	bool dates_agree, fallback; /* one order a file; only what no other source takes */
	const char **blank; /* words that stand for nothing, beside -- */
	int n_blank;
	struct section *sections;
	int n_sections;
	struct lookup *lookups;
	int n_lookups;
	struct stage_rule *stages;
	int n_stages;
	struct word_pair *status;
	int n_status;
	struct rate_setting *rates;
	int n_rates;
	bool rates_new;     /* to be loaded by this sync */
	char hash[17];      /* of the text: another mapping reads the same file anew */
};

bool mapping_parse(struct mapping *out, struct arena *arena, const char *name, const char *text,
	size_t len, struct err *err);
bool mapping_read(struct mapping *out, struct arena *arena, const char *path, struct err *err);
/* What a company says of its files holds for those that a preset reads as well. */
void mapping_inherit(struct mapping *preset, const struct mapping *own);
/* A preset: the user's own of that name, else the one built in. */
bool mapping_preset(struct mapping *out, struct arena *arena, const char *name, struct err *err);

/* Headers are compared without case, outer blanks, curly quotes and a final *. */
bool header_same(struct slice header, const char *wanted);
uint64_t header_hash(struct slice header);

#endif
