#include "huddle/rates.h"
#include "jobs.h"
#include <string.h>
#include <xxhash.h>

/*
 * The section [rates] of a mapping is a small feed of its own, with the mapping
 * for its file: read anew when the mapping has changed, and gone when the
 * section is.
 */
static const char rates_section[] = "rates";

/* The company's own mapping counts whatever it reads, a preset where it does. */
static bool has_say(const struct sync_run *run, int mapping)
{
	if (run->own_mapping && !mapping)
		return true;
	for (size_t i = 0; i < run->n_jobs; i++)
		if (run->jobs[i].mapping == &run->mappings[mapping])
			return true;
	return false;
}

static bool is_new(struct sync_run *run, const struct mapping *m, bool *out)
{
	struct file_report report = {.file = m->file, .as_of = DAY_NONE};
	int64_t files;
	day_t as_of;
	bool same_mapping;

	*out = false;
	if (!build_feed_files(
	        run->build, m->name, rates_section, &files, &as_of, run->err))
		return false;
	if (!m->n_rates && as_of == DAY_NONE)
		return true;
	*out = !build_same_file(run->build, run->arena, m->name, rates_section, m->hash,
	    m->hash, &report, &same_mapping, run->err);
	return !*run->err->text;
}

bool rates_changed(struct sync_run *run, bool *any)
{
	*any = false;
	for (int i = 0; i < run->n_mappings; i++) {
		struct mapping *m = &run->mappings[i];
		m->rates_new = false;
		if (has_say(run, i) && !is_new(run, m, &m->rates_new))
			return false;
		*any |= m->rates_new;
	}
	return true;
}

static bool put_rate(struct sync_run *run, int feed, struct currency currency,
    int64_t worth, bool company, struct file_report *report)
{
	struct value values[R_CORPORATE + 1] = {
	    [R_CURRENCY] = {.type = VALUE_TEXT, .len = 3, .p = currency.code},
	    [R_WORTH] = {.type = VALUE_INT, .n = worth},
	    [R_CORPORATE] = {.type = VALUE_INT, .n = company}};
	struct fact fact = {.id = slice_of(currency.code),
	    .values = values,
	    .hash = XXH3_64bits_withSeed(&worth, sizeof worth, company)};
	enum put_result result;
	const char *other;

	if (!build_put(run->build, feed, &fact, &result, &other, run->err) ||
	    !build_put_end(run->build, run->err))
		return false;
	report->rows++;
	run->added += result == PUT_ADDED;
	run->updated += result == PUT_UPDATED;
	return true;
}

static bool load_section(struct sync_run *run, const struct mapping *m)
{
	struct file_report report = {.file = m->file, .encoding = "UTF-8"};
	struct feed_report before;
	int64_t missing, edited;
	int feed;

	if (!build_feed(run->build, m->name, rates_section, FACT_CURRENCIES,
	        "currency rate worth from until corporate", &feed, &before, run->err))
		return false;
	if (m->n_rates && !put_rate(run, feed, m->currency, RATE_ONE, true, &report))
		return false;
	for (int i = 0; i < m->n_rates; i++)
		if (!currency_eq(m->rates[i].currency, m->currency) &&
		    !put_rate(run, feed, m->rates[i].currency, m->rates[i].worth, false,
		        &report))
			return false;
	/* A line that is taken out of the mapping is gone. */
	if (!build_file(
	        run->build, feed, &report, m->hash, 0, m->hash, NULL, 0, run->err) ||
	    !build_feed_done(
	        run->build, feed, report.rows, false, true, &missing, &edited, run->err))
		return false;
	run->missing += missing;
	return true;
}

bool rates_load(struct sync_run *run)
{
	for (int i = 0; i < run->n_mappings; i++) {
		struct mapping *m = &run->mappings[i];
		if (m->rates_new && !load_section(run, m))
			return false;
		m->rates_new = false;
	}
	return true;
}
