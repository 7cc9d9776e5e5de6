#include "claim.h"

/*
 * Vendors use the same words: "Record ID" and "Deal Name" are HubSpot's and
 * nearly Zoho's. What tells most about a file decides: the mapping, and in it
 * for each kind of fact the section, whose signature names most of its headers.
 */

static int claims(const struct section *s, const struct file_header *h)
{
	return section_claims(s, h->name, h->header, h->n_header);
}

static int mapping_fit(const struct mapping *mapping, const struct file_header *h)
{
	int most = 0;

	for (int i = 0; i < mapping->n_sections; i++) {
		int fit = claims(&mapping->sections[i], h);
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
	int fit = claims(section, h);

	if (!fit || section->n_files)
		return fit > 0;
	for (int i = 0; i < mapping->n_sections; i++) {
		const struct section *other = &mapping->sections[i];
		if (other->kind == section->kind && !other->n_files &&
		    claims(other, h) > fit)
			return false;
	}
	return true;
}
