#include "paint.h"
#include <string.h>

/* One touch or activity in full: what the timeline cuts, and how it was found
 * to belong to the deal. What matters most comes first, for room is short. */

struct lines {
	struct surface *s;
	int y;
};

static void line(struct lines *at, const char *label, enum role role, const char *text)
{
	int x = at->s->width >= 50 ? 14 : 11;

	if (!*text || at->y >= at->s->height)
		return;
	surface_puts(at->s, 0, at->y, x - 1, ROLE_MUTED, label);
	at->y = surface_wrapped(at->s, x, at->y, at->s->width - x, role, text);
}

static void contact_text(const struct entry *e, struct str *out)
{
	str_adds(out, e->contact);
	if (*e->contact_title)
		str_addf(out, ", %s", e->contact_title);
	if (*e->role)
		str_addf(out, " (%s)", e->role);
	if (e->on_committee)
		str_adds(out, ", on the committee");
	else if (*e->contact)
		str_adds(out, ", not on the committee");
	for (const char *p = e->others; p && *p; p++) {
		if (p == e->others)
			str_adds(out, "; with ");
		if (*p == '\n')
			str_adds(out, ", ");
		else
			str_addc(out, *p);
	}
}

static const char *state_text(const struct entry *e, day_t today)
{
	if (e->planned)
		return day_of_instant(e->at) >= today
		           ? "planned, not yet due"
		           : "was planned; no export since then says if it was done";
	if (e->open)
		return "due and not done";
	if (e->responded)
		return "answered";
	return e->inbound ? "came from the buyer" : "";
}

void entry_draw(const struct entry *e, const struct view *v, struct surface *s)
{
	bool marketing = e->side == SIDE_MARKETING;
	struct lines at = {s, 0};
	struct str text = STR_INIT;
	char day[DAY_TEXT], words[32];
	day_t when = day_of_instant(e->at);

	line(&at, marketing ? "touch" : "activity",
	    marketing ? ROLE_MARKETING : ROLE_SALES, *e->title ? e->title : e->kind);
	contact_text(e, &text);
	line(&at, "contact", e->on_committee ? ROLE_COMMITTEE : ROLE_TEXT,
	    str_text(&text));
	str_clear(&text);
	str_addf(
	    &text, "%s, %s", day_format(when, day), day_words(when, v->today, words));
	line(&at, "when", ROLE_TEXT, str_text(&text));
	line(&at, marketing ? "status" : "outcome", ROLE_TEXT, e->detail);
	line(&at, "state", ROLE_TEXT, state_text(e, v->today));
	line(&at, "linked", ROLE_TEXT, linked_by_words(e->link));
	line(&at, "our person", ROLE_TEXT, e->who);
	line(&at, "kind", ROLE_TEXT, e->kind);
	line(&at, "campaign", ROLE_TEXT,
	    marketing && strcmp(e->campaign, e->title) != 0 ? e->campaign : "");
	str_release(&text);
}
