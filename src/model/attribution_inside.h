#ifndef HUDDLE_MODEL_ATTRIBUTION_INSIDE_H
#define HUDDLE_MODEL_ATTRIBUTION_INSIDE_H

#include "huddle/sourced.h"

/* The next word of ASCII letters, "email" and "open" of EMAIL_OPEN; false: none is
 * left. */
bool text_next_word(struct slice *rest, struct slice *word);
bool word_is_one_of(struct slice word, const char *const *words); /* without case */

#endif
