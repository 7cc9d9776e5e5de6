#ifndef HUDDLE_CLI_DEBRIEF_READ_H
#define HUDDLE_CLI_DEBRIEF_READ_H

#include "huddle/record.h"
#include "huddle/str.h"

/*
 * Read a debrief written as text into the fields of `debrief`; fields that are
 * not there keep their values. Either lines of `field = value` or `field:
 * value`, where # starts a comment and a line that starts with a blank goes on
 * with the value before it; or a JSON object, also as `huddle show --json`
 * prints it. `name` is the file's, for messages; `lines` gets the line that each
 * field stands on, 0 where it does not.
 */
bool debrief_read(struct debrief *debrief, struct arena *arena, const char *name,
    struct slice text, int lines[DEBRIEF_FIELDS], struct err *err);

#endif
