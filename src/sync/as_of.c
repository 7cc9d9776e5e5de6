#include "huddle/store.h"
#include "jobs.h"
#include <string.h>
#include <strings.h>

/*
 * The day that a file speaks of, told from its name or its folders: what weekly
 * exports are called. 2025-08-11, 2025_08_11, 2025.08.11, 20250811 (with or
 * without a time after it), 11-Aug-2025, Aug 11 2025, 25.08.2025, and the
 * milliseconds in the names of Salesforce's reports. 08-11-2025 tells nothing:
 * nobody knows which of the two is the month.
 */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_mark(char c)
{
	return c == '-' || c == '_' || c == '.' || c == ' ';
}

/* How many digits stand at p. */
static size_t digits(struct slice s, size_t at)
{
	size_t n = 0;

	while (at + n < s.len && is_digit(s.p[at + n]))
		n++;
	return n;
}

static int number(struct slice s, size_t at, size_t len)
{
	int n = 0;

	for (size_t i = 0; i < len; i++)
		n = n * 10 + (s.p[at + i] - '0');
	return n;
}

static bool civil_day(int year, int month, int day, day_t *out)
{
	if (year < 1990 || year > 2099 || month < 1 || month > 12 || day < 1 ||
	    day > month_length(year, month))
		return false;
	*out = day_from_civil(year, month, day);
	return true;
}

/* Three runs of digits with the same mark between: their places and lengths. */
static bool three_runs(struct slice s, size_t at, size_t place[3], size_t len[3])
{
	char mark = 0;

	for (int i = 0; i < 3; i++) {
		place[i] = at;
		len[i] = digits(s, at);
		at += len[i];
		if (!len[i])
			return false;
		if (i == 2)
			return true;
		if (at >= s.len || !is_mark(s.p[at]) || (mark && s.p[at] != mark))
			return false;
		mark = s.p[at++];
	}
	return false;
}

static bool parted(struct slice s, size_t at, day_t *out)
{
	size_t place[3], len[3];

	if (!three_runs(s, at, place, len) || len[1] > 2)
		return false;
	int middle = number(s, place[1], len[1]);
	if (len[0] == 4 && len[2] <= 2)
		return civil_day(
		    number(s, at, 4), middle, number(s, place[2], len[2]), out);
	if (len[0] > 2 || len[2] != 4)
		return false;
	int first = number(s, at, len[0]), year = number(s, place[2], 4);
	/* With dots the day is first; else only a number above 12 tells. */
	if (s.p[place[1] - 1] == '.' || first > 12)
		return civil_day(year, middle, first, out);
	return middle > 12 && civil_day(year, first, middle, out);
}

enum { MILLISECONDS = 13 };

static bool is_report(struct slice s, size_t at)
{
	return at >= 6 && slice_is_nocase((struct slice){s.p + at - 6, 6}, "report");
}

static bool unparted(struct slice s, size_t at, day_t *out)
{
	size_t n = digits(s, at);
	instant_t seconds = 0;

	/* Alone, or with hours and minutes, or with seconds as well. */
	if (n == 8 || n == 12 || n == 14)
		return civil_day(
		    number(s, at, 4), number(s, at + 4, 2), number(s, at + 6, 2), out);
	if (n != MILLISECONDS || !is_report(s, at))
		return false;
	for (size_t i = 0; i < MILLISECONDS - 3; i++)
		seconds = seconds * 10 + (s.p[at + i] - '0');
	struct civil civil = civil_from_day(day_of_instant(seconds));
	return civil_day(civil.year, civil.month, civil.day, out);
}

static const char *const months[] = {"january", "february", "march", "april", "may",
    "june", "july", "august", "september", "october", "november", "december"};

/* The month whose name or first three letters stand at `at`; 0: none. */
static int month_at(struct slice s, size_t at, size_t *len)
{
	size_t n = 0;

	while (at + n < s.len && ((s.p[at + n] | 32) >= 'a' && (s.p[at + n] | 32) <= 'z'))
		n++;
	*len = n;
	for (int i = 0; i < 12; i++)
		if ((n == 3 || n == strlen(months[i])) &&
		    !strncasecmp(s.p + at, months[i], n))
			return i + 1;
	return 0;
}

static size_t skip_marks(struct slice s, size_t at)
{
	while (at < s.len && (is_mark(s.p[at]) || s.p[at] == ','))
		at++;
	return at;
}

/* 11-Aug-2025, 11Aug2025, Aug-11-2025 */
static bool with_month(struct slice s, size_t at, day_t *out)
{
	size_t len, n = digits(s, at);
	int day = 0, month;

	if (n > 2)
		return false;
	if (n) {
		day = number(s, at, n);
		at = skip_marks(s, at + n);
	}
	if (!(month = month_at(s, at, &len)))
		return false;
	at = skip_marks(s, at + len);
	if (!n) {
		n = digits(s, at);
		if (!n || n > 2)
			return false;
		day = number(s, at, n);
		at = skip_marks(s, at + n);
	}
	return digits(s, at) == 4 && civil_day(number(s, at, 4), month, day, out);
}

