#include "huddle/text.h"
#include "jobs.h"
#include <string.h>
#include <time.h>
#include <unistd.h>

/* One line on standard error that is written over, and gone at the end. */

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void show(struct sync_run *run, const char *text)
{
	struct str line = STR_INIT;

	text_pad(&line, slice_of(text), 78, true);
	/* Only a terminal can be written over. */
	if (isatty(fileno(run->options->progress)))
		fprintf(run->options->progress, "\r%s", str_text(&line));
	else
		fprintf(run->options->progress, "%s\n", text);
	fflush(run->options->progress);
	str_release(&line);
}

void progress_rows(struct sync_run *run, const struct job *job, int64_t bytes)
{
	struct str text = STR_INIT;
	double time;

	if (!run->options->progress ||
	    (time = now()) - run->shown_at <
	        (isatty(fileno(run->options->progress)) ? 0.1 : 5))
		return;
	run->shown_at = time;
	display_safe(&text, slice_of(job->report.file));
	str_addf(&text, ": %lld rows, %d %%", (long long)job->report.rows,
	    job->size ? (int)(bytes * 100 / job->size) : 100);
	show(run, str_text(&text));
	str_release(&text);
}

void progress_stage(void *arg, const char *what)
{
	struct sync_run *run = arg;

	if (run->options->progress)
		show(run, what);
}

void progress_end(struct sync_run *run)
{
	if (run->options->progress && isatty(fileno(run->options->progress)))
		fprintf(run->options->progress, "\r%78s\r", "");
}
