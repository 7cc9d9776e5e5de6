#include "aside.h"
#include "counts.h"

#include "huddle/agenda.h"
#include "huddle/deck.h"
#include "huddle/ini.h"
#include "huddle/path.h"
#include "huddle/report_forecast.h"
#include "huddle/report_handoff.h"
#include "huddle/store_scorecard.h"
#include "huddle/text.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/*
 * deck: the review as a document. Drawing needs libraries that take longer to load than
 * the review takes to open, so they are another program's, huddle-deck, which is this one
 * with them; it takes this one's place for this command.
 */

/* What the deck is made of, in one place. */
struct gathered {
	struct deck_input in;
	struct selection open;
	struct deal_list all;
	struct change_report changes;
	struct forecast_report forecast;
	struct scorecard_ask ask;
	struct scorecard_input card_in;
	struct scorecard card;
	struct handoff_report handoff;
	struct attribution attribution;
	struct arena more; /* of the attribution */
	struct themes themes, before;
	struct action_list actions;
	struct source_list sources;
	struct judgement judgement;
	struct agenda agenda;
	struct aside aside;
};

/* Half of all the time goes into these two, so they are counted beside the others. */
static bool count_beside(struct cli *cli, void *arg, struct err *err)
{
	struct gathered *g = arg;
	return cli_count_forecast(cli, &g->forecast, err) &&
	       cli_count_scorecard(cli, &g->ask, &g->card_in, &g->card, err);
}

static bool load_open(struct cli *cli, struct gathered *g, struct err *err)
{
	struct deal_filter filter = DEAL_FILTER_ANY;
	filter.status = DEAL_OPEN;
	filter.owner = cli->value[OPT_OWNER];
	if (cli->info.has_facts && !cli_all_deals(cli, &g->all, err))
		return false;
	if (!select_deals(cli, &filter, SORT_RISK, &g->open, err) ||
	    !store_judge(cli->store, &cli->arena, &g->open.all, &g->judgement, err))
		return false;
	g->in.open = g->open.deals;
	g->in.n_open = g->open.count;
	g->in.n_awake = cli_count_awake(&g->open);
	g->in.judgement = &g->judgement;
	g->in.learning = &cli->learning;
	return true;
}

/* With its timeline and what each team does. */
static bool load_deal(struct cli *cli, const struct deal *deal, const char *why,
    struct deck_deal *out, struct err *err)
{
	*out = (struct deck_deal){.why = why};
	if (!load_dossier(cli, &cli->arena, deal, &out->dossier, err))
		return false;
	for (int side = SIDE_MARKETING; side <= SIDE_SALES; side++)
		doing_count(&out->doing[side], &out->dossier.timeline,
		    &out->dossier.actions, (enum side)side, cli->report.today);
	return true;
}

static bool load_top(struct cli *cli, struct gathered *g, struct err *err)
{
	struct deal *top[CLI_TOP];
	struct deck_deal *deals = arena_alloc(&cli->arena, CLI_TOP * sizeof *deals);
	bool fine = true;
	g->in.n_top = cli_pick_top(cli, &g->open, top, &g->in.this_month);
	for (size_t i = 0; fine && i < g->in.n_top; i++)
		fine = load_deal(cli, top[i], "", &deals[i], err);
	g->in.top = deals;
	return fine;
}

/* As it is rated in the list; a lost one only in the list of all. */
static const struct deal *deal_of(const struct gathered *g, const char *id)
{
	for (size_t i = 0; i < g->open.count; i++)
		if (!strcmp(g->open.deals[i]->id, id))
			return g->open.deals[i];
	for (size_t i = 0; i < g->all.count; i++)
		if (!strcmp(g->all.items[i].id, id))
			return &g->all.items[i];
	return NULL;
}

/* A line on the terminal that is written over; of few deals nothing is said. */
static void say_progress(size_t done, size_t all)
{
	enum { MANY = 40, EACH = 10 };
	if (all < MANY || !isatty(STDERR_FILENO))
		return;
	if (done == all)
		fputs("\r\033[K", stderr);
	else if (done % EACH == 0)
		fprintf(stderr, "\rhuddle: deal %zu of %zu", done, all);
}

