#include "real_data.h"
#include <cjson/cJSON.h>
#include <math.h>

/* Attribution through the command line: a company of a few deals worked out by hand,
 * and a real data set joined by the test itself. */

#define HUDDLE TEST_BINARY_DIR "/huddle"

static const char *const models[] = {
    "first", "last", "linear", "u", "w", "full", "decay"};

TestSuite(attribution_cli, .init = sync_setup, .fini = real_teardown, .timeout = 120);

static char *ask_huddle(const char *today, const char *words)
{
	char command[2 * PATH_MAX];
	struct str out = STR_INIT;
	char buf[4096];
	snprintf(command, sizeof command, "'%s' --db '%s' --today %s attribution %s",
	    HUDDLE, db_path, today, words);
	FILE *f = popen(command, "r");
	for (size_t n; (n = fread(buf, 1, sizeof buf, f)) > 0;)
		str_add(&out, buf, n);
	cr_assert_eq(pclose(f), 0, "%s", command);
	return out.p;
}

static cJSON *ask_json(const char *today, const char *words)
{
	char all[256];
	snprintf(all, sizeof all, "%s --json", words);
	char *text = ask_huddle(today, all);
	cJSON *out = cJSON_Parse(text);
	cr_assert(out, "no JSON: %.200s", text);
	free(text);
	return out;
}

static const char *text_of(const cJSON *object, const char *key)
{
	const cJSON *item = cJSON_GetObjectItem(object, key);
	return cJSON_IsString(item) ? item->valuestring : "";
}

static long long cents_of(const cJSON *object, const char *key)
{
	return llround(cJSON_GetObjectItem(object, key)->valuedouble * 100);
}

static long long cents_at(const cJSON *root, const char *list, const char *key,
    const char *name, const char *value)
{
	long long sum = 0;
	const cJSON *item;
	cJSON_ArrayForEach(item,
	    cJSON_GetObjectItem(root, list)) if (!name ||
	                                         !strcmp(text_of(item, name), value))
	    sum += cents_of(item, key);
	return sum;
}

static long long sourced(const cJSON *root, const char *by)
{
	return cents_of(
	    cJSON_GetObjectItem(cJSON_GetObjectItem(root, "sourced"), by), "amount");
}

/* ---- a small company ---- */

