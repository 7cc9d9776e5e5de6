#ifndef HUDDLE_SYNC_MAPPING_INSIDE_H
#define HUDDLE_SYNC_MAPPING_INSIDE_H

#include "huddle/deal.h"
#include "huddle/ini.h"
#include "mapping.h"

/* What the files that parse a mapping share. */
struct parse {
	struct mapping *out;
	struct arena *arena;
	struct err *err;
	bool (*fail)(struct parse *p, int line, const char *format, ...);
	struct section *section; /* of facts, or the files of */
	struct lookup *lookup;   /* this one, or */
	bool (*plain)(struct parse *p, const struct ini_item *item); /* of settings */
	size_t cap_sections, cap_lookups, cap_stages, cap_status, cap_rates;
};

/* One line of a section of facts (mapping_field.c). */
bool parse_field_key(struct parse *p, const struct ini_item *item);
/* A section that restores: all of its fields. */
void restore_fields(struct parse *p, struct section *s);
/* HEADER, alone. */
bool parse_header(struct parse *p, const struct ini_item *item, const char **out);
/* NAME | NAME */
bool parse_names(
	struct parse *p, const struct ini_item *item, const char ***out, int *count);

/* [lookup.NAME] (mapping_lookup.c): its start, a line of it, and when all is read. */
bool start_lookup(struct parse *p, const struct ini_item *item);
bool parse_lookup_key(struct parse *p, const struct ini_item *item);
bool check_lookups(struct parse *p);

#endif
