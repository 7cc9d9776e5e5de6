#include "claim.h"
#include "explain.h"
#include <string.h>

/* Why a file is taken by one section and not by another: claim.c decides, and
 * what it went by is said here. */

static void add_word(struct str *out, const char *word)
{
	str_addf(out, "%s%s", out->len ? ", " : "", word);
}

static const char *pattern_of(const struct section *section, const char *name)
{
	for (int i = 0; i < section->n_files; i++)
		if (path_match(section->files[i], name))
			return section->files[i];
	return NULL;
}

static int fit_of(
    const struct mapping *m, const struct file_header *h, const struct section **by)
{
	int most = 0;

	*by = NULL;
	for (int i = 0; i < m->n_sections; i++) {
		int fit = section_claims(&m->sections[i], h);
		if (fit > most) {
			most = fit;
			*by = &m->sections[i];
		}
	}
	return most;
}

/* The source that would have the file if the one that has it were not there. */
static void add_rival(const struct sync_run *run, struct str *out,
    const struct mapping *taker, const struct file_header *h)
{
	const struct section *section = NULL, *best = NULL, *own = NULL;
	const struct mapping *rival = NULL;
	int fit = fit_of(taker, h, &own), most = 0;

	for (int i = 0; i < run->n_mappings; i++) {
		const struct mapping *m = &run->mappings[i];
		int other = m == taker || m->fallback ? 0 : fit_of(m, h, &section);
		if (other <= most)
			continue;
		most = other;
		best = section;
		rival = m;
	}
	if (taker->fallback)
		str_adds(out, "; no other source knows it");
	else if (best)
		str_addf(out, "; [%s] of %s fits as well, but %s", best->name,
		    rival->name,
		    run->own_mapping && taker == run->mappings
		        ? "your own mapping comes first"
		    : most < fit ? "by fewer headers"
		                 : "comes later");
}

const char *explain_taken(
    struct sync_run *run, const struct job *job, const struct looked *f)
{
	const struct file_header h =
	    file_header(run->arena, f->file->name, f->header, f->n_header);
	const struct section *by = job->lookup ? &job->lookup->files : job->section;
	const char *pattern = pattern_of(by, f->file->name);
	const struct alternative *set = longest_set(&by->signature, &h);
	struct str out = STR_INIT, headers = STR_INIT;

	if (pattern)
		str_addf(&out, "its name fits %s", pattern);
	for (int i = 0; set && i < set->n_headers; i++)
		add_word(&headers, set->headers[i]);
	if (set)
		str_addf(&out, "%sits header has %s", out.len ? " and " : "",
		    str_text(&headers));
	add_rival(run, &out, job->mapping, &h);
	str_release(&headers);
	return explain_text(run->arena, &out);
}

/* ---- nearest ---- */

struct near {
	const struct mapping *mapping;
	const struct section *section;
	const struct alternative *set;
	int has, lacks;
};

static bool is_nearer(const struct near *a, const struct near *b)
{
	if (!a->has || !b->set)
		return a->has > 0;
	if (a->lacks != b->lacks)
		return a->lacks < b->lacks;
	if (a->mapping->fallback != b->mapping->fallback)
		return b->mapping->fallback;
	return a->has > b->has;
}

static struct near look_near(const struct mapping *mapping, const struct section *section,
    const struct alternative *set, const struct file_header *h)
{
	struct near near = {mapping, section, set, 0, 0};

	for (int i = 0; i < set->n_headers; i++)
		near.has += header_has(h, set->hashes[i]);
	near.lacks = set->n_headers - near.has;
	return near;
}

/* Nothing is lacking: what keeps the section from taking it? */
static void add_hindrance(
    struct str *out, const struct section *section, const struct file_header *h)
{
	const struct alternative *set = longest_set(&section->without, h);
	struct str headers = STR_INIT;

	if (!section_names(section, h->name)) {
		str_adds(out, ", but its name fits none of its files");
		return;
	}
	for (int i = 0; set && i < set->n_headers; i++)
		add_word(&headers, set->headers[i]);
	str_addf(
	    out, ", but has %s as well, which such a file has not", str_text(&headers));
	str_release(&headers);
}

static const char *say_near(
    struct arena *arena, const struct near *near, const struct file_header *h)
{
	struct str there = STR_INIT, lacking = STR_INIT, out = STR_INIT;

	for (int i = 0; i < near->set->n_headers; i++)
		add_word(header_has(h, near->set->hashes[i]) ? &there : &lacking,
		    near->set->headers[i]);
	str_addf(&out, "[%s] of %s is nearest: it has %s", near->section->name,
	    near->mapping->name, str_text(&there));
	if (lacking.len)
		str_addf(&out, ", but lacks %s", str_text(&lacking));
	else
		add_hindrance(&out, near->section, h);
	str_release(&there);
	str_release(&lacking);
	return explain_text(arena, &out);
}

const char *explain_nearest(struct sync_run *run, const struct looked *f)
{
	const struct file_header h =
	    file_header(run->arena, f->file->name, f->header, f->n_header);
	struct near best = {.set = NULL};

	for (int m = 0; m < run->n_mappings; m++)
		for (int i = 0; i < run->mappings[m].n_sections; i++) {
			const struct section *s = &run->mappings[m].sections[i];
			for (int j = 0; j < s->signature.count; j++) {
				struct near near = look_near(
				    &run->mappings[m], s, &s->signature.items[j], &h);
				if (is_nearer(&near, &best))
					best = near;
			}
		}
	return best.set ? say_near(run->arena, &best, &h) : NULL;
}
