#include "run.h"

#include "huddle/path.h"
#include "huddle/report_define.h"
#include "huddle/store_define.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The definition both teams agreed on: out as a file, in as a version, signed, and
 * what it makes of the open deals. */

bool cli_definition(struct cli *cli, struct definition *out, struct err *err)
{
	struct definition_version version;
	return store_load_definition(cli->store, &cli->arena, out, &version, err);
}

/* The version that a word names, "3" or "#3"; NULL: the one in force. */
static bool version_named(
    struct cli *cli, const char *word, struct definition_version *out, struct err *err)
{
	bool found;
	char *end = NULL;
	long long id = word ? strtoll(word + (*word == '#'), &end, 10) : 0;
	if (word && (*end || id <= 0))
		return err_usage(
		    err, word, "is no version's number; write one such as 2");
	if (!store_load_version(cli->store, &cli->arena, id, out, &found, err))
		return false;
	return found || !word ||
	       err_set(err, word, "there is no such version of the definition");
}

static bool read_version(struct cli *cli, const struct definition_version *v,
    struct definition *out, struct err *err)
{
	definition_default(out);
	return !v->id || definition_read(out, &cli->arena,
	                     arena_printf(&cli->arena, "version %lld", (long long)v->id),
	                     v->text, strlen(v->text), err);
}

int cmd_define_export(struct cli *cli, struct err *err)
{
	struct definition_version v = {0};
	if (!version_named(cli, NULL, &v, err))
		return err->status;
	const char *text = v.id ? v.text : definition_template();
	if (!strcmp(cli->args[0], "-"))
		str_adds(&cli->out, text);
	else if (path_write(cli->args[0], slice_of(text), false, err))
		report_note(&cli->out, &cli->report, cli_has(cli, OPT_JSON), "written",
		    v.id ? arena_printf(&cli->arena, "Definition %lld is in %s",
		               (long long)v.id, cli->args[0])
		         : arena_printf(&cli->arena,
		               "A definition to begin with is in %s; huddle define load "
		               "takes it back",
		               cli->args[0]));
	return *err->text ? err->status : EXIT_OK;
}

static int show(struct cli *cli, const char *word, struct err *err)
{
	struct definition_version v = {0};
	struct definition d;
	if (!version_named(cli, word, &v, err) || !read_version(cli, &v, &d, err))
		return err->status;
	struct definition_report r = {
	    &v, &d, definition_doubt(&cli->arena, &d, &v, cli->report.today)};
	if (cli_has(cli, OPT_JSON))
		report_definition_json(&cli->out, &r);
	else
		report_definition(&cli->out, &cli->report, &r);
	return EXIT_OK;
}

int cmd_define_show(struct cli *cli, struct err *err)
{
	return show(cli, cli->n_args ? cli->args[0] : NULL, err);
}

/* The version before the first of two: named, else the one before `new`; without one
 * an empty text. */
static bool earlier_version(struct cli *cli, const struct definition_version *new,
    struct definition_version *out, struct err *err)
{
	*out = (struct definition_version){.text = ""};
	if (cli->n_args)
		return version_named(cli, cli->args[0], out, err);
	return new->id <= 1 ||
	       version_named(cli,
	           arena_printf(&cli->arena, "%lld", (long long)new->id - 1), out, err);
}

int cmd_define_diff(struct cli *cli, struct err *err)
{
	struct definition_version old = {0}, new = {0};
	struct definition_change *changes = NULL;
	size_t count = 0;
	if (!version_named(cli, cli->n_args == 2 ? cli->args[1] : NULL, &new, err))
		return err->status;
	if (!new.id) {
		err_set(err, "definition",
		    "there is none yet; huddle define load FILE.ini loads one");
		return err->status;
	}
	if (!earlier_version(cli, &new, &old, err) ||
	    !definition_diff(&changes, &count, &cli->arena, old.text, new.text, err))
		return err->status;
	if (cli_has(cli, OPT_JSON))
		report_definition_diff_json(&cli->out, changes, count);
	else
		report_definition_diff(&cli->out, &cli->report, changes, count);
	return EXIT_OK;
}

