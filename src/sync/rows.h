#ifndef HUDDLE_SYNC_ROWS_H
#define HUDDLE_SYNC_ROWS_H

#include "reader.h"
#include <stdint.h>

/*
 * The rows of a CSV file from its header on, as they stand: found by the parity
 * of quotes, split into fields by libcsv. Blank lines are skipped.
 */
struct rows;
struct charset;
struct file_look;

bool rows_open(struct rows **out, const char *path, size_t chunk, struct file_look *look,
	struct err *err);
void rows_close(struct rows *r);

/* *below_blank: were there blank lines above the row, or above the end? */
enum reader_result rows_next(
    struct rows *r, struct reader_row *row, bool *below_blank, struct err *err);

void rows_allow_long(struct rows *r); /* see reader_allow_long() */

/* See reader_ask_same(); NULL: not now. */
void rows_ask_same(struct rows *r, reader_same_fn same, void *arg);

/* Split the kept text of an earlier row again. */
void rows_parse(struct rows *r, struct slice raw, int64_t line, struct reader_row *row);

/* Names of columns for messages; borrowed until rows_close(). */
void rows_columns(struct rows *r, const struct slice *header, size_t width);

const struct charset *rows_file(const struct rows *r);
char rows_delimiter(const struct rows *r);
int64_t rows_skipped(const struct rows *r); /* lines above the header, blank lines */

#endif
