#include "debrief_read.h"
#include "huddle/path.h"
#include "huddle/store_meeting.h"
#include "huddle/text.h"
#include "huddle/widget.h"
#include "run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Debriefs: read, filed from a file, or asked for field by field. */

enum { INPUT_MAX = 1 << 20 };
static const char DRAFT[] = "debrief"; /* the draft that the review's form keeps */

static bool read_input(struct cli *cli, struct str *out, struct err *err)
{
	const char *path = cli->value[OPT_FROM];
	if (strcmp(path, "-"))
		return path_read(out, path, INPUT_MAX, err);
	char buf[4096];
	for (size_t n; (n = fread(buf, 1, sizeof buf, stdin)) > 0;) {
		str_add(out, buf, n);
		if (out->len > INPUT_MAX)
			return err_set(err, "standard input",
			    "more than 1 MiB; a debrief is a page");
	}
	return !ferror(stdin) || err_set(err, "standard input", "could not be read");
}

/* The debrief as stored, or an empty one; `found` says which. */
static bool load(struct cli *cli, const struct deal *deal, struct debrief *out,
    bool *found, struct err *err)
{
	*found = false;
	*out = (struct debrief){.deal_id = deal->id};
	if (!store_load_debrief(cli->store, &cli->arena, deal->id, out, found, err))
		return false;
	if (*found)
		return true;
	*out = (struct debrief){.deal_id = deal->id, .by = "", .at = INSTANT_NONE};
	for (int i = 0; i < DEBRIEF_FIELDS; i++)
		out->value[i] = "";
	return true;
}

static bool save(struct cli *cli, struct debrief *debrief, struct err *err)
{
	bool conflict = false, found;
	if (!store_save_debrief(cli->store, debrief, &conflict, err))
		return false;
	return store_load_debrief(
	    cli->store, &cli->arena, debrief->deal_id, debrief, &found, err);
}

static int print_debrief(struct cli *cli, const struct deal *deal,
    const struct debrief *debrief, const char *what)
{
	if (cli_has(cli, OPT_JSON))
		report_debrief_json(&cli->out, deal, debrief);
	else
		report_debrief(&cli->out, &cli->report, deal, debrief, what);
	return EXIT_OK;
}

/* What is wrong with a field of the file, by its line there. */
static bool check_file(struct cli *cli, struct debrief *debrief,
    const struct debrief_rules *rules, const char *name, const int lines[DEBRIEF_FIELDS],
    struct err *err)
{
	struct err wrong = ERR_INIT;
	char place[300];
	int field = debrief_check(debrief, rules, &cli->arena, cli->report.today, &wrong);
	if (field < 0)
		return true;
	if (lines[field])
		snprintf(place, sizeof place, "%.280s:%d", name, lines[field]);
	else
		snprintf(place, sizeof place, "%.280s", name);
	return err_set(err, place, "%s: %s", debrief_infos[field].name, wrong.text);
}

static bool read_file(struct cli *cli, struct debrief *debrief,
    const struct debrief_rules *rules, struct err *err)
{
	const char *name =
	    strcmp(cli->value[OPT_FROM], "-") ? cli->value[OPT_FROM] : "standard input";
	struct str text = STR_INIT;
	int lines[DEBRIEF_FIELDS];
	bool fine = read_input(cli, &text, err) &&
	            debrief_read(debrief, &cli->arena, name,
	                (struct slice){str_text(&text), text.len}, lines, err) &&
	            check_file(cli, debrief, rules, name, lines, err);
	str_release(&text);
	return fine;
}

/*
 * A draft is what the review's form writes, so that a debrief begun in one
 * place can be finished in the other.
 */
static void draft_form(struct form *form, struct form_field fields[DEBRIEF_FIELDS])
{
	memset(fields, 0, DEBRIEF_FIELDS * sizeof *fields);
	for (int i = 0; i < DEBRIEF_FIELDS; i++)
		fields[i].name = debrief_infos[i].name;
	*form = (struct form){.title = "", .fields = fields, .count = DEBRIEF_FIELDS};
}

