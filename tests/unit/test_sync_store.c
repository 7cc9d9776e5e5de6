#include "sync_fixture.h"

/* What is in the store after syncs, and when its facts are not what they
 * should be. */

static const char co[] =
    "[source]\nname = co\n[deals]\nfiles = d*.csv\nid = Id\nname = Name\n"
    "stage = Stage\namount = Amount\ndeleted = Del\n[touches]\nfiles = t*.csv\n"
    "id = Id\ndeal_id = Deal\nwhen = When\nkind = Kind\n[activities]\n"
    "files = v*.csv\nid = Id\ndeal_id = Deal\nwhen = When\nkind = Kind\n"
    "direction = Dir\n";

#define HEADER "Id,Name,Stage,Amount,Del\n"

static struct arena arena;
static struct err err;
static struct deal_list list;

static void setup(void)
{
	sync_setup();
	put("../co.ini", co);
	put("d.csv", HEADER "1,One,New,100,\n2,Two,New,200,0\n3,Three,Closed Won,300,\n"
	                    "4,Four,Old,400,1\n");
}

static void teardown(void)
{
	arena_release(&arena);
	sync_teardown();
}

TestSuite(sync_store, .init = setup, .fini = teardown);

static bool load(struct store *store)
{
	memset(&err, 0, sizeof err);
	return store_load_deals(
	    store, &arena, -1, 0, day_from_civil(2026, 11, 20), &list, &err);
}

/* The deal as the list has it; of the copy kept by the test. */
static const struct deal *deal(const char *id)
{
	struct store *store = store_here(true);
	cr_assert(load(store), "%s: %s", err.place, err.text);
	store_close(store);
	for (size_t i = 0; i < list.count; i++)
		if (!strcmp(list.items[i].id, id))
			return &list.items[i];
	return NULL;
}

static struct store_info info(void)
{
	struct store_info out;
	struct store *store = store_here(true);
	cr_assert(store_info(store, &out, &err), "%s", err.text);
	store_close(store);
	return out;
}

Test(sync_store, counts)
{
	put("t.csv", "Id,Deal,When,Kind\na,1,2026-11-01,x\nb,1,2026-11-02,x\n");
	assert_status(EXIT_OK, sync_co());
	struct store_info i = info();
	cr_assert_eq(i.deals, 3);
	cr_assert_eq(i.open, 2, "%lld open", (long long)i.open);
	cr_assert_eq(i.touches, 2);
	cr_assert_eq(i.activities, 0);
	cr_assert_eq(i.as_of, day_from_civil(2026, 11, 20));
	cr_assert_eq(i.sync_id, 1);
	cr_assert_null(deal("4"));
	cr_assert_eq(deal("3")->status, DEAL_WON);
}

/* Facts that are gone or bad say so in every call that needs them, and another
 * sync heals them. */
