#include "run.h"

#include "huddle/app.h"
#include "huddle/store_server.h"
#include <errno.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

const char *cli_joined(struct cli *cli, int first)
{
	const char *text = first < cli->n_args ? cli->args[first] : "";
	for (int i = first + 1; i < cli->n_args; i++)
		text = arena_printf(&cli->arena, "%s %s", text, cli->args[i]);
	return text;
}

bool cli_number(
    const struct cli *cli, enum option option, int least, int *out, struct err *err)
{
	const char *text = cli->value[option];
	char place[40], *end;
	if (!text)
		return true;
	errno = 0;
	long number = strtol(text, &end, 10);
	if (!errno && end != text && !*end && number >= least && number <= INT_MAX) {
		*out = (int)number;
		return true;
	}
	snprintf(place, sizeof place, "--%s", option_infos[option].name);
	return err_usage(
	    err, place, "\"%.60s\" is no number; write one from %d on", text, least);
}

bool cli_period(const struct cli *cli, struct period *out, struct err *err)
{
	const char *text = cli->value[OPT_CLOSING];
	*out = (struct period){DAY_NONE, DAY_NONE};
	if (!text || period_parse(text, cli->report.today, cli->info.fiscal_start, out))
		return true;
	return err_usage(err, "--closing",
	    "\"%.60s\" is no period; write 2026-11, 2026-Q4, this-month or this-quarter",
	    text);
}

bool cli_day(const struct cli *cli, const char *place, const char *text, day_t *out,
    struct err *err)
{
	if (day_typed(text, cli->report.today, out))
		return true;
	return err_usage(
	    err, place, "\"%.60s\" is no date; write 2026-11-28, fri or +1w", text);
}

bool cli_flush(struct cli *cli, struct err *err)
{
	size_t written = fwrite(str_text(&cli->out), 1, cli->out.len, stdout);
	bool fine = written == cli->out.len && !fflush(stdout);
	str_clear(&cli->out);
	return fine || err_set(err, "standard output", "could not be written: %s",
	                   strerror(errno));
}

/* Columns for text: the terminal's, else what fits a page. */
static int text_columns(void)
{
	enum { USUAL = 120, LEAST = 40, MOST = 160 };
	struct winsize size;
	int columns = USUAL;
	if (isatty(STDOUT_FILENO) && !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) &&
	    size.ws_col)
		columns = size.ws_col;
	return columns < LEAST ? LEAST : columns > MOST ? MOST : columns;
}

static bool set_today(struct cli *cli, struct err *err)
{
	const char *text = cli->value[OPT_TODAY];
	time_t now = time(NULL);
	struct tm local;
	if (text && !day_parse(text, &cli->report.today))
		return err_usage(
		    err, "--today", "\"%.60s\" is no date; write 2026-11-28", text);
	if (!text && localtime_r(&now, &local))
		cli->report.today =
		    day_from_civil(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
	return true;
}

const char *cli_db_path(const struct cli *cli)
{
	const char *path = cli->value[OPT_DB] ? cli->value[OPT_DB] : getenv("HUDDLE_DB");
	return path && *path ? path : NULL;
}

static struct store_options store_options(const struct cli *cli, bool read_only)
{
	return (struct store_options){.path = cli_db_path(cli),
	    .read_only = read_only || cli_has(cli, OPT_READ_ONLY),
	    .keep = !cli_has(cli, OPT_READ_ONLY),
	    .person = cli->value[OPT_AS]};
}

/*
 * Reading makes no file where there is none. A file that can not be opened for
 * reading alone may hold a write that was cut short: opened for writing, SQLite
 * takes that back.
 */
static bool open_store(struct cli *cli, enum store_use use, struct err *err)
{
	struct store_options reading = store_options(cli, true);
	struct store_options writing = store_options(cli, false);
	struct err first = ERR_INIT;
	/* A server has its tables, or says what to do. */
	bool look =
	    use == STORE_READ || (use == STORE_WRITE && !store_is_server(reading.path));
	bool fine = look && store_open(&cli->store, &reading, &first);
	if (fine && use == STORE_WRITE && !access(store_path(cli->store), F_OK)) {
		store_close(cli->store);
		cli->store = NULL;
		fine = false;
	}
	if (!fine && !store_open(&cli->store, &writing, err))
		return false;
	/* Facts that can not be read are no reason to keep anybody from syncing new
	 * ones or from their records. */
	if (!store_info(cli->store, &cli->info, err)) {
		if (use == STORE_READ && !cli_has(cli, OPT_DRY_RUN))
			return false;
		*err = (struct err)ERR_INIT;
	}
	if (*store_server_problem(cli->store))
		str_addf(&cli->notes, "huddle: %s; this is what was known here before\n",
		    store_server_problem(cli->store));
	cli->report.as_of = cli->info.has_facts ? cli->info.as_of : DAY_NONE;
	return true;
}

/* "100x30" */
static bool screen_size(const char *text, int *width, int *height, struct err *err)
{
	char end;
	if (sscanf(text, "%4dx%4d%c", width, height, &end) == 2 && *width > 0 &&
	    *height > 0)
		return true;
	return err_usage(err, "--screen", "\"%.60s\" is no size; write 100x30", text);
}

int cli_app(struct cli *cli, const char *debrief, struct err *err)
{
	const char *mouse = cli->value[OPT_MOUSE];
	struct app_options options = {.store = store_options(cli, false),
	    .today = cli->report.today,
	    .theme = cli->value[OPT_THEME],
	    .ascii = cli_has(cli, OPT_ASCII),
	    .no_color = cli_has(cli, OPT_NO_COLOR),
	    .mouse = !mouse                 ? MOUSE_SETTING
	             : !strcmp(mouse, "on") ? MOUSE_ON
	                                    : MOUSE_OFF,
	    .filter = cli->value[OPT_FILTER],
	    .debrief = debrief,
	    .config = cli->value[OPT_CONFIG],
	    .keys = cli->value[OPT_KEYS]};
	if (cli_has(cli, OPT_SCREEN)) {
		if (!screen_size(
		        cli->value[OPT_SCREEN], &options.width, &options.height, err))
			return err->status;
		options.screen = stdout;
	}
	return app_run(&options);
}

bool cli_has_screen(const struct cli *cli)
{
	if (cli_has(cli, OPT_JSON) || cli_has(cli, OPT_PRINT))
		return false;
	return cli_has(cli, OPT_SCREEN) ||
	       (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO));
}

