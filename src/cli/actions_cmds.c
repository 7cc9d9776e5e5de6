#include "run.h"

#include "huddle/path.h"
#include "huddle/store_meeting.h"
#include "huddle/text.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Actions: who does what by when. */

static bool print_saved(struct cli *cli, const struct action *actions, size_t count,
    const char *what, struct err *err)
{
	struct deal_list deals;
	struct action_list list = {(struct action *)actions, count};
	if (!store_load_deals(
	        cli->store, &cli->arena, -1, 0, cli->report.today, &deals, err))
		return false;
	if (cli_has(cli, OPT_JSON)) {
		report_actions_json(&cli->out, &cli->report, &list, &deals);
		return true;
	}
	str_addf(&cli->out, "%s\n", what);
	report_actions(&cli->out, &cli->report, &list, &deals);
	return true;
}

static bool save(struct cli *cli, struct action *action, struct err *err)
{
	bool conflict = false;
	return action_check(action, err) &&
	       store_save_action(cli->store, action, &conflict, err);
}

/* A new name is taken, but not in silence: it may be a slip of the pen. */
static void note_new_name(struct cli *cli, const char *name)
{
	str_adds(&cli->notes, "huddle: --owner: nobody known so far is \"");
	display_safe(&cli->notes, slice_of(name));
	str_adds(&cli->notes, "\"; if it is misspelled, huddle action assign gives the "
	                      "action to another\n");
}

/* The owner as somebody known writes it, without regard to case. */
static bool take_owner(struct cli *cli, struct action *action, struct err *err)
{
	const char **names;
	size_t count;
	if (!store_load_words(
	        cli->store, &cli->arena, WORDS_PEOPLE, NULL, &names, &count, err))
		return false;
	const char *known = owner_known(names, count, action->owner);
	if (known)
		action->owner = known;
	else if (count)
		note_new_name(cli, action->owner);
	return true;
}

/* Leaves *team as it is when none was said. */
static bool read_team(const struct cli *cli, enum team *team, struct err *err)
{
	const char *text = cli->value[OPT_TEAM];
	return !text || team_find(text, team) ||
	       err_usage(err, "--team",
	           "\"%s\" is no team that acts; use marketing, sales or "
	           "revops",
	           text);
}

int cmd_action_add(struct cli *cli, struct err *err)
{
	const struct deal *deal;
	struct action action = {.due = DAY_NONE,
	    .team = TEAM_SALES,
	    .owner = cli_has(cli, OPT_OWNER) ? cli->value[OPT_OWNER]
	                                     : store_person(cli->store),
	    .text = cli_has(cli, OPT_TEXT) ? cli->value[OPT_TEXT] : cli_joined(cli, 1),
	    .reason = "",
	    .created = INSTANT_NONE};
	if (cli_has(cli, OPT_TEXT) && cli->n_args > 1)
		err_usage(err, cli->args[1],
		    "the text is given twice; leave out --text or put the deal in "
		    "quotes");
	else if (!cli_has(cli, OPT_TEXT) && cli->n_args < 2)
		err_usage(
		    err, "action add", "what is to be done is missing; add --text TEXT");
	if (*err->text || !read_team(cli, &action.team, err))
		return err->status;
	if (cli_has(cli, OPT_DUE) &&
	    !cli_day(cli, "--due", cli->value[OPT_DUE], &action.due, err))
		return err->status;
	if (!deal_named(cli, cli->args[0], &deal, err))
		return err->status;
	action.deal_id = deal->id;
	if (!take_owner(cli, &action, err) || !save(cli, &action, err) ||
	    !print_saved(cli, &action, 1, "Added:", err))
		return err->status;
	return EXIT_OK;
}

static bool wanted(const struct cli *cli, const struct action *action)
{
	const char *owner = cli->value[OPT_OWNER], *team = cli->value[OPT_TEAM];
	enum team only = TEAM_SALES;
	if (!cli_has(cli, OPT_ALL) && action->state != ACTION_OPEN)
		return false;
	if (owner && !text_same(slice_of(owner), slice_of(action->owner)))
		return false;
	return !team || (team_find(team, &only) && only == action->team);
}

