#include "show.h"

#include "axis.h"
#include "print.h"
#include "words.h"
#include <stdio.h>
#include <string.h>

static void add_part(struct str *line, const char *label, const char *text)
{
	if (*text)
		str_addf(line, "%s%s%s", line->len ? "   " : "", label, text);
}

static void add_dates(struct str *line, const struct deal *deal, day_t today)
{
	char day[DAY_TEXT], words[WORDS_TEXT];
	bool open = deal->status == DEAL_OPEN;
	day_t at = !open && deal->closed != DAY_NONE ? deal->closed : deal->close_date;
	if (at == DAY_NONE) {
		add_part(line, "", "no close date");
		return;
	}
	str_addf(line, "%s%s %s, %s", line->len ? "   " : "",
	    open ? (at < today ? "should have closed" : "closes") : "closed",
	    day_short(at, today, day), days_words(at, today, words));
	if (deal->facts.pushes > 0)
		str_addf(line, "   pushed %dx, +%d days", deal->facts.pushes,
		    deal->facts.push_days);
}

static void put_stand(
    struct str *out, const struct report *report, const struct deal *deal)
{
	char buf[MONEY_TEXT], words[WORDS_TEXT];
	struct str line = STR_INIT;
	int age = deal_stage_age(deal, report->today);
	add_part(&line, "",
	    deal->amount == MONEY_NONE ? "no amount"
	                               : money_format(deal->amount, deal->currency, buf));
	if (deal->status != DEAL_OPEN)
		add_part(&line, "", deal_status_name(deal->status));
	add_part(&line, "", deal->stage);
	if (deal->status == DEAL_OPEN && age >= 0) {
		snprintf(words, sizeof words, " (%d day%s)", age, age == 1 ? "" : "s");
		str_adds(&line, words);
	}
	add_part(&line, "", forecast_name(deal->forecast));
	add_dates(&line, deal, report->today);
	put_line(out, report, 2, 2, "%s", str_text(&line));
	str_release(&line);
}

static void put_people(
    struct str *out, const struct report *report, const struct deal *deal)
{
	struct str line = STR_INIT;
	add_part(&line, "", deal->account);
	add_part(&line, "owner ", deal->owner);
	add_part(&line, "source ", deal->source);
	add_part(&line, "campaign ", deal->campaign);
	add_part(&line, "competitor ", deal->competitor);
	add_part(&line, "lost because ", deal->lost_reason);
	if (deal->missing)
		add_part(&line, "", "no longer in the export");
	if (line.len)
		put_line(out, report, 2, 2, "%s", str_text(&line));
	str_release(&line);
}

static void put_snooze(
    struct str *out, const struct report *report, const struct deal *deal)
{
	struct str words = STR_INIT;
	if (!deal->asleep)
		return;
	snooze_words(&words, deal, report->today);
	put_line(out, report, 2, 2, "%s", str_text(&words));
	str_release(&words);
}

void put_deal_header(
    struct str *out, const struct report *report, const struct deal *deal)
{
	char day[DAY_TEXT];
	put_line(out, report, 0, 2, "%s   [%s]", deal->name, deal->id);
	put_stand(out, report, deal);
	put_people(out, report, deal);
	put_snooze(out, report, deal);
	if (!*deal->next_step)
		return;
	put_line(out, report, 2, 2, "next step: %s%s%s", deal->next_step,
	    deal->next_step_date != DAY_NONE ? ", " : "",
	    day_short(deal->next_step_date, report->today, day));
}

void put_reasons(struct str *out, const struct report *report, const struct deal *deal)
{
	const struct risk *risk = &deal->risk;
	struct str unknown = STR_INIT;
	if (!risk->rated)
		return;
	put_line(out, report, 0, 0, "Slip risk %d%% (%s), by %s", risk->probability,
	    risk_level_name(risk->level),
	    risk->trained ? "training on your past" : "points");
	for (int i = 0; i < risk->n_reasons; i++)
		put_line(out, report, 2, 5, "%+4d %s", risk->reasons[i].points,
		    risk->reasons[i].text);
	if (!risk->n_reasons)
		put_line(out, report, 2, 0, "no sign of slipping in what was exported");
	for (int i = 0; i < RISK_SIGNALS; i++)
		if (risk->unknown & (1u << i))
			str_addf(&unknown, "%s%s", unknown.len ? ", " : "",
			    risk_signal_title((enum risk_signal)i));
	if (unknown.len)
		put_line(out, report, 2, 5, "   ? not captured: %s", str_text(&unknown));
	str_release(&unknown);
}

