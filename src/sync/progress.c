#include "progress.h"

#include "huddle/text.h"
#include "jobs.h"
#include <string.h>
#include <time.h>
#include <unistd.h>

/* One line on standard error that is written over, and gone at the end. */

static double seconds_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

struct progress_mark progress_mark(struct progress *p, struct progress_mark now)
{
	int n = p->n_marks;

	if (!n || now.time - p->marks[(n - 1) % PROGRESS_MARKS].time >= 0.25)
		p->marks[p->n_marks++ % PROGRESS_MARKS] = now;
	n = p->n_marks > PROGRESS_MARKS ? p->n_marks : 0;
	return p->marks[n % PROGRESS_MARKS];
}

/* 1,204,000 */
void progress_count(struct str *out, int64_t n)
{
	char digits[24];
	int len = snprintf(digits, sizeof digits, "%lld", (long long)n);

	for (int i = 0; i < len; i++)
		str_addf(out, "%s%c", i && (len - i) % 3 == 0 ? "," : "", digits[i]);
}

/* Of two leading digits, as more of them would only flicker. */
static int64_t rounded(double n)
{
	int64_t step = 1;

	while (n / (double)step >= 100)
		step *= 10;
	return (int64_t)(n / (double)step + 0.5) * step;
}

static void add_left(struct str *out, double seconds)
{
	if (seconds < 100)
		str_addf(out, "%d s left", (int)seconds + 1);
	else if (seconds < 100 * 60)
		str_addf(out, "%d min left", (int)(seconds / 60) + 1);
	else
		str_addf(out, "%d h left", (int)(seconds / 3600 + 0.5));
}

/* Rate and time left are of the moments from `then` to `now`; unless those make
 * half a second nothing is said of them. */
static void add_rest(struct str *out, int64_t rows, struct progress_mark then,
    struct progress_mark now, int64_t all_bytes)
{
	double took = now.time - then.time;
	int64_t bytes = now.bytes - then.bytes;

	str_adds(out, ": ");
	progress_count(out, rows);
	str_addf(out, " rows, %d %%",
	    all_bytes > 0 ? (int)((double)now.bytes * 100 / (double)all_bytes) : 100);
	if (took < 0.5 || bytes <= 0)
		return;
	str_adds(out, ", ");
	progress_count(out, rounded((double)(now.rows - then.rows) / took));
	str_adds(out, "/s, ");
	add_left(out, (double)(all_bytes - now.bytes) * took / (double)bytes);
	str_adds(out, ", then indexing");
}

void progress_text(struct str *out, const char *file, int64_t rows,
    struct progress_mark then, struct progress_mark now, int64_t all_bytes)
{
	struct str name = STR_INIT, rest = STR_INIT;

	display_safe(&name, slice_of(file));
	add_rest(&rest, rows, then, now, all_bytes);
	text_clip(out, (struct slice){str_text(&name), name.len},
	    PROGRESS_WIDTH - (int)rest.len, true);
	str_adds(out, str_text(&rest));
	str_release(&name);
	str_release(&rest);
}

/* Only a terminal can be written over. */
static bool written_over(FILE *to)
{
	return isatty(fileno(to));
}

static void show(FILE *to, const char *text)
{
	struct str line = STR_INIT;

	text_pad(&line, slice_of(text), PROGRESS_WIDTH, true);
	if (written_over(to))
		fprintf(to, "\r%s", str_text(&line));
	else
		fprintf(to, "%s\n", text);
	fflush(to);
	str_release(&line);
}

static bool soon_again(FILE *to, double shown_at, double now)
{
	return now - shown_at < (written_over(to) ? 0.1 : 5);
}

void progress_line(FILE *to, double *shown_at, const char *text)
{
	double now = seconds_now();

	if (soon_again(to, *shown_at, now))
		return;
	*shown_at = now;
	show(to, text);
}

void progress_clear(FILE *to)
{
	if (to && written_over(to))
		fprintf(to, "\r%*s\r", PROGRESS_WIDTH, "");
}

/* What is skipped is not read again. */
static int64_t bytes_to_read(const struct sync_run *run)
{
	int64_t all = 0;

	for (size_t i = 0; i < run->n_jobs; i++)
		if (run->jobs[i].section && !run->jobs[i].skip)
			all += run->jobs[i].size;
	return all;
}

static struct progress_mark so_far(
    struct progress *p, const struct job *job, int64_t bytes, double time)
{
	if (p->job != job) {
		p->rows += p->job_rows;
		p->bytes += p->job ? p->job->size : 0;
		p->job = job;
	}
	p->job_rows = job->report.rows;
	return (struct progress_mark){time, p->rows + p->job_rows, p->bytes + bytes};
}

void progress_rows(struct sync_run *run, const struct job *job, int64_t bytes)
{
	struct progress *p = &run->progress;
	struct str text = STR_INIT;

	if (!run->options->progress)
		return;
	struct progress_mark now = so_far(p, job, bytes, seconds_now());
	struct progress_mark then = progress_mark(p, now);
	if (soon_again(run->options->progress, p->shown_at, now.time))
		return;
	p->shown_at = now.time;
	progress_text(
	    &text, job->report.file, job->report.rows, then, now, bytes_to_read(run));
	show(run->options->progress, str_text(&text));
	str_release(&text);
}

void progress_stage(void *arg, const char *what)
{
	struct sync_run *run = arg;

	if (run->options->progress)
		show(run->options->progress, what);
}

void progress_end(struct sync_run *run)
{
	progress_clear(run->options->progress);
}
