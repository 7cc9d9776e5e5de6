#ifndef HUDDLE_REPORT_DEFINE_H
#define HUDDLE_REPORT_DEFINE_H

#include "huddle/qualified.h"
#include "huddle/report.h"

/* A version with who signed it and what is wrong with it. */
struct definition_report {
	const struct definition_version *version;
	const struct definition *definition;
	const char *doubt; /* NULL: none */
};
void report_definition(struct str *out, const struct report *report,
	const struct definition_report *d);
void report_definition_json(struct str *out, const struct definition_report *d);

void report_definition_diff(struct str *out, const struct report *report,
	const struct definition_change *changes, size_t count);
void report_definition_diff_json(struct str *out, const struct definition_change *changes,
	size_t count);
/* What another definition would make of the open deals: before and after. */
void report_qualified_effect(struct str *out, const struct report *report,
	const struct qualified *before, const struct qualified *after);

/* The pipeline that passes beside the one that is claimed. */
void report_qualified(struct str *out, const struct report *report,
	const struct definition_report *d, const struct qualified *qualified);
void report_qualified_json(struct str *out, const struct report *report,
	const struct definition_report *d, const struct qualified *qualified);

#endif
