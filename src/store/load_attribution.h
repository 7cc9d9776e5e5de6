#ifndef HUDDLE_STORE_LOAD_ATTRIBUTION_H
#define HUDDLE_STORE_LOAD_ATTRIBUTION_H

#include "huddle/sourced.h"

/* The number of a channel of this name, without case, which is added when it is new;
 * 0: the name is blank. */
uint32_t attribution_channel(
	struct attribution_book *book, struct arena *arena, struct slice name);

#endif
