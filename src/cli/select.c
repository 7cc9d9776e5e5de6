#include "run.h"

#include "huddle/filter.h"
#include <stdio.h>
#include <unistd.h>

enum { MANY_DEALS = 2000 }; /* from which on learning takes a noticeable while */

/* From what was typed to deals: lists that pass, the one that is meant, and
 * all that is known about it. */

/* Letters in order are enough when nothing holds the words whole. */
static void narrow(struct cli *cli, const struct filter *filter, struct selection *s)
{
	size_t kept = 0, all = s->count;
	struct filter_text *texts = arena_alloc(&cli->arena, (all + 1) * sizeof *texts);
	for (size_t i = 0; i < all; i++)
		filter_fold(&texts[i], &cli->arena, s->deals[i]);
	for (int loose = 0; loose < 2 && !kept; loose++)
		for (size_t i = 0; i < all; i++)
			if (filter_passes(filter, s->deals[i], &texts[i], loose))
				s->deals[kept++] = s->deals[i];
	s->count = kept;
}

/* Leave out what --filter does not let through. */
static bool apply_filter(struct cli *cli, struct selection *s, struct err *err)
{
	struct filter filter = {0};
	const char *text = cli->value[OPT_FILTER];
	if (!text)
		return true;
	filter_set(&filter, text, false, cli->report.today, cli->info.fiscal_start);
	bool fine =
	    store_load_for_filter(cli->store, &cli->arena, &filter, &s->all, err) &&
	    (!filter.problem || err_usage(err, "--filter", "%s", filter.problem));
	if (fine)
		narrow(cli, &filter, s);
	filter_release(&filter);
	return fine;
}

/* The thresholds of the settings. A line that is wrong would change numbers
 * without a word, so nothing is told until it is right. */
bool cli_rules(struct cli *cli, struct risk_rules **out, struct ini *ini, struct err *err)
{
	struct str problems = STR_INIT;
	if (!ini_read_settings(ini, &cli->arena, cli->value[OPT_CONFIG], err))
		return false;
	bool fine = risk_rules_read(out, &cli->arena, ini, &problems, err);
	str_release(&problems);
	return fine;
}

/* A big company takes some seconds, once after each sync; a person is told why. */
static bool learn(struct cli *cli, struct err *err)
{
	bool found;
	if (!store_learning_kept(
	        cli->store, &cli->arena, cli->rater.rules, &cli->learning, &found, err))
		return false;
	if (found)
		return true;
	if (cli->info.deals > MANY_DEALS && isatty(STDERR_FILENO))
		fputs("huddle: learning from the past, once after a sync\n", stderr);
	return store_backtest(cli->store, &cli->arena, cli->rater.rules,
	    cli->report.today, &cli->learning, err);
}

bool cli_learn(struct cli *cli, struct err *err)
{
	struct risk_rules *rules;
	struct ini ini;
	if (cli->learned)
		return true;
	if (!cli_rules(cli, &rules, &ini, err))
		return false;
	cli->rater.rules = rules;
	cli->learned = true;
	if (!learn(cli, err))
		return false;
	cli->rater.learned = cli->learning.learned;
	return true;
}

bool cli_table(struct cli *cli, enum table_form *form, struct err *err)
{
	bool csv = cli_has(cli, OPT_CSV), md = cli_has(cli, OPT_MD);
	*form = csv ? TABLE_CSV : TABLE_MARKDOWN;
	if (csv + md + cli_has(cli, OPT_JSON) > 1)
		return err_usage(err, csv ? "--csv" : "--md",
		    "--csv, --md and --json are one form each; leave all but one out");
	return csv || md;
}

bool cli_all_deals(struct cli *cli, struct deal_list *out, struct err *err)
{
	if (!cli->all_loaded && !store_load_deals(cli->store, &cli->arena, -1, 0,
	                            cli->report.today, &cli->all, err))
		return false;
	cli->all_loaded = true;
	*out = cli->all;
	return true;
}