static bool draft_load(struct cli *cli, struct debrief *debrief, struct err *err)
{
	struct form_field fields[DEBRIEF_FIELDS];
	struct form form;
	const char *text = NULL;
	if (!store_load_draft(
	        cli->store, &cli->arena, debrief->deal_id, DRAFT, &text, err))
		return false;
	if (!text)
		return true;
	draft_form(&form, fields);
	form_read(&form, text);
	for (int i = 0; i < DEBRIEF_FIELDS; i++)
		debrief->value[i] = arena_strdup(&cli->arena, form_value(&form, i));
	form_release(&form);
	fputs("Going on with the draft.\n", stdout);
	return true;
}

static bool draft_save(struct cli *cli, const struct debrief *debrief, struct err *err)
{
	struct form_field fields[DEBRIEF_FIELDS];
	struct form form;
	struct str text = STR_INIT;
	draft_form(&form, fields);
	for (int i = 0; i < DEBRIEF_FIELDS; i++)
		form_set(&form, i, debrief->value[i]);
	form_write(&form, &text);
	bool fine =
	    store_save_draft(cli->store, debrief->deal_id, DRAFT, str_text(&text), err);
	str_release(&text);
	form_release(&form);
	return fine;
}

static void say(const struct report *report, const char *text)
{
	struct str safe = STR_INIT;
	display_safe(&safe, slice_of(text));
	if (!report->ascii) {
		fputs(str_text(&safe), stdout);
	} else {
		struct str ascii = STR_INIT;
		text_to_ascii(&ascii, (struct slice){str_text(&safe), safe.len});
		fputs(str_text(&ascii), stdout);
		str_release(&ascii);
	}
	str_release(&safe);
}

static void ask(const struct cli *cli, const struct debrief *debrief, int field)
{
	const struct debrief_info *info = &debrief_infos[field];
	printf(
	    "\n%s%s - %s\n", info->title, info->required ? " (needed)" : "", info->hint);
	for (int i = 0; info->choices && info->choices[i]; i++)
		printf("  %2d  %s\n", i + 1, info->choices[i]);
	if (*debrief->value[field]) {
		fputs("now: ", stdout);
		say(&cli->report, debrief->value[field]);
		fputs(" (enter keeps it, - empties it)\n", stdout);
	}
	fputs("> ", stdout);
	fflush(stdout);
}

/* What the answer means: a number is a choice, nothing keeps, "-" empties. */
static const char *meaning(
    struct cli *cli, const char *old, int field, const char *answer)
{
	struct slice text = slice_trim(slice_of(answer));
	const char *const *choices = debrief_infos[field].choices;
	char buf[8];
	if (!text.len)
		return old;
	if (slice_is(text, "-"))
		return "";
	int number = choices ? atoi(slice_copy(text, buf, sizeof buf)) : 0;
	for (int i = 0; choices && choices[i]; i++)
		if (i + 1 == number)
			return choices[i];
	return arena_dup(&cli->arena, text.p, text.len);
}

/* Ask for one field and keep the draft. False: no more input, or trouble. */
static bool answer(
    struct cli *cli, struct debrief *debrief, int field, bool *ended, struct err *err)
{
	char *line = NULL;
	size_t size = 0;
	ask(cli, debrief, field);
	*ended = getline(&line, &size, stdin) < 0;
	if (!*ended && utf8_valid(slice_of(line)))
		debrief->value[field] = meaning(cli, debrief->value[field], field, line);
	else if (!*ended)
		fputs("That was no UTF-8 text.\n", stdout);
	free(line);
	return !*ended && draft_save(cli, debrief, err);
}

static int interview(struct cli *cli, const struct deal *deal, struct debrief *debrief,
    const struct debrief_rules *rules, struct err *err)
{
	bool ended = false, fine = draft_load(cli, debrief, err);
	struct err wrong = ERR_INIT;
	for (int i = 0; fine && i < DEBRIEF_FIELDS; i++)
		fine = answer(cli, debrief, i, &ended, err);
	for (int field; fine && (field = debrief_check(debrief, rules, &cli->arena,
	                             cli->report.today, &wrong)) >= 0;) {
		printf("\n%s: %s\n", debrief_infos[field].title, wrong.text);
		fine = answer(cli, debrief, field, &ended, err);
	}
	if (ended) {
		putchar('\n');
		err_set(
		    err, "debrief", "not finished; what you wrote is kept as a draft");
	}
	if (!fine || !save(cli, debrief, err))
		return err->status;
	putchar('\n');
	return print_debrief(cli, deal, debrief, "Filed: debrief");
}

