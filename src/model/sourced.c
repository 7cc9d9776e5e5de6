#include "attribution_inside.h"

#include "huddle/text.h"

/*
 * Whose a deal is. Three definitions that can all be defended, side by side:
 *
 *   first-touch   the first touch that counts came from a marketing programme: from a
 *                 campaign, or it was more than a visit that nobody was led to
 *   lead-source   the CRM's lead source is one of marketing's; where it names none, it
 *                 credits the deal to a campaign
 *   before-sales  a touch that counts comes before the first activity of sales
 *                 with any deal of the account
 *
 * These look as far back as touches go: whose a deal is does not change by waiting.
 * Influenced is any touch that counts while the deal was open, within the window. A
 * deal may be both, so the two are never added.
 */

const char *sourced_by_name(enum sourced_by by)
{
	static const char *const names[SOURCED_BYS] = {
	    [SOURCED_FIRST_TOUCH] = "first-touch",
	    [SOURCED_LEAD_SOURCE] = "lead-source",
	    [SOURCED_BEFORE_SALES] = "before-sales",
	};
	return names[by];
}

const char *cost_state_name(enum cost_state state)
{
	static const char *const names[] = {
	    [COST_KNOWN] = "known", [COST_NONE] = "not-told", [COST_NO_RATE] = "no-rate"};
	return names[state];
}

struct attribution_book attribution_book_copy(
    const struct attribution_book *book, struct arena *arena)
{
	struct attribution_book out = *book;

	out.channels = NULL;
	out.cap_channels = 0;
	out.channels = arena_grow(
	    arena, NULL, &out.cap_channels, book->n_channels, sizeof *out.channels);
	for (size_t i = 0; i < book->n_channels; i++)
		out.channels[i] = book->channels[i];
	return out;
}

static bool has_word(const char *text, const char *const *words)
{
	struct slice rest = slice_of(text), word;

	while (text_next_word(&rest, &word))
		if (word_is_one_of(word, words))
			return true;
	return false;
}

bool source_is_marketing(const char *source, const char *const *list)
{
	static const char *const sales[] = {"outbound", "cold", "sales", "sdr", "bdr",
	    "partner", "partners", "employee", "existing", "customer", "upsell",
	    "renewal", "purchased", "prospecting", NULL};
	static const char *const marketing[] = {"web", "website", "internet", "online",
	    "inbound", "marketing", "campaign", "campaigns", "webinar", "webinars",
	    "event", "events", "tradeshow", "show", "conference", "seminar", "ad", "ads",
	    "adwords", "advertisement", "advertising", "paid", "ppc", "sem", "seo",
	    "organic", "search", "social", "content", "syndication", "ebook",
	    "whitepaper", "email", "newsletter", "mail", "mailing", "download", "form",
	    "blog", "podcast", "video", "press", "media", "display", "retargeting", NULL};

	for (; list && *list; list++)
		if (text_same(slice_of(source), slice_of(*list)))
			return true;
	return !list && has_word(source, marketing) && !has_word(source, sales);
}

/* A visit comes by itself, until a campaign is known to have led to it. */
static bool is_of_programme(
    const struct attribution_touch *t, const struct attribution_book *book)
{
	static const char *const visits[] = {
	    "visit", "visits", "view", "views", "direct", "pageview", NULL};
	const char *channel = book->channels[t->channel];

	return t->campaign || (channel && !has_word(channel, visits));
}

/* The last touch while the deal was open, within the window, is enough; where nothing
 * tells since when it was, any is. */
static bool is_influenced(
    const struct attribution_case *c, const struct attribution_times *times)
{
	instant_t since = times->from;

	if (c->deal->created != DAY_NONE) {
		instant_t opened = (instant_t)c->deal->created * DAY_SECONDS;
		since = opened > since ? opened : since;
	}
	return c->count && c->touches[c->count - 1].at >= since;
}

struct sourced_marks sourced_judge(const struct attribution_case *c,
    const struct attribution_times *times, const struct attribution_book *book,
    enum sourced_by locked)
{
	const struct attribution_touch *first = c->count ? c->touches : NULL;
	const char *source = c->deal->source;
	bool told = slice_trim(slice_of(source)).len > 0;
	struct sourced_marks out = {.influenced = is_influenced(c, times)};

	out.by[SOURCED_FIRST_TOUCH] = first && is_of_programme(first, book);
	out.by[SOURCED_LEAD_SOURCE] =
	    told ? source_is_marketing(source, book->sources) : c->crm_campaign != 0;
	out.by[SOURCED_BEFORE_SALES] =
	    first && (c->first_activity == INSTANT_NONE || first->at < c->first_activity);
	if (!out.by[locked])
		return out;
	if (locked == SOURCED_LEAD_SOURCE && c->crm_campaign)
		out.campaign = c->crm_campaign;
	else
		out.campaign = first ? first->campaign : 0;
	return out;
}

/* "Webinar" says the same as "Webinar: payroll". A source that only says that the
 * deal is marketing's agrees with any touch. */
static bool says_same(const char *source, const char *name)
{
	struct slice a = slice_trim(slice_of(source)), b = slice_trim(slice_of(name));

	return a.len && b.len && (text_contains(a, b) || text_contains(b, a));
}

static bool is_general(const char *source)
{
	static const char *const general[] = {
	    "web", "website", "internet", "online", "inbound", "marketing", NULL};
	struct slice rest = slice_of(source), word;

	if (!text_next_word(&rest, &word) || !word_is_one_of(word, general))
		return false;
	return !text_next_word(&rest, &word);
}

enum truths two_truths(const struct attribution_case *c,
    const struct attribution_book *book, const char **crm, const char **marketing)
{
	const struct attribution_touch *first = c->count ? c->touches : NULL;
	const char *source =
	    slice_trim(slice_of(c->deal->source)).len ? c->deal->source : NULL;
	const char *channel = first ? book->channels[first->channel] : NULL;
	const char *campaign = first ? book->campaigns[first->campaign].name : NULL;

	*crm = c->crm_campaign ? book->campaigns[c->crm_campaign].name : source;
	*marketing = campaign ? campaign : channel;
	if (!*crm)
		return TRUTHS_CRM_SILENT;
	if (!first)
		return c->crm_campaign || source_is_marketing(source, book->sources)
		           ? TRUTHS_DIFFER
		           : TRUTHS_AGREE;
	if (c->crm_campaign && first->campaign)
		return c->crm_campaign == first->campaign ? TRUTHS_AGREE : TRUTHS_DIFFER;
	if (!c->crm_campaign && is_general(source))
		return TRUTHS_AGREE;
	return says_same(*crm, campaign) || says_same(*crm, channel) ? TRUTHS_AGREE
	                                                             : TRUTHS_DIFFER;
}
