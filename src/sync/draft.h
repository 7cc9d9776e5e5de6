#ifndef HUDDLE_SYNC_DRAFT_H
#define HUDDLE_SYNC_DRAFT_H

#include "explain.h"

/* What a drafted section says of one field. */
struct draft_field {
	const struct field *field;
	int columns[2], n_columns; /* joined by + */
	const char *fallback;      /* of FIELD.default, where no column is there */
	const char *why;           /* a comment; NULL: the header says it */
};

/* Files of one kind and the same header. */
struct draft_section {
	enum fact_kind kind;
	const struct looked *files[64];
	size_t n_files;
	struct draft_field fields[FACT_FIELDS_MAX];
	int n_fields;
	int lacking; /* required fields that nothing feeds */
};

struct draft {
	struct str *out;
	struct arena *arena;
	struct draft_section *sections;
	size_t n_sections;
};

/* A text that a line of a comment may hold. */
void draft_plain(struct str *out, const char *text);
/* Can it be written in a mapping and read back? */
bool draft_writable(struct slice text);
void draft_source(const struct draft *d); /* [source] */
void draft_stages(const struct draft *d, const struct draft_section *s);
void draft_status(const struct draft *d, const struct draft_section *s);

/* draft_words.c: words for the fields of each kind. A header's words in lower
 * case with a blank before, between and after them: " close date ". */
void draft_header(struct str *out, struct slice header);
/* How well a header names the field, 0: not at all. */
int draft_match(enum fact_kind kind, const char *field, const char *header_words);
/* How well a file's name names the kind. */
int draft_name_match(enum fact_kind kind, const char *name_words);
/* Fields that hardly any other kind has. */
bool draft_telling(enum fact_kind kind, const char *field);

/* draft_guess.c: the likely kind and columns; false: no kind fits. */
bool draft_guess(struct draft_section *out, struct arena *arena, const struct looked *file);
const struct draft_field *draft_field_of(const struct draft_section *s, const char *name);

#endif
