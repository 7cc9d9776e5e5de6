#ifndef HUDDLE_SYNC_LOOKUP_H
#define HUDDLE_SYNC_LOOKUP_H

#include "mapping.h"
#include "reader.h"

/*
 * A table that fields are looked up in, whole in memory: about 50 bytes a link
 * beside its texts. Once it is read it does not change, and any thread may ask.
 */
struct lookup_table;

struct lookup_table *lookup_table_new(void);
void lookup_table_free(struct lookup_table *table); /* NULL is fine */

/* What one file added, and the first row of each kind that says nothing. */
struct lookup_read {
	int64_t rows, skipped, ragged, cut;
	int64_t ragged_line, cut_line;
	size_t ragged_fields, header_fields;
};
/* Add the rows of a file. Refused when it lacks a column or a key has more values
 * than one row can refer to. */
bool lookup_table_read(struct lookup_table *table, const struct mapping *mapping,
	const struct lookup *lookup, const char *path, const char *name,
	struct file_look *look, struct lookup_read *out, struct err *err);

bool lookup_table_empty(const struct lookup_table *table);
/* Append the values of the key, each once, in the order of the file and with
 * LOOKUP_SPLIT between them; nothing when there is none. */
void lookup_find(const struct lookup_table *table, const struct mapping *mapping,
	struct slice key, struct str *out);

#endif
