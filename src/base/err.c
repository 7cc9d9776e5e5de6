#include "huddle/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static void fill(
    struct err *err, int status, const char *place, const char *format, va_list args)
{
	if (!err)
		return;
	/* Format first: the arguments may point into *err itself. */
	char text[sizeof err->text];
	vsnprintf(text, sizeof text, format, args);
	char where[sizeof err->place];
	snprintf(where, sizeof where, "%s", place ? place : "");
	err->status = status;
	snprintf(err->text, sizeof err->text, "%s", text);
	snprintf(err->place, sizeof err->place, "%s", where);
}

bool err_set(struct err *err, const char *place, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fill(err, EXIT_REFUSED, place, format, args);
	va_end(args);
	return false;
}

bool err_usage(struct err *err, const char *place, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fill(err, EXIT_USAGE, place, format, args);
	va_end(args);
	return false;
}

void bug_at(const char *file, int line, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	fprintf(stderr, "huddle: %s:%d: ", file, line);
	vfprintf(stderr, format, args);
	fputs("; this is a mistake in the program, please report it\n", stderr);
	va_end(args);
	abort();
}
