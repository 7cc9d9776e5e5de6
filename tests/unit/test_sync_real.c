#include "huddle/store_past.h"
#include "real_data.h"

/*
 * Exports that nobody here wrote, beside the source tree. What a sync makes of
 * them is worked out a second time from the files themselves.
 */

TestSuite(sync_real, .init = sync_setup, .fini = real_teardown);

#define MAVEN TEST_SOURCE_DIR "/tests/data/maven.ini"

Test(sync_real, maven)
{
	if (!have("maven_crm"))
		return;
	assert_status(
	    EXIT_OK, sync_set("maven_crm", (struct sync_options){.source = MAVEN}));
	assert_counts("sales_pipeline.csv", 8800, 8800, 0, 0, 0, 0);
	assert_counts("accounts.csv", 85, 85, 0, 0, 0, 0);
	assert_counts("sales_teams.csv", 35, 35, 0, 0, 0, 0);
	cr_assert_null(report_of("products.csv")->kind);
	assert_text(
	    "SELECT group_concat(v, ' ') FROM (SELECT status || count(*) || ':' || "
	    "coalesce(sum(amount), '-') AS v FROM deal GROUP BY status ORDER BY 1)",
	    "lost2473:0 open2089:- won4238:1000553400");
	/* GTXPro is its own product, blank accounts are none. */
	assert_number("SELECT count(*) FROM deal WHERE account IS NULL", 1425);
	assert_number("SELECT count(*) FROM account WHERE feed IS NULL", 0);
	assert_number(
	    "SELECT count(*) FROM person WHERE feed IS NULL AND name NOT IN "
	    "('Dustin Brinkmann', 'Melvin Marxen', 'Cara Losch', 'Rocco Neubert', "
	    "'Celia Rouche', 'Summer Sewald')",
	    0);
	assert_status(
	    EXIT_OK, sync_set("maven_crm", (struct sync_options){.source = MAVEN}));
	cr_assert_not(said.report.changed);
	assert_number("SELECT count(*) FROM generation", 1);
}

struct counts {
	int all, open, won, lost;
};

/* Three open deals get an expected date: one is pushed twice and pulled once,
 * one moves within its month, one goes back and forth. */
static const char *expected_date(int deal, int week)
{
	static const char *const dates[3][4] = {
	    {"2017-08-20", "2017-09-02", "2017-08-30", "2017-10-15"},
	    {"2017-08-02", "2017-08-20", "2017-08-31", "2017-08-31"},
	    {"2017-09-30", "2017-10-01", "2017-09-30", "2017-11-05"}};
	return dates[deal][week];
}

/* The export as it would have been on that day. */
static struct counts cut(const struct table *t, const char *day, int week)
{
	struct str text = STR_INIT;
	struct counts counts = {0};
	int dated = 0;
	str_adds(&text,
	    "opportunity_id,sales_agent,product,account,deal_stage,engage_date,"
	    "close_date,close_value\n");
	for (size_t i = 0; i < t->count; i++) {
		const char *const *cell = &t->cells[i * t->width];
		const char *stage = cell[4], *close = cell[6], *value = cell[7];
		if (strcmp(cell[5], day) > 0)
			continue;
		if (strcmp(close, day) > 0) {
			stage = "Engaging";
			close = value = "";
		}
		/* Those who stay open throughout and were there in the first week. */
		if (!*cell[6] && *cell[5] && strcmp(cell[5], "2017-07-01") < 0 &&
		    dated < 3)
			close = expected_date(dated++, week);
		str_addf(&text, "%s,%s,%s,%s,%s,%s,%s,%s\n", cell[0], cell[1], cell[2],
		    cell[3], stage, cell[5], close, value);
		counts.all++;
		counts.won += !strcmp(stage, "Won");
		counts.lost += !strcmp(stage, "Lost");
	}
	counts.open = counts.all - counts.won - counts.lost;
	put("sales_pipeline.csv", str_text(&text));
	str_release(&text);
	return counts;
}

struct ends {
	long long start, end, won, lost, new, came_and_went;
};

