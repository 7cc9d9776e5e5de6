#include "real_data.h"

/*
 * Copies of a CRM that came out of a warehouse, and touchpoints of every kind in
 * one file. What a sync makes of them is worked out a second time from the files.
 */

TestSuite(sync_warehouse, .init = sync_setup, .fini = real_teardown);

struct cell_is {
	const char *header, *value;
};

static bool fits(const struct table *t, size_t row, const struct cell_is *is)
{
	return !is->header || !strcasecmp(table_cell(t, row, is->header), is->value);
}

/* Rows whose cells are these. */
static int count_rows(const struct table *t, struct cell_is a, struct cell_is b)
{
	int n = 0;

	for (size_t i = 0; i < t->count; i++)
		n += fits(t, i, &a) && fits(t, i, &b);
	return n;
}

#define COUNT(t, ...)     count_rows(t, __VA_ARGS__)
#define ANY               ((struct cell_is){0})
#define IS(header, value) ((struct cell_is){header, value})

#define SF  "fivetran_salesforce/"
#define HS  "fivetran_hubspot/"
#define B2B TEST_SOURCE_DIR "/tests/data/b2b_touchpoints.ini"

static void check_file(const char *file, const char *kind, int rows)
{
	const struct file_report *r = report_of(file);

	cr_expect(r->kind && !strcmp(r->kind, kind), "%s is %s, not %s", file,
	    r->kind ? r->kind : "left out", kind);
	cr_expect_eq(
	    r->rows, rows, "%s: %lld rows, not %d", file, (long long)r->rows, rows);
}

/* Rows that are no longer active are older versions; one deal has a probability of
 * ten times all of it, which has to be accepted as a reject. */
Test(sync_warehouse, fivetran_salesforce)
{
	if (!have("fivetran_salesforce"))
		return;
	assert_refused(sync_set("fivetran_salesforce", (struct sync_options){0}),
	    "sf_opportunity_data.csv:2", "probability", "1000");
	assert_status(EXIT_REJECTS, sync_set("fivetran_salesforce",
	                                (struct sync_options){.accept_rejects = true}));
	struct table deals = read_real(SF "sf_opportunity_data.csv"),
	             versions = read_real(SF "sf_opportunity_history_data.csv"),
	             users = read_real(SF "sf_user_data.csv"),
	             accounts = read_real(SF "sf_account_data.csv"),
	             contacts = read_real(SF "sf_contact_data.csv"),
	             tasks = read_real(SF "sf_task_data.csv"),
	             events = read_real(SF "sf_event_data.csv");
	int active = COUNT(&deals, IS("_fivetran_active", "true"), ANY);
	check_file("sf_opportunity_data.csv", "deals", active);
	check_file("sf_opportunity_history_data.csv", "history", (int)versions.count);
	check_file("sf_user_data.csv", "people",
	    COUNT(&users, IS("_fivetran_active", "true"), ANY));
	check_file("sf_account_data.csv", "accounts",
	    COUNT(&accounts, IS("_fivetran_active", "true"), ANY));
	check_file("sf_contact_data.csv", "contacts", (int)contacts.count);
	check_file("sf_task_data.csv", "activities", (int)tasks.count);
	check_file("sf_event_data.csv", "activities", (int)events.count);
	check_file("sf_lead_data.csv", "leads", 1);
	cr_assert_eq(said.report.n_rejects, 1);
	cr_assert_null(report_of("sf_account_history_data.csv")->kind);
	/* All these deals are in the bin: none is anybody's pipeline. */
	assert_number("SELECT count(*) FROM deal_summary",
	    COUNT(&deals, IS("_fivetran_active", "true"), IS("is_deleted", "false")));
	assert_number("SELECT count(*) FROM deal WHERE deleted = 1", active - 1);
	assert_number("SELECT count(*) FROM deal WHERE status = 'won'",
	    COUNT(&deals, IS("_fivetran_active", "true"), IS("is_won", "true")) - 1);
	for (size_t i = 0; i < tasks.count; i++) {
		char sql[256], want[64];
		const char *deal = table_cell(&tasks, i, "what_id");
		snprintf(sql, sizeof sql,
		    "SELECT coalesce(d.source_id, '-') FROM activity v LEFT JOIN deal d "
		    "ON "
		    "d.id = v.deal WHERE v.source_id = '%s'",
		    table_cell(&tasks, i, "id"));
		snprintf(want, sizeof want, "%s", strncmp(deal, "006", 3) ? "-" : deal);
		assert_text(sql, want);
	}
	assert_number("SELECT count(*) FROM activity WHERE kind = 'call'",
	    COUNT(&events, IS("type", "Call"), ANY));
}