static bool closed(const struct deal *deal, struct err *err)
{
	return deal->status != DEAL_OPEN ||
	       err_set(err, deal->id,
	           "the deal is open; only a deal that is lost or won has a debrief");
}

int cmd_debrief(struct cli *cli, struct err *err)
{
	const struct deal *deal;
	struct debrief debrief;
	struct debrief_rules rules;
	bool found;
	if (!deal_named(cli, cli_joined(cli, 0), &deal, err) ||
	    !load(cli, deal, &debrief, &found, err) ||
	    !store_debrief_rules(cli->store, &cli->arena, &rules, err))
		return err->status;
	rules.won = deal->status == DEAL_WON;
	bool from = cli_has(cli, OPT_FROM), json = cli_has(cli, OPT_JSON);
	bool ask = !json && !store_read_only(cli->store) && isatty(STDIN_FILENO) &&
	           isatty(STDOUT_FILENO);
	/* The file first: what is wrong in it is the writer's to know, whatever the
	 * deal is. */
	if (from && !read_file(cli, &debrief, &rules, err))
		return err->status;
	if ((from || (!json && !found)) && !closed(deal, err))
		return err->status;
	if (from)
		return save(cli, &debrief, err)
		           ? print_debrief(cli, deal, &debrief, "Filed: debrief")
		           : err->status;
	if (found || !ask)
		return print_debrief(
		    cli, deal, found ? &debrief : NULL, found ? "Debrief" : NULL);
	return interview(cli, deal, &debrief, &rules, err);
}

/* By owner, and the longest waiting first. */
static int compare_missing(const void *a, const void *b)
{
	const struct deal *x = *(struct deal *const *)a, *y = *(struct deal *const *)b;
	int by_owner = strcmp(x->owner, y->owner);
	if (by_owner)
		return by_owner;
	if (x->closed != y->closed)
		return x->closed < y->closed ? -1 : 1;
	return strcmp(x->id, y->id);
}

int cmd_debrief_missing(struct cli *cli, struct err *err)
{
	struct deal_filter filter = DEAL_FILTER_ANY;
	struct selection s;
	filter.status = DEAL_LOST;
	filter.owner = cli->value[OPT_OWNER];
	if (!select_deals(cli, &filter, SORT_NAME, &s, err))
		return err->status;
	size_t lost = s.count, kept = 0;
	for (size_t i = 0; i < s.count; i++)
		if (!s.deals[i]->has_debrief)
			s.deals[kept++] = s.deals[i];
	qsort(s.deals, kept, sizeof *s.deals, compare_missing);
	struct deal_table table = {.deals = (const struct deal *const *)s.deals,
	    .count = kept,
	    .shown = kept,
	    .title = "Lost deals without a debrief"};
	if (cli_has(cli, OPT_JSON))
		report_missing_json(&cli->out, &cli->report, &table);
	else
		report_missing(&cli->out, &cli->report, &table, lost);
	return EXIT_OK;
}

/* reasons: the list that debriefs choose from, as a file. */
int cmd_debrief_reasons(struct cli *cli, struct err *err)
{
	struct debrief_rules rules;
	struct str text = STR_INIT;
	const char **words;
	size_t count;
	bool fine = true;
	if (cli_has(cli, OPT_FROM)) {
		fine = read_input(cli, &text, err) &&
		       word_list_read(str_text(&text), &cli->arena, &words, &count,
		           cli->value[OPT_FROM], err) &&
		       store_save_words(
		           cli->store, "reasons", count ? str_text(&text) : NULL, err);
	}
	str_release(&text);
	if (!fine || !store_debrief_rules(cli->store, &cli->arena, &rules, err))
		return err->status;
	report_words(&cli->out, &cli->report, cli_has(cli, OPT_JSON), "reasons",
	    debrief_choices(&rules, B_REASON));
	return EXIT_OK;
}