bool select_deals(struct cli *cli, const struct deal_filter *filter, enum deal_sort sort,
    struct selection *out, struct err *err)
{
	*out = (struct selection){.count = 0};
	if (cli->all_loaded && !filter->custom_name)
		out->all = cli->all;
	else if (!store_load_deals(cli->store, &cli->arena, filter->status,
	             filter->custom_name ? WITH_CUSTOM : 0, cli->report.today, &out->all,
	             err))
		return false;
	bool open = filter->status < 0 || filter->status == DEAL_OPEN;
	if (open && !cli_learn(cli, err))
		return false;
	out->deals = arena_alloc(&cli->arena, (out->all.count + 1) * sizeof *out->deals);
	for (size_t i = 0; i < out->all.count; i++) {
		struct deal *deal = &out->all.items[i];
		if (filter->status >= 0 && (int)deal->status != filter->status)
			continue;
		risk_rate(deal, &cli->rater, cli->report.today);
		if (!deal_passes(deal, filter))
			continue;
		risk_say(deal, &cli->rater, cli->report.today, &cli->arena);
		out->deals[out->count++] = deal;
	}
	if (!apply_filter(cli, out, err))
		return false;
	deal_order(out->deals, out->count, sort, cli->report.today);
	return true;
}

/* Several deals answer: they are listed for a choice. A program gets some of
 * them in the message. */
static bool ambiguous(struct cli *cli, const char *text,
    const struct deal_name *const *found, size_t shown, size_t count, struct err *err)
{
	enum { NAMED = 8 };
	struct str names = STR_INIT;
	for (size_t i = 0; i < shown && i < NAMED; i++)
		str_addf(
		    &names, "%s%s %.60s", i ? ", " : "", found[i]->id, found[i]->name);
	err_set(err, text, "it names %zu deals; give the id of one: %s%s", count,
	    str_text(&names), count > NAMED ? ", ..." : "");
	str_release(&names);
	if (cli_has(cli, OPT_JSON))
		return false;
	if (!cli_learn(cli, err))
		return false;
	const struct deal **deals = arena_alloc(&cli->arena, shown * sizeof *deals);
	struct deal_table table = {.deals = deals, .count = count};
	for (struct deal *deal; table.shown < shown; deals[table.shown++] = deal) {
		if (!store_load_deal(cli->store, &cli->arena, found[table.shown]->key,
		        cli->report.today, &deal, err) ||
		    !deal)
			return false;
		risk_rate(deal, &cli->rater, cli->report.today);
		risk_say(deal, &cli->rater, cli->report.today, &cli->arena);
	}
	report_matches(&cli->notes, &cli->report, &table);
	return err_set(err, text, "it names %zu deals; give the id of one", count);
}

bool deal_named(
    struct cli *cli, const char *text, const struct deal **out, struct err *err)
{
	enum { MOST = 16 };
	const struct deal_name *found[MOST];
	struct deal_names all;
	struct deal *deal;
	if (!store_load_deal_names(cli->store, &cli->arena, &all, err))
		return false;
	if (!all.count)
		return err_set(err, text,
		    "no deals are loaded; load the exports with huddle sync FOLDER");
	size_t count = deal_find(&all, text, found, MOST);
	if (count > 1)
		return ambiguous(
		    cli, text, found, count < MOST ? count : MOST, count, err);
	if (count && !store_load_deal(cli->store, &cli->arena, found[0]->key,
	                 cli->report.today, &deal, err))
		return false;
	if (!count || !deal)
		return err_set(err, text,
		    "no deal has this id or name; huddle deals --status all lists them");
	risk_rate(deal, &cli->rater, cli->report.today);
	risk_say(deal, &cli->rater, cli->report.today, &cli->arena);
	*out = deal;
	return true;
}

bool load_doing(struct cli *cli, struct arena *arena, const struct deal *deal,
    struct dossier *out, struct err *err)
{
	*out = (struct dossier){.deal = deal};
	return store_load_lately(cli->store, arena, deal, cli->report.today, DOING_DAYS,
	           &out->timeline, err) &&
	       store_load_actions(cli->store, arena, deal->id, &out->actions, err);
}

bool load_dossier(struct cli *cli, struct arena *arena, const struct deal *deal,
    struct dossier *out, struct err *err)
{
	struct debrief *debrief = arena_alloc(arena, sizeof *debrief);
	bool found = false;
	*out = (struct dossier){.deal = deal};
	if (!store_load_timeline(
	        cli->store, arena, deal, cli->report.today, &out->timeline, err) ||
	    !store_load_actions(cli->store, arena, deal->id, &out->actions, err) ||
	    !store_load_committee(cli->store, arena, deal, &out->committee, err) ||
	    !store_load_changes(cli->store, arena, deal, &out->changes, err) ||
	    !store_load_debrief(cli->store, arena, deal->id, debrief, &found, err))
		return false;
	out->debrief = found ? debrief : NULL;
	return true;
}
