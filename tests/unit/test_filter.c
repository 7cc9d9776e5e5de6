#include "huddle/filter.h"

#include <criterion/criterion.h>
#include <string.h>

#define TODAY 20780 /* 2026-11-23 */

static struct deal deal_named(const char *name, const char *account, const char *owner)
{
	return (struct deal){.id = name,
	    .name = name,
	    .account = account,
	    .owner = owner,
	    .team = "West",
	    .stage = "Negotiation",
	    .close_date = TODAY,
	    .risk = {.rated = true, .level = RISK_HIGH}};
}

static bool passes_typed(const char *filter, bool loose, bool typing)
{
	struct filter f = {0};
	struct filter_text text;
	struct arena arena = ARENA_INIT;
	struct deal d = deal_named("Ärger: payroll", "Acme Inc.", "Ana Ruiz");

	filter_set(&f, filter, typing, TODAY, 1);
	filter_fold(&text, &arena, &d);
	bool result = filter_passes(&f, &d, &text, loose);

	filter_release(&f);
	arena_release(&arena);
	return result;
}

static bool passes(const char *filter, bool loose)
{
	return passes_typed(filter, loose, false);
}

Test(filter, words_and_keys)
{
	cr_assert(passes("", false));
	cr_assert(passes("pay", false));
	cr_assert(passes("ÄRGER acme", false));
	cr_assert_not(passes("pay globex", false));
	cr_assert(passes("owner:ana", false));
	cr_assert_not(passes("owner:acme", false));
	cr_assert(passes("stage:neg team:west", false));
	cr_assert(passes("closing:2026-11 risk:high", false));
	cr_assert_not(passes("closing:2026-12", false));
	cr_assert_not(passes("risk:low", false));
	cr_assert(passes("owner:", false));
	cr_assert_not(passes("pyrll", false));
	cr_assert(passes("pyrll", true), "letters in order");
	cr_assert(passes("closing:2026-q4", false));
	cr_assert(passes("name:pay account:acme", false));
	cr_assert(passes("  pay  ", false));
}

Test(filter, what_can_not_be_read_passes_nothing_and_says_why)
{
	static const struct {
		const char *text, *why;
	} wrong[] = {{"closing:2026-99", "\"2026-99\" is no period; write 2026-11"},
	    {"pay closing:soon", "\"soon\" is no period"},
	    {"risk:huge", "\"huge\" is no risk; write high"},
	    {"a c m e a c m e p", "more than 8 words"}};

	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		struct filter f = {0};

		filter_set(&f, wrong[i].text, false, TODAY, 1);
		cr_assert(f.problem, "%s", wrong[i].text);
		cr_assert(strstr(f.problem, wrong[i].why), "%s", f.problem);
		cr_assert_not(passes(wrong[i].text, true), "%s", wrong[i].text);
		filter_release(&f);
	}
}

Test(filter, a_half_typed_word_narrows_nothing_yet)
{
	cr_assert(passes_typed("closing:2026-", false, true));
	cr_assert(passes_typed("pay risk:", false, true));
	cr_assert_not(passes_typed("closing:2026- ", false, true), "this one is typed");
	cr_assert_not(passes_typed("globex closing:2026-", false, true));
}

/* Two levels of managers, two custom fields. */
static bool custom_passes(const char *filter, const char **problem)
{
	static const struct deal_custom custom[] = {
	    {"Region", "EMEA North"}, {"Product Line", "cloud"}};
	struct filter f = {0};
	struct filter_text text;
	static struct arena arena = ARENA_INIT;
	struct deal d = deal_named("http://payroll", "Acme Inc.", "Ana Ruiz");
	struct deal_list all = {&d, 1};

	d.manager = "Bo Berg";
	d.managers = "Bo Berg\nCy Lund";
	d.source = "Partner";
	d.campaign = "Webinar Q4";
	d.type = "Renewal";
	d.pipeline = "Enterprise";
	d.custom = custom;
	d.n_custom = 2;
	filter_set(&f, filter, false, TODAY, 1);
	filter_check_fields(&f, &all);
	filter_fold(&text, &arena, &d);
	bool result = filter_passes(&f, &d, &text, false);

	if (problem)
		*problem = f.problem ? arena_strdup(&arena, f.problem) : NULL;
	filter_release(&f);
	return result;
}

Test(filter, managers_at_any_height_and_custom_fields)
{
	static const char *const all[] = {"manager:bo", "manager:lund", "region:emea",
	    "REGION:north", "product_line:cloud", "\"product line\":clo",
	    "region:\"emea n\"", "owner:\"ana ruiz\"", "\"na ru\" source:part",
	    "campaign:webinar type:renew pipeline:ent", "http://pay", "\"p://pay\"",
	    "region:\"emea"};
	static const char *const none[] = {"manager:ana", "region:apac",
	    "product_line:emea", "owner:\"ana  ruiz\"", "\"ana globex\"",
	    "\"region:emea\"", "source:web"};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		cr_assert(custom_passes(all[i], NULL), "%s", all[i]);
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		cr_assert_not(custom_passes(none[i], NULL), "%s", none[i]);
}

Test(filter, an_unknown_field_is_told)
{
	const char *problem;

	cr_assert_not(custom_passes("onwer:ana", &problem));
	cr_assert(problem && strstr(problem, "no deal has a field \"onwer\""));
	custom_passes("region:apac", &problem);
	cr_assert_null(problem);
}

Test(filter, says_what_it_wants_of_the_deals)
{
	struct filter f = {0};

	filter_set(&f, "ana stage:neg", false, TODAY, 1);
	cr_assert_eq(filter_wants(&f), 0);
	filter_set(&f, "manager:bo region:emea", false, TODAY, 1);
	cr_assert_eq(filter_wants(&f), WITH_CUSTOM | WITH_MANAGERS);
	filter_release(&f);
}
