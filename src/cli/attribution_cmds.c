#include "counts.h"

#include "huddle/definition.h"
#include "huddle/path.h"
#include "huddle/report_attribution.h"
#include "huddle/store_attribution.h"
#include "huddle/store_define.h"
#include "huddle/store_meeting.h"
#include "huddle/themes.h"
#include <string.h>

/* attribution: which touches deals are put down to, and whose they are. */

/* The place of the option's value, which the parser has checked, in its list. */
static int choice_of(const struct cli *cli, enum option option, int otherwise)
{
	const char *const *names = option_infos[option].choices;
	for (int i = 0; cli_has(cli, option) && names[i]; i++)
		if (!strcmp(names[i], cli->value[option]))
			return i;
	return otherwise;
}

/* The deals asked for, in the order of their keys. */
struct asked {
	const struct deal **deals;
	size_t count;
	const struct deal *one; /* NULL: all of a quarter or of all time */
};

static bool ask_for_all(
    struct cli *cli, const struct period *quarter, struct asked *out, struct err *err)
{
	struct deal_list all = {0};
	struct judgement judgement; /* marks the deals */
	if (!cli_all_deals(cli, &all, err) ||
	    !store_judge(cli->store, &cli->arena, &all, &judgement, err))
		return false;
	out->deals = arena_alloc(&cli->arena, (all.count + 1) * sizeof *out->deals);
	for (size_t i = 0; i < all.count; i++)
		if (quarter->first == DAY_NONE ||
		    period_has(*quarter, deal_closed_on(&all.items[i])))
			out->deals[out->count++] = &all.items[i];
	return true;
}

static bool ask_for(
    struct cli *cli, const struct period *quarter, struct asked *out, struct err *err)
{
	*out = (struct asked){.count = 0};
	if (!cli_has(cli, OPT_DEAL))
		return ask_for_all(cli, quarter, out, err);
	if (!deal_named(cli, cli->value[OPT_DEAL], &out->one, err))
		return false;
	out->deals = &out->one;
	out->count = 1;
	return true;
}

static bool read_quarter(const struct cli *cli, struct period *out, struct err *err)
{
	const char *text = cli->value[OPT_QUARTER];
	*out = (struct period){DAY_NONE, DAY_NONE};
	if (text && cli_has(cli, OPT_DEAL))
		return err_usage(err, "--quarter",
		    "a deal is asked for by --deal alone; leave one out");
	if (!text || period_parse(text, cli->report.today, cli->info.fiscal_start, out))
		return true;
	return err_usage(
	    err, "--quarter", "\"%.40s\" is no quarter; write 2026-Q3", text);
}

static void take(void *arg, const struct attribution_case *c)
{
	attribution_take(arg, c);
}

/* Add up; false where a sum does not fit, as a wrong one is worse than none. `more` is
 * the memory of the second half and stays in use. */
static bool add_up(struct cli *cli, const struct asked *asked, struct arena *more,
    struct attribution_book *book, struct attribution *out, struct err *err)
{
	struct attribution_book other = attribution_book_copy(book, more);
	struct attribution *second = arena_alloc(more, sizeof *second);
	*second = *out;
	second->book = &other;
	second->arena = more;
	const struct attribution_part parts[2] = {
	    {book, &cli->arena, out}, {&other, more, second}};
	if (!store_each_attribution(
	        cli->store, asked->deals, asked->count, parts, take, err))
		return false;
	attribution_merge(out, second);
	attribution_settle(out);
	return !out->overflow ||
	       err_set(err, "attribution",
	           "amounts add up to more than can be told; look at huddle deals --sort "
	           "amount for one that is wrong");
}

static void print(struct cli *cli, const struct attribution_report *report)
{
	if (cli_has(cli, OPT_JSON))
		report_attribution_json(&cli->out, report);
	else
		report_attribution(&cli->out, &cli->report, report);
}

/* The rules, and what campaigns and channels there are; nothing is counted yet. */
static bool begin(struct cli *cli, struct attribution_book *book,
    struct attribution *sums, struct err *err)
{
	struct definition definition;
	if (!cli_definition(cli, &definition, err))
		return false;
	*sums = (struct attribution){.rules = definition.attribution,
	    .book = book,
	    .arena = &cli->arena,
	    .today = cli->report.today,
	    .fiscal_start = cli->info.fiscal_start};
	sums->rules.model =
	    (enum attribution_model)choice_of(cli, OPT_MODEL, (int)sums->rules.model);
	return store_load_attribution_book(cli->store, &cli->arena, book, err);
}

static bool count(struct cli *cli, struct arena *more, struct attribution_book *book,
    struct attribution *sums, const struct deal **one, struct err *err)
{
	struct period quarter;
	struct asked asked;
	if (!read_quarter(cli, &quarter, err) || !ask_for(cli, &quarter, &asked, err))
		return false;
	*one = asked.one;
	sums->one = asked.one != NULL;
	return add_up(cli, &asked, more, book, sums, err);
}

bool cli_count_attribution(
    struct cli *cli, struct arena *more, struct attribution *out, struct err *err)
{
	struct attribution_book *book = arena_alloc(&cli->arena, sizeof *book);
	const struct deal *one;
	bool found = false, whole = !cli_has(cli, OPT_QUARTER);
	if (!begin(cli, book, out, err) ||
	    (whole && !store_load_kept_attribution(cli->store, out, &found, err)))
		return false;
	if (found)
		return true;
	if (!count(cli, more, book, out, &one, err))
		return false;
	if (whole)
		store_keep_attribution(cli->store, out);
	return true;
}

int cmd_attribution(struct cli *cli, struct err *err)
{
	struct arena more = ARENA_INIT;
	struct attribution *sums = arena_alloc(&cli->arena, sizeof *sums);
	struct attribution_book book = {0};
	struct attribution_report report = {.sums = sums,
	    .by = (enum attribution_by)choice_of(cli, OPT_BY, BY_CAMPAIGN),
	    .quarter = cli->value[OPT_QUARTER]};
	bool fine = begin(cli, &book, sums, err) &&
	            count(cli, &more, &book, sums, &report.deal, err);
	if (fine)
		print(cli, &report);
	arena_release(&more);
	return fine ? EXIT_OK : err->status;
}

/* sources: the lead sources that are marketing's, as a list. */
int cmd_attribution_sources(struct cli *cli, struct err *err)
{
	enum { INPUT_MAX = 1 << 16 };
	static const char *const none[] = {NULL};
	const char *const *list;
	const char *path = cli->value[OPT_FROM];
	struct str text = STR_INIT;
	const char **words;
	size_t count;
	bool fine =
	    !path ||
	    (path_read(&text, path, INPUT_MAX, err) &&
	        word_list_read(str_text(&text), &cli->arena, &words, &count, path, err) &&
	        store_save_words(
	            cli->store, "sources", count ? str_text(&text) : NULL, err));
	str_release(&text);
	if (!fine ||
	    !store_load_word_list(cli->store, &cli->arena, "sources", &list, err))
		return err->status;
	report_words(&cli->out, &cli->report, cli_has(cli, OPT_JSON), "sources",
	    list ? list : none);
	return EXIT_OK;
}
