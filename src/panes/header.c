#include "huddle/text.h"
#include "paint.h"
#include <stdio.h>
#include <string.h>

/*
 * The deal in one or two lines: what it is, what it is worth, where it stands
 * and how often its date moved. The name gives way last.
 */

static void add_part(struct str *out, const char *label, const char *text)
{
	if (*text)
		str_addf(out, "%s%s%s", out->len > 0 ? "   " : "", label, text);
}

static void close_text(const struct deal *d, const struct view *v, struct str *out)
{
	char day[DAY_TEXT], words[32];

	if (d->status == DEAL_WON || d->status == DEAL_LOST) {
		str_addf(out, "%s %s", deal_status_name(d->status),
		    day_brief(d->closed != DAY_NONE ? d->closed : d->close_date, v->today,
		        day));
		return;
	}
	if (d->close_date == DAY_NONE) {
		str_adds(out, "? no close date");
		return;
	}
	str_addf(out, "%s%s, %s", d->close_date < v->today ? "overdue: " : "closes ",
	    day_brief(d->close_date, v->today, day),
	    day_words(d->close_date, v->today, words));
}

static void push_text(const struct deal *d, struct str *out)
{
	if (d->facts.pushes > 0)
		str_addf(
		    out, "pushed %dx, +%d days", d->facts.pushes, d->facts.push_days);
	else if (!d->facts.history_known)
		str_adds(out, "? pushes not known");
}

/* The first line right of the name: what it is worth and when it closes. */
static void money_text(const struct deal *d, struct str *out)
{
	char money[MONEY_TEXT];

	str_adds(out, d->amount == MONEY_NONE
	                  ? "? no amount"
	                  : money_format(d->amount, d->currency, money));
}

/* Where it stands, and how often its date moved. */
static void stage_text(const struct deal *d, const struct view *v, struct str *out)
{
	int age = deal_stage_age(d, v->today);
	struct str part = STR_INIT;
	char buf[48];

	str_adds(&part, d->stage);
	if (d->status == DEAL_OPEN && age >= 0)
		str_addf(&part, " for %s", count_words(age, "day", "days", buf));
	add_part(out, "", str_text(&part));
	str_clear(&part);
	if (d->status == DEAL_OPEN)
		push_text(d, &part);
	add_part(out, "", str_text(&part));
	str_release(&part);
}

static void debrief_text(const struct view *v, struct str *out)
{
	const struct deal *d = v->deal;

	if (d->status != DEAL_LOST)
		return;
	if (v->loaded && v->has_debrief && *v->debrief.value[B_REASON])
		add_part(out, "debrief: ", v->debrief.value[B_REASON]);
	else if (d->has_debrief)
		add_part(out, "", "debrief filed");
	else
		add_part(out, "",
		    d->has_draft ? "debrief begun (d goes on)"
		                 : "debrief missing (d files it)");
	add_part(out, "CRM says: ", d->lost_reason);
	add_part(out, "to ", d->competitor);
}

/* What it lacks to be qualified by the definition. */
static void lacks_text(const struct view *v, struct str *out)
{
	const struct qualified_deal *q =
	    v->qualified ? qualified_find(v->qualified, v->deal->key) : NULL;

	if (!q)
		return;
	add_part(out, "", q->n_missing ? "lacks: " : "qualified");
	for (size_t i = 0; i < q->n_missing; i++)
		str_addf(out, "%s%s", i ? ", " : "", q->missing[i]);
}

/* The third line, or the end of the second where there is none. */
static void next_text(const struct view *v, struct str *out)
{
	const struct deal *d = v->deal;

	lacks_text(v, out);
	if (d->status == DEAL_OPEN)
		add_part(out, "next: ",
		    *d->next_step              ? d->next_step
		    : d->facts.next_step_known ? "no next step"
		                               : "? not captured");
	if (!text_contains(slice_of(d->name), slice_of(d->account)))
		add_part(out, "", d->account);
	add_part(out, "came by ", d->source);
	add_part(out, "first campaign: ", d->campaign);
}

static void snooze_text(const struct view *v, struct str *out)
{
	const struct deal *d = v->deal;
	char day[DAY_TEXT];

	if (d->asleep)
		str_addf(out, "%ssnoozed until %s: %s", out->len > 0 ? "   " : "",
		    day_brief(d->snoozed_until, v->today, day), d->snooze_reason);
}

/* What moved since the last review, each sign with its word. */
static void moved_text(const struct deal *d, bool ascii, struct str *out)
{
	static const char *const what[MOVE_FIELDS] = {[MOVE_AMOUNT] = "amount ",
	    [MOVE_STAGE] = "stage ",
	    [MOVE_FORECAST] = "category ",
	    [MOVE_CLOSE_DATE] = "",
	    [MOVE_OWNER] = "owner "};
	bool any = false;

	for (int f = 0; f < MOVE_FIELDS; f++) {
		if (!d->moved[f])
			continue;
		str_addf(out, "%s%s %s%s",
		    any            ? ", "
		    : out->len > 0 ? "   "
		                   : "",
		    move_sign((enum move_field)f, d->moved[f], ascii), what[f],
		    move_word((enum move_field)f, d->moved[f]));
		any = true;
	}
}

