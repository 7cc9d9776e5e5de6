#include "huddle/export.h"
#include "huddle/sync.h"
#include "run.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* export and import: all that is known, out and in again. */

int cmd_export(struct cli *cli, struct err *err)
{
	struct exported done;
	struct export_options options = {.path = cli->args[0],
	    .replace = cli_has(cli, OPT_FORCE),
	    .today = cli->report.today,
	    .progress =
	        cli_has(cli, OPT_PROGRESS) || isatty(STDERR_FILENO) ? stderr : NULL};
	cli_stop_on_signals();
	if (!sync_export(cli->store, &cli->arena, &options, &done, err))
		return err->status;
	report_note(&cli->out, &cli->report, cli_has(cli, OPT_JSON), "exported",
	    arena_printf(&cli->arena,
	        "%lld rows of facts and %lld of records are in %s, in %d files; "
	        "README.md "
	        "there tells their columns.",
	        (long long)done.facts, (long long)done.records, cli->args[0],
	        done.files));
	return EXIT_OK;
}

static const char *in_words(struct cli *cli, const struct imported *done)
{
	if (done->whole)
		return arena_printf(&cli->arena, "%lld rows are as they were exported.",
		    (long long)done->rows);
	const char *kept = done->kept ? arena_printf(&cli->arena,
	                                    ", %lld differ and stay as they are here",
	                                    (long long)done->kept)
	                              : "";
	return arena_printf(&cli->arena, "%lld rows written, %lld were here already%s%s.",
	    (long long)done->rows, (long long)done->same, kept,
	    done->rows ? "; huddle undo takes back what was written" : "");
}

int cmd_import(struct cli *cli, struct err *err)
{
	struct imported done;
	const char *keep = cli->value[OPT_KEEP];
	cli_stop_on_signals();
	if (!sync_import(cli->store, &cli->arena, cli->args[0],
	        !keep                   ? KEEP_ASK
	        : !strcmp(keep, "here") ? KEEP_HERE
	                                : KEEP_IMPORT,
	        &done, err))
		return err->status;
	report_note(&cli->out, &cli->report, cli_has(cli, OPT_JSON), "imported",
	    in_words(cli, &done));
	return EXIT_OK;
}