int cmd_action_list(struct cli *cli, struct err *err)
{
	const struct deal *deal = NULL;
	struct deal_list deals;
	struct action_list list;
	enum team team = TEAM_SALES;
	if (!read_team(cli, &team, err))
		return err->status;
	if (cli->n_args && !deal_named(cli, cli_joined(cli, 0), &deal, err))
		return err->status;
	if (!store_load_actions(
	        cli->store, &cli->arena, deal ? deal->id : NULL, &list, err) ||
	    !store_load_deals(
	        cli->store, &cli->arena, -1, 0, cli->report.today, &deals, err))
		return err->status;
	size_t kept = 0;
	for (size_t i = 0; i < list.count; i++)
		if (wanted(cli, &list.items[i]))
			list.items[kept++] = list.items[i];
	list.count = kept;
	if (cli_has(cli, OPT_JSON))
		report_actions_json(&cli->out, &cli->report, &list, &deals);
	else
		report_actions(&cli->out, &cli->report, &list, &deals);
	return EXIT_OK;
}

/* "ics", "markdown", or what the file's name says; NULL: neither. */
static const char *format_of(const struct cli *cli, const char *path)
{
	size_t len = strlen(path);
	if (cli_has(cli, OPT_FORMAT))
		return cli->value[OPT_FORMAT];
	if (len > 4 && !strcasecmp(path + len - 4, ".ics"))
		return "ics";
	return len > 3 && !strcasecmp(path + len - 3, ".md") ? "markdown" : NULL;
}

static bool load_wanted(
    struct cli *cli, struct action_list *list, struct deal_list *deals, struct err *err)
{
	enum team team = TEAM_SALES;
	size_t kept = 0;
	if (!read_team(cli, &team, err) ||
	    !store_load_actions(cli->store, &cli->arena, NULL, list, err) ||
	    !store_load_deals(
	        cli->store, &cli->arena, -1, 0, cli->report.today, deals, err))
		return false;
	for (size_t i = 0; i < list->count; i++)
		if (wanted(cli, &list->items[i]))
			list->items[kept++] = list->items[i];
	list->count = kept;
	return true;
}

/* What a calendar of events has no place for; how many that are. */
static size_t note_left_out(struct cli *cli, const struct action_list *list)
{
	size_t n = 0;
	for (size_t i = 0; i < list->count; i++)
		n += list->items[i].due == DAY_NONE;
	if (n)
		str_addf(&cli->notes,
		    "huddle: %zu action%s without a due day: left out of the events\n", n,
		    n == 1 ? "" : "s");
	return n;
}

int cmd_action_export(struct cli *cli, struct err *err)
{
	const char *path = cli_has(cli, OPT_OUT) ? cli->value[OPT_OUT] : "-";
	const char *format = format_of(cli, path);
	struct action_list list;
	struct deal_list deals;
	struct str text = STR_INIT;
	bool events = cli_has(cli, OPT_EVENTS);
	if (!format)
		err_usage(err, "action export",
		    "as what is missing: -o FILE.ics or FILE.md, or --format ics or "
		    "markdown");
	else if (events && strcmp(format, "ics"))
		err_usage(err, "--events", "are of calendars; use it with ics");
	if (*err->text || !load_wanted(cli, &list, &deals, err))
		return err->status;
	if (!strcmp(format, "ics"))
		report_actions_ics(&text, &list, &deals, events);
	else
		report_actions_markdown(&text, &cli->report, &list, &deals);
	size_t n = list.count - (events ? note_left_out(cli, &list) : 0);
	if (!strcmp(path, "-"))
		str_add(&cli->out, str_text(&text), text.len);
	else if (path_write(path, (struct slice){str_text(&text), text.len}, false, err))
		report_note(&cli->out, &cli->report, cli_has(cli, OPT_JSON), "written",
		    arena_printf(&cli->arena, "%zu action%s in %s", n,
		        n == 1 ? " is" : "s are", path));
	str_release(&text);
	return *err->text ? err->status : EXIT_OK;
}

/* The action with the number typed, "7" or "#7". */
static bool action_numbered(
    struct cli *cli, const char *text, struct action *out, struct err *err)
{
	struct action_list list;
	char *end;
	const char *digits = *text == '#' ? text + 1 : text;
	long long id = strtoll(digits, &end, 10);
	if (!*digits || *end || id <= 0)
		return err_usage(
		    err, text, "no action's number; huddle action list has them");
	if (!store_load_actions(cli->store, &cli->arena, NULL, &list, err))
		return false;
	for (size_t i = 0; i < list.count; i++)
		if (list.items[i].id == id) {
			*out = list.items[i];
			return true;
		}
	return err_set(
	    err, text, "there is no such action; huddle action list --all has them all");
}

