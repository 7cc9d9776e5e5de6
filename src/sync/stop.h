#ifndef HUDDLE_SYNC_STOP_H
#define HUDDLE_SYNC_STOP_H

#include <stdbool.h>
#include "huddle/err.h"

/* Set by a signal; whatever takes long looks at it. */
extern volatile int sync_interrupted;
/* Then err says so. */
bool sync_stopped(struct err *err);

#endif