static void small_company(void)
{
	put("../co.ini",
	    "[source]\nname = co\ndates = iso\ncurrency = USD\ntimezone = UTC\n"
	    "[people]\nfiles = people.csv\nid = id\nname = name\n"
	    "[accounts]\nfiles = accounts.csv\nid = id\nname = name\n"
	    "[campaigns]\nfiles = campaigns.csv\nid = id\nname = name\nkind = kind\n"
	    "cost = cost\n"
	    "[contacts]\nfiles = contacts.csv\nid = id\nname = name\naccount_id = "
	    "account\n"
	    "[leads]\nfiles = leads.csv\nid = id\ncreated = created\ncontact_id = "
	    "contact\n"
	    "[deals]\nfiles = deals.csv\nid = id\nname = name\naccount_id = account\n"
	    "stage = stage\namount = amount\ncurrency = currency\nclose_date = close\n"
	    "closed = close\ncreated = created\nsource = source\ncampaign_id = campaign\n"
	    "[committee]\nfiles = seats.csv\ndeal_id = deal\ncontact_id = contact\n"
	    "[activities]\nfiles = calls.csv\nid = id\ndeal_id = deal\nkind = kind\n"
	    "when = when\n"
	    "[touches]\nfiles = touches.csv\nid = id\ndeal_id = deal\ncontact_id = "
	    "contact\n"
	    "campaign_id = campaign\nkind = kind\nkind.default =\nwhen = when\n"
	    "[stages]\nOpen = open 1\nWon = won\nLost = lost\n");
	put("people.csv", "id,name\nP,Ana\n");
	put("accounts.csv", "id,name\nA,Acme\nB,Other\n");
	put("campaigns.csv",
	    "id,name,kind,cost\nW,Webinar one,Webinar,300\nG,Guide,Content,\n");
	put("contacts.csv", "id,name,account\nC,Cy,B\n");
	put("leads.csv", "id,created,contact\nL,2026-02-15T12:00:00Z,C\n");
	put("deals.csv",
	    "id,name,account,stage,amount,currency,close,created,source,campaign\n"
	    "won,Won one,A,Won,1000.00,USD,2026-06-30,2026-04-20,Webinar,\n"
	    "open,Open one,A,Open,500.01,USD,2026-12-31,2026-05-01,Outbound,\n"
	    "bare,Bare one,A,Open,70,USD,2026-12-31,2026-05-01,,\n"
	    "none,No amount,A,Open,,USD,2026-12-31,2026-05-01,Radio,\n"
	    "euro,Euro one,A,Won,90,EUR,2026-06-30,2026-05-01,Radio,\n"
	    "lost,Lost one,A,Lost,200,USD,2026-06-30,2026-05-01,Webinar,W\n");
	put("seats.csv", "deal,contact\nwon,C\n");
	put("calls.csv", "id,deal,kind,when\n1,won,call,2026-03-01T10:00:00Z\n"
	                 "2,open,call,2026-01-01T10:00:00Z\n");
	put("touches.csv", "id,deal,contact,campaign,kind,when\n"
	                   "0,won,C,W,Email open,2026-01-01T10:00:00Z\n"
	                   "1,won,C,W,,2026-01-10T10:00:00Z\n"
	                   "2,won,C,G,,2026-02-10T10:00:00Z\n"
	                   "3,won,C,W,Form,2026-03-10T10:00:00Z\n"
	                   "4,won,C,G,,2026-04-20T23:00:00Z\n"
	                   "5,won,C,W,,2026-06-30T23:00:00Z\n"
	                   "6,won,C,W,,2026-07-01T00:00:00Z\n"
	                   "7,open,,G,,2026-06-10T10:00:00Z\n"
	                   "8,open,,,Web visit,2026-07-10T10:00:00Z\n"
	                   "9,lost,,W,,2026-06-10T10:00:00Z\n"
	                   "10,bare,,W,Email opened,2026-06-10T10:00:00Z\n"
	                   "11,bare,,W,Email sent,2026-06-10T10:00:00Z\n"
	                   "12,euro,,W,,2026-06-10T10:00:00Z\n");
	assert_status(EXIT_OK, sync_co());
}

/* The won deal's shares by W: first touch 10 Jan, lead on 10 Feb, deal on 20 Apr at 30
 * each, and 5 for the form of March and the webinar of its last day. Touch 0 is an open,
 * touch 6 came too late. */
Test(attribution_cli, shares_of_one_deal)
{
	small_company();
	cJSON *root = ask_json("2026-11-23", "--deal won");
	static const long long wanted[] = {30000, 30000, 5000, 30000, 5000};
	const cJSON *touches = cJSON_GetObjectItem(root, "touches");
	cr_assert_eq(cJSON_GetArraySize(touches), 5);
	for (int i = 0; i < 5; i++) {
		const cJSON *t = cJSON_GetArrayItem(touches, i);
		cr_expect_eq(cents_of(t, "amount"), wanted[i], "touch %d", i);
		cr_expect_eq(llround(cJSON_GetObjectItem(t, "share")->valuedouble * 1e5),
		    wanted[i]);
	}
	cr_expect_str_eq(
	    text_of(cJSON_GetArrayItem(touches, 4), "when"), "2026-06-30T23:00:00Z");
	cr_expect_eq(cents_at(root, "campaigns", "amount", "campaign", "Guide"), 60000);
	cr_expect_eq(cents_at(root, "channels", "amount", "channel", "Webinar"), 40000);
	cr_expect_eq(cents_at(root, "quarters", "amount", "quarter", "2026-Q2"), 35000);
	cJSON_Delete(root);
	root = ask_json("2026-11-23", "--deal won --model full");
	cr_expect_eq(
	    cents_at(root, "touches", "amount", "when", "2026-06-30T23:00:00Z"), 22500);
	cJSON_Delete(root);
	/* A lost deal asked for by itself has its shares. */
	root = ask_json("2026-11-23", "--deal lost");
	cr_expect_eq(cents_of(root, "total"), 20000);
	cr_expect_eq(cents_at(root, "touches", "amount", NULL, NULL), 20000);
	cJSON_Delete(root);
}

