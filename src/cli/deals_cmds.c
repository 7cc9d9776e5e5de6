#include "counts.h"

#include <string.h>

/* deals, show, risk and the review as text. */

static const char *const sort_words[DEAL_SORTS] = {
    [SORT_RISK] = "slip risk",
    [SORT_AMOUNT] = "amount",
    [SORT_CLOSE] = "close date",
    [SORT_STAGE_AGE] = "time in stage",
    [SORT_NAME] = "name",
};

static const char *const status_titles[] = {
    [DEAL_OPEN] = "Open deals", [DEAL_WON] = "Won deals", [DEAL_LOST] = "Lost deals"};

static int status_of(const struct cli *cli)
{
	const char *name = cli->value[OPT_STATUS];
	if (!name)
		return DEAL_OPEN;
	for (int status = DEAL_OPEN; status <= DEAL_LOST; status++)
		if (!strcmp(name, deal_status_name((enum deal_status)status)))
			return status;
	return -1;
}

static const struct deal *const *as_const(struct deal **deals)
{
	return (const struct deal *const *)deals;
}

/* What narrows by the fields of a deal. */
static bool read_filter(struct cli *cli, struct deal_filter *out, struct err *err)
{
	const char *custom = cli->value[OPT_CUSTOM];
	out->owner = cli->value[OPT_OWNER];
	out->team = cli->value[OPT_TEAM];
	out->manager = cli->value[OPT_MANAGER];
	out->account = cli->value[OPT_ACCOUNT];
	out->stage = cli->value[OPT_STAGE];
	if (!custom)
		return true;
	const char *sign = strchr(custom, '=');
	if (!sign)
		return err_usage(err, "--custom",
		    "\"%s\" has no =; write NAME=VALUE, such as "
		    "Region=EMEA",
		    custom);
	out->custom_name = arena_dup(&cli->arena, custom, (size_t)(sign - custom));
	out->custom_value = sign + 1;
	return true;
}

int cmd_deals(struct cli *cli, struct err *err)
{
	struct deal_filter filter = DEAL_FILTER_ANY;
	struct selection s;
	enum deal_sort sort = SORT_RISK;
	int limit = -1;
	filter.status = status_of(cli);
	if (!read_filter(cli, &filter, err))
		return err->status;
	if (cli_has(cli, OPT_SORT))
		deal_sort_find(cli->value[OPT_SORT], &sort);
	if (!cli_period(cli, &filter.closing, err) ||
	    !cli_number(cli, OPT_LIMIT, 0, &limit, err) ||
	    !select_deals(cli, &filter, sort, &s, err))
		return err->status;
	struct deal_table table = {.deals = as_const(s.deals),
	    .count = s.count,
	    .shown = limit >= 0 && (size_t)limit < s.count ? (size_t)limit : s.count,
	    .title = arena_printf(&cli->arena, "%s by %s",
	        filter.status < 0 ? "Deals" : status_titles[filter.status],
	        sort_words[sort])};
	if (cli_has(cli, OPT_JSON))
		report_deals_json(&cli->out, &cli->report, &table);
	else
		report_deals(&cli->out, &cli->report, &table);
	return EXIT_OK;
}

int cmd_show(struct cli *cli, struct err *err)
{
	const struct deal *deal;
	struct dossier dossier;
	if (!cli_learn(cli, err) || !deal_named(cli, cli_joined(cli, 0), &deal, err) ||
	    !load_dossier(cli, &cli->arena, deal, &dossier, err))
		return err->status;
	if (cli_has(cli, OPT_JSON))
		report_show_json(&cli->out, &cli->report, &dossier);
	else
		report_show(&cli->out, &cli->report, &dossier);
	return EXIT_OK;
}

/* Those that are asleep stand at the end of the order by risk. */
size_t cli_count_awake(const struct selection *s)
{
	size_t n = 0;
	while (n < s->count && !s->deals[n]->asleep)
		n++;
	return n;
}

/* Each deal is loaded, printed and let go, so that all of them fit. */
static bool print_risk(struct cli *cli, const struct selection *s,
    const struct risk_list *list, struct err *err)
{
	bool fine = true;
	report_risk_begin(&cli->out, &cli->report, list);
	for (size_t i = 0; fine && i < list->shown; i++) {
		struct arena arena = ARENA_INIT;
		struct dossier dossier;
		fine = load_doing(cli, &arena, s->deals[i], &dossier, err);
		if (fine)
			report_risk_deal(&cli->out, &cli->report, list, &dossier, i);
		arena_release(&arena);
	}
	report_risk_end(&cli->out, &cli->report, list);
	if (!fine)
		str_clear(&cli->out);
	return fine;
}