static struct ends bridge_since(const char *since, const char *until)
{
	static const struct bridge_scope all = {NULL, {DAY_NONE, DAY_NONE}};
	struct arena arena = ARENA_INIT;
	struct bridge_list list;
	struct deal_pair *pairs;
	struct err err = ERR_INIT;
	struct ends ends = {0};
	size_t count;
	day_t from, to, earliest;
	struct store *store = store_here(true);
	cr_assert(day_parse(since, &from) && day_parse(until, &to));
	cr_assert(
	    store_load_pairs(store, &arena, from, to, &pairs, &count, &earliest, &err));
	store_close(store);
	bridge_make(&list, &arena, pairs, count, &all);
	for (size_t i = 0; i < list.count; i++) {
		const struct bridge *b = &list.items[i];
		const struct bridge_sum *k = b->buckets;
		cr_expect_eq(b->residual, 0);
		size_t stayed = k[BRIDGE_UNCHANGED].count + k[BRIDGE_INCREASED].count +
		                k[BRIDGE_DECREASED].count;
		ends.won += (long long)k[BRIDGE_WON].count;
		ends.lost += (long long)k[BRIDGE_LOST].count;
		ends.new += (long long)k[BRIDGE_NEW].count;
		ends.came_and_went += (long long)k[BRIDGE_CAME_AND_WENT].count;
		ends.start +=
		    (long long)(stayed + k[BRIDGE_WON].count + k[BRIDGE_LOST].count);
		ends.end += (long long)(stayed + k[BRIDGE_NEW].count);
	}
	arena_release(&arena);
	return ends;
}

Test(sync_real, maven_week_by_week)
{
	static const char *const weeks[] = {
	    "2017-07-31", "2017-08-07", "2017-08-14", "2017-08-21"};
	if (!have("maven_crm"))
		return;
	struct table t = read_real("maven_crm/sales_pipeline.csv");
	struct counts before = {0}, three = {0};
	for (int week = 0; week < 4; week++) {
		struct counts now = cut(&t, weeks[week], week);
		day_t day;
		three = before;
		cr_assert(day_parse(weeks[week], &day));
		assert_status(EXIT_OK, sync_now(.source = MAVEN, .as_of = day));
		const struct file_report *r = report_of("sales_pipeline.csv");
		cr_assert_eq(r->rows, now.all);
		cr_assert_eq(r->added, now.all - before.all);
		assert_number(
		    "SELECT count(*) FROM deal_summary WHERE status = 'open'", now.open);
		assert_number(
		    "SELECT count(*) FROM deal_summary WHERE status = 'won'", now.won);
		assert_number(
		    "SELECT count(*) FROM deal_summary WHERE status = 'lost'", now.lost);
		if (week) {
			char sql[512];
			cr_assert_gt(now.won, before.won);
			snprintf(sql, sizeof sql,
			    "SELECT count(*) FROM snapshot WHERE at = '%s' AND field = "
			    "'presence'",
			    weeks[week]);
			assert_number(sql, now.all - before.all);
			snprintf(sql, sizeof sql,
			    "SELECT count(*) FROM (SELECT deal FROM snapshot WHERE at = "
			    "'%s' AND "
			    "field = 'status' AND old = 'open' UNION ALL SELECT s.deal "
			    "FROM snapshot s "
			    "JOIN deal d ON d.id = s.deal WHERE s.at = '%s' AND field = "
			    "'presence' "
			    "AND d.status <> 'open' AND d.close_date <= '%s')",
			    weeks[week], weeks[week], weeks[week]);
			assert_number(sql, now.won + now.lost - before.won - before.lost);
		}
		before = now;
	}
	/* The bridge of the last week, against the rows counted in the files. */
	struct ends ends = bridge_since(weeks[2], weeks[3]);
	cr_expect_eq(ends.start, three.open);
	cr_expect_eq(ends.end, before.open);
	cr_expect_eq(ends.won + ends.lost + ends.came_and_went,
	    before.won + before.lost - three.won - three.lost);
	cr_expect_eq(ends.start + ends.new - ends.won - ends.lost, ends.end);
	assert_text(
	    "SELECT group_concat(v, ' ') FROM (SELECT pushes || ':' || push_days AS v "
	    "FROM deal_summary WHERE pushes > 0 ORDER BY pushes, push_days)",
	    "2:37 2:59");
	assert_number("SELECT count(*) FROM deal WHERE missing IS NOT NULL", 0);
}

