#include "huddle/report_sync.h"
#include "huddle/sync.h"
#include "run.h"

/* sources explain, sources draft: files looked at, nothing loaded. */

static struct sync_options looking(const struct cli *cli)
{
	return (struct sync_options){.paths = (const char *const *)cli->args,
	    .n_paths = (size_t)cli->n_args,
	    .source = cli->value[OPT_SOURCE]};
}

int cmd_sources_explain(struct cli *cli, struct err *err)
{
	struct sync_options options = looking(cli);
	struct explanation explanation;
	if (!sync_explain(&explanation, &cli->arena, &options, err))
		return err->status;
	if (cli_has(cli, OPT_JSON))
		report_explain_json(&cli->out, &explanation);
	else
		report_explain(&cli->out, &cli->report, &explanation);
	return EXIT_OK;
}

int cmd_sources_draft(struct cli *cli, struct err *err)
{
	struct sync_options options = looking(cli);
	struct str draft = STR_INIT;
	bool fine = sync_draft(&draft, &cli->arena, &options, err);
	if (fine && cli_has(cli, OPT_JSON))
		report_note(&cli->out, &cli->report, true, "mapping", str_text(&draft));
	else if (fine)
		str_add(&cli->out, str_text(&draft), draft.len);
	str_release(&draft);
	return fine ? EXIT_OK : err->status;
}