static void facts_are_lost(const char *how, const char *words)
{
	static const char *const after[] = {"1:100", "1:100 2:200"};
	assert_status(EXIT_OK, sync_co());
	shell("%s", how);
	struct store *store = store_here(false);
	struct store_info i;
	struct source_list sources;
	struct reject_list rejects;
	struct sync_list syncs;
	struct entry_list entries;
	struct member_list members;
	struct change_list changes;
	struct deal one = {.key = 1, .id = "1"};
#define fails(call)                          \
	do {                                 \
		memset(&err, 0, sizeof err); \
		cr_assert_not(call, #call);  \
		cr_has(err.text, words);     \
	} while (0)
	fails(store_info(store, &i, &err));
	fails(load(store));
	fails(store_load_timeline(store, &arena, &one, 0, &entries, &err));
	fails(store_load_committee(store, &arena, &one, &members, &err));
	fails(store_load_changes(store, &arena, &one, &changes, &err));
	fails(store_load_sources(store, &arena, &sources, &err));
	fails(store_load_rejects(store, &arena, &rejects, &err));
	fails(store_load_syncs(store, &arena, &syncs, &err));
	store_close(store);
	(void)after;
	assert_status(EXIT_OK, sync_co());
	cr_assert_eq(said.report.sync_id, 2);
	cr_assert_geq(said.report.n_warnings, 1);
	cr_has(said.report.warnings[said.report.n_warnings - 1], "start anew");
	assert_counts("d.csv", 4, 4, 0, 0, 0, 0);
	cr_assert_not_null(deal("1"));
}

Test(sync_store, facts_missing)
{
	facts_are_lost("rm huddle.db-facts-1", "missing");
}

Test(sync_store, facts_damaged)
{
	facts_are_lost(
	    "printf 'not a database at all' > huddle.db-facts-1", "not the facts");
}

Test(sync_store, facts_of_another_version)
{
	facts_are_lost("printf '\\0\\0\\0\\143' | dd of=huddle.db-facts-1 bs=1 seek=60 "
	               "conv=notrunc 2>/dev/null",
	    "another huddle");
}

/* Only my own half-written debrief is a draft of mine. */
Test(sync_store, drafts_of_others)
{
	assert_status(EXIT_OK, sync_co());
	struct store_options tom = {.path = db_path, .person = "Tom"};
	struct store *store;
	cr_assert(store_open(&store, &tom, &err));
	cr_assert(store_save_draft(store, "1", "debrief", "half", &err));
	store_close(store);
	cr_assert_not(deal("1")->has_draft);
	store = store_here(false);
	cr_assert(store_save_draft(store, "2", "debrief", "half", &err));
	store_close(store);
	cr_assert(deal("2")->has_draft);
	cr_assert_not(deal("1")->has_draft);
}

/* Without a history of the CRM our syncs know a deal's past only where they saw
 * all of it, or long enough. */
Test(sync_store, how_much_of_the_past_is_known)
{
	put("../co.ini", "[source]\nname = co\n[deals]\nfiles = d*.csv\nid = Id\n"
	                 "name = Name\nstage = Stage\ncreated = Made\n");
	put("d.csv", "Id,Name,Stage,Made\n1,One,New,2026-01-05\n2,Two,New,2026-08-01\n");
	assert_status(EXIT_OK, sync_co(.as_of = day_from_civil(2026, 8, 1)));
	cr_assert_not(deal("1")->facts.history_known, "pushed before, perhaps");
	cr_assert(deal("2")->facts.history_known, "made today");
	put("d.csv", "Id,Name,Stage,Made\n1,One,Old,2026-01-05\n2,Two,New,2026-08-01\n"
	             "3,Three,New,2026-08-04\n4,Four,New,2025-08-04\n5,Five,New,\n");
	assert_status(EXIT_OK, sync_co(.as_of = day_from_civil(2026, 8, 8)));
	cr_assert_not(deal("1")->facts.history_known, "two syncs are no history");
	cr_assert(deal("3")->facts.history_known);
	cr_assert_not(deal("4")->facts.history_known);
	cr_assert_not(deal("5")->facts.history_known);
	shell("sed -i 's/Five,New/Five,Old/' in/d.csv");
	assert_status(EXIT_OK, sync_co(.as_of = day_from_civil(2026, 10, 30)));
	cr_assert(deal("1")->facts.history_known, "watched for 90 days");
}

/* Exports of the 18th, looked at on the 20th: what was planned for the 19th may
 * have been done or not. */
Test(sync_store, what_was_planned_is_not_done_because_its_day_passed)
{
	put("v.csv", "Id,Deal,When,Kind,Dir\na,1,2026-11-02,call,\nb,1,2026-11-19,call,\n"
	             "c,2,2026-11-20,call,\n");
	assert_status(EXIT_OK, sync_co(.as_of = day_from_civil(2026, 11, 18)));
	const struct risk_facts *f = &deal("1")->facts;
	cr_assert(f->next_unclear);
	cr_assert_eq(day_of_instant(f->last_activity), day_from_civil(2026, 11, 2));
	f = &deal("2")->facts;
	cr_assert_not(f->next_unclear, "it is planned for today");
	cr_assert_eq(day_of_instant(f->next_activity), day_from_civil(2026, 11, 20));
}

/* Not captured is a state of its own: what no export says is no risk. */
Test(sync_store, what_is_captured)
{
	assert_status(EXIT_OK, sync_co());
	const struct risk_facts *f = &deal("1")->facts;
	cr_assert_not(f->activities_known || f->touches_known || f->direction_known ||
	              f->next_step_known || f->committee_known || f->roles_known ||
	              f->history_known);
	put("t.csv", "Id,Deal,When,Kind\n");
	put("v.csv", "Id,Deal,When,Kind,Dir\na,1,2026-11-02,call,\n");
	assert_status(EXIT_OK, sync_co());
	f = &deal("1")->facts;
	cr_assert(f->activities_known);
	cr_assert_not(f->history_known, "two syncs of one day saw nothing");
	cr_assert_not(f->touches_known, "an empty file captures nothing");
	cr_assert_not(f->direction_known, "a blank column captures nothing");
	put("v.csv", "Id,Deal,When,Kind,Dir\na,1,2026-11-02,call,in\n");
	put("t.csv", "Id,Deal,When,Kind\na,1,2026-11-02,x\n");
	assert_status(EXIT_OK, sync_co());
	f = &deal("1")->facts;
	cr_assert(f->direction_known && f->touches_known);
	/* What was captured once is still there when the export is left out. */
	shell("rm in/t.csv; sed -i '2 d' in/v.csv; sed -i 's/,100,/,101,/' in/d.csv");
	assert_status(EXIT_OK, sync_co(.accept_shrink = true));
	f = &deal("1")->facts;
	cr_assert(f->touches_known && f->activities_known);
	cr_assert_eq(deal("1")->touches, 1);
}

Test(sync_store, partial_exports_capture_as_well)
{
	put("t.csv", "Id,Deal,When,Kind\na,1,2026-11-02,x\n");
	assert_status(EXIT_OK, sync_co(.partial = true));
	cr_assert(deal("1")->facts.touches_known);
	cr_assert_eq(info().touches, 1);
}

/* Records outlive every sync, whatever becomes of the facts. */
Test(sync_store, records_survive)
{
	bool conflict;
	struct action action = {
	    .deal_id = "2", .owner = "Ana", .text = "call", .due = DAY_NONE};
	assert_status(EXIT_OK, sync_co());
	struct store *store = store_here(false);
	cr_assert(store_save_action(store, &action, &conflict, &err));
	store_close(store);
	shell("sed -i '/^2/ d' in/d.csv");
	assert_status(EXIT_OK, sync_co(.full = true));
	cr_assert_null(deal("2"));
	assert_number("SELECT count(*) FROM action WHERE deal_id = '2'", 1);
	shell("rm huddle.db-facts-*; echo 2,Two,New,200,0 >> in/d.csv");
	assert_status(EXIT_OK, sync_co());
	cr_assert_eq(deal("2")->open_actions, 1);
}

/* A store opened before another sync ended works on what that one left. */
Test(sync_store, somebody_else_synced_meanwhile)
{
	const char *paths[] = {in_folder("in")};
	struct sync_options options = {.paths = paths,
	    .n_paths = 1,
	    .source = in_folder("co.ini"),
	    .as_of = day_from_civil(2026, 11, 20)};
	struct sync_report report;
	shell("cp in/d.csv keep");
	assert_status(EXIT_OK, sync_co());
	struct store *mine = store_here(false);
	shell("sed -i 's/,100,/,111,/' in/d.csv");
	assert_status(EXIT_OK, sync_co());
	shell("cp keep in/d.csv");
	cr_assert_eq(
	    sync_run(mine, &arena, &options, &report, &err), EXIT_OK, "%s", err.text);
	cr_assert(report.changed);
	cr_assert_eq(report.files[0].updated, 1);
	store_close(mine);
	cr_assert_eq(deal("1")->amount, 10000);
}

Test(sync_store, read_only)
{
	assert_status(EXIT_OK, sync_co());
	const char *paths[] = {in_folder("in")};
	struct sync_options options = {.paths = paths,
	    .n_paths = 1,
	    .source = in_folder("co.ini"),
	    .as_of = day_from_civil(2026, 11, 20)};
	struct sync_report report;
	struct store *store = store_here(true);
	cr_assert_eq(sync_run(store, &arena, &options, &report, &err), EXIT_REFUSED);
	cr_has(err.text, "read-only");
	store_close(store);
}

/* Snapshots: what each sync saw change, and nothing at the first. */
Test(sync_store, snapshots)
{
	static const char all[] =
	    "SELECT group_concat(v, ' ') FROM (SELECT d.source_id || '.' || field "
	    "|| ':' || old || '>' || new AS v FROM snapshot s JOIN deal d ON "
	    "d.id = s.deal WHERE s.sync = (SELECT max(id) FROM sync) ORDER BY v)";
	assert_status(EXIT_OK, sync_co());
	assert_text(all, "");
	put("d.csv",
	    HEADER "1,One,Old,90.50,\n2,Uno,New,200,0\n3,Three,Closed Won,300,1\n"
	           "5,Five,New,500,\n6,Six,New,,\n");
	assert_status(EXIT_OK, sync_co());
	assert_text(all,
	    "1.amount:100.00>90.50 1.stage:New>Old 3.presence:present>deleted "
	    "5.presence:>present 6.presence:>present");
	put("d.csv", HEADER "1,One,Old,90.50,\n2,Uno,New,200,0\n3,Three,Closed Won,300,\n"
	                    "4,Four,Old,400,\n5,Five,Closed Lost,,\n6,Six,New,,\n");
	assert_status(EXIT_OK, sync_co());
	assert_text(all,
	    "3.presence:deleted>present 4.presence:deleted>present 5.amount:500.00> "
	    "5.stage:New>Closed Lost 5.status:open>lost");
}