/* The same weeks under one folder: the facts are those of the weeks one by one. */
Test(sync_real, maven_weeks_in_one_command)
{
	static const char *const weeks[] = {
	    "2017-07-31", "2017-08-07", "2017-08-14", "2017-08-21"};
	static const char facts[] =
	    "SELECT group_concat(v, char(10)) FROM (SELECT v FROM ("
	    "SELECT 1 AS n, d.source_id || '|' || stage || '|' || status || '|' || "
	    "coalesce(amount, '') || '|' || coalesce(close_date, '') || '|' || p.name AS "
	    "v "
	    "FROM deal d JOIN person p ON p.id = d.owner WHERE created > '2017-05-01' "
	    "UNION ALL SELECT 2, d.source_id || s.sync || s.at || field || old || '>' || "
	    "new "
	    "FROM snapshot s JOIN deal d ON d.id = s.deal WHERE field <> 'presence' AND "
	    "d.source_id < 'F' "
	    "UNION ALL SELECT 3, d.source_id || s.status || touches || pushes || ':' || "
	    "push_days || coalesce(s.stage_since, '') || coalesce(stage_back, '') || "
	    "amount_drop FROM deal_summary s JOIN deal d ON d.id = s.deal WHERE "
	    "d.source_id "
	    "> 'W' "
	    "UNION ALL SELECT 4, id || as_of || added || ' ' || updated || ' ' || "
	    "missing "
	    "FROM sync UNION ALL SELECT 5, name || won_deals || ' ' || median_days FROM "
	    "stage UNION ALL SELECT 6, count(*) || '' FROM snapshot "
	    "UNION ALL SELECT 7, field || new || count(*) FROM snapshot GROUP BY field, "
	    "new"
	    ") ORDER BY n, v)";
	if (!have("maven_crm"))
		return;
	struct table t = read_real("maven_crm/sales_pipeline.csv");
	shell("mkdir kept");
	for (int week = 0; week < 4; week++) {
		cut(&t, weeks[week], week);
		assert_status(
		    EXIT_OK, sync_now(.source = MAVEN,
		                 .as_of = day_from_civil(2017, 7, 31) + week * 7));
		shell(
		    "mv in/sales_pipeline.csv 'kept/sales_pipeline-%s.csv'", weeks[week]);
	}
	const char *one_by_one = ask_text(facts);
	cr_assert(strlen(one_by_one) > 20000, "%zu", strlen(one_by_one));
	shell("rm -r huddle.db* in; mv kept in");
	assert_status(EXIT_OK, sync_now(.source = MAVEN));
	cr_assert_eq(said.report.sync_id, 4);
	cr_assert_str_eq(ask_text(facts), one_by_one);
	assert_text(
	    "SELECT group_concat(v, ' ') FROM (SELECT pushes || ':' || push_days AS "
	    "v FROM deal_summary WHERE pushes > 0 ORDER BY pushes, push_days)",
	    "2:37 2:59");
	assert_status(EXIT_OK, sync_now(.source = MAVEN));
	cr_assert_not(said.report.changed);
}

/* The rule over the files themselves: what belongs to a deal and why. */
static const char *rule(const struct table *deals, long d, const struct table *members,
    const struct table *contacts, const struct table *leads, const char *named,
    const char *contact, const char *lead, const char *account, const char *when)
{
	const char *deal = table_cell(deals, (size_t)d, "Id");
	const char *of = table_cell(deals, (size_t)d, "AccountId");
	char from[DAY_TEXT];
	day_t created;
	if (!strcmp(named, deal))
		return "deal";
	for (size_t i = 0; members && *contact && i < members->count; i++)
		if (!strcmp(table_cell(members, i, "OpportunityId"), deal) &&
		    !strcmp(table_cell(members, i, "ContactId"), contact))
			return "committee";
	slice_copy(slice_of(table_cell(deals, (size_t)d, "CreatedDate")), from, 11);
	cr_assert(day_parse(from, &created));
	day_format(day_add_months(created, -12), from);
	bool closed = strstr(table_cell(deals, (size_t)d, "StageName"), "Closed") != NULL;
	if (strcmp(when, from) < 0)
		return NULL;
	if (closed && strncmp(when, table_cell(deals, (size_t)d, "CloseDate"), 10) > 0)
		return NULL;
	long c = table_find(contacts, "Id", contact), l = table_find(leads, "Id", lead);
	if (c >= 0 && *of && !strcmp(table_cell(contacts, (size_t)c, "AccountId"), of))
		return "contact";
	if (l >= 0) {
		c = table_find(
		    contacts, "Id", table_cell(leads, (size_t)l, "ConvertedContactId"));
		if (*of &&
		    (!strcmp(table_cell(leads, (size_t)l, "ConvertedAccountId"), of) ||
		        (c >= 0 &&
		            !strcmp(table_cell(contacts, (size_t)c, "AccountId"), of))))
			return "lead";
	}
	return !*contact && !*lead && *of && !strcmp(account, of) ? "account" : NULL;
}

