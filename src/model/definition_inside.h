#ifndef HUDDLE_MODEL_DEFINITION_INSIDE_H
#define HUDDLE_MODEL_DEFINITION_INSIDE_H

#include "huddle/definition.h"
#include "huddle/ini.h"
#include <stdio.h>

/* A value of a definition's text while it is read. */
struct reading {
	struct arena *arena;
	const struct ini_item *item;
	const char *value, *place; /* without its quotes; "FILE:12" */
	struct err *err;
};

/* definition_text.c: each reads one kind of value into what `to` points at. */
typedef bool (*read_fn)(struct reading *r, void *to);
bool read_text(struct reading *r, void *to);
bool read_words(struct reading *r, void *to);
bool read_require(struct reading *r, void *to);
bool read_count(struct reading *r, void *to);
bool read_percent(struct reading *r, void *to);
bool read_points(struct reading *r, void *to);
bool read_ratio(struct reading *r, void *to);
bool read_zone(struct reading *r, void *to);
bool read_hours(struct reading *r, void *to);
bool read_days(struct reading *r, void *to);
bool read_holidays(struct reading *r, void *to);
bool read_span(struct reading *r, void *to);
bool read_span_days(struct reading *r, void *to);
bool read_model(struct reading *r, void *to);
bool read_sourced(struct reading *r, void *to);
bool read_month(struct reading *r, void *to);
bool read_number(struct reading *r, void *to);

#endif