/* Why it is on the agenda, and what was decided. */
static void meeting_text(const struct view *v, struct str *out)
{
	for (size_t i = 0; i < v->decisions.count; i++)
		if (!strcmp(v->decisions.items[i].deal_id, v->deal->id)) {
			add_part(out,
			    "decided: ", verdict_name(v->decisions.items[i].verdict));
			add_part(out, "", v->decisions.items[i].text);
		}
	for (size_t i = 0; v->show == SHOW_AGENDA && i < v->agenda.count; i++)
		if (!strcmp(v->agenda.items[i].deal_id, v->deal->id))
			add_part(out, "agenda: ", v->agenda.items[i].why);
}

static void more_text(const struct view *v, bool ascii, struct str *out)
{
	const struct deal *d = v->deal;

	meeting_text(v, out);
	stage_text(d, v, out);
	debrief_text(v, out);
	moved_text(d, ascii, out);
	snooze_text(v, out);
	if (d->missing)
		add_part(out, "", "gone from the export");
	add_part(out, "", d->owner);
	if (d->status == DEAL_OPEN)
		add_part(out, "", forecast_name(d->forecast));
}

/* Name, amount and close date; the name gives way to the facts down to a part
 * of the line. */
static void draw_first(const struct view *v, struct surface *s)
{
	const struct deal *d = v->deal;
	bool late = d->status == DEAL_OPEN && d->close_date != DAY_NONE &&
	            d->close_date < v->today;
	struct str money = STR_INIT, close = STR_INIT;

	money_text(d, &money);
	close_text(d, v, &close);
	if (s->height == 1)
		stage_text(d, v, &close);
	const char *label = deal_label(d, s->ascii);
	int name = text_width(slice_of(label));
	int facts = text_width(slice_of(str_text(&money))) +
	            text_width(slice_of(str_text(&close)));
	int least = s->width < 60 ? s->width * 3 / 5 : s->width * 2 / 5;
	int room = s->width - facts - 6 < least ? least : s->width - facts - 6;
	int x = surface_puts(s, 0, 0, name < room ? name : room, ROLE_TITLE_FOCUS, label);

	x = surface_puts(s, x + 3, 0, -1, ROLE_MONEY, str_text(&money));
	surface_puts(s, x + 3, 0, -1, late ? ROLE_OVERDUE : ROLE_TEXT, str_text(&close));
	str_release(&money);
	str_release(&close);
}

void deal_header_draw(const struct view *v, struct surface *s)
{
	struct str text = STR_INIT;

	if (!v->deal) {
		surface_puts(s, 0, 0, -1, ROLE_MUTED, "No deal is selected.");
		return;
	}
	draw_first(v, s);
	if (s->height > 1) {
		more_text(v, s->ascii, &text);
		if (s->height == 2)
			next_text(v, &text);
		surface_puts(s, 0, 1, -1, ROLE_TEXT, str_text(&text));
	}
	if (s->height > 2) {
		str_clear(&text);
		next_text(v, &text);
		surface_puts(s, 0, 2, -1, ROLE_MUTED, str_text(&text));
	}
	str_release(&text);
}

static void summary_list(const struct view *v, struct str *out)
{
	char day[DAY_TEXT];

	for (int i = 0; i < v->deal->risk.n_reasons; i++)
		str_addf(out, "  %+d %s\n", v->deal->risk.reasons[i].points,
		    v->deal->risk.reasons[i].text);
	for (size_t i = 0; v->loaded && i < v->actions.count; i++) {
		const struct action *a = &v->actions.items[i];

		if (a->state == ACTION_OPEN)
			str_addf(out, "  [ ] %s %s: %s%s%s\n", team_short(a->team),
			    a->owner, a->text, a->due == DAY_NONE ? "" : ", by ",
			    day_format(a->due, day));
	}
}

void deal_summary(const struct view *v, struct str *out)
{
	if (!v->deal)
		return;
	str_addf(out, "%s\n", v->deal->name);
	struct str line = STR_INIT;
	money_text(v->deal, &line);
	str_adds(&line, "   ");
	close_text(v->deal, v, &line);
	str_addf(out, "%s\n", str_text(&line));
	str_clear(&line);
	more_text(v, false, &line);
	next_text(v, &line);
	str_addf(out, "%s\n", str_text(&line));
	str_release(&line);
	if (v->deal->risk.rated)
		str_addf(out, "Slip risk %d%% (%s)\n", v->deal->risk.probability,
		    risk_level_name(v->deal->risk.level));
	summary_list(v, out);
}
