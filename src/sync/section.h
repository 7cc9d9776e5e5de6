#ifndef HUDDLE_SYNC_SECTION_H
#define HUDDLE_SYNC_SECTION_H

#include <stdbool.h>
#include "huddle/fact.h"

/*
 * A mapping says which columns of which files feed which fields: the presets
 * in sources/ and the files companies write have the same form. A field's
 * value names a header, or alternatives separated by | (the first one a file
 * has wins), each of one or more headers joined by +.
 */
struct alternative {
	const char **headers;
	uint64_t *hashes; /* header_hash() of each: equal ones are the same header */
	int n_headers;
	int line;
};

struct alternatives {
	struct alternative *items;
	int count;
};

struct word_pair {
	const char *from, *to;
	int line; /* 0 in a .map */
};

struct lookup; /* mapping.h */

struct field_source {
	bool used;
	int line;
	int suffix_line;             /* of a suffix that needs the field itself; 0: none */
	const char *text;            /* as written, for messages */
	struct alternative *alternatives;
	int n_alternatives;
	struct alternatives fallback; /* FIELD.else: where the first is blank */
	const char **keys;           /* FIELD.key: the cell is JSON; names in it */
	int n_keys;
	struct alternative guess;    /* FIELD.guess: told from the words of a text */
	struct word_pair *map;       /* FIELD.map */
	int n_map;
	const char *default_value;   /* FIELD.default: where no column holds it; "" is fine */
	const char *prefix;          /* FIELD.prefix: other ids are none */
	char split;                  /* FIELD.split; 0: one value */
	const char **lookup_names;   /* FIELD.lookup: the cell is a key there */
	struct lookup **lookups;     /* the same, found */
	int n_lookups, lookup_line;
};

/* skip = Column: value, value    only = Column: value, value */
struct row_rule {
	bool only;
	const char *header;
	const char **values;
	int n_values;
	int line;
};

struct custom_source {
	const char *name;   /* "*": every header that fits the pattern */
	const char *header;
	int line;
};

struct section {
	enum fact_kind kind;     /* FACT_KINDS: no facts, a lookup's */
	const char *name;        /* "activities.calls" */
	int line;
	const char **files;      /* patterns */
	int n_files;
	struct alternatives signature; /* headers a file must have, one of these sets */
	struct alternatives without;   /* and must not have */
	const char *restores;    /* `huddle export` wrote the file, and cells under this
	                          * header say source and section (restore.c); NULL */
	struct field_source fields[FACT_FIELDS_MAX];
	struct row_rule *rules;
	int n_rules;
	struct custom_source *custom;
	int n_custom;
};

#endif
