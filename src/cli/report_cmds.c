#include "aside.h"

#include "huddle/path.h"
#include <string.h>

/*
 * Reports that are ready to take to a meeting: each is a row of sections, and a section
 * is what one command prints, as text or in Markdown.
 */
struct section {
	const char *title;
	int (*run)(struct cli *cli, struct err *err);
	bool beside; /* on a second thread; about half of the work */
};

static const struct section weekly_leads[] = {
    {"How leads were handed over", cmd_handoff, false},
    {"Notes that wait for an answer", cmd_note_list, false}, {NULL, NULL, false}};

static const struct section monthly_pipeline[] = {
    {"What made the pipeline of today", cmd_changes, false},
    {"Qualified beside claimed", cmd_define_check, false},
    {"Most likely to slip, and what each team does", cmd_risk, false},
    {"Forecast against actual", cmd_forecast, true}, {"Scorecard", cmd_scorecard, true},
    {"Moves without the required fields", cmd_define_moves, false}, {NULL, NULL, false}};

static const struct section quarterly_winloss[] = {
    {"What losses have in common", cmd_themes, false},
    {"Losses without a debrief", cmd_debrief_missing, true},
    {"States of demand", cmd_leads_demand, true},
    {"Fit of accounts", cmd_leads_fit, true}, {NULL, NULL, false}};

static bool is_markdown(const struct cli *cli)
{
	const char *path = cli->value[OPT_OUT];
	size_t len = path ? strlen(path) : 0;
	if (cli_has(cli, OPT_FORMAT))
		return !strcmp(cli->value[OPT_FORMAT], "markdown");
	return len > 3 && !strcmp(path + len - 3, ".md");
}

/* Longer than any run of backticks in the text, which could close it before its end. */
static void add_fence(struct str *out, const char *text)
{
	int longest = 2, run = 0;
	for (; *text; text++) {
		run = *text == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	for (int i = 0; i <= longest; i++)
		str_addc(out, '`');
	str_addc(out, '\n');
}

/* A table keeps its columns in a fenced block. */
static void put_section(
    struct cli *cli, const struct section *s, const char *text, bool markdown)
{
	str_addf(&cli->out, markdown ? "\n## %s\n\n" : "\n%s\n\n", s->title);
	if (markdown)
		add_fence(&cli->out, text);
	str_adds(&cli->out, text);
	if (markdown)
		add_fence(&cli->out, text);
}

/* What can not be told says so in its place; the others are told all the same. */
static void run_section(struct cli *cli, const struct section *s, struct str *text)
{
	struct err err = ERR_INIT;
	struct str before = cli->out;
	cli->out = (struct str)STR_INIT;
	if (s->run(cli, &err) != EXIT_OK && *err.text)
		str_addf(&cli->out, "%s\n", err.text);
	*text = cli->out;
	cli->out = before;
}

enum { SECTIONS = 8 };

/* A report while its sections are printed, each into a text of its own. */
struct making {
	const struct section *sections;
	struct str texts[SECTIONS];
};

static void run_those(struct cli *cli, struct making *m, bool beside)
{
	for (int i = 0; m->sections[i].title; i++)
		if (m->sections[i].beside == beside)
			run_section(cli, &m->sections[i], &m->texts[i]);
}

static bool run_beside(struct cli *cli, void *making, struct err *err)
{
	(void)err; /* is in its section */
	run_those(cli, making, true);
	return true;
}

static void run_sections(struct cli *cli, const struct section *sections, bool markdown)
{
	struct making *m = arena_alloc(&cli->arena, sizeof *m);
	struct aside aside;
	struct err none = ERR_INIT;
	m->sections = sections;
	for (int i = 0; i < SECTIONS; i++)
		m->texts[i] = (struct str)STR_INIT;
	aside_begin(&aside, cli, run_beside, m);
	run_those(cli, m, false);
	aside_end(&aside, cli, &none);
	for (int i = 0; sections[i].title; i++)
		put_section(cli, &sections[i], str_text(&m->texts[i]), markdown);
	for (int i = 0; i < SECTIONS; i++)
		str_release(&m->texts[i]);
	aside_release(&aside);
}

static int print(
    struct cli *cli, const char *title, const struct section *sections, struct err *err)
{
	char day[DAY_TEXT], as_of[DAY_TEXT];
	bool markdown = is_markdown(cli);
	if (cli_has(cli, OPT_FORMAT) && !markdown) {
		err_usage(err, "--format", "a report is text or markdown");
		return err->status;
	}
	if (cli_has(cli, OPT_JSON)) {
		err_usage(err, "--json",
		    "a report is text or Markdown; the commands it is made of have JSON");
		return err->status;
	}
	str_addf(&cli->out, "%s%s, %s\n\nFrom the exports of %s.\n", markdown ? "# " : "",
	    title, day_format(cli->report.today, day),
	    cli->info.has_facts ? day_format(cli->info.as_of, as_of) : "no day");
	run_sections(cli, sections, markdown);
	if (!cli_has(cli, OPT_OUT) || !strcmp(cli->value[OPT_OUT], "-"))
		return EXIT_OK;
	const char *path = cli->value[OPT_OUT];
	bool fine = path_write(
	    path, (struct slice){str_text(&cli->out), cli->out.len}, false, err);
	str_clear(&cli->out);
	if (!fine)
		return err->status;
	report_note(&cli->out, &cli->report, false, "written",
	    arena_printf(&cli->arena, "The report is in %s", path));
	return EXIT_OK;
}

int cmd_report_leads(struct cli *cli, struct err *err)
{
	return print(cli, "Weekly review of leads", weekly_leads, err);
}

/* Changes are told since the month began. */
int cmd_report_pipeline(struct cli *cli, struct err *err)
{
	char day[DAY_TEXT];
	if (!cli_has(cli, OPT_SINCE))
		cli->value[OPT_SINCE] = arena_strdup(&cli->arena,
		    day_format(period_of_month(cli->report.today).first, day));
	return print(cli, "Monthly review of the pipeline", monthly_pipeline, err);
}

int cmd_report_winloss(struct cli *cli, struct err *err)
{
	return print(cli, "Quarterly review of wins and losses", quarterly_winloss, err);
}
