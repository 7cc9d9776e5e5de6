#include "claim.h"
#include "huddle/path.h"

/*
 * Vendors use the same words: "Record ID" and "Deal Name" are HubSpot's and
 * nearly Zoho's. What tells most about a file decides: the mapping, and in it
 * for each kind of fact the section, whose signature names most of its headers.
 */

struct file_header file_header(
    struct arena *arena, const char *name, const struct slice *header, size_t n_header)
{
	uint64_t *hashes = arena_alloc(arena, n_header * sizeof *hashes + 1);

	for (size_t i = 0; i < n_header; i++)
		hashes[i] = header_hash(header[i]);
	return (struct file_header){name, hashes, n_header};
}

bool header_has(const struct file_header *h, uint64_t hash)
{
	for (size_t i = 0; i < h->n_header; i++)
		if (h->hashes[i] == hash)
			return true;
	return false;
}

static bool has_all(const struct file_header *h, const struct alternative *a)
{
	for (int i = 0; i < a->n_headers; i++)
		if (!header_has(h, a->hashes[i]))
			return false;
	return true;
}

const struct alternative *longest_set(
    const struct alternatives *sets, const struct file_header *h)
{
	const struct alternative *longest = NULL;

	for (int i = 0; i < sets->count; i++) {
		const struct alternative *set = &sets->items[i];
		if (set->n_headers > (longest ? longest->n_headers : 0) &&
		    has_all(h, set))
			longest = set;
	}
	return longest;
}

bool section_names(const struct section *section, const char *name)
{
	for (int i = 0; i < section->n_files; i++)
		if (path_match(section->files[i], name))
			return true;
	return !section->n_files;
}

int section_claims(const struct section *section, const struct file_header *h)
{
	if (!section_names(section, h->name) || longest_set(&section->without, h))
		return 0;
	if (!section->signature.count)
		return section->n_files > 0;
	const struct alternative *set = longest_set(&section->signature, h);
	return set ? set->n_headers : 0;
}

static int mapping_fit(const struct mapping *mapping, const struct file_header *h)
{
	int most = 0;

	for (int i = 0; i < mapping->n_sections; i++) {
		int fit = section_claims(&mapping->sections[i], h);
		most = fit > most ? fit : most;
	}
	for (int i = 0; i < mapping->n_lookups; i++) {
		int fit = section_claims(&mapping->lookups[i].files, h);
		most = fit > most ? fit : most;
	}
	return most;
}

static const struct mapping *best_of(
    const struct mapping *mappings, int n, bool fallback, const struct file_header *h)
{
	const struct mapping *best = NULL;
	int most = 0;

	for (int i = 0; i < n; i++) {
		int fit =
		    mappings[i].fallback == fallback ? mapping_fit(&mappings[i], h) : 0;
		if (fit > most) {
			most = fit;
			best = &mappings[i];
		}
	}
	return best;
}

const struct mapping *mapping_for(
    const struct mapping *mappings, int n, bool own_first, const struct file_header *h)
{
	if (own_first && n && mapping_fit(&mappings[0], h))
		return &mappings[0];
	const struct mapping *best = best_of(mappings, n, false, h);
	return best ? best : best_of(mappings, n, true, h);
}

/* Sections of one kind with signatures as long share the file: each takes some of
 * its rows. One that names files is meant for them whatever others say. */
bool section_takes(const struct mapping *mapping, const struct section *section,
    const struct file_header *h)
{
	int fit = section_claims(section, h);

	if (!fit || section->n_files)
		return fit > 0;
	for (int i = 0; i < mapping->n_sections; i++) {
		const struct section *other = &mapping->sections[i];
		if (other->kind == section->kind && !other->n_files &&
		    section_claims(other, h) > fit)
			return false;
	}
	return true;
}
