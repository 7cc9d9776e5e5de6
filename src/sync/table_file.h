#ifndef HUDDLE_SYNC_TABLE_FILE_H
#define HUDDLE_SYNC_TABLE_FILE_H

#include "huddle/folder.h"
#include "huddle/store_export.h"
#include "reader.h"

/*
 * A table of the store as a CSV file of our own: the first column names the table
 * in each row, then come its columns by name. A cell with nothing in it is NULL
 * where the column may be, and an empty text elsewhere; an empty text where NULL
 * may be is one apostrophe (row_cells.h).
 */
enum { TABLE_COLUMNS = 40 };

/* Writing. `marker` is the header of the first column. */
void table_add_header(struct str *out, const char *marker, const struct record_table *table);
void table_add_row(
	struct str *out, const struct record_table *table, const struct slice *values);

/* Reading. */
struct table_file {
	const char *path, *name; /* name: for messages */
	const struct record_table *table;
	struct reader *reader;
	int marker, column[TABLE_COLUMNS];
	size_t n_header;
	struct slice values[TABLE_COLUMNS];
	char place[400];        /* of the row at hand */
};
/* Refused unless it is UTF-8 with exactly the columns of the table. */
bool table_open(struct table_file *out, const char *path, const char *name, const char *marker,
	const struct record_table *table, struct err *err);
/* The next row is in `values`; READER_ERROR also for one that is none of the table. */
enum reader_result table_next(struct table_file *file, struct err *err);
void table_close(struct table_file *file);

#endif