Test(sync_warehouse, fivetran_hubspot)
{
	if (!have("fivetran_hubspot"))
		return;
	assert_status(EXIT_OK, sync_set("fivetran_hubspot", (struct sync_options){0}));
	struct table deals = read_real(HS "deal_data.csv"),
	             merged = read_real(HS "merged_deal_data.csv"),
	             members = read_real(HS "deal_contact_data.csv"),
	             events = read_real(HS "email_event_data.csv"),
	             owners = read_real(HS "owner_data.csv"),
	             stages = read_real(HS "deal_stage_data.csv"),
	             changes = read_real(HS "deal_property_history_data.csv"),
	             meetings = read_real(HS "engagement_meeting_data.csv"),
	             forms = read_real(HS "contact_form_submission_data.csv");
	int sent = COUNT(&events, IS("type", "SENT"), ANY),
	    opened = COUNT(&events, IS("type", "OPEN"), ANY);
	check_file("deal_data.csv", "deals", (int)deals.count);
	check_file("merged_deal_data.csv", "deals", (int)merged.count);
	check_file("deal_contact_data.csv", "committee", (int)members.count);
	check_file("email_event_data.csv", "touches", sent + opened);
	check_file("contact_form_submission_data.csv", "touches", (int)forms.count);
	check_file("owner_data.csv", "people", (int)owners.count);
	check_file("deal_stage_data.csv", "history", (int)stages.count);
	check_file("deal_property_history_data.csv", "history", (int)changes.count);
	check_file("engagement_meeting_data.csv", "activities", (int)meetings.count);
	check_file("engagement_task_data.csv", "activities", 2);
	check_file("engagement_email_data.csv", "activities", 1);
	check_file("engagement_deal_data.csv", "lookup", 1);
	check_file("engagement_contact_data.csv", "lookup", 1);
	cr_assert_str_eq(report_of("deal_company_data.csv")->kind, "lookup");
	assert_text(
	    "SELECT c.source_id FROM activity v JOIN contact c ON c.id = v.contact "
	    "WHERE v.source_id = '19732910159'",
	    "501");
	cr_assert_null(report_of("contact_merge_audit_data.csv")->kind);
	cr_assert_null(report_of("ticket_data.csv")->kind);
	assert_number("SELECT count(*) FROM deal WHERE feed IS NOT NULL AND deleted = 1",
	    (int)merged.count);
	assert_number("SELECT count(*) FROM deal_summary",
	    COUNT(&deals, IS("is_deleted", "false"), ANY));
	assert_number("SELECT count(*) FROM touch WHERE kind = 'Email open'", opened);
	assert_number("SELECT count(DISTINCT deal) FROM committee", (int)members.count);
	for (size_t i = 0; i < deals.count; i++) {
		char sql[256];
		snprintf(sql, sizeof sql, "SELECT name FROM deal WHERE source_id = '%s'",
		    table_cell(&deals, i, "deal_id"));
		assert_text(sql, table_cell(&deals, i, "property_dealname"));
	}
	assert_status(EXIT_OK, sync_set("fivetran_hubspot", (struct sync_options){0}));
	cr_assert_not(said.report.changed);
}

/* The customer of an opportunity is the one of the touchpoint that made it: all the
 * customer's touches and calls are the deal's. */
Test(sync_warehouse, b2b_touchpoints)
{
	if (!have("b2b_touchpoints"))
		return;
	assert_status(
	    EXIT_OK, sync_set("b2b_touchpoints", (struct sync_options){.source = B2B}));
	struct table points = read_real("b2b_touchpoints/data/touchpoints.csv"),
	             deals = read_real("b2b_touchpoints/data/sales_opportunities.csv");
	int calls = COUNT(&points, IS("ChannelID", "CH05"), ANY),
	    converted = COUNT(&points, IS("ChannelID", "CH06"), ANY);
	int won = COUNT(&deals, IS("SalesOpportunityWon", "True"), ANY);
	long long sum = 0;
	int touches = 0, phoned = 0;
	assert_number("SELECT count(*) FROM deal", (int)deals.count);
	assert_number("SELECT count(*) FROM activity WHERE kind = 'call'", calls);
	assert_number(
	    "SELECT count(*) FROM touch", (int)points.count - calls - converted);
	assert_number("SELECT count(*) FROM committee", converted);
	assert_number("SELECT count(*) FROM deal WHERE status = 'won'", won);
	assert_number(
	    "SELECT count(*) FROM deal WHERE status = 'lost'", (int)deals.count - won);
	for (size_t i = 0; i < deals.count; i++) {
		long at = table_find(
		    &points, "TouchpointID", table_cell(&deals, i, "TouchpointID"));
		const char *customer = table_cell(&points, (size_t)at, "CustomerID");
		sum += atoll(table_cell(&deals, i, "SalesAmount"));
		for (size_t j = 0; j < points.count; j++) {
			const char *channel = table_cell(&points, j, "ChannelID");
			if (strcmp(table_cell(&points, j, "CustomerID"), customer))
				continue;
			phoned += !strcmp(channel, "CH05");
			touches += strcmp(channel, "CH05") && strcmp(channel, "CH06");
		}
	}
	assert_number("SELECT sum(amount) / 100 FROM deal", sum);
	assert_number("SELECT count(*) FROM touch_deal", touches);
	assert_number("SELECT count(*) FROM activity_deal", phoned);
	/* Seven digits of a second are read, and lost. */
	assert_text("SELECT close_date FROM deal WHERE name = 'O00001'", "2024-09-01");
	assert_text(
	    "SELECT at FROM touch WHERE source_id = 'T00001'", "2023-02-18T00:51:00Z");
}