Test(attribution_cli, sums_of_the_small_company)
{
	small_company();
	for (int m = 0; m < 7; m++) {
		char words[64];
		snprintf(words, sizeof words, "--model %s", models[m]);
		cJSON *root = ask_json("2026-11-23", words);
		cr_expect_str_eq(text_of(root, "model"), models[m]);
		cr_expect_str_eq(text_of(root, "currency"), "USD");
		cr_expect_eq(cents_of(root, "total"), 157001);
		cr_expect_eq(
		    cents_of(root, "unattributed"), 7000); /* an open, a sent one */
		cr_expect_eq(cents_at(root, "campaigns", "amount", NULL, NULL), 150001);
		cr_expect_eq(cents_at(root, "touches", "amount", "deal", "won"), 100000);
		cr_expect_eq(cents_at(root, "touches", "amount", "deal", "open"), 50001);
		cr_expect_eq(cents_at(root, "touches", "amount", "deal", "lost"), 0);
		cJSON_Delete(root);
	}
}

Test(attribution_cli, whose_deals_are)
{
	small_company();
	cJSON *root = ask_json("2026-11-23", "");
	cr_expect_eq(sourced(root, "first-touch"), 150001);
	cr_expect_eq(sourced(root, "lead-source"), 100000);
	/* Sales called the account on 1 January because of "open", before any touch. */
	cr_expect_eq(sourced(root, "before-sales"), 0);
	cr_expect_str_eq(
	    text_of(cJSON_GetObjectItem(root, "sourced"), "locked"), "first-touch");
	cr_expect_eq(cents_of(cJSON_GetObjectItem(root, "influenced"), "amount"), 150001);
	cr_expect_eq(cents_of(cJSON_GetObjectItem(root, "neither"), "amount"), 7000);
	cr_expect_eq(cents_at(root, "apart", "amount", "currency", "EUR"), 9000);
	cr_expect_eq(cJSON_GetObjectItem(root, "no_amount")->valueint, 1);
	/* "Outbound" and "Radio" against touches of campaigns; Radio without a touch is no
	 * dispute, and "lost" agrees. */
	const cJSON *disputes = cJSON_GetObjectItem(root, "two_truth");
	cr_assert_eq(cJSON_GetArraySize(disputes), 2);
	cr_expect_eq(cJSON_GetObjectItem(root, "crm_silent")->valueint, 1);
	const cJSON *item;
	cJSON_ArrayForEach(item, disputes)
	{
		bool open = !strcmp(text_of(item, "deal"), "open");
		cr_expect_str_eq(text_of(item, "crm"), open ? "Outbound" : "Radio");
		cr_expect_str_eq(
		    text_of(item, "marketing"), open ? "Guide" : "Webinar one");
	}
	/* 300 for the one open or won deal that the webinar sourced. */
	cr_expect_eq(cents_at(root, "campaigns", "cost_per_opportunity", "campaign",
	                 "Webinar one"),
	    30000);
	cr_expect_eq(
	    cents_of(cJSON_GetObjectItem(root, "cost"), "per_opportunity"), 15000);
	cJSON_Delete(root);
	char *text = ask_huddle("2026-11-23", "");
	cr_has(text, "All deals by W-shaped: $1,570.01 of 3 open and won deals");
	cr_has(text, "1 deal of EUR 90 in a currency without a rate");
	cr_has(text, "1 deal without an amount");
	cr_has(text, "Campaigns that source deals which sales loses");
	free(text);
	/* Had it been in April, all calls came after the touch of 10 January. */
	put("calls.csv", "id,deal,kind,when\n1,won,call,2026-03-01T10:00:00Z\n"
	                 "2,open,call,2026-04-01T10:00:00Z\n");
	assert_status(EXIT_OK, sync_co());
	root = ask_json("2026-11-23", "");
	cr_expect_eq(sourced(root, "before-sales"), 100000);
	cJSON_Delete(root);
}

