#include "csv_table.h"
#include "sync_fixture.h"

/* The sample company from end to end, against its own files. */

#define SAMPLE TEST_SOURCE_DIR "/sample-data"

static struct arena arena;
static struct deal_list list;

static void setup(void)
{
	const char *paths[] = {SAMPLE};
	sync_setup();
	assert_status(EXIT_OK, sync_now(.paths = paths, .n_paths = 1));
}

static void teardown(void)
{
	arena_release(&arena);
	sync_teardown();
}

TestSuite(sync_sample, .init = setup, .fini = teardown);

/* Rows of a file but those deleted in the CRM, where these are not kept. */
static long long rows_of(const char *name, bool kept)
{
	char path[PATH_MAX];
	long long count = 0;
	snprintf(path, sizeof path, SAMPLE "/%s", name);
	struct table t = table_read(&arena, path);
	for (size_t i = 0; i < t.count; i++)
		count += kept || *table_cell(&t, i, "IsDeleted") == '0';
	return count;
}

static const struct deal *find(const char *name)
{
	const struct deal_name *found[2];
	struct deal_names names;
	struct err err = ERR_INIT;
	struct store *store = store_here(true);
	if (!list.count)
		cr_assert(store_load_deals(store, &arena, -1, WITH_CUSTOM,
		    day_from_civil(2026, 11, 20), &list, &err));
	cr_assert(store_load_deal_names(store, &arena, &names, &err));
	store_close(store);
	cr_assert_eq(names.count, list.count);
	cr_assert_eq(deal_find(&names, name, found, 2), 1, "%s", name);
	return &list.items[found[0] - names.items];
}

/* Loaded alone a deal is what it is in the list. */
Test(sync_sample, one_deal_is_as_in_the_list)
{
	struct err err = ERR_INIT;
	struct deal *alone;
	find("Bluewater");
	struct store *store = store_here(true);
	for (size_t i = 0; i < list.count; i += 7) {
		const struct deal *d = &list.items[i];
		cr_assert(store_load_deal(
		    store, &arena, d->key, day_from_civil(2026, 11, 20), &alone, &err));
		cr_assert_str_eq(alone->id, d->id);
		cr_assert_str_eq(alone->stage, d->stage);
		cr_assert_eq(alone->n_custom, d->n_custom);
		cr_assert_eq(
		    memcmp(&alone->facts, &d->facts, sizeof d->facts), 0, "%s", d->id);
	}
	cr_assert(store_load_deal(
	    store, &arena, 0, day_from_civil(2026, 11, 20), &alone, &err));
	cr_assert_null(alone);
	store_close(store);
}

/* No row is left out, and none is there twice. */
Test(sync_sample, counts_are_those_of_the_files)
{
	static const struct {
		const char *file, *sql;
		bool kept; /* deleted rows are, and marked */
	} all[] = {
#define FED(table, section)           \
	"SELECT count(*) FROM " table \
	" WHERE feed = (SELECT id FROM feed WHERE section = '" section "')"
	    {"Account.csv", FED("account", "accounts"), true},
	    {"Contact.csv", FED("contact", "contacts"), true},
	    {"Lead.csv", FED("lead", "leads"), false},
	    {"User.csv", FED("person", "people"), true},
	    {"Opportunity.csv", FED("deal", "deals"), true},
	    {"OpportunityContactRole.csv", FED("committee", "committee"), false},
	    {"OpportunityHistory.csv", FED("history", "history"), false},
	    {"ForecastingQuota.csv", FED("quota", "quotas"), true},
	    {"Task.csv", FED("activity", "activities.tasks"), false},
	    {"Event.csv", FED("activity", "activities.events"), false},
	    {"Campaign.csv", FED("campaign", "campaigns"), false},
	    {"CampaignMember.csv", FED("touch", "touches"), false},
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		long long rows = rows_of(all[i].file, all[i].kept);
		cr_assert_gt(rows, 0);
		cr_assert_eq(ask(all[i].sql), rows, "%s: %lld of %lld", all[i].file,
		    ask(all[i].sql), rows);
		cr_assert_eq(report_of(all[i].file)->added, rows, "%s", all[i].file);
	}
	cr_assert_eq(said.report.n_rejects, 0);
	assert_text(
	    "SELECT group_concat(v, ' ') FROM (SELECT status || count(*) AS v FROM "
	    "deal_summary GROUP BY status ORDER BY 1)",
	    "lost110 open60 won90");
	/* Nobody is referred to whom no file has. */
	assert_number(
	    "SELECT (SELECT count(*) FROM contact WHERE feed IS NULL) + (SELECT count(*) "
	    "FROM account WHERE feed IS NULL) + (SELECT count(*) FROM deal WHERE feed IS "
	    "NULL) + (SELECT count(*) FROM campaign WHERE feed IS NULL)",
	    0);
}

