#include "counts.h"

#include "huddle/agenda.h"
#include "huddle/filter.h"
#include "huddle/path.h"
#include "huddle/report_meeting.h"
#include <stdlib.h>
#include <string.h>

/* The meeting: its agenda, decisions, end and minutes. */

/* --slice: a name that was saved, else a filter itself. */
static bool slice_text(struct cli *cli, const char **out, struct err *err)
{
	struct slice_item *slices;
	size_t count;
	*out = cli_has(cli, OPT_SLICE) ? cli->value[OPT_SLICE] : "";
	if (!store_load_slices(cli->store, &cli->arena, &slices, &count, err))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!strcmp(slices[i].name, *out))
			*out = slices[i].filter;
	return true;
}

static bool narrow(
    struct cli *cli, const char *text, struct selection *s, struct err *err)
{
	struct filter filter = {0};
	filter_set(&filter, text, false, cli->report.today, cli->info.fiscal_start);
	bool fine =
	    store_load_for_filter(cli->store, &cli->arena, &filter, &s->all, err) &&
	    (!filter.problem || err_usage(err, "--slice", "%s", filter.problem));
	s->count = filter_deals(&filter, s->deals, s->count, &cli->arena);
	filter_release(&filter);
	return fine;
}

/* What the agenda is made of, and from when changes are told. */
static bool gather(struct cli *cli, const struct meeting *m, struct selection *s,
    struct agenda_input *in, struct err *err)
{
	struct deal_filter filter = DEAL_FILTER_ANY;
	struct deal_pair *pairs = NULL;
	const char **pins;
	day_t earliest;
	*in = (struct agenda_input){
	    .today = cli->report.today, .minutes = m->minutes, .per_deal = m->per_deal};
	if (!select_deals(cli, &filter, SORT_RISK, s, err) ||
	    !narrow(cli, m->slice, s, err) ||
	    !store_load_pins(cli->store, &cli->arena, &pins, &in->n_pinned, err) ||
	    (m->since != DAY_NONE &&
	        !store_load_pairs(cli->store, &cli->arena, m->since, cli->report.today,
	            &pairs, &in->n_pairs, &earliest, err)))
		return false;
	in->pairs = pairs;
	in->pinned = pins;
	in->deals = s->deals;
	in->count = s->count;
	return true;
}

static bool print_review(
    struct cli *cli, const struct meeting *m, const char *minutes, struct err *err)
{
	struct agenda agenda;
	struct decision_list decisions;
	struct clock_list clock;
	struct action_list actions;
	struct deal_list deals;
	struct bridge_list bridges;
	struct bridge_scope scope = {NULL, {DAY_NONE, DAY_NONE}};
	struct deal_pair *pairs = NULL;
	size_t count = 0;
	day_t earliest;
	struct str text = STR_INIT;
	struct meeting_report report = {
	    m, &agenda, &decisions, &clock, &actions, &deals, NULL};
	if (!store_load_agenda(cli->store, &cli->arena, m->id, &agenda, err) ||
	    !store_load_decisions(
	        cli->store, &cli->arena, m->id, NULL, &decisions, err) ||
	    !store_load_clock(cli->store, &cli->arena, m->id, &clock, err) ||
	    !store_load_actions(cli->store, &cli->arena, NULL, &actions, err) ||
	    !store_load_deals(
	        cli->store, &cli->arena, -1, 0, cli->report.today, &deals, err))
		return false;
	if (!minutes) {
		if (cli_has(cli, OPT_JSON))
			report_meeting_json(&cli->out, &cli->report, &report);
		else
			report_meeting(&cli->out, &cli->report, &report);
		return true;
	}
	if (m->since != DAY_NONE) {
		if (!store_load_pairs(cli->store, &cli->arena, m->since,
		        cli->report.today, &pairs, &count, &earliest, err))
			return false;
		bridge_make(&bridges, &cli->arena, pairs, count, &scope);
		report.bridges = &bridges;
	}
	report_minutes(&text, &cli->report, &report);
	bool fine = true;
	if (!strcmp(minutes, "-"))
		str_adds(&cli->out, str_text(&text));
	else
		fine = path_write(
		    minutes, (struct slice){str_text(&text), text.len}, false, err);
	str_release(&text);
	return fine;
}