/* Four ways in which a lead is one of a deal's people: it names the deal, became a member
 * of its committee, or a touch is its own or of the contact it became. Created on a day
 * without a time, it is after the touches of that day. The last touch is of two people
 * and is one touch. */
Test(attribution_cli, lead_creation_is_of_any_of_the_deals_people)
{
	put("../co.ini",
	    "[source]\nname = co\ndates = iso\ncurrency = USD\ntimezone = UTC\n"
	    "[contacts]\nfiles = contacts.csv\nid = id\nname = name\n"
	    "[leads]\nfiles = leads.csv\nid = id\ncreated = created\n"
	    "contact_id = contact\ndeal_id = deal\n"
	    "[deals]\nfiles = deals.csv\nid = id\nname = id\nstage = stage\n"
	    "amount = amount\nclose_date = close\n"
	    "[committee]\nfiles = seats.csv\ndeal_id = deal\ncontact_id = contact\n"
	    "[touches]\nfiles = touches.csv\nid = id\ndeal_id = deal\n"
	    "contact_id = contact\ncontact_id.split = ;\nlead_id = lead\nkind = kind\n"
	    "when = when\n"
	    "[stages]\nOpen = open 1\n");
	put("contacts.csv", "id,name\nS,Sy\nC,Cy\nX,Xi\nY,Yu\n");
	put("leads.csv", "id,created,contact,deal\n"
	                 "L1,2026-02-10,,named\n"
	                 "L2,2026-02-10,S,\n"
	                 "L3,2026-02-10,,\n"
	                 "L4,2026-02-10,C,\n"
	                 "L5,2025-01-01,,\n"); /* nobody's */
	put("deals.csv", "id,stage,amount,close\n"
	                 "named,Open,100,2026-12-31\nseat,Open,100,2026-12-31\n"
	                 "lead,Open,100,2026-12-31\ncontact,Open,100,2026-12-31\n"
	                 "nobody,Open,100,2026-12-31\n");
	put("seats.csv", "deal,contact\nseat,S\n");
	struct str touches = STR_INIT;
	static const char *const deals[] = {"named", "seat", "lead", "contact", "nobody"};
	str_adds(&touches, "id,deal,contact,lead,kind,when\n");
	for (int i = 0; i < 5; i++)
		str_addf(&touches,
		    "%d1,%s,%s,%s,Form,2026-01-10T10:00:00Z\n"
		    "%d2,%s,,,Form,2026-02-10T10:00:00Z\n"
		    "%d3,%s,X;Y,,Form,2026-03-10T10:00:00Z\n",
		    i, deals[i], i == 3 ? "C" : "", i == 2 ? "L3" : "", i, deals[i], i,
		    deals[i]);
	put("touches.csv", str_text(&touches));
	str_release(&touches);
	assert_status(EXIT_OK, sync_co());
	assert_number("SELECT count(*) FROM touch_deal WHERE part_of IS NOT NULL", 5);
	for (int i = 0; i < 5; i++) {
		char words[64];
		snprintf(words, sizeof words, "--model u --deal %s", deals[i]);
		cJSON *root = ask_json("2026-11-23", words);
		const cJSON *list = cJSON_GetObjectItem(root, "touches");
		cr_assert_eq(cJSON_GetArraySize(list), 3, "%s", deals[i]);
		long long second = cents_of(cJSON_GetArrayItem(list, 1), "amount");
		cr_expect_eq(second, i < 4 ? 4000 : 1000, "%s: %lld", deals[i], second);
		cJSON_Delete(root);
	}
}

Test(attribution_cli, nothing_synced_is_nothing_to_share)
{
	cJSON *root = ask_json("2026-11-23", "");
	cr_expect_eq(cents_of(root, "total"), 0);
	cr_expect(cJSON_IsNull(cJSON_GetObjectItem(root, "currency")));
	cJSON_Delete(root);
	free(ask_huddle("2026-11-23", ""));
}

