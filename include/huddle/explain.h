#ifndef HUDDLE_EXPLAIN_H
#define HUDDLE_EXPLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What export files are taken for and why, and what stands in their columns:
 * `huddle sources explain`. Plain data in an arena; texts are as the file has
 * them, so whoever shows them makes them safe first.
 */
enum { EXPLAIN_SAMPLES = 3 };

struct explained_column {
	const char *header;
	const char *feeds;  /* "deals.amount, deals.custom.Region"; NULL: not used */
	const char *type;   /* one word: date, time, amount, number, id, text, ... */
	const char *format; /* for people: "date, M/D/YYYY" */
	const char *note;   /* what to look at, and what to do; NULL: nothing */
	int64_t filled, unreadable;
	const char *samples[EXPLAIN_SAMPLES]; /* different ones; NULL at the end */
};

/* One section that takes the file. */
struct explained_use {
	const char *source, *section, *kind;
	const char *why;     /* "its header has Deal Name, Deal Stage" */
	const char *missing; /* fields that no column feeds: "closed, type"; "" */
	const char *problem; /* why a sync would refuse it; NULL: it would not */
};

struct explained_file {
	const char *file;
	const char *encoding; /* NULL: it could not be read at all */
	char delimiter;
	int64_t rows, skipped, ragged;
	const char *left_out; /* why no section takes it; NULL: one does */
	const char *nearest;  /* "[deals] of hubspot, which also needs Deal Stage"; NULL */
	const char *problem;  /* of its structure: "deals.csv:12: what; what to do"; NULL */
	struct explained_use *uses;
	size_t n_uses;
	struct explained_column *columns;
	size_t n_columns;
};

struct explanation {
	struct explained_file *files;
	size_t n_files;
	const char **warnings;
	size_t n_warnings;
};

#endif