Test(sync_sample, pushed_deal)
{
	const struct deal *d = find("Żegluga Łabędź: payroll for 4 ports");
	cr_assert_eq(d->facts.pushes, 4);
	cr_assert_eq(d->facts.push_days, 123);
	cr_assert(d->facts.history_known);
	cr_assert_eq(d->amount, 24000000);
	cr_assert_eq(d->stage_since, day_from_civil(2026, 9, 10));
	cr_assert_str_eq(d->stage, "Negotiation/Review");
	cr_assert_str_neq(d->owner, "");
	cr_assert_str_neq(d->account, "");
}

Test(sync_sample, stage_back)
{
	const struct deal *d = find("青葉物流: 勤怠管理の刷新");
	cr_assert_eq(d->facts.stage_back, day_from_civil(2026, 10, 30));
	cr_assert_eq(d->stage_since, day_from_civil(2026, 10, 30));
	cr_assert_eq(find("Żegluga Łabędź")->facts.stage_back, DAY_NONE);
}

Test(sync_sample, amount_drop)
{
	cr_assert_eq(find("Зоряний Млин")->facts.amount_drop, 30);
	cr_assert_eq(find("Żegluga Łabędź")->facts.amount_drop, 0);
}

Test(sync_sample, committee)
{
	const struct deal *d = find("Kestrel Ridge Health: HCM for six hospitals");
	cr_assert(d->facts.committee_known && d->facts.roles_known);
	cr_assert_eq(d->facts.committee, 1);
	cr_assert_not(d->facts.has_economic_buyer);
	struct store *store = store_here(true);
	struct member_list members;
	struct err err = ERR_INIT;
	cr_assert(store_load_committee(store, &arena, d, &members, &err), "%s", err.text);
	store_close(store);
	cr_assert_eq(members.count, 1);
	cr_assert_str_eq(members.items[0].role, "Champion");
}

/* What the list says of a deal is what its timeline holds. */
Test(sync_sample, list_and_timeline_agree)
{
	struct err err = ERR_INIT;
	int looked = 0;
	find("Kestrel Ridge");
	struct store *store = store_here(true);
	for (size_t i = 0; i < list.count; i += 7) {
		const struct deal *d = &list.items[i];
		struct entry_list entries;
		struct change_list changes;
		int sides[2] = {0, 0};
		instant_t last[2] = {INSTANT_NONE, INSTANT_NONE};
		cr_assert(store_load_timeline(
		    store, &arena, d, day_from_civil(2026, 11, 20), &entries, &err));
		cr_assert(store_load_changes(store, &arena, d, &changes, &err));
		for (size_t j = 0; j < entries.count; j++) {
			const struct entry *e = &entries.items[j];
			sides[e->side]++;
			cr_assert(!j || e->at <= entries.items[j - 1].at, "newest first");
			if (!e->planned && !e->open && e->at > last[e->side])
				last[e->side] = e->at;
		}
		cr_assert_eq(sides[SIDE_MARKETING], d->touches, "%s", d->name);
		cr_assert_eq(sides[SIDE_SALES], d->activities, "%s", d->name);
		cr_assert_eq(last[SIDE_MARKETING], d->facts.last_touch, "%s", d->name);
		cr_assert_eq(last[SIDE_SALES], d->facts.last_activity, "%s", d->name);
		int days;
		cr_assert_eq(
		    history_pushes(&changes, &days), d->facts.pushes, "%s", d->name);
		looked += sides[0] > 0 && sides[1] > 0;
	}
	store_close(store);
	cr_assert_gt(looked, 10);
}

/* The company's own fields keep a name people can read. */
Test(sync_sample, custom_fields)
{
	const struct deal *d = find("Kestrel Ridge Health: HCM for six hospitals");
	bool region = false;
	for (int i = 0; i < d->n_custom; i++)
		region |= !strcmp(d->custom[i].name, "Region") && *d->custom[i].value;
	cr_assert(region);
}
