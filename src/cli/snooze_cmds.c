#include "run.h"

/* snooze: a known stall leaves the ranking until a day. */

static bool asleep_deals(
    struct cli *cli, const struct deal *const **out, size_t *count, struct err *err)
{
	struct deal_filter filter = DEAL_FILTER_ANY;
	struct selection s;
	filter.status = DEAL_OPEN;
	if (!select_deals(cli, &filter, SORT_RISK, &s, err))
		return false;
	size_t awake = 0;
	while (awake < s.count && !s.deals[awake]->asleep)
		awake++;
	*out = (const struct deal *const *)s.deals + awake;
	*count = s.count - awake;
	return true;
}

int cmd_snooze_list(struct cli *cli, struct err *err)
{
	const struct deal *const *deals;
	size_t count;
	if (!asleep_deals(cli, &deals, &count, err))
		return err->status;
	if (cli_has(cli, OPT_JSON))
		report_snoozes_json(&cli->out, deals, count);
	else
		report_snoozes(&cli->out, &cli->report, deals, count);
	return EXIT_OK;
}

static bool print_deal(struct cli *cli, const char *id, struct err *err)
{
	const struct deal *deal;
	if (!deal_named(cli, id, &deal, err))
		return false;
	if (cli_has(cli, OPT_JSON))
		report_snoozes_json(&cli->out, &deal, deal->asleep);
	else if (deal->asleep)
		report_asleep(&cli->out, &cli->report, &deal, 1);
	else
		report_note(&cli->out, &cli->report, false, "awake",
		    arena_printf(&cli->arena, "%s is awake.", deal->name));
	return true;
}

static bool wake(
    struct cli *cli, const struct deal *deal, struct snooze *snooze, struct err *err)
{
	bool conflict;
	if (!deal->asleep)
		return err_set(err, deal->id,
		    "is not snoozed; huddle snooze list has those that are");
	return store_save_snooze(cli->store, snooze, true, &conflict, err);
}

static bool put_to_sleep(
    struct cli *cli, const struct deal *deal, struct snooze *snooze, struct err *err)
{
	bool conflict;
	if (deal->status != DEAL_OPEN)
		return err_set(err, deal->id,
		    "the deal is %s; only an open deal can be snoozed",
		    deal_status_name(deal->status));
	if (!cli_has(cli, OPT_UNTIL))
		return err_usage(err, "--until",
		    "the day on which the deal counts again is needed; write +2w or "
		    "2027-01-05");
	if (!cli_has(cli, OPT_REASON))
		return err_usage(
		    err, "--reason", "a reason is needed; say what it waits for");
	if (!cli_day(cli, "--until", cli->value[OPT_UNTIL], &snooze->until, err))
		return false;
	snooze->reason = cli->value[OPT_REASON];
	return snooze_check(snooze, cli->report.today, err) &&
	       store_save_snooze(cli->store, snooze, false, &conflict, err);
}

/* What is learned is kept before the snooze is saved: a disk that fails later than
 * the save would have the person told that nothing was. */
int cmd_snooze(struct cli *cli, struct err *err)
{
	const struct deal *deal;
	struct snooze snooze;
	bool found;
	if (!cli_learn(cli, err) || !deal_named(cli, cli_joined(cli, 0), &deal, err) ||
	    !store_load_snooze(cli->store, &cli->arena, deal->id, &snooze, &found, err))
		return err->status;
	bool fine = cli_has(cli, OPT_OFF) ? wake(cli, deal, &snooze, err)
	                                  : put_to_sleep(cli, deal, &snooze, err);
	return fine && print_deal(cli, deal->id, err) ? EXIT_OK : err->status;
}
