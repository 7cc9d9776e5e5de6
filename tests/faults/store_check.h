#ifndef STORE_CHECK_H
#define STORE_CHECK_H

#include <stdio.h>

/*
 * Lines of all writers on standard input: the file is whole, what was acknowledged
 * is there once, with its line in the log; of what was tried and not acknowledged
 * all is there or nothing; the last draft that was acknowledged is the one that is
 * offered; and at most `extra` writes are there that nobody acknowledged. Tells what
 * is wrong and returns 1, or says how many writes of which kinds were cut short.
 */
int store_check_lines(const char *path, long long extra);

/* All records, drafts and lines of the log, a row a line; instants and the ids of
 * writes are written AT and OP. What `huddle check` finds wrong stands there as well. */
int store_dump(const char *path, FILE *out);

/* Drop what was learned from the facts, which is no record. */
int store_forget(const char *path);

#endif