int cmd_review_start(struct cli *cli, struct err *err)
{
	struct meeting m = {.day = cli->report.today,
	    .as_of = cli->info.has_facts ? cli->info.as_of : DAY_NONE,
	    .people = cli_has(cli, OPT_PEOPLE) ? cli->value[OPT_PEOPLE] : "",
	    .minutes = REVIEW_MINUTES,
	    .per_deal = REVIEW_PER_DEAL};
	struct selection s;
	struct agenda_input in;
	struct agenda agenda;
	bool held, found;
	if (!cli_number(cli, OPT_MINUTES, 1, &m.minutes, err) ||
	    !cli_number(cli, OPT_PER_DEAL, 1, &m.per_deal, err) ||
	    !slice_text(cli, &m.slice, err) ||
	    !store_load_review_day(cli->store, &m.since, &held, err) ||
	    !gather(cli, &m, &s, &in, err))
		return err->status;
	agenda_make(&agenda, &cli->arena, &in);
	if (!store_start_review(cli->store, &m, &agenda, err) ||
	    !store_load_review(cli->store, &cli->arena, m.id, &m, &found, err) ||
	    !print_review(cli, &m, NULL, err))
		return err->status;
	return EXIT_OK;
}

/* The agenda of the open review, else of one as it would be picked now. */
bool cli_pick_agenda(
    struct cli *cli, struct agenda *out, const char **name, struct err *err)
{
	struct meeting m = {0};
	struct selection s;
	struct agenda_input in;
	char day[DAY_TEXT];
	bool found, held;
	if (!store_load_review(cli->store, &cli->arena, 0, &m, &found, err))
		return false;
	if (found && !m.ended) {
		*name = arena_printf(&cli->arena, "review %lld of %s", (long long)m.id,
		    day_format(m.day, day));
		return store_load_agenda(cli->store, &cli->arena, m.id, out, err);
	}
	m = (struct meeting){.day = cli->report.today,
	    .slice = "",
	    .minutes = REVIEW_MINUTES,
	    .per_deal = REVIEW_PER_DEAL};
	*name = "picked as a review that begins now would";
	if (!store_load_review_day(cli->store, &m.since, &held, err) ||
	    !gather(cli, &m, &s, &in, err))
		return false;
	agenda_make(out, &cli->arena, &in);
	return true;
}

/* The review numbered by the first argument, else the open one, else the newest. */
static bool review_named(
    struct cli *cli, const char *number, struct meeting *out, struct err *err)
{
	bool found;
	long long id = number ? atoll(number + (*number == '#')) : 0;
	if (number && id <= 0)
		return err_usage(
		    err, number, "is no review's number; huddle review show");
	if (!store_load_review(cli->store, &cli->arena, id, out, &found, err))
		return false;
	return found || err_set(err, "review",
	                    number ? "there is no review %s"
	                           : "no review was held yet; start one "
	                             "with huddle review start",
	                    number);
}

static bool review_open(struct cli *cli, struct meeting *out, struct err *err)
{
	return review_named(cli, NULL, out, err) &&
	       (!out->ended || err_set(err, "review",
	                           "no review is open; start one with huddle review "
	                           "start"));
}

int cmd_review_show(struct cli *cli, struct err *err)
{
	struct meeting m = {0};
	return review_named(cli, cli->n_args ? cli->args[0] : NULL, &m, err) &&
	               print_review(cli, &m, NULL, err)
	           ? EXIT_OK
	           : err->status;
}

/* add and drop: DEAL, with --place for where. */
static int change_agenda(struct cli *cli, bool drop, struct err *err)
{
	const struct deal *deal;
	struct meeting m = {0};
	int place = 0;
	return review_open(cli, &m, err) && cli_number(cli, OPT_PLACE, 1, &place, err) &&
	               deal_named(cli, cli_joined(cli, 0), &deal, err) &&
	               store_put_agenda(cli->store, m.id, deal->id, place, drop, err) &&
	               print_review(cli, &m, NULL, err)
	           ? EXIT_OK
	           : err->status;
}

int cmd_review_add(struct cli *cli, struct err *err)
{
	return change_agenda(cli, false, err);
}

int cmd_review_drop(struct cli *cli, struct err *err)
{
	return change_agenda(cli, true, err);
}

static bool read_decision(struct cli *cli, struct decision *d, struct err *err)
{
	const char *word = cli->args[cli->n_args - 1];
	if (!verdict_find(word, &d->verdict))
		return err_usage(err, word,
		    "is no decision; write progress, hold, move-back, close-out or "
		    "as-is");
	if (cli_has(cli, OPT_PUSH_REASON) &&
	    !push_reason_find(cli->value[OPT_PUSH_REASON], &d->push))
		return err_usage(err, "--push-reason",
		    "\"%.40s\" is none; write always-wrong or new-obstacle",
		    cli->value[OPT_PUSH_REASON]);
	d->text = cli_has(cli, OPT_TEXT) ? cli->value[OPT_TEXT] : "";
	return decision_check(d, err);
}

