#include "huddle/path.h"
#include "huddle/report_sync.h"
#include "huddle/store_server.h"
#include "huddle/sync.h"
#include "run.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* sync, rejects, sources, status: where the numbers come from. */

enum { SYNCS_SHOWN = 10 };

static void stop(int signal)
{
	(void)signal;
	sync_interrupt();
}

void cli_stop_on_signals(void)
{
	struct sigaction action = {.sa_handler = stop};
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
}

static int undo_sync(struct cli *cli, struct err *err)
{
	int64_t id;
	if (cli->n_args) {
		err_usage(err, "sync --undo", "it takes no files; leave them out");
		return err->status;
	}
	if (!store_undo_sync(cli->store, &id, err))
		return err->status;
	if (cli_has(cli, OPT_JSON))
		str_addf(
		    &cli->out, "{\"sync_id\":%lld,\"changed\":true}\n", (long long)id);
	else if (id)
		str_addf(&cli->out, "Back at the facts of sync %lld\n", (long long)id);
	else
		str_adds(&cli->out, "Back before the first sync\n");
	return EXIT_OK;
}

static bool sync_day(const struct cli *cli, day_t *out, struct err *err)
{
	*out = cli->report.today;
	if (!cli_has(cli, OPT_AS_OF) || day_parse(cli->value[OPT_AS_OF], out))
		return true;
	return err_usage(err, "--as-of", "\"%.60s\" is no date; write 2026-11-28",
	    cli->value[OPT_AS_OF]);
}

/* Whoever is in a meeting meanwhile comes first. That it can not be had is no
 * reason to say anything. */
static void stand_back(void)
{
	enum { NICE = 10 };

	if (getpriority(PRIO_PROCESS, 0) < NICE)
		setpriority(PRIO_PROCESS, 0, NICE);
}

int cmd_sync(struct cli *cli, struct err *err)
{
	struct sync_report report = {.sync_id = 0};
	struct sync_options options = {.paths = (const char *const *)cli->args,
	    .n_paths = (size_t)cli->n_args,
	    .source = cli->value[OPT_SOURCE],
	    .full = cli_has(cli, OPT_FULL),
	    .dry_run = cli_has(cli, OPT_DRY_RUN),
	    .partial = cli_has(cli, OPT_PARTIAL),
	    .accept_rejects = cli_has(cli, OPT_ACCEPT_REJECTS),
	    .accept_shrink = cli_has(cli, OPT_ACCEPT_SHRINK),
	    .progress =
	        cli_has(cli, OPT_PROGRESS) || isatty(STDERR_FILENO) ? stderr : NULL};
	if (cli_has(cli, OPT_UNDO) && (cli->n_args || options.dry_run)) {
		err_usage(err, "--undo", "it stands alone: huddle sync --undo");
		return err->status;
	}
	if (cli_has(cli, OPT_UNDO))
		return undo_sync(cli, err);
	if (!cli->n_args) {
		err_usage(
		    err, "sync", "nothing to read; name files or folders of exports");
		return err->status;
	}
	if (!sync_day(cli, &options.as_of, err))
		return err->status;
	options.as_of_given = cli_has(cli, OPT_AS_OF);
	options.today = cli->report.today;
	cli_stop_on_signals();
	stand_back();
	int status = sync_run(cli->store, &cli->arena, &options, &report, err);
	bool refused = status != EXIT_OK && status != EXIT_REJECTS;
	if (!refused && report.sync_id && !options.dry_run)
		cli_prepare_later(cli);
	if (cli_has(cli, OPT_JSON))
		report_sync_json(&cli->out, &report, refused ? err : NULL);
	else if (!refused || report.n_files)
		report_sync(&cli->out, &cli->report, &report);
	return status;
}

int cmd_sources(struct cli *cli, struct err *err)
{
	struct source_list list;
	if (!store_load_sources(cli->store, &cli->arena, &list, err))
		return err->status;
	if (cli_has(cli, OPT_JSON))
		report_sources_json(&cli->out, &cli->report, &list);
	else
		report_sources(&cli->out, &cli->report, &list);
	return EXIT_OK;
}

/* rejects.csv, rejects-2.csv: files with other headers can not be one table. */
static const char *table_path(struct cli *cli, size_t i)
{
	const char *path = cli->value[OPT_EXPORT], *name = path_base(path);
	const char *dot = strrchr(name, '.');
	int stem = dot && dot > name ? (int)(dot - path) : (int)strlen(path);
	if (!i)
		return path;
	return arena_printf(&cli->arena, "%.*s-%zu%s", stem, path, i + 1, path + stem);
}

/* All or none: none of the names may be taken. */
static bool write_tables(
    struct cli *cli, struct reject_table *tables, size_t n, struct err *err)
{
	for (size_t i = 0; i < n; i++)
		if (!access(table_path(cli, i), F_OK))
			return err_set(err, table_path(cli, i),
			    "is there already; name another file, or remove it");
	for (size_t i = 0; i < n; i++)
		if (!path_write(table_path(cli, i), tables[i].text, false, err))
			return false;
	return true;
}

