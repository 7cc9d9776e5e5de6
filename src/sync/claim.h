#ifndef HUDDLE_SYNC_CLAIM_H
#define HUDDLE_SYNC_CLAIM_H

#include "mapping.h"

/* Which mapping and which of its sections take a file. */
struct file_header {
	const char *name;
	const uint64_t *hashes; /* of its headers */
	size_t n_header;
};

bool header_has(const struct file_header *h, uint64_t hash);
struct file_header file_header(struct arena *arena, const char *name,
	const struct slice *header, size_t n_header);

/* The longest of the sets of headers that the file has; NULL: it has none of them. */
const struct alternative *longest_set(
	const struct alternatives *sets, const struct file_header *h);
/* Does the section want this file, by its name or by its header? 0: no; else the
 * number of headers that told it, at least 1. */
bool section_names(const struct section *section, const char *name); /* or names none */
int section_claims(const struct section *section, const struct file_header *h);
/* The company's own comes first; of the others the one with the longest signature
 * the file has, of equal ones the first. NULL: none. */
const struct mapping *mapping_for(const struct mapping *mappings, int n, bool own_first,
	const struct file_header *h);
bool section_takes(const struct mapping *mapping, const struct section *section,
	const struct file_header *h);

#endif