static bool is_letter(char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* Of several days the latest that has come; else the first that has not. */
static bool better(day_t day, day_t best, day_t today)
{
	if (best == DAY_NONE || (day <= today) != (best <= today))
		return best == DAY_NONE || day <= today;
	return day <= today ? day > best : day < best;
}

day_t day_of_name(struct slice s, day_t today)
{
	day_t best = DAY_NONE, day;

	for (size_t at = 0; at < s.len; at++) {
		/* A number or a word is looked at from its beginning. */
		char before = at ? s.p[at - 1] : ' ';
		bool digit = is_digit(s.p[at]);
		if (digit ? is_digit(before) : !is_letter(s.p[at]) || is_letter(before))
			continue;
		if (((digit && (parted(s, at, &day) || unparted(s, at, &day))) ||
		        with_month(s, at, &day)) &&
		    better(day, best, today))
			best = day;
	}
	return best;
}

/* The name itself, then the folders around it from the inside; of those above
 * what was named to the sync only the nearest. */
static day_t day_of_path(const struct path_file *file, day_t today)
{
	struct slice rest = slice_of(file->path);
	day_t day = DAY_NONE;
	int parts = 2;

	for (const char *p = file->name; p != file->path && *p; p++)
		parts += *p == '/';
	for (; parts > 0 && rest.len && day == DAY_NONE; parts--) {
		size_t start = rest.len;
		while (start && rest.p[start - 1] != '/')
			start--;
		day =
		    day_of_name((struct slice){rest.p + start, rest.len - start}, today);
		rest.len = start ? start - 1 : 0;
	}
	return day;
}

/* A name that tells a day to come is called after what it plans, unless there
 * are several: those are exports made after the day that is looked at. */
static bool plans(const struct sync_run *run, const struct job *job)
{
	for (size_t i = 0; i < run->n_jobs; i++) {
		const struct job *other = &run->jobs[i];
		bool same = job->lookup ? job->lookup == other->lookup
		                        : job_same_feed(job, other);
		if (same && other->dated && other->as_of != job->as_of)
			return false;
	}
	return true;
}

static void to_come(struct sync_run *run, struct job *job, bool plan)
{
	char day[DAY_TEXT], today[DAY_TEXT];

	day_format(job->as_of, day);
	day_format(run->options->today, today);
	if (!plan) {
		job->left_out = true;
		run_warn(run, "%s: speaks of %s, which is after today, %s; left out",
		    job->report.file, day, today);
		return;
	}
	run_warn(run,
	    "%s: %s is still to come, so that the file is taken to speak of today; give "
	    "the day with --as-of if it is another",
	    job->report.file, day);
}

static void look_ahead(struct sync_run *run)
{
	bool *plan = arena_alloc(run->arena, run->n_jobs + 1);

	for (size_t i = 0; i < run->n_jobs; i++)
		plan[i] = run->jobs[i].dated && plans(run, &run->jobs[i]);
	for (size_t i = 0; i < run->n_jobs; i++) {
		struct job *job = &run->jobs[i];
		if (!job->dated || job->as_of <= run->options->today)
			continue;
		to_come(run, job, plan[i]);
		if (plan[i]) {
			job->dated = false;
			job->as_of = run->options->as_of;
		}
	}
}

/* The days that the names tell; false when they are one day or none. */
static bool several_days(const struct sync_run *run)
{
	day_t first = DAY_NONE;

	for (size_t i = 0; i < run->n_jobs; i++) {
		if (!run->jobs[i].dated)
			continue;
		if (first != DAY_NONE && first != run->jobs[i].as_of)
			return true;
		first = run->jobs[i].as_of;
	}
	return false;
}

void job_days(struct sync_run *run)
{
	const struct sync_options *o = run->options;
	char day[DAY_TEXT];

	for (size_t i = 0; i < run->n_jobs; i++) {
		struct job *job = &run->jobs[i];
		day_t told = (job->section || job->lookup) && !job->returned
		                 ? day_of_path(job->file, o->today)
		                 : DAY_NONE;
		job->dated = told != DAY_NONE;
		job->facts_day = DAY_NONE;
		job->as_of = job->dated ? told : o->as_of;
	}
	bool several = several_days(run);
	if (several && o->as_of_given)
		run_warn(run,
		    "the names tell several days, and each file keeps its own; --as-of "
		    "%s is for files whose names tell none",
		    day_format(o->as_of, day));
	for (size_t i = 0; !several && o->as_of_given && i < run->n_jobs; i++) {
		run->jobs[i].dated = false;
		run->jobs[i].as_of = o->as_of;
	}
	look_ahead(run);
	for (size_t i = 0; i < run->n_jobs; i++)
		run->jobs[i].report.as_of = run->jobs[i].as_of;
}

/* Corrected rows make the exports that they stood in no newer: they are of the
 * last day that is loaded, or of the day of the facts. */
void job_days_returned(struct sync_run *run)
{
	struct store_info info;
	struct err ignored = ERR_INIT;
	day_t day = DAY_NONE;

	for (size_t i = 0; i < run->n_jobs; i++) {
		const struct job *job = &run->jobs[i];
		if (job->section && !job->returned && !job->skip && job->as_of > day)
			day = job->as_of;
	}
	if (day == DAY_NONE)
		day = store_info(run->store, &info, &ignored) && info.has_facts
		          ? info.as_of
		          : run->options->as_of;
	for (size_t i = 0; i < run->n_jobs; i++) {
		struct job *job = &run->jobs[i];
		if (!job->returned)
			continue;
		job->as_of = job->report.as_of = day;
		job->dated = true; /* which takes no facts back */
	}
}
