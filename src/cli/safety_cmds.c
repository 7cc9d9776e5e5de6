#include "run.h"

#include "huddle/report_meeting.h"

/* The log, the backup, and whether all is there. */

int cmd_backup(struct cli *cli, struct err *err)
{
	if (!store_backup(cli->store, &cli->arena, cli->args[0], err))
		return err->status;
	report_note(&cli->out, &cli->report, cli_has(cli, OPT_JSON), "backup",
	    arena_printf(&cli->arena, "The records are in %s%s; --db opens it.",
	        cli->args[0],
	        cli->info.has_facts ? ", the facts of the newest sync beside it" : ""));
	return EXIT_OK;
}

/* Whose records wait for a relink. */
static int list_gone(struct cli *cli, struct err *err)
{
	struct check check;
	if (!store_check(cli->store, &cli->arena, &check, err))
		return err->status;
	if (cli_has(cli, OPT_JSON))
		report_check_json(&cli->out, &check);
	else if (check.n_gone)
		report_gone(&cli->out, &cli->report, &check);
	else
		str_adds(&cli->out, "The exports hold all deals that have records.\n");
	return EXIT_OK;
}

/* OLD need not be in the exports any more; NEW has to be. */
int cmd_relink(struct cli *cli, struct err *err)
{
	const struct deal *deal;
	struct relinked done;
	if (!cli->n_args)
		return list_gone(cli, err);
	if (cli->n_args == 1) {
		err_usage(err, "relink",
		    "to which deal is missing; huddle relink OLD NEW, or relink alone "
		    "lists the deals that are gone");
		return err->status;
	}
	if (!deal_named(cli, cli->args[1], &deal, err) ||
	    !store_relink(cli->store, cli->args[0], deal->id, &done, err))
		return err->status;
	if (!done.moved && !done.stayed) {
		err_set(err, cli->args[0],
		    "has no records; huddle relink lists deals that are gone and have "
		    "some");
		return err->status;
	}
	const char *stayed =
	    done.stayed ? arena_printf(&cli->arena,
	                      "; %d stayed, as the other deal has its own", done.stayed)
	                : "";
	report_note(&cli->out, &cli->report, cli_has(cli, OPT_JSON), "relinked",
	    arena_printf(&cli->arena, "%d record%s of %s carried over to %s%s.",
	        done.moved, done.moved == 1 ? "" : "s", cli->args[0], deal->name,
	        stayed));
	return EXIT_OK;
}

int cmd_erase(struct cli *cli, struct err *err)
{
	struct erased done;
	if (!store_erase(cli->store, &cli->arena, cli_joined(cli, 0), &done, err))
		return err->status;
	const char *facts =
	    done.facts ? arena_printf(&cli->arena,
	                     " The exports name %lld so: erase them in their source and "
	                     "sync with --full, three times for the syncs that are kept.",
	                     (long long)done.facts)
	               : "";
	report_note(&cli->out, &cli->report, cli_has(cli, OPT_JSON), "erased",
	    arena_printf(&cli->arena,
	        "Taken out of %lld places, the log included. Backups hold the name "
	        "still.%s",
	        (long long)done.places, facts));
	return EXIT_OK;
}

int cmd_check(struct cli *cli, struct err *err)
{
	struct check check;
	if (!store_check(cli->store, &cli->arena, &check, err))
		return err->status;
	if (cli_has(cli, OPT_JSON))
		report_check_json(&cli->out, &check);
	else
		report_check(&cli->out, &cli->report, &check);
	return check.n_problems ? EXIT_REFUSED : EXIT_OK;
}

int cmd_log(struct cli *cli, struct err *err)
{
	const struct deal *deal = NULL;
	struct log_list log;
	struct log_changes changes;
	int limit = 0;
	if (!cli_number(cli, OPT_LIMIT, 1, &limit, err) ||
	    (cli->n_args && !deal_named(cli, cli_joined(cli, 0), &deal, err)))
		return err->status;
	const char *id = deal ? deal->id : NULL;
	if (cli_has(cli, OPT_JSON)) {
		if (!store_load_log_changes(
		        cli->store, &cli->arena, id, (size_t)limit, &changes, err))
			return err->status;
		report_log_json(&cli->out, &changes);
		return EXIT_OK;
	}
	if (!store_load_log(cli->store, &cli->arena, id, (size_t)limit, &log, err))
		return err->status;
	report_log(&cli->out, &cli->report, &log);
	return EXIT_OK;
}