static int export_rejects(
    struct cli *cli, const struct reject_list *list, struct err *err)
{
	struct reject_table *tables;
	size_t n = sync_reject_tables(&tables, &cli->arena, list);
	if (!write_tables(cli, tables, n, err))
		return err->status;
	const char **written = arena_alloc(&cli->arena, (n + 1) * sizeof *written);
	for (size_t i = 0; i < n; i++)
		written[i] = table_path(cli, i);
	if (cli_has(cli, OPT_JSON))
		report_rejects_json(&cli->out, &cli->report, list, written);
	else if (!n)
		report_note(&cli->out, &cli->report, false, "exported",
		    "No rows are rejected; nothing written");
	for (size_t i = 0; i < n && !cli_has(cli, OPT_JSON); i++)
		report_note(&cli->out, &cli->report, false, "exported",
		    arena_printf(&cli->arena,
		        "%zu rejected row%s of %s%s written to %s; correct them and sync "
		        "that file",
		        tables[i].rows, tables[i].rows == 1 ? "" : "s", tables[i].file,
		        tables[i].files ? " and others" : "", table_path(cli, i)));
	return EXIT_OK;
}

int cmd_rejects(struct cli *cli, struct err *err)
{
	struct reject_list list;
	if (!store_load_rejects(cli->store, &cli->arena, &list, err))
		return err->status;
	if (cli_has(cli, OPT_EXPORT))
		return export_rejects(cli, &list, err);
	if (cli_has(cli, OPT_JSON))
		report_rejects_json(&cli->out, &cli->report, &list, NULL);
	else
		report_rejects(&cli->out, &cli->report, &list);
	return EXIT_OK;
}

static bool find_sync(const struct sync_list *list, const char *text,
    const struct sync_info **out, struct err *err)
{
	char *end;
	long long id = strtoll(text, &end, 10);

	*out = NULL;
	if (*end || end == text)
		return err_usage(err, "--syncs",
		    "\"%.60s\" is no number of a sync; huddle status --syncs lists them",
		    text);
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].id == id)
			*out = &list->items[i];
	if (!*out)
		return err_set(err, "status",
		    "there is no sync %lld; huddle status --syncs lists them", id);
	return !(*out)->undone || err_set(err, "status",
	                              "sync %lld was undone, and what it changed with "
	                              "it; sync its files again",
	                              id);
}

static int show_sync(struct cli *cli, const struct sync_list *list, struct err *err)
{
	struct sync_moves moves = {.first = true};
	if (!find_sync(list, cli->args[0], &moves.sync, err) || !moves.sync ||
	    !store_load_moves(cli->store, &cli->arena, moves.sync->id, &moves.moves, err))
		return err->status;
	for (size_t i = 0; i < list->count; i++)
		moves.first &=
		    list->items[i].undone || list->items[i].id >= moves.sync->id;
	if (cli_has(cli, OPT_JSON))
		report_moves_json(&cli->out, &cli->report, &moves);
	else
		report_moves(&cli->out, &cli->report, &moves);
	return EXIT_OK;
}

static int list_syncs(struct cli *cli, const struct sync_list *list, struct err *err)
{
	if (cli->n_args)
		return show_sync(cli, list, err);
	if (cli_has(cli, OPT_JSON))
		report_syncs_json(&cli->out, &cli->report, list);
	else
		report_syncs(&cli->out, &cli->report, list);
	return EXIT_OK;
}

static const char *records_place(struct cli *cli)
{
	const char *server = store_server_name(cli->store);
	const char *path = store_path(cli->store);
	return server ? arena_printf(&cli->arena, "%s, copy %s", server, path) : path;
}

int cmd_status(struct cli *cli, struct err *err)
{
	struct sync_list syncs;
	if (cli->n_args && !cli_has(cli, OPT_SYNCS)) {
		err_usage(err, "status",
		    "\"%.60s\" is too much; one sync is shown by huddle status --syncs "
		    "NUMBER",
		    cli->args[0]);
		return err->status;
	}
	if (!store_load_syncs(cli->store, &cli->arena, &syncs, err))
		return err->status;
	if (cli_has(cli, OPT_SYNCS))
		return list_syncs(cli, &syncs, err);
	if (syncs.count > SYNCS_SHOWN)
		syncs.count = SYNCS_SHOWN;
	struct status status = {.info = &cli->info,
	    .syncs = &syncs,
	    .path = records_place(cli),
	    .person = store_person(cli->store),
	    .read_only = cli_has(cli, OPT_READ_ONLY)};
	if (cli_has(cli, OPT_JSON))
		report_status_json(&cli->out, &cli->report, &status);
	else
		report_status(&cli->out, &cli->report, &status);
	return EXIT_OK;
}
