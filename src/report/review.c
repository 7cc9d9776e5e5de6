#include "axis.h"
#include "huddle/report_risk.h"
#include "print.h"
#include "show.h"
#include "words.h"

/*
 * The review as text, for a meeting without a terminal: what is printed can be
 * read aloud from top to bottom.
 */
enum { AXIS_DAYS = 56, AXIS_ROWS = 18 };

static void put_header(
    struct str *out, const struct report *report, const struct review *review)
{
	struct str line = STR_INIT;
	char day[DAY_TEXT];
	str_addf(&line, "Deal review of %s   %zu open",
	    day_short(report->today, DAY_NONE, day), review->open.count);
	if (review->open.count) {
		str_adds(&line, "   ");
		totals_words(&line, review->open.deals, review->open.count);
	}
	if (review->lost)
		str_addf(
		    &line, "   debriefs %zu%%", review->debriefed * 100 / review->lost);
	if (review->overdue_actions)
		str_addf(&line, "   %zu action%s overdue", review->overdue_actions,
		    review->overdue_actions == 1 ? "" : "s");
	str_adds(&line, "   ");
	age_words(&line, report);
	put_line(out, report, 0, 2, "%s", str_text(&line));
	str_release(&line);
}

static void put_top(struct str *out, const struct report *report,
    const struct dossier *dossier, size_t number, size_t of)
{
	put_blank(out);
	put_line(out, report, 0, 0, "---- %zu of %zu ----", number, of);
	put_deal_header(out, report, dossier->deal);
	put_blank(out);
	put_reasons(out, report, dossier->deal);
	put_blank(out);
	put_doing(out, report, dossier);
	put_blank(out);
	put_axis(out, report, &dossier->timeline, AXIS_DAYS, AXIS_ROWS);
	put_blank(out);
	put_committee(out, report, dossier);
	put_blank(out);
	put_actions(out, report, dossier, false);
}

void report_review(
    struct str *out, const struct report *report, const struct review *review)
{
	put_header(out, report, review);
	if (!review->info->has_facts) {
		put_line(out, report, 0, 0,
		    "No deals yet. Load the exports of your CRM with: huddle sync "
		    "FOLDER");
		return;
	}
	put_blank(out);
	report_deals(out, report, &review->open);
	if (!review->n_top)
		return;
	put_blank(out);
	put_line(out, report, 0, 0,
	    "Most likely to slip%s: what does each team do about it?",
	    review->this_month ? " this month" : "");
	for (size_t i = 0; i < review->n_top; i++)
		put_top(out, report, &review->top[i], i + 1, review->n_top);
	if (review->n_asleep)
		put_blank(out);
	report_asleep(out, report, review->asleep, review->n_asleep);
}