static bool print_risk_table(struct cli *cli, const struct selection *s,
    const struct risk_list *list, enum table_form form, struct err *err)
{
	bool fine = true;
	report_risk_table(&cli->out, &cli->report, form, list);
	for (size_t i = 0; fine && i < list->shown; i++) {
		struct arena arena = ARENA_INIT;
		struct dossier dossier;
		fine = load_doing(cli, &arena, s->deals[i], &dossier, err);
		if (fine)
			report_risk_row(&cli->out, &cli->report, form, &dossier);
		arena_release(&arena);
	}
	if (!fine)
		str_clear(&cli->out);
	return fine;
}

int cmd_risk(struct cli *cli, struct err *err)
{
	struct deal_filter filter = DEAL_FILTER_ANY;
	struct selection s;
	int top = -1;
	enum table_form form;
	bool table = cli_table(cli, &form, err);
	filter.status = DEAL_OPEN;
	if (*err->text || !read_filter(cli, &filter, err) ||
	    !cli_period(cli, &filter.closing, err) ||
	    !cli_number(cli, OPT_TOP, 0, &top, err) ||
	    !select_deals(cli, &filter, SORT_RISK, &s, err))
		return err->status;
	size_t awake = cli_count_awake(&s);
	struct risk_list list = {.period = cli->value[OPT_CLOSING],
	    .dates = filter.closing,
	    .count = s.count,
	    .shown = top >= 0 && (size_t)top < awake ? (size_t)top : awake,
	    .asleep = as_const(s.deals) + awake,
	    .n_asleep = s.count - awake,
	    .json = cli_has(cli, OPT_JSON),
	    .learning = &cli->learning,
	    .rules = cli->rater.rules};
	return (table ? print_risk_table(cli, &s, &list, form, err)
	              : print_risk(cli, &s, &list, err))
	           ? EXIT_OK
	           : err->status;
}

enum { TOP = CLI_TOP, LISTED = 20 };

size_t cli_pick_top(
    struct cli *cli, const struct selection *s, struct deal **top, bool *this_month)
{
	struct period month = period_of_month(cli->report.today);
	size_t n = 0, awake = cli_count_awake(s);
	for (size_t i = 0; i < awake && n < TOP; i++)
		if (period_has(month, s->deals[i]->close_date))
			top[n++] = s->deals[i];
	*this_month = n > 0;
	for (size_t i = 0; !*this_month && i < awake && i < TOP; i++)
		top[n++] = s->deals[i];
	return n;
}

static bool count_debriefs(struct cli *cli, struct review *review, struct err *err)
{
	struct deal_list lost;
	if (!store_load_deals(
	        cli->store, &cli->arena, DEAL_LOST, 0, cli->report.today, &lost, err))
		return false;
	review->lost = lost.count;
	for (size_t i = 0; i < lost.count; i++)
		review->debriefed += lost.items[i].has_debrief;
	return true;
}

static int review_json(struct cli *cli, struct deal **top, size_t n, bool this_month,
    size_t count, struct err *err)
{
	struct selection s = {.deals = top, .count = n};
	struct risk_list list = {.period = this_month ? "this-month" : NULL,
	    .dates = period_of_month(cli->report.today),
	    .count = count,
	    .shown = n,
	    .json = true,
	    .learning = &cli->learning,
	    .rules = cli->rater.rules};
	return print_risk(cli, &s, &list, err) ? EXIT_OK : err->status;
}

int cmd_review(struct cli *cli, struct err *err)
{
	struct deal_filter filter = DEAL_FILTER_ANY;
	struct review review = {.info = &cli->info};
	struct dossier dossiers[TOP];
	struct deal *top[TOP];
	struct selection s;
	filter.status = DEAL_OPEN;
	if (!select_deals(cli, &filter, SORT_RISK, &s, err))
		return err->status;
	review.n_top = cli_pick_top(cli, &s, top, &review.this_month);
	if (cli_has(cli, OPT_JSON))
		return review_json(
		    cli, top, review.n_top, review.this_month, s.count, err);
	for (size_t i = 0; i < review.n_top; i++)
		if (!load_dossier(cli, &cli->arena, top[i], &dossiers[i], err))
			return err->status;
	for (size_t i = 0; i < s.count; i++)
		review.overdue_actions += (size_t)s.deals[i]->overdue_actions;
	review.top = dossiers;
	review.asleep = as_const(s.deals) + cli_count_awake(&s);
	review.n_asleep = s.count - cli_count_awake(&s);
	review.open = (struct deal_table){.deals = as_const(s.deals),
	    .count = s.count,
	    .shown = s.count < LISTED ? s.count : LISTED,
	    .title = "Open deals by slip risk"};
	if (!count_debriefs(cli, &review, err))
		return err->status;
	report_review(&cli->out, &cli->report, &review);
	return EXIT_OK;
}
