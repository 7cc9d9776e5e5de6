#ifndef HUDDLE_SYNC_MAPPING_INSIDE_H
#define HUDDLE_SYNC_MAPPING_INSIDE_H

#include "huddle/deal.h"
#include "huddle/ini.h"
#include "mapping.h"

/* What the two files that parse a mapping share. */
struct parse {
	struct mapping *out;
	struct arena *arena;
	struct err *err;
	bool (*fail)(struct parse *p, int line, const char *format, ...);
	struct section *section; /* of facts, or */
	bool (*plain)(struct parse *p, const struct ini_item *item); /* of settings */
	size_t cap_sections, cap_stages, cap_status, cap_rates;
};

/* One line of a section of facts (mapping_field.c). */
bool parse_field_key(struct parse *p, const struct ini_item *item);

#endif