static bool load_agenda(struct cli *cli, struct gathered *g, struct err *err)
{
	struct deck_deal *deals;
	bool fine = true;
	if (!cli_pick_agenda(cli, &g->agenda, &g->in.agenda_name, err))
		return false;
	deals = arena_alloc(&cli->arena, (g->agenda.count + 1) * sizeof *deals);
	for (size_t i = 0; fine && i < g->agenda.count; i++) {
		const struct agenda_item *item = &g->agenda.items[i];
		const struct deal *deal = deal_of(g, item->deal_id);
		const char *owner = cli->value[OPT_OWNER];
		say_progress(i, g->agenda.count);
		if (!deal ||
		    (owner && !text_same(slice_of(owner), slice_of(deal->owner))))
			continue;
		const char *why = *item->why ? item->why : agenda_kind_title(item->kind);
		fine = load_deal(cli, deal, why, &deals[g->in.n_agenda++], err);
	}
	say_progress(g->agenda.count, g->agenda.count);
	g->in.agenda = deals;
	return fine;
}

static bool load_actions(struct cli *cli, struct gathered *g, struct err *err)
{
	const char *owner = cli->value[OPT_OWNER];
	size_t n = 0;
	if (!store_load_actions(cli->store, &cli->arena, NULL, &g->actions, err) ||
	    !cli_all_deals(cli, &g->all, err))
		return false;
	for (size_t i = 0; i < g->actions.count; i++) {
		const struct action *a = &g->actions.items[i];
		if (a->state == ACTION_OPEN &&
		    (!owner || text_same(slice_of(owner), slice_of(a->owner))))
			g->actions.items[n++] = *a;
	}
	g->actions.count = n;
	g->in.actions = &g->actions;
	g->in.all = &g->all;
	return true;
}

static bool load_numbers(struct cli *cli, struct gathered *g, struct err *err)
{
	if (!cli_count_changes(cli, &g->changes, err) ||
	    !cli_count_handoff(cli, &g->handoff, err) ||
	    !cli_count_attribution(cli, &g->more, &g->attribution, err) ||
	    !cli_count_themes(cli, &g->themes, &g->before, err) ||
	    !aside_end(&g->aside, cli, err) ||
	    !store_load_sources(cli->store, &cli->arena, &g->sources, err))
		return false;
	struct deck_input *in = &g->in;
	in->bridges = g->changes.bridges;
	in->since = g->changes.since;
	in->until = g->changes.until;
	in->since_why = g->changes.why;
	in->forecasts = g->forecast.forecasts;
	in->band = g->forecast.band;
	in->quota = g->forecast.quota;
	in->fiscal_start = g->forecast.fiscal_start;
	in->card = &g->card;
	in->handoff = g->handoff.handoff;
	in->attribution = &g->attribution;
	in->themes = &g->themes;
	in->themes_before = &g->before;
	in->sources = &g->sources;
	return true;
}

static bool gather(struct cli *cli, struct gathered *g, struct err *err)
{
	g->in = (struct deck_input){.today = cli->report.today,
	    .info = &cli->info,
	    .person = store_person(cli->store),
	    .owner = cli->value[OPT_OWNER],
	    .quarter = cli->value[OPT_QUARTER],
	    .since = DAY_NONE,
	    .until = DAY_NONE,
	    .since_why = "",
	    .agenda_name = "",
	    .fiscal_start = cli->info.fiscal_start > 0 ? cli->info.fiscal_start : 1};
	if (cli->info.has_facts)
		aside_begin(&g->aside, cli, count_beside, g);
	if (!load_open(cli, g, err))
		return false;
	if (!cli->info.has_facts)
		return true;
	return load_actions(cli, g, err) && load_top(cli, g, err) &&
	       load_agenda(cli, g, err) && load_numbers(cli, g, err);
}

