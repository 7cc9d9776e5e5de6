/* huddle-generate: writes a made-up company's Salesforce Data Export, the same every time. */
#include "truth.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { USAGE = 2 };

static const char help[] =
    "Usage: huddle-generate --out DIR [OPTION]...\n"
    "Writes the CSV files of a made-up company, the same bytes for the same options.\n"
    "\n"
    "  --out DIR            folder to write to; made if it isn't there\n"
    "  --deals N            a big company of N deals, without the sample's stories "
    "[260]\n"
    "  --touches N          campaign members in all [200 for each deal]\n"
    "  --activities N       tasks and events in all [50 for each deal]\n"
    "  --seed N             another company [1]\n"
    "  --as-of YYYY-MM-DD   the day of the export [2026-11-20]\n"
    "  --change PERCENT     change that share of the campaign members, tasks and deals "
    "[0]\n"
    "  --truth 1|2|3        another company, whose slips are drawn from a known "
    "function:\n"
    "                       smooth, of steps, mixed; beside its files truth.ini to read "
    "them\n"
    "                       with and truth.txt with each prediction's chance and "
    "outcome\n"
    "  --help               this text\n";

static int usage(const char *what, const char *value, const char *advice)
{
	fprintf(stderr, "huddle-generate: %s%s%s; %s\n", what, *value ? " " : "", value,
	    advice);
	return USAGE;
}

static bool read_number(uint64_t *out, const char *text, uint64_t most)
{
	*out = 0;
	for (const char *p = text; *p; p++) {
		if (*p < '0' || *p > '9' || *out > (most - (uint64_t)(*p - '0')) / 10)
			return false;
		*out = *out * 10 + (uint64_t)(*p - '0');
	}
	return *text != '\0';
}

/* "1", "0.5" or "12.25" as hundredths of a percent. */
static bool read_percent(uint32_t *out, const char *text)
{
	char whole[4] = "";
	size_t n = strcspn(text, ".");
	const char *rest = text[n] == '.' ? text + n + 1 : "0";
	uint64_t units, decimals;

	if (n == 0 || n >= sizeof(whole) || strlen(rest) > 2)
		return false;
	memcpy(whole, text, n);
	if (!read_number(&units, whole, 100) || !read_number(&decimals, rest, 99))
		return false;
	if (strlen(rest) == 1)
		decimals *= 10;
	*out = (uint32_t)(units * 100 + decimals);
	return *out <= 10000;
}

static bool read_count(uint32_t *out, const char *value, uint64_t least, uint64_t most)
{
	uint64_t n;

	if (!read_number(&n, value, most) || n < least)
		return false;
	*out = (uint32_t)n;
	return true;
}

static bool read_seed(uint64_t *out, const char *value)
{
	return read_number(out, value, UINT64_MAX / 16);
}

/* 0 or the exit status. */
static int read_option(struct config *cfg, const char *name, const char *value)
{
	if (strcmp(name, "--out") == 0 && *value) {
		cfg->out = value;
		return 0;
	}
	if (strcmp(name, "--deals") == 0)
		return read_count(&cfg->deals, value, 10, 1000000)
		           ? 0
		           : usage("not a number of deals:", value, "give 10 to 1000000");
	if (strcmp(name, "--touches") == 0)
		return read_count(&cfg->touches, value, 0, 100000000)
		           ? 0
		           : usage("not a number of touches:", value,
		                 "give 0 to 100000000");
	if (strcmp(name, "--activities") == 0)
		return read_count(&cfg->activities, value, 0, 100000000)
		           ? 0
		           : usage("not a number of activities:", value,
		                 "give 0 to 100000000");
	if (strcmp(name, "--seed") == 0)
		return read_seed(&cfg->seed, value)
		           ? 0
		           : usage("not a seed:", value, "give a whole number");
	if (strcmp(name, "--as-of") == 0)
		return day_parse(&cfg->as_of, value)
		           ? 0
		           : usage("not a day:", value, "give YYYY-MM-DD, from 1990 on");
	if (strcmp(name, "--truth") == 0)
		return read_count(&cfg->truth, value, 1, 3)
		           ? 0
		           : usage("not a truth:", value, "give 1, 2 or 3");
	if (strcmp(name, "--change") == 0)
		return read_percent(&cfg->change, value)
		           ? 0
		           : usage("not a percentage:", value,
		                 "give 0 to 100, with two decimals at most");
	return usage("unknown option:", name, "see --help");
}

/* NONE marks what wasn't given. Any size asked for makes it the company without stories. */
static void set_defaults(struct config *cfg)
{
	cfg->sample =
	    cfg->deals == NONE && cfg->touches == NONE && cfg->activities == NONE;
	if (cfg->deals == NONE)
		cfg->deals = 260;
	if (cfg->touches == NONE)
		cfg->touches = cfg->sample ? 0 : cfg->deals * 200;
	if (cfg->activities == NONE)
		cfg->activities = cfg->sample ? 0 : cfg->deals * 50;
}

static int read_options(struct config *cfg, int argc, char **argv)
{
	*cfg = (struct config){
	    .seed = 1, .deals = NONE, .touches = NONE, .activities = NONE};
	cfg->as_of = day_from_civil(2026, 11, 20);
	for (int i = 1; i < argc; i += 2) {
		int status;

		if (i + 1 == argc)
			return usage("missing value after", argv[i], "see --help");
		status = read_option(cfg, argv[i], argv[i + 1]);
		if (status)
			return status;
	}
	if (!cfg->out)
		return usage("no folder to write to", "", "give --out DIR");
	set_defaults(cfg);
	return 0;
}

static void build(struct world *w)
{
	users_build(w);
	campaigns_build(w);
	deals_build(w);
	committees_build(w);
	histories_build(w);
	leads_build(w);
	activities_build(w);
	touches_build(w);
}

static void write_all(struct world *w)
{
	write_users(w);
	write_quotas(w);
	write_accounts(w);
	write_contacts(w);
	write_deals(w);
	write_roles(w);
	write_versions(w);
	write_competitors(w);
	write_tasks(w);
	write_events(w);
	write_campaigns(w);
	write_members(w);
	write_leads(w);
	write_contracts(w);
}

static void release(struct world *w)
{
	free(w->users);
	free(w->accounts);
	free(w->contacts);
	free(w->campaigns);
	free(w->deals);
	free(w->roles);
	free(w->versions);
	free(w->leads);
	free(w->touches);
	free(w->activities);
	memory_release();
}

int main(int argc, char **argv)
{
	struct world w = {0};
	int status;

	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--help") == 0)
			return fputs(help, stdout) == EOF || fflush(stdout) == EOF;
	}
	status = read_options(&w.cfg, argc, argv);
	if (status)
		return status;
	if (mkdir(w.cfg.out, 0777) != 0 && errno != EEXIST)
		die(w.cfg.out, strerror(errno), "give --out a folder that can be made");
	if (w.cfg.truth) {
		truth_write(&w.cfg);
		return 0;
	}
	w.now = w.cfg.as_of * DAY + 6 * HOUR; /* the export runs in the early morning */
	build(&w);
	write_all(&w);
	release(&w);
	return 0;
}