Test(attribution_cli, a_quarter_is_of_the_deals_that_close_in_it)
{
	small_company();
	cJSON *root = ask_json("2026-11-23", "--quarter 2026-Q2");
	cr_expect_eq(cents_of(root, "total"), 100000);
	cr_expect(cJSON_IsNull(
	    cJSON_GetObjectItem(cJSON_GetObjectItem(root, "cost"), "per_opportunity")));
	cJSON_Delete(root);
}

Test(attribution_cli, the_company_lists_its_sources)
{
	small_company();
	put("../sources", "Outbound\n");
	shell("'%s' --db '%s' attribution sources --from sources >out && grep -q "
	      "Outbound out",
	    HUDDLE, db_path);
	cJSON *root = ask_json("2026-11-23", "");
	cr_expect_eq(sourced(root, "lead-source"), 50001);
	cJSON_Delete(root);
}

/* So many deals that two threads read them, and channels that only some of them have:
 * each deal is 10.01, shared by a form and a kind of its own of thirty. */
Test(attribution_cli, many_deals_are_read_by_two_threads)
{
	enum { DEALS = 3000 };
	struct str deals = STR_INIT, touches = STR_INIT;
	small_company();
	str_adds(&deals,
	    "id,name,account,stage,amount,currency,close,created,source,campaign\n");
	str_adds(&touches, "id,deal,contact,campaign,kind,when\n");
	for (int i = 0; i < DEALS; i++) {
		str_addf(&deals, "D%d,Deal %d,A,Won,10.01,USD,2026-06-30,2026-05-01,,\n",
		    i, i);
		str_addf(&touches,
		    "A%d,D%d,,,Form,2026-05-%02dT10:00:00Z\n"
		    "B%d,D%d,,,Kind %d,2026-06-01T10:00:00Z\n",
		    i, i, i % 28 + 1, i, i, i / 100);
	}
	put("deals.csv", str_text(&deals));
	put("touches.csv", str_text(&touches));
	put("seats.csv", "deal,contact\n");
	put("calls.csv", "id,deal,kind,when\n");
	str_release(&deals);
	str_release(&touches);
	assert_status(EXIT_OK, sync_co(.full = true, .accept_shrink = true,
	                           .as_of = day_from_civil(2026, 11, 21)));
	cJSON *root = ask_json("2026-11-23", "--model linear");
	cr_expect_eq(cents_of(root, "total"), DEALS * INT64_C(1001));
	cr_expect_eq(cents_of(root, "unattributed"), 0);
	cr_expect_eq(cJSON_GetArraySize(cJSON_GetObjectItem(root, "channels")), 31);
	cr_expect_eq(cents_at(root, "channels", "amount", "channel", "Form"),
	    DEALS * INT64_C(501));
	cr_expect_eq(cents_at(root, "channels", "amount", "channel", "Kind 7"), 50000);
	cr_expect_eq(cents_at(root, "channels", "amount", "channel", "Kind 29"), 50000);
	cr_expect_eq(
	    cents_at(root, "quarters", "amount", NULL, NULL), DEALS * INT64_C(1001));
	cr_expect_eq(cJSON_GetArraySize(cJSON_GetObjectItem(root, "touches")), 2 * DEALS);
	cr_expect_eq(cJSON_GetArraySize(cJSON_GetObjectItem(root, "deals")), DEALS);
	cJSON_Delete(root);
}

/* ---- a real one ---- */

/* The customer's touches of marketing in the year up to the day of a deal; the channel of
 * the first and of the last, by reading the files. */
struct journey {
	const char *first, *last;
	char first_at[32], last_at[32];
	int count;
};

