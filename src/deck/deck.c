#include "outline.h"

#include "fonts.h"
#include "huddle/path.h"
#include "writers.h"
#include <string.h>
#include <strings.h>

/* Which pages there are, which writers, and how a file is made of them. */

const struct deck_page_info deck_page_infos[] = {
    {"headline", "the one number, qualified against claimed, coverage, forecast", false},
    {"bridge", "what changed since the last review, as a waterfall", false},
    {"risk", "the deals most likely to slip, why, and what each team does", false},
    {"deals", "a page for each deal of the agenda, with both teams on one axis", false},
    {"forecast", "the forecast by week against the actual, with its band", true},
    {"scorecard", "figures by month with their targets", true},
    {"handoff", "leads from marketing to sales, by name", false},
    {"attribution", "what marketing sourced and influenced", true},
    {"themes", "what losses have in common, from debriefs", true},
    {"actions", "who does what by when", false},
    {"appendix", "definitions, sources, freshness, and what is not captured", true},
    {NULL, NULL, false},
};

static const page_fn makers[] = {page_headline, page_bridge, page_risk, page_deals,
    page_forecast, page_scorecard, page_handoff, page_attribution, page_themes,
    page_actions, page_appendix};

static int page_number(const char *key)
{
	for (int i = 0; deck_page_infos[i].key; i++)
		if (!strcmp(deck_page_infos[i].key, key))
			return i;
	return -1;
}

static void set_colours(struct deck *deck, const struct deck_order *order)
{
	deck->palette = palette_light;
	for (size_t i = 0; i < order->n_colours; i++)
		for (int ink = 0; ink < INKS; ink++)
			if (!strcmp(ink_name((enum ink)ink), order->colours[i].role))
				rgb_read(&deck->palette.of[ink], order->colours[i].value);
}

static const char *scope_text(struct deck *deck, const struct deck_input *in, bool whole)
{
	const char *owner = whole ? NULL : in->owner;

	return deck_textf(deck, "%s%s%s%s", owner ? "owner " : "all owners",
	    owner ? owner : "", in->quarter ? ", quarter " : "",
	    in->quarter ? in->quarter : "");
}

static void make_pages(struct deck *deck, const struct deck_input *in, int number)
{
	size_t begun = deck->count;

	if (number < 0 || number >= (int)(sizeof makers / sizeof *makers))
		return;
	makers[number](deck, in);
	for (size_t i = begun; i < deck->count; i++)
		deck->pages[i].source =
		    deck_textf(deck, "%s · %s · %s", deck->pages[i].source, deck->stamp,
		        scope_text(deck, in, deck_page_infos[number].whole));
}

void deck_make(struct deck *deck, struct arena *arena, const struct deck_input *in,
    const struct deck_order *order)
{
	char today[DAY_TEXT], as_of[DAY_TEXT];

	*deck = (struct deck){.arena = arena, .today = in->today, .logo = order->logo};
	deck->author = deck_text(deck, in->person);
	deck->title = deck_textf(deck, "Deal review of %s", day_format(in->today, today));
	deck->subtitle = scope_text(deck, in, false);
	deck->stamp = deck_textf(deck, "exports of %s",
	    in->info->has_facts ? day_format(in->info->as_of, as_of) : "no day");
	set_colours(deck, order);
	if (!order->pages)
		for (int i = 0; i < (int)(sizeof makers / sizeof *makers); i++)
			make_pages(deck, in, i);
	for (const char *const *key = order->pages; key && *key; key++)
		if (page_number(*key) >= 0)
			make_pages(deck, in, page_number(*key));
}

/* ---- writers ---- */

static const struct writer {
	const char *ending;
	bool (*write)(const struct deck *deck, const struct deck_order *order,
	    struct str *out, struct err *err);
} writers[] = {{".pdf", deck_pdf}, {".html", deck_html}, {".htm", deck_html},
    {".md", deck_markdown}, {".xlsx", deck_xlsx}};

static const struct writer *writer_of(const char *path)
{
	size_t len = strlen(path);

	for (size_t i = 0; i < sizeof writers / sizeof *writers; i++) {
		size_t n = strlen(writers[i].ending);

		if (len > n && !strcasecmp(path + len - n, writers[i].ending))
			return &writers[i];
	}
	return NULL;
}

static bool check_colours(const struct deck_order *order, struct err *err)
{
	for (size_t i = 0; i < order->n_colours; i++) {
		const struct deck_colour *c = &order->colours[i];
		struct rgb rgb;
		bool known = false;

		for (int ink = 0; ink < INKS; ink++)
			known |= !strcmp(ink_name((enum ink)ink), c->role);
		if (!known)
			return err_set(err, "settings",
			    "[deck] %.40s is no colour of the deck; use text, quiet, "
			    "line, "
			    "paper, accent, good, bad, warn, marketing or sales",
			    c->role);
		if (!rgb_read(&rgb, c->value))
			return err_set(err, "settings",
			    "[deck] %.40s: \"%.40s\" is no colour; write it as 0067a5",
			    c->role, c->value);
	}
	return true;
}

static bool check(const struct deck_order *order, struct err *err)
{
	for (const char *const *key = order->pages; key && *key; key++)
		if (page_number(*key) < 0)
			return err_set(err, "settings",
			    "[deck] pages: \"%.40s\" is no page; huddle deck --outline "
			    "lists them",
			    *key);
	if (order->path && !writer_of(order->path))
		return err_usage(err, order->path,
		    "a deck is written as .pdf, .html, .md or .xlsx; end the name in one "
		    "of these");
	return check_colours(order, err) &&
	       (!order->path || path_may_write(order->path, order->replace, err));
}

static void list_outline(const struct deck *deck, struct str *out)
{
	for (size_t i = 0; i < deck->count; i++)
		str_addf(out, "%3zu  %-12s %s\n", i + 1, deck->pages[i].key,
		    deck->pages[i].title);
}

static bool write_deck(const struct deck_input *in, const struct deck_order *order,
    struct str *out, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct deck deck;
	struct str bytes = STR_INIT;

	deck_make(&deck, &arena, in, order);
	bool fine = true;

	if (!order->path) {
		list_outline(&deck, out);
	} else {
		fine =
		    writer_of(order->path)->write(&deck, order, &bytes, err) &&
		    path_write(order->path, (struct slice){str_text(&bytes), bytes.len},
		        order->replace, err);
		if (fine)
			str_addf(out, "The deck of %zu pages is in %s", deck.count,
			    order->path);
	}
	str_release(&bytes);
	arena_release(&arena);
	fonts_release();
	return fine;
}

const struct deck_maker deck_maker = {check, write_deck};
