#ifndef HUDDLE_SYNC_ROWS_INSIDE_H
#define HUDDLE_SYNC_ROWS_INSIDE_H

/* Shared by the row splitter and its messages only. */

#include "huddle/err.h"
#include "huddle/str.h"
#include "reader.h"
#include <csv.h>
#include <stdint.h>

#define FIELD_MAX   ((size_t)1 << 20)
#define FIELD_LONG  ((size_t)32 << 20) /* see reader_allow_long() */
#define ROW_MAX     ((size_t)64 << 20)
#define COLUMNS_MAX 4096

enum stop { GOING, AT_END, AT_NUL, AT_BROKEN };

struct rows {
	struct charset *file;
	char *name; /* without folders, for messages */
	size_t chunk;
	struct str ahead; /* read for the choice of delimiter, not in text yet */
	size_t ahead_used;
	enum stop ahead_stop;
	struct str text; /* read and not yet given out */
	enum stop stop;  /* what stands at the end of text */

	size_t row;    /* offsets in text: of the row, */
	size_t scan;   /* up to where its end was looked for, */
	size_t fed;    /* up to where the parser has it, */
	size_t lf, cr; /* of the next line ends from scan on */
	bool odd;      /* quotes from row to scan */
	int64_t line, line_ends, skipped;

	struct csv_parser csv;
	char delimiter;
	struct str cells; /* the fields' text, end to end */
	size_t ends[COLUMNS_MAX];
	struct slice fields[COLUMNS_MAX];
	size_t count, longest; /* that a field may be */
	bool row_done, too_long, too_many;

	reader_same_fn same; /* NULL: no row is known */
	void *same_arg;
	const struct slice *header; /* borrowed, for messages */
	size_t width;
	bool failed;
	struct err error;
};

/* Each fills in err, which then stands for good, and returns false. */
bool fault(struct rows *r, struct err *err);
bool fault_unterminated(struct rows *r, struct err *err);
bool fault_syntax(struct rows *r, size_t at, struct err *err);
/* `open`: its quote is still open. */
bool fault_field_too_long(struct rows *r, bool open, struct err *err);
bool fault_too_many(struct rows *r, struct err *err);
bool fault_row_too_long(struct rows *r, struct err *err);
bool fault_bytes(struct rows *r, struct err *err);

#endif