/* "headline, bridge" of the settings. */
static const char *const *read_pages(struct cli *cli, const char *text)
{
	struct slice rest = slice_of(text), part;
	const char **out;
	size_t n = 0;
	if (!text || !*text)
		return NULL;
	out = arena_alloc(&cli->arena, (rest.len + 2) * sizeof *out);
	while (slice_cut(&rest, ',', &part)) {
		part = slice_trim(part);
		if (part.len)
			out[n++] = arena_dup(&cli->arena, part.p, part.len);
	}
	return n ? out : NULL;
}

/* From the folder of the settings. */
static const char *logo_path(struct cli *cli, const char *value)
{
	const char *config = cli->value[OPT_CONFIG],
	           *slash = config ? strrchr(config, '/') : NULL;
	const char *home = config ? NULL : path_config_home(&cli->arena);
	if (*value == '/' || (config && !slash))
		return value;
	if (config)
		return arena_printf(
		    &cli->arena, "%.*s/%s", (int)(slash - config), config, value);
	return home ? path_join(&cli->arena, home, value) : value;
}

/* [deck] pages, logo; every other key is a colour. */
static bool read_order(struct cli *cli, struct deck_order *out, struct err *err)
{
	struct ini ini = {0};
	struct deck_colour *colours;
	*out = (struct deck_order){
	    .path = cli_has(cli, OPT_OUTLINE) ? NULL : cli->value[OPT_OUT],
	    .replace = cli_has(cli, OPT_FORCE)};
	if (!out->path && !cli_has(cli, OPT_OUTLINE))
		return err_usage(err, "--out",
		    "no file is named; write huddle deck --out FILE.pdf, .html, .md or "
		    ".xlsx");
	if (!ini_read_settings(&ini, &cli->arena, cli->value[OPT_CONFIG], err))
		return false;
	colours = arena_alloc(&cli->arena, (ini.count + 1) * sizeof *colours);
	out->colours = colours;
	for (size_t i = 0; i < ini.count; i++) {
		const struct ini_item *item = &ini.items[i];
		if (!item->key || strcmp(item->section, "deck") != 0)
			continue;
		const char *value = ini_unquote(&cli->arena, item->value);
		if (!strcmp(item->key, "pages"))
			out->pages = read_pages(cli, value);
		else if (!strcmp(item->key, "logo"))
			out->logo = *value ? logo_path(cli, value) : NULL;
		else
			colours[out->n_colours++] =
			    (struct deck_colour){item->key, value};
	}
	return true;
}

/* Beside this program, or where it is installed to. */
static int become_deck(struct cli *cli, struct err *err)
{
	static const char *const places[] = {
	    "huddle-deck", "../libexec/huddle/huddle-deck"};
	char self[4096];
	ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);
	self[len > 0 ? len : 0] = '\0';
	char *slash = strrchr(self, '/');
	for (size_t i = 0; slash && i < sizeof places / sizeof *places; i++)
		execv(arena_printf(
		          &cli->arena, "%.*s/%s", (int)(slash - self), self, places[i]),
		    cli->argv);
	err_set(err, "huddle-deck",
	    "the program that draws is missing; install huddle again, with libexec");
	return err->status;
}

int cmd_deck(struct cli *cli, struct err *err)
{
	struct deck_order order;
	struct gathered *g = arena_alloc(&cli->arena, sizeof *g);
	if (!cli->deck)
		return become_deck(cli, err);
	if (!read_order(cli, &order, err) || !cli->deck->check(&order, err))
		return err->status;
	struct str said = STR_INIT;
	bool fine = gather(cli, g, err) && cli->deck->write(&g->in, &order, &said, err);
	if (fine && (order.path || cli_has(cli, OPT_JSON)))
		report_note(&cli->out, &cli->report, cli_has(cli, OPT_JSON),
		    order.path ? "written" : "outline", str_text(&said));
	else if (fine)
		str_adds(&cli->out, str_text(&said));
	str_release(&said);
	aside_release(&g->aside);
	arena_release(&g->more);
	return fine ? EXIT_OK : err->status;
}
