#include "charset.h"
#include "jobs.h"
#include <string.h>

/* What need not be read again, and what must not be: files that are known, and
 * files of days before those that the facts speak of. */

bool job_same_feed(const struct job *a, const struct job *b)
{
	return a->section && b->section && !a->returned == !b->returned &&
	       !strcmp(a->mapping->name, b->mapping->name) &&
	       !strcmp(a->section->name, b->section->name);
}

size_t job_lot_end(const struct sync_run *run, size_t first)
{
	const struct job *job = &run->jobs[first];
	size_t end = first + 1;

	while (end < run->n_jobs && job_same_feed(job, &run->jobs[end]) &&
	       job->as_of == run->jobs[end].as_of)
		end++;
	return end;
}

/* A file that feeds two sections is hashed once, and not again when it was read
 * whole to tell its encoding. */
static bool hash_job(struct sync_run *run, size_t index)
{
	struct job *job = &run->jobs[index];
	const struct file_look *look = job_look(run, job->file);

	for (size_t j = 0; j < index && !*job->hash; j++)
		if (run->jobs[j].file == job->file && *run->jobs[j].hash) {
			memcpy(job->hash, run->jobs[j].hash, sizeof job->hash);
			job->size = run->jobs[j].size;
		}
	if (!*job->hash && *look->hash) {
		memcpy(job->hash, look->hash, sizeof job->hash);
		job->size = look->size;
	}
	return !sync_stopped(run->err) &&
	       (*job->hash ||
	           reader_hash_file(job->file->path, job->hash, &job->size, run->err));
}

static bool compare_job(struct sync_run *run, struct job *job)
{
	bool same_mapping = false;

	job->known = build_same_file(run->build, run->arena, job->mapping->name,
	    job->section->name, job->hash, job->read_by, &job->report, &same_mapping,
	    run->err);
	job->skip = job->known && same_mapping;
	return !*run->err->text;
}

bool jobs_compare(struct sync_run *run)
{
	for (size_t i = 0; i < run->n_jobs; i++) {
		const struct job *job = &run->jobs[i];
		if ((job->section || job->lookup) && !job->returned && !job->left_out &&
		    !hash_job(run, i))
			return false;
	}
	lookups_read_by(run);
	for (size_t i = 0; i < run->n_jobs; i++) {
		struct job *job = &run->jobs[i];
		if (job->section && !job->returned && !job->left_out &&
		    !compare_job(run, job))
			return false;
	}
	return true;
}

/* What a file says of a day before that of the facts would take them back. */
static void leave_old(struct sync_run *run, size_t first, size_t end, day_t facts)
{
	for (size_t i = first; i < end; i++) {
		struct job *job = &run->jobs[i];
		job->skip = job->left_out = true;
		job->report.left_out = !job->known;
		job->facts_day = facts;
	}
}

static void warn_old(struct sync_run *run, const struct job *job, size_t files)
{
	char day[DAY_TEXT], newer[DAY_TEXT];

	if (!job->section)
		return;
	day_format(job->as_of, day);
	day_format(job->facts_day, newer);
	if (files == 1)
		run_warn(run,
		    "%s: speaks of %s, and the %s of %s are those of %s already; left "
		    "out: sync --undo goes back, or sync it by itself with --as-of %s",
		    job->report.file, day, fact_infos[job->section->kind].name,
		    job->mapping->name, newer, day);
	else
		run_warn(run,
		    "%s and %zu other files: speak of %s and later, and the %s of %s are "
		    "those of %s already; left out: to have their history, too, sync the "
		    "folder with another --db, or see \"Weekly exports\" in the manual",
		    job->report.file, files - 1, day, fact_infos[job->section->kind].name,
		    job->mapping->name, newer);
}

/* One line a feed: a year of exports may have been added. */
static void warn_all_old(struct sync_run *run)
{
	for (size_t i = 0, end; i < run->n_jobs; i = end) {
		const struct job *old = NULL;
		size_t files = 0;
		for (end = i; end < run->n_jobs &&
		              (end == i || job_same_feed(&run->jobs[i], &run->jobs[end]));
		     end++) {
			const struct job *job = &run->jobs[end];
			if (!job->report.left_out || job->facts_day == DAY_NONE)
				continue;
			old = old ? old : job;
			files++;
		}
		if (old)
			warn_old(run, old, files);
	}
}

/* A lot is left as it is when all its files are the same and none is gone:
 * else rows of the same files would seem to be missing. */
static bool same_as_before(
    struct sync_run *run, size_t first, size_t end, int64_t before, bool *same)
{
	const struct job *job = &run->jobs[first];
	bool missing = false;

	*same = true;
	for (size_t i = first; i < end; i++)
		*same &= run->jobs[i].skip;
	if (!*same)
		return true;
	if (run->options->full &&
	    !build_feed_missing(run->build, job->mapping->name, job->section->name,
	        job->section->kind, &missing, run->err))
		return false;
	*same = before == (int64_t)(end - first) && !missing;
	return true;
}

static bool decide_lot(struct sync_run *run, size_t first, size_t end)
{
	const struct job *job = &run->jobs[first];
	int64_t before;
	day_t facts;
	bool skip;

	if (!build_feed_files(run->build, job->mapping->name, job->section->name, &before,
	        &facts, run->err))
		return false;
	if (facts > run->facts_day)
		run->facts_day = facts;
	if (job->dated && facts != DAY_NONE && job->as_of < facts) {
		leave_old(run, first, end, facts);
		return true;
	}
	if (!same_as_before(run, first, end, before, &skip))
		return false;
	for (size_t j = first; j < end; j++) {
		struct file_report *r = &run->jobs[j].report;
		run->jobs[j].skip = skip;
		if (!skip)
			*r = (struct file_report){.file = r->file,
			    .kind = r->kind,
			    .source = r->source,
			    .as_of = r->as_of};
	}
	if (!skip && facts != DAY_NONE && job->as_of < facts) {
		char day[DAY_TEXT], newer[DAY_TEXT];
		run_warn(run,
		    "%s: speaks of %s, and the %s of %s were those of %s; now they are "
		    "the older ones",
		    job->report.file, day_format(job->as_of, day),
		    fact_infos[job->section->kind].name, job->mapping->name,
		    day_format(facts, newer));
	}
	return true;
}

bool jobs_skip(struct sync_run *run, bool *all)
{
	*all = true;
	for (size_t i = 0, end; i < run->n_jobs; i = end) {
		end = job_lot_end(run, i);
		if (!run->jobs[i].section)
			continue;
		for (size_t j = i; j < end && run->jobs[j].left_out; j++)
			run->jobs[j].skip = run->jobs[j].report.left_out = true;
		if (!run->jobs[i].left_out && !run->jobs[i].returned &&
		    !decide_lot(run, i, end))
			return false;
		*all &= run->jobs[i].skip;
	}
	warn_all_old(run);
	job_days_returned(run);
	return true;
}