static bool wants_help(struct cli *cli, struct err *err, int *status)
{
	*status = EXIT_OK;
	if (cli_has(cli, OPT_HELP) && cli->command)
		help_command(&cli->out, cli->command);
	else if (cli_has(cli, OPT_HELP))
		help_program(&cli->out);
	else if (cli_has(cli, OPT_VERSION))
		*status = cmd_version(cli, err);
	else
		return false;
	return true;
}

static int run(struct cli *cli, struct err *err)
{
	int status;
	if (wants_help(cli, err, &status))
		return status;
	cli->report.width = text_columns();
	/* A terminal of one byte a character can not show UTF-8; a pipe may. */
	cli->report.ascii =
	    cli_has(cli, OPT_ASCII) || (isatty(STDOUT_FILENO) && MB_CUR_MAX < 4);
	money_hide(cli_has(cli, OPT_DISCREET));
	if (!set_today(cli, err))
		return err->status;
	if (!cli->command && cli_has_screen(cli))
		return cli_app(cli, NULL, err);
	enum store_use use = cli->command ? cli->command->store : STORE_READ;
	if (cli_has(cli, OPT_DRY_RUN))
		use = STORE_READ;
	if (use != STORE_NONE && !open_store(cli, use, err))
		return err->status;
	return cli->command ? cli->command->run(cli, err) : cmd_review(cli, err);
}

/* Was --json said, in a line that may not have been understood? */
static bool said_json(int argc, char *const argv[])
{
	for (int i = 0; i < argc && strcmp(argv[i], "--"); i++)
		if (!strcmp(argv[i], "--json"))
			return true;
	return false;
}

int cli_main(int argc, char *const argv[])
{
	return cli_main_with(argc, argv, NULL);
}

int cli_main_with(int argc, char *const argv[], const struct deck_maker *deck)
{
	struct cli cli = {.report = {.as_of = DAY_NONE}, .argv = argv, .deck = deck};
	struct err err = ERR_INIT;
	setlocale(LC_ALL, "");
	setlocale(LC_NUMERIC, "C"); /* numbers are written for programs too */
	int words = argc > 0 ? argc - 1 : 0;
	bool parsed = cli_parse(&cli, words, argv + 1, &err);
	int status = parsed ? run(&cli, &err) : err.status;
	if (*err.text && said_json(words, argv + 1) && !cli.out.len)
		report_error_json(&cli.out, &err);
	struct err lost = ERR_INIT;
	if (!cli_flush(&cli, &lost)) {
		status = lost.status;
		err = lost;
	}
	if (*err.text) {
		struct str line = STR_INIT;
		report_error(&line, &err);
		fputs(str_text(&line), stderr);
		str_release(&line);
	}
	fputs(str_text(&cli.notes), stderr);
	cli_release(&cli);
	return status;
}
