#ifndef HUDDLE_ERR_H
#define HUDDLE_ERR_H

#include <stdbool.h>

/*
 * An error for a person: the place, what is wrong, what to do. The caller owns
 * it; functions take it last and return false when they have filled it in.
 * Printed as "huddle: PLACE: WHAT; WHAT TO DO".
 */
struct err {
	int status;       /* exit status of the program: enum exit_status */
	char place[512];  /* file, file:line, command: may be empty */
	char text[1024];  /* "what is wrong; what to do" */
};

enum exit_status {
	EXIT_OK = 0,
	EXIT_REFUSED = 1, /* nothing changed */
	EXIT_USAGE = 2,
	EXIT_REJECTS = 3, /* loaded, with rejected rows */
};

#define ERR_INIT {0}

/* Fill in with status EXIT_REFUSED; return false, so "return err_set(...)". */
bool err_set(struct err *err, const char *place, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The same with status EXIT_USAGE. */
bool err_usage(struct err *err, const char *place, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* For our own mistakes: print the place in the code and abort. */
#define BUG(...) bug_at(__FILE__, __LINE__, __VA_ARGS__)
void bug_at(const char *file, int line, const char *format, ...)
	__attribute__((noreturn, format(printf, 3, 4)));

#endif