static void put_team(struct str *out, const struct report *report,
    const struct dossier *dossier, enum side side)
{
	struct lines lines;
	doing(&lines, dossier, side, report->today);
	put_line(out, report, 0, 0,
	    side == SIDE_MARKETING ? "What marketing is doing" : "What sales is doing");
	if (lines.count && !lines.planned)
		put_line(out, report, 2, 0, "no action and nothing planned; until now:");
	for (const char *line = NULL; (line = lines_next(&lines, line));)
		put_line(out, report, 2, 2, "%s", line);
	if (!lines.count)
		put_line(out, report, 2, 0,
		    "nothing: no action, nothing planned, nothing in %d days",
		    DOING_DAYS);
	str_release(&lines.text);
}

void put_doing(
    struct str *out, const struct report *report, const struct dossier *dossier)
{
	put_team(out, report, dossier, SIDE_MARKETING);
	put_team(out, report, dossier, SIDE_SALES);
}

void put_committee(
    struct str *out, const struct report *report, const struct dossier *dossier)
{
	static const struct column columns[] = {{.title = NULL, .most = 24},
	    {.title = NULL, .most = 28}, {.title = NULL, .most = 20}, {.title = NULL},
	    {.title = NULL}};
	if (!dossier->committee.count) {
		put_line(out, report, 0, 0, "Buying committee: nobody named");
		return;
	}
	put_line(out, report, 0, 0, "Buying committee: %zu", dossier->committee.count);
	struct table table = table_of(report, columns, 5);
	for (size_t i = 0; i < dossier->committee.count; i++) {
		const struct member *member = &dossier->committee.items[i];
		char day[DAY_TEXT];
		table_cell(&table, member_label(member, report->ascii));
		table_cell(&table, member->title);
		table_cellf(
		    &table, "%s%s", member->role, member->primary ? " (first)" : "");
		table_cellf(&table, "%d touches, %d activities", member->touches,
		    member->activities);
		if (member->last_seen == INSTANT_NONE)
			table_cell(&table, "never seen");
		else
			table_cellf(&table, "last seen %s",
			    day_short(
			        day_of_instant(member->last_seen), report->today, day));
	}
	table_print(&table, out, 2);
}

void put_actions(
    struct str *out, const struct report *report, const struct dossier *dossier, bool all)
{
	size_t shown = 0;
	struct str words = STR_INIT;
	put_line(out, report, 0, 0, "Actions");
	for (int team = 0; team < TEAMS; team++)
		for (size_t i = 0; i < dossier->actions.count; i++) {
			const struct action *action = &dossier->actions.items[i];
			if ((int)action->team != team ||
			    (!all && action->state != ACTION_OPEN))
				continue;
			str_clear(&words);
			action_words(&words, action, report->today);
			put_line(out, report, 2, 8, "[%c] %s #%lld %s",
			    action->state == ACTION_OPEN ? ' ' : 'x',
			    team_short(action->team), (long long)action->id,
			    str_text(&words));
			shown++;
		}
	if (!shown)
		put_line(out, report, 2, 0, "none: who does what by when?");
	str_release(&words);
}

/* Amounts before the deal's currency changed are in the one it had. */
static struct currency currency_of(
    const struct dossier *dossier, const struct change *change, bool before)
{
	struct currency currency = {""};
	slice_copy(slice_of(history_currency(&dossier->changes, change->at, before,
	               dossier->deal->currency.code)),
	    currency.code, sizeof currency.code);
	return currency;
}

void put_changes(
    struct str *out, const struct report *report, const struct dossier *dossier)
{
	const struct change_list *changes = &dossier->changes;
	if (!changes->count)
		return;
	put_line(out, report, 0, 0, "Changes");
	for (size_t i = changes->count; i-- > 0;) {
		const struct change *change = &changes->items[i];
		char day[DAY_TEXT], old[MONEY_TEXT], new[MONEY_TEXT];
		put_line(out, report, 2, 11, "%9s  %s: %s -> %s",
		    day_short(day_of_instant(change->at), report->today, day),
		    change_title(change->field),
		    change_value(report, currency_of(dossier, change, true),
		        change->field, change->old_value, old),
		    change_value(report, currency_of(dossier, change, false),
		        change->field, change->new_value, new));
	}
}

void report_show(
    struct str *out, const struct report *report, const struct dossier *dossier)
{
	const struct deal *deal = dossier->deal;
	put_deal_header(out, report, deal);
	if (deal->risk.rated) {
		put_blank(out);
		put_reasons(out, report, deal);
	}
	put_blank(out);
	put_axis(out, report, &dossier->timeline, 0, 0);
	put_blank(out);
	put_committee(out, report, dossier);
	put_blank(out);
	put_actions(out, report, dossier, true);
	if (dossier->changes.count) {
		put_blank(out);
		put_changes(out, report, dossier);
	}
	if (dossier->debrief || deal->status == DEAL_LOST) {
		put_blank(out);
		put_debrief(out, report, dossier);
	}
}