/* The actions that the first `n` arguments number. */
static bool numbered(struct cli *cli, size_t n, struct action **out, struct err *err)
{
	*out = arena_alloc(&cli->arena, (n + 1) * sizeof **out);
	for (size_t i = 0; i < n; i++)
		if (!action_numbered(cli, cli->args[i], &(*out)[i], err))
			return false;
	return true;
}

/* How many arguments at the front are numbers, "7" or "#7"; at least one. */
static size_t count_numbers(const struct cli *cli)
{
	size_t n = 1;
	while (n < (size_t)cli->n_args) {
		const char *text = cli->args[n] + (*cli->args[n] == '#');
		if (!*text || strspn(text, "0123456789") != strlen(text))
			break;
		n++;
	}
	return n;
}

/* All of them or none, and one step for undo. */
static int save_changed(
    struct cli *cli, struct action *actions, size_t n, const char *what, struct err *err)
{
	bool conflict;
	for (size_t i = 0; i < n; i++)
		if (!action_check(&actions[i], err))
			return err->status;
	return store_save_actions(cli->store, actions, n, &conflict, err) &&
	               print_saved(cli, actions, n, what, err)
	           ? EXIT_OK
	           : err->status;
}

int cmd_action_done(struct cli *cli, struct err *err)
{
	size_t n = (size_t)cli->n_args;
	struct action *actions;
	if (!numbered(cli, n, &actions, err))
		return err->status;
	for (size_t i = 0; i < n; i++)
		actions[i].state = ACTION_DONE;
	return save_changed(cli, actions, n, "Done:", err);
}

int cmd_action_drop(struct cli *cli, struct err *err)
{
	size_t n = (size_t)cli->n_args;
	struct action *actions;
	if (!numbered(cli, n, &actions, err))
		return err->status;
	if (!cli_has(cli, OPT_REASON)) {
		err_usage(err, "action drop", "a reason is needed; add --reason TEXT");
		return err->status;
	}
	for (size_t i = 0; i < n; i++) {
		actions[i].state = ACTION_DROPPED;
		actions[i].reason = cli->value[OPT_REASON];
	}
	return save_changed(cli, actions, n, "Dropped:", err);
}

int cmd_action_assign(struct cli *cli, struct err *err)
{
	size_t n = count_numbers(cli);
	struct action *actions;
	if ((size_t)cli->n_args == n) {
		err_usage(err, "action assign", "to whom is missing; add a name");
		return err->status;
	}
	if (!numbered(cli, n, &actions, err))
		return err->status;
	for (size_t i = 0; i < n; i++) {
		actions[i].owner = i ? actions[0].owner : cli_joined(cli, (int)n);
		if (!read_team(cli, &actions[i].team, err) ||
		    (!i && !take_owner(cli, &actions[i], err)))
			return err->status;
	}
	return save_changed(cli, actions, n, "Assigned:", err);
}

/* A lone number before the day may be part of it: "7 28 nov". */
int cmd_action_due(struct cli *cli, struct err *err)
{
	size_t n = count_numbers(cli);
	struct action *actions;
	day_t due;
	while (n > 1 && !day_typed(cli_joined(cli, (int)n), cli->report.today, &due))
		n--;
	if (!cli_day(cli, "action due", cli_joined(cli, (int)n), &due, err) ||
	    !numbered(cli, n, &actions, err))
		return err->status;
	for (size_t i = 0; i < n; i++)
		actions[i].due = due;
	return save_changed(cli, actions, n, "Moved:", err);
}

int cmd_undo(struct cli *cli, struct err *err)
{
	const char *what = NULL;
	if (!store_undo(cli->store, &cli->arena, &what, err))
		return err->status;
	if (!what) {
		err_set(err, "undo", "%s has written nothing that could be taken back",
		    store_person(cli->store));
		return err->status;
	}
	report_note(&cli->out, &cli->report, cli_has(cli, OPT_JSON), "undone", what);
	return EXIT_OK;
}
