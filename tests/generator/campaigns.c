/* Marketing's calendar: a campaign every nine days, more in the big company, three ahead. */
#include "gen.h"
#include <string.h>

enum { HISTORY_DAYS = 1080, PLANNED = 3 };

static const char months[12][4] = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
/* Which kind comes when: e-mail often, conferences and direct mail seldom. */
static const uint8_t rhythm[] = {0, 1, 2, 0, 3, 1, 0, 4, 0, 2, 1, 6, 0, 3, 5};
static const uint8_t planned_kinds[PLANNED] = {1, 4, 0};

static void campaign_name(struct campaign *c, const char *title)
{
	struct civil d = day_to_civil(c->start);
	char text[160];
	const char *prefix = word_campaigns[c->kind].prefix;
	int n = snprintf(text, sizeof(text), "%s: %s (%s %d)", prefix, title,
	    months[d.month - 1], d.year);

	c->name = memory_text(text, (size_t)n);
}

void campaigns_build(struct world *w)
{
	uint32_t past = w->cfg.deals / 30 < 120    ? 120
	                : w->cfg.deals / 30 > 1200 ? 1200
	                                           : w->cfg.deals / 30;
	struct rng r;

	rng_init(&r, w->cfg.seed, S_CAMPAIGN, 0);
	for (uint32_t i = 0; i < past + PLANNED; i++) {
		struct campaign *c = LIST_ADD(w, campaigns);

		memset(c, 0, sizeof(*c));
		if (i < past) {
			c->kind = rhythm[i % LENGTH(rhythm)];
			c->start = w->cfg.as_of - HISTORY_DAYS +
			           (int32_t)(i * (HISTORY_DAYS - 4) / past) + 1;
		} else {
			c->kind = planned_kinds[i - past];
			c->start = w->cfg.as_of + 5 + (int32_t)(i - past) * 8;
		}
		campaign_name(c, word_campaigns[c->kind].titles[rng_below(&r, 8)]);
	}
	w->past_campaigns = past;
}

/* The index of the first campaign that starts after the instant; all before it are earlier. */
uint32_t campaign_after(const struct world *w, int64_t instant)
{
	uint32_t low = 0, high = w->past_campaigns;

	while (low < high) {
		uint32_t mid = (low + high) / 2;

		if (w->campaigns[mid].start * DAY > instant)
			high = mid;
		else
			low = mid + 1;
	}
	return low;
}