static struct journey journey_of(
    const struct table *points, const char *point, const char *closed)
{
	struct journey out = {.count = 0};
	long at = table_find(points, "TouchpointID", point);
	const char *customer = table_cell(points, (size_t)at, "CustomerID");
	day_t day;
	char text[DAY_TEXT], from[DAY_TEXT];
	snprintf(text, sizeof text, "%.10s", closed);
	cr_assert(day_parse(text, &day));
	day_format(day - 365, from);
	for (size_t i = 0; i < points->count; i++) {
		const char *when = table_cell(points, i, "Timestamp");
		const char *channel = table_cell(points, i, "ChannelID");
		if (strcmp(table_cell(points, i, "CustomerID"), customer) ||
		    strcmp(channel, "CH04") > 0 || strncmp(when, from, 10) < 0 ||
		    strncmp(when, text, 10) > 0)
			continue;
		if (!out.count || strcmp(when, out.first_at) < 0) {
			out.first = channel;
			snprintf(out.first_at, sizeof out.first_at, "%s", when);
		}
		if (!out.count || strcmp(when, out.last_at) >= 0) {
			out.last = channel;
			snprintf(out.last_at, sizeof out.last_at, "%s", when);
		}
		out.count++;
	}
	return out;
}

struct expected {
	long long total, unattributed, first[5], last[5];
	int touches, won;
};

static struct expected expect(void)
{
	struct expected out = {0};
	struct table points = read_real("b2b_touchpoints/data/touchpoints.csv"),
	             deals = read_real("b2b_touchpoints/data/sales_opportunities.csv");
	for (size_t i = 0; i < deals.count; i++) {
		if (strcmp(table_cell(&deals, i, "SalesOpportunityWon"), "True"))
			continue;
		long long amount = atoll(table_cell(&deals, i, "SalesAmount")) * 100;
		struct journey j =
		    journey_of(&points, table_cell(&deals, i, "TouchpointID"),
		        table_cell(&deals, i, "Timestamp"));
		out.won++;
		out.total += amount;
		out.touches += j.count;
		if (!j.count) {
			out.unattributed += amount;
			continue;
		}
		out.first[j.first[3] - '0'] += amount;
		out.last[j.last[3] - '0'] += amount;
	}
	return out;
}

static void check_model(const char *model, const struct expected *e)
{
	static const char *const names[] = {
	    NULL, "Paid Search", "Email", "Direct", "Referral"};
	char words[64];
	snprintf(words, sizeof words, "--model %s", model);
	cJSON *root = ask_json("2026-11-23", words);
	cr_expect_eq(cents_of(root, "total"), e->total, "%s", model);
	cr_expect_eq(cents_of(root, "unattributed"), e->unattributed, "%s", model);
	cr_expect_eq(cents_at(root, "campaigns", "amount", NULL, NULL) + e->unattributed,
	    e->total, "%s", model);
	cr_expect_eq(cents_at(root, "channels", "amount", NULL, NULL) + e->unattributed,
	    e->total, "%s", model);
	cr_expect_eq(cents_at(root, "quarters", "amount", NULL, NULL) + e->unattributed,
	    e->total, "%s", model);
	cr_expect_eq(cents_at(root, "touches", "amount", NULL, NULL) + e->unattributed,
	    e->total, "%s", model);
	if (!strcmp(model, "linear"))
		cr_expect_eq(
		    cJSON_GetArraySize(cJSON_GetObjectItem(root, "touches")), e->touches);
	const long long *one = !strcmp(model, "first")  ? e->first
	                       : !strcmp(model, "last") ? e->last
	                                                : NULL;
	for (int i = 1; one && i < 5; i++)
		cr_expect_eq(cents_at(root, "campaigns", "amount", "campaign", names[i]),
		    one[i], "%s %s", model, names[i]);
	cJSON_Delete(root);
}

Test(attribution_cli, all_models_of_b2b_touchpoints_add_up_to_the_same)
{
	if (!have("b2b_touchpoints"))
		return;
	assert_status(EXIT_OK,
	    sync_set("b2b_touchpoints",
	        (struct sync_options){
	            .source = TEST_SOURCE_DIR "/tests/data/b2b_touchpoints.ini"}));
	struct expected e = expect();
	cr_assert_gt(e.won, 300);
	cr_assert_gt(e.touches, e.won);
	for (int m = 0; m < 7; m++)
		check_model(models[m], &e);
}
