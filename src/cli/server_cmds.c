#include "run.h"

#include "huddle/store_server.h"

/* server: what RevOps does once, so that a team shares one huddle. */

/* The address is the argument, or what --db names. */
static const char *server_url(const struct cli *cli, int arg, struct err *err)
{
	const char *url = arg < cli->n_args ? cli->args[arg] : cli_db_path(cli);
	if (store_is_server(url))
		return url;
	err_usage(err, "server",
	    "\"%.60s\" is no server; write postgresql://NAME@HOST/DATABASE",
	    url ? url : "");
	return NULL;
}

int cmd_server_init(struct cli *cli, struct err *err)
{
	const char *url = server_url(cli, 0, err);
	if (!url || !store_server_init(url, err))
		return err->status;
	report_note(&cli->out, &cli->report, cli_has(cli, OPT_JSON), "initialised",
	    "The tables and roles are there. People get in by huddle server add-user");
	return EXIT_OK;
}

int cmd_server_add_user(struct cli *cli, struct err *err)
{
	const char *url = server_url(cli, 1, err), *role = cli->value[OPT_ROLE];
	bool made;
	if (url && !role)
		err_usage(
		    err, "--role", "which rights; write --role rep, leader or revops");
	if (!url || !role || !store_server_add_user(url, cli->args[0], role, &made, err))
		return err->status;
	report_note(&cli->out, &cli->report, cli_has(cli, OPT_JSON), "added",
	    arena_printf(&cli->arena, "%s is %s now%s", cli->args[0], role,
	        made ? "; set a password by psql's \\password, and they put it into "
	               "~/.pgpass"
	             : ""));
	return EXIT_OK;
}

int cmd_server_import(struct cli *cli, struct err *err)
{
	const char *url = server_url(cli, 1, err);
	struct store_options options = {.path = cli->args[0], .read_only = true};
	struct server_imported done;
	struct store *file = NULL;
	bool fine = url && store_open(&file, &options, err) &&
	            store_server_import(file, url, &done, err);
	store_close(file);
	if (!fine)
		return err->status;
	report_note(&cli->out, &cli->report, cli_has(cli, OPT_JSON), "imported",
	    arena_printf(&cli->arena,
	        "%lld lines of the log, %lld records%s are on the server, read again and "
	        "equal",
	        (long long)done.lines, (long long)done.rows,
	        done.generations ? " and the newest facts" : ""));
	return EXIT_OK;
}