static const char *starts(const char *id, const char *prefix)
{
	return strncmp(id, prefix, 3) ? "" : id;
}

Test(sync_real, data_cloud_workshop)
{
	if (!have("sf_data_cloud_workshop"))
		return;
	assert_status(
	    EXIT_OK, sync_set("sf_data_cloud_workshop", (struct sync_options){0}));
	struct table deals = read_real("sf_data_cloud_workshop/Opportunity.csv"),
	             contacts = read_real("sf_data_cloud_workshop/Contact.csv"),
	             leads = read_real("sf_data_cloud_workshop/Lead.csv"),
	             members = read_real("sf_data_cloud_workshop/CampaignMember.csv"),
	             tasks = read_real("sf_data_cloud_workshop/Task.csv");
	assert_counts("Opportunity.csv", 50, 50, 0, 0, 0, 0);
	assert_counts("Task.csv", 75, 75, 0, 0, 0, 0);
	assert_counts("CampaignMember.csv", 68, 68, 0, 0, 0, 0);
	assert_counts("Lead.csv", 60, 60, 0, 0, 0, 0);
	char sql[512];
	int touches = 0, activities = 0;
	for (size_t d = 0; d < deals.count; d++) {
		const char *deal = table_cell(&deals, d, "Id");
		for (size_t i = 0; i < members.count; i++) {
			const char *how = rule(&deals, (long)d, NULL, &contacts, &leads,
			    "", table_cell(&members, i, "ContactId"),
			    table_cell(&members, i, "LeadId"), "",
			    table_cell(&members, i,
			        *table_cell(&members, i, "FirstRespondedDate")
			            ? "FirstRespondedDate"
			            : "CreatedDate"));
			snprintf(sql, sizeof sql,
			    "SELECT k.name FROM touch_deal x JOIN deal d ON d.id = "
			    "x.deal JOIN touch t "
			    "ON t.id = x.touch JOIN link_kind k ON k.id = x.linked_by "
			    "WHERE "
			    "d.source_id = '%s' AND t.source_id = '%s'",
			    deal, table_cell(&members, i, "Id"));
			touches += how != NULL;
			if (how) /* the others are told by the sum */
				assert_text(sql, how);
		}
		for (size_t i = 0; i < tasks.count; i++) {
			const char *who = table_cell(&tasks, i, "WhoId");
			const char *how = rule(&deals, (long)d, NULL, &contacts, &leads,
			    table_cell(&tasks, i, "WhatId"), starts(who, "003"),
			    starts(who, "00Q"), table_cell(&tasks, i, "AccountId"),
			    table_cell(&tasks, i,
			        *table_cell(&tasks, i, "ActivityDate") ? "ActivityDate"
			                                               : "CreatedDate"));
			snprintf(sql, sizeof sql,
			    "SELECT k.name FROM activity_deal x JOIN deal d ON d.id = "
			    "x.deal JOIN "
			    "activity t ON t.id = x.activity JOIN link_kind k ON k.id = "
			    "x.linked_by "
			    "WHERE d.source_id = '%s' AND t.source_id = '%s'",
			    deal, table_cell(&tasks, i, "Id"));
			activities += how != NULL;
			if (how)
				assert_text(sql, how);
		}
	}
	cr_assert_eq(touches, 18, "%d", touches);
	cr_assert_eq(activities, 84, "%d", activities);
	assert_number("SELECT count(*) FROM touch_deal", touches);
	assert_number("SELECT count(DISTINCT touch) FROM touch_deal", 9);
	assert_number("SELECT count(*) FROM activity_deal", activities);
}

