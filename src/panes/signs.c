#include "huddle/pane.h"

/* The signs that panes draw, in words, for the help. */
const struct sign signs[] = {
    {SYM_HIGH, NULL, "slip risk is high: 60% or more"},
    {SYM_WATCH, NULL, "slip risk to watch: 35% or more"},
    {SYM_LOW, NULL, "slip risk is low; a touch that was only sent"},
    {SYM_TOUCH, NULL, "a touch that was answered"},
    {SYM_ACTIVITY, NULL, "an activity done; a loss with its debrief"},
    {SYM_BOX, NULL, "planned or not done; a loss without debrief"},
    {SYM_MARK, NULL, "on the committee; there, the primary contact"},
    {SYMBOLS, "\u2190", "came from the buyer"},
    {SYMBOLS, "2a", "two open actions, in the list of deals"},
    {SYMBOLS, "dr", "a debrief that was begun, in the list of deals"},
    {SYMBOLS, "?", "not captured: neither a risk nor fine"},
};
const int n_signs = sizeof signs / sizeof *signs;