/* What the definition makes of the open deals. */
struct judged {
	struct deal_list deals;
	struct evidence *evidence;
	unsigned captured;
};

static bool load_judged(struct cli *cli, struct judged *out, struct err *err)
{
	return store_load_deals(cli->store, &cli->arena, DEAL_OPEN, 0, cli->report.today,
	           &out->deals, err) &&
	       store_load_evidence(cli->store, &cli->arena, &out->deals, &out->evidence,
	           &out->captured, err);
}

static void judge(struct cli *cli, const struct definition *d, const struct judged *j,
    struct qualified *out)
{
	qualified_make(out, &cli->arena, d, &j->deals, j->evidence, j->captured);
}

static bool agreed(struct cli *cli, struct err *err)
{
	char answer[16];
	if (cli_has(cli, OPT_YES) || cli_has(cli, OPT_JSON) || !isatty(STDIN_FILENO) ||
	    !isatty(STDOUT_FILENO))
		return true;
	if (!cli_flush(cli, err))
		return false;
	fputs("Load it? [y/N] ", stdout);
	fflush(stdout);
	if (fgets(answer, sizeof answer, stdin) && (*answer == 'y' || *answer == 'Y'))
		return true;
	return err_set(err, "define load", "not loaded; the definition is as it was");
}

/* Nothing is recomputed in secret: which keys and which figures change comes first. */
int cmd_define_load(struct cli *cli, struct err *err)
{
	const char *name = cli->args[0];
	struct str text = STR_INIT;
	struct definition_version now = {0};
	struct definition old, new;
	struct definition_change *changes = NULL;
	struct judged j = {0};
	struct qualified before, after;
	size_t count = 0;
	int64_t version = 0;
	bool fine =
	    path_read(&text, name, DEFINITION_BYTES, err) &&
	    definition_read(&new, &cli->arena, name, str_text(&text), text.len, err) &&
	    version_named(cli, NULL, &now, err) && read_version(cli, &now, &old, err) &&
	    definition_diff(
	        &changes, &count, &cli->arena, now.text, str_text(&text), err) &&
	    load_judged(cli, &j, err);
	if (fine) {
		judge(cli, &old, &j, &before);
		judge(cli, &new, &j, &after);
		if (!cli_has(cli, OPT_JSON)) {
			report_definition_diff(&cli->out, &cli->report, changes, count);
			report_qualified_effect(&cli->out, &cli->report, &before, &after);
		}
		fine = agreed(cli, err) &&
		       store_save_definition(cli->store, str_text(&text), text.len,
		           cli_has(cli, OPT_NOTE) ? cli->value[OPT_NOTE] : "", &version,
		           err);
	}
	str_release(&text);
	if (!fine)
		return err->status;
	report_note(&cli->out, &cli->report, cli_has(cli, OPT_JSON), "loaded",
	    arena_printf(
	        &cli->arena, "Definition %lld is in force.", (long long)version));
	return EXIT_OK;
}

int cmd_define_sign(struct cli *cli, struct err *err)
{
	const char *role = "";
	if (!store_sign_definition(cli->store, &role, err))
		return err->status;
	report_note(&cli->out, &cli->report, cli_has(cli, OPT_JSON), "signed",
	    arena_printf(
	        &cli->arena, "Signed by %s as %s.", store_person(cli->store), role));
	return EXIT_OK;
}

int cmd_define_check(struct cli *cli, struct err *err)
{
	struct definition_version v = {0};
	struct definition d;
	struct judged j = {0};
	struct qualified q;
	if (!version_named(cli, NULL, &v, err) || !read_version(cli, &v, &d, err) ||
	    !load_judged(cli, &j, err))
		return err->status;
	judge(cli, &d, &j, &q);
	struct definition_report r = {
	    &v, &d, definition_doubt(&cli->arena, &d, &v, cli->report.today)};
	if (cli_has(cli, OPT_JSON))
		report_qualified_json(&cli->out, &cli->report, &r, &q);
	else
		report_qualified(&cli->out, &cli->report, &r, &q);
	return EXIT_OK;
}