Test(sync_real, developer_org)
{
	if (!have("sf_data_export_deved"))
		return;
	assert_status(
	    EXIT_OK, sync_set("sf_data_export_deved", (struct sync_options){0}));
	struct table deals = read_real("sf_data_export_deved/Opportunity.csv");
	cr_assert_eq(said.report.n_rejects, 0);
	assert_counts(
	    "Opportunity.csv", (int64_t)deals.count, (int64_t)deals.count, 0, 0, 0, 0);
	cr_assert_eq(report_of("OpportunityHistory.csv")->rejected, 0);
	/* 000000000000000AAA is nobody, and nobody is called so. */
	assert_number(
	    "SELECT (SELECT count(*) FROM campaign WHERE source_id LIKE '0000%') + "
	    "(SELECT "
	    "count(*) FROM account WHERE source_id LIKE '0000%') + (SELECT count(*) FROM "
	    "contact WHERE source_id LIKE '0000%')",
	    0);
	for (size_t i = 0; i < deals.count; i++) {
		char sql[256], want[128];
		const char *amount = table_cell(&deals, i, "Amount");
		snprintf(sql, sizeof sql,
		    "SELECT coalesce(amount / 100, '') || '|' || close_date || '|' || "
		    "stage || '|' || "
		    "status FROM deal WHERE source_id = '%s'",
		    table_cell(&deals, i, "Id"));
		snprintf(want, sizeof want, "%s|%.10s|%s|%s", amount,
		    table_cell(&deals, i, "CloseDate"),
		    table_cell(&deals, i, "StageName"),
		    *table_cell(&deals, i, "IsClosed") == '0' ? "open"
		    : *table_cell(&deals, i, "IsWon") == '1'  ? "won"
		                                              : "lost");
		assert_text(sql, want);
	}
}

/* Joined by e-mail and by domain only. */
Test(sync_real, hubspot)
{
	if (!have("hubspot_dummy"))
		return;
	assert_status(EXIT_OK, sync_set("hubspot_dummy", (struct sync_options){0}));
	struct table deals = read_real("hubspot_dummy/hubspot_deals.csv"),
	             contacts = read_real("hubspot_dummy/hubspot_contacts.csv"),
	             acts = read_real("hubspot_dummy/hubspot_activities.csv");
	assert_number("SELECT rows FROM feed WHERE section = 'deals'", 500);
	assert_number("SELECT rows FROM feed WHERE section = 'contacts'", 950);
	assert_number("SELECT rows FROM feed WHERE section = 'accounts'", 200);
	assert_number("SELECT rows FROM feed WHERE section = 'activities'", 2000);
	assert_number("SELECT count(*) FROM committee", 500);
	assert_number("SELECT count(*) FROM contact WHERE feed IS NULL", 0);
	assert_number("SELECT count(*) FROM account WHERE feed IS NULL", 0);
	for (size_t i = 0; i < deals.count; i += 25) {
		char sql[512];
		const char *mail = table_cell(&deals, i, "Associated Contact Email");
		const char *domain = table_cell(&deals, i, "Associated Company Domain");
		int by_member = 0;
		snprintf(sql, sizeof sql,
		    "SELECT a.domain || ' ' || c.email FROM deal d JOIN account a ON "
		    "a.id = d.account "
		    "JOIN committee m ON m.deal = d.id JOIN contact c ON c.id = "
		    "m.contact WHERE "
		    "d.source_id = '%s'",
		    table_cell(&deals, i, "Deal ID"));
		char want[256];
		snprintf(want, sizeof want, "%s %s", domain, mail);
		assert_text(sql, want);
		for (size_t v = 0; v < acts.count; v++)
			by_member += !strcmp(
			    table_cell(&acts, v, "Associated Contact Email"), mail);
		snprintf(sql, sizeof sql,
		    "SELECT count(*) FROM activity_deal x JOIN deal d ON d.id = x.deal "
		    "WHERE "
		    "d.source_id = '%s' AND x.linked_by = %d",
		    table_cell(&deals, i, "Deal ID"), LINK_COMMITTEE);
		assert_number(sql, by_member);
	}
	/* A contact's account is found by its domain. */
	long row = table_find(&contacts, "Email",
	    ask_text("SELECT email FROM contact WHERE account IS NOT NULL ORDER BY id "
	             "LIMIT 1"));
	assert_text("SELECT a.domain FROM contact c JOIN account a ON a.id = c.account "
	            "ORDER BY c.id LIMIT 1",
	    table_cell(&contacts, (size_t)row, "Associated Company Domain"));
	assert_status(EXIT_OK, sync_set("hubspot_dummy", (struct sync_options){0}));
	cr_assert_not(said.report.changed);
}