/* Who decides on the command line means to have the last word. */
int cmd_review_decide(struct cli *cli, struct err *err)
{
	const struct deal *deal;
	struct decision d = {.push = PUSH_NOT_SAID};
	struct decision_list stored;
	struct meeting m = {0};
	bool conflict;
	const char *name = cli->args[0];
	for (int i = 1; i < cli->n_args - 1; i++)
		name = arena_printf(&cli->arena, "%s %s", name, cli->args[i]);
	if (!read_decision(cli, &d, err) || !review_open(cli, &m, err) ||
	    !deal_named(cli, name, &deal, err) ||
	    !store_load_decisions(cli->store, &cli->arena, m.id, deal->id, &stored, err))
		return err->status;
	d.review = m.id;
	d.deal_id = deal->id;
	d.rev = stored.count ? stored.items[0].rev : 0;
	return store_save_decision(cli->store, &d, &conflict, err) &&
	               print_review(cli, &m, NULL, err)
	           ? EXIT_OK
	           : err->status;
}

int cmd_review_end(struct cli *cli, struct err *err)
{
	struct meeting m = {0};
	bool conflict, found;
	return review_open(cli, &m, err) &&
	               store_end_review(
	                   cli->store, &m, cli->value[OPT_PEOPLE], &conflict, err) &&
	               store_load_review(
	                   cli->store, &cli->arena, m.id, &m, &found, err) &&
	               print_review(cli, &m, NULL, err)
	           ? EXIT_OK
	           : err->status;
}

int cmd_review_minutes(struct cli *cli, struct err *err)
{
	struct meeting m = {0};
	const char *path = cli_has(cli, OPT_OUT) ? cli->value[OPT_OUT] : "-";
	if (!review_named(cli, cli->n_args ? cli->args[0] : NULL, &m, err) ||
	    !print_review(cli, &m, path, err))
		return err->status;
	if (strcmp(path, "-"))
		report_note(&cli->out, &cli->report, cli_has(cli, OPT_JSON), "written",
		    arena_printf(&cli->arena, "The minutes of review %lld are in %s",
		        (long long)m.id, path));
	return EXIT_OK;
}

int cmd_pin(struct cli *cli, struct err *err)
{
	const struct deal *deal;
	bool off = cli_has(cli, OPT_OFF);
	if (!deal_named(cli, cli_joined(cli, 0), &deal, err) ||
	    !store_save_pin(cli->store, deal->id, !off, err))
		return err->status;
	report_note(&cli->out, &cli->report, cli_has(cli, OPT_JSON), "pinned",
	    arena_printf(&cli->arena, "%s is %s.", deal->name,
	        off ? "not pinned" : "pinned: it is on every agenda"));
	return EXIT_OK;
}

static int list_slices(struct cli *cli, struct err *err)
{
	struct slice_item *slices;
	size_t count;
	if (!store_load_slices(cli->store, &cli->arena, &slices, &count, err))
		return err->status;
	const char **words = arena_alloc(&cli->arena, (count + 1) * sizeof *words);
	for (size_t i = 0; i < count; i++)
		words[i] = arena_printf(
		    &cli->arena, "%s = %s", slices[i].name, slices[i].filter);
	words[count] = NULL;
	report_words(&cli->out, &cli->report, cli_has(cli, OPT_JSON), "slices", words);
	return EXIT_OK;
}

/* A filter that can not be read is not kept; a field is looked for in all deals. */
static bool check_slice(struct cli *cli, const char *text, struct err *err)
{
	struct filter filter = {0};
	struct deal_list deals;
	filter_set(&filter, text, false, cli->report.today, cli->info.fiscal_start);
	bool fine =
	    !filter_wants(&filter) ||
	    (store_load_deals(
	         cli->store, &cli->arena, -1, 0, cli->report.today, &deals, err) &&
	        store_load_for_filter(cli->store, &cli->arena, &filter, &deals, err));
	fine = fine && (!filter.problem || err_usage(err, "slice", "%s", filter.problem));
	filter_release(&filter);
	return fine;
}

/* slice NAME FILTER, slice NAME --off, slice. */
int cmd_slice(struct cli *cli, struct err *err)
{
	if (!cli->n_args)
		return list_slices(cli, err);
	const char *text = cli_joined(cli, 1);
	bool off = cli_has(cli, OPT_OFF);
	if (!off && !*text)
		err_usage(
		    err, "slice", "what it narrows to is missing: owner:ana team:west");
	if (*err->text || (!off && !check_slice(cli, text, err)) ||
	    !store_save_slice(cli->store, cli->args[0], off ? NULL : text, err))
		return err->status;
	return list_slices(cli, err);
}
