#include "sync_fixture.h"

/*
 * Which touches and activities belong to a deal and why: the firm rule, case by
 * case, and again when what links them comes in a later sync.
 */

static const char co[] =
    "[source]\nname = co\n"
    "[accounts]\nfiles = a.csv\nid = Id\nname = Name\n"
    "[contacts]\nfiles = c.csv\nid = Id\nname = Id\naccount_id = Account\n"
    "[leads]\nfiles = l.csv\nid = Id\naccount_id = Account\ncontact_id = Contact\n"
    "[deals]\nfiles = d.csv\nid = Id\nname = Id\naccount_id = Account\nstage = Stage\n"
    "created = Created\nclosed = Closed\nclose_date = Close\n"
    "[committee]\nfiles = m.csv\ndeal_id = Deal\ncontact_id = Contact\nrole = Role\n"
    "[touches]\nfiles = t.csv\nid = Id\ndeal_id = Deal\ncontact_id = Contact\nlead_id = "
    "Lead\n"
    "account_id = Account\nwhen = When\nkind.default = Email\n"
    "[activities]\nfiles = v.csv\nid = Id\ndeal_id = Deal\ncontact_id = Contact\nlead_id "
    "= Lead\n"
    "account_id = Account\nwhen = When\nkind.default = call\n";

#define DEALS     "Id,Account,Stage,Created,Closed,Close\n"
#define CONTACTS  "Id,Account\n"
#define LEADS     "Id,Account,Contact\n"
#define COMMITTEE "Deal,Contact,Role\n"
#define TOUCHES   "Id,Deal,Contact,Lead,Account,When\n"

static void setup(void)
{
	sync_setup();
	put("../co.ini", co);
}

TestSuite(sync_links, .init = setup, .fini = sync_teardown);

/* "d1:t1=deal d1:t2=account", touches first. */
static const char *links(void)
{
	return ask_text(
	    "SELECT group_concat(v, ' ') FROM (SELECT v FROM (SELECT 1 AS side, "
	    "d.source_id || ':' "
	    "|| t.source_id || '=' || k.name AS v FROM touch_deal x JOIN deal d ON d.id "
	    "= x.deal "
	    "JOIN touch t ON t.id = x.touch JOIN link_kind k ON k.id = x.linked_by UNION "
	    "ALL "
	    "SELECT 2, d.source_id || ':' || t.source_id || '=' || k.name FROM "
	    "activity_deal x "
	    "JOIN deal d ON d.id = x.deal JOIN activity t ON t.id = x.activity "
	    "JOIN link_kind k ON k.id = x.linked_by) ORDER BY side, v)");
}

#define assert_links(expected) cr_assert_str_eq(links(), expected, "%s", links())

/* The strongest of several reasons is the one that is kept. */
Test(sync_links, each_how)
{
	put("c.csv", CONTACTS "c1,A\nc2,A\nc3,B\nc4,\n");
	put("l.csv", LEADS "l1,A,\nl2,,c2\nl3,B,c1\nl4,,\n");
	put("d.csv", DEALS "d1,A,New,2026-01-01,,\n");
	put("m.csv", COMMITTEE "d1,c1,Champion\nd1,c4,\n");
	put("t.csv", TOUCHES
	    "t01,d1,c3,,,2026-02-01\nt02,,c1,,,2026-02-01\nt03,,c2,,,2026-02-01\n"
	    "t04,,c3,,,2026-02-01\nt05,,c4,,,2026-02-01\nt06,,,l1,,2026-02-01\n"
	    "t07,,,l2,,2026-02-01\nt08,,,l3,,2026-02-01\nt09,,,l4,,2026-02-01\n"
	    "t10,,,,A,2026-02-01\nt11,,,,B,2026-02-01\nt12,d1,c1,l1,A,2026-02-01\n"
	    "t13,,c1,l1,A,2026-02-01\nt14,,c2,l1,A,2026-02-01\n"
	    "t15,,c3,,A,2026-02-01\nt16,,,l4,A,2026-02-01\n");
	shell("cp in/t.csv in/v.csv; sed -i s/^t/v/ in/v.csv");
	assert_status(EXIT_OK, sync_co());
	assert_links(
	    "d1:t01=deal d1:t02=committee d1:t03=contact d1:t05=committee d1:t06=lead "
	    "d1:t07=lead d1:t08=lead d1:t10=account d1:t12=deal d1:t13=committee "
	    "d1:t14=contact "
	    "d1:v01=deal d1:v02=committee d1:v03=contact d1:v05=committee d1:v06=lead "
	    "d1:v07=lead d1:v08=lead d1:v10=account d1:v12=deal d1:v13=committee "
	    "d1:v14=contact");
	assert_text(
	    "SELECT touches || ' ' || activities || ' ' || committee || ' ' || engaged "
	    "FROM deal_summary",
	    "11 11 2 0");
}

/* The account's touches count from 12 months before the deal was made to the
 * end of the day it was closed; naming the deal and the committee always do. */
Test(sync_links, the_window)
{
	put("c.csv", CONTACTS "c1,A\nc2,A\n");
	put("d.csv", DEALS "open,A,New,2026-03-31,,2026-05-01\n"
	                   "won,A,Closed Won,2026-03-31,2026-06-15,2026-07-01\n"
	                   "lost,A,Closed Lost,2026-03-31,,2026-06-15\n"
	                   "leap,A,Closed Lost,2024-02-29,,2024-03-05\n"
	                   "undated,A,New,,,\n");
	put("m.csv", COMMITTEE "won,c2,\n");
	put("t.csv",
	    TOUCHES "t1,,c1,,,2025-03-30T23:59:59Z\nt2,,c1,,,2025-03-31\n"
	            "t3,,c1,,,2026-06-15T23:59:59Z\nt4,,c1,,,2026-06-16\n"
	            "t5,,c1,,,2023-02-28\nt6,,c1,,,2023-02-27\nt7,,c1,,,2024-03-05\n"
	            "t8,won,,,,2020-01-01\nt9,,c2,,,2020-01-01\n");
	assert_status(EXIT_OK, sync_co());
	assert_links(
	    "leap:t5=contact leap:t7=contact "
	    "lost:t2=contact lost:t3=contact "
	    "open:t2=contact open:t3=contact open:t4=contact "
	    "undated:t1=contact undated:t2=contact undated:t3=contact undated:t4=contact "
	    "undated:t5=contact undated:t6=contact undated:t7=contact undated:t9=contact "
	    "won:t2=contact won:t3=contact won:t8=deal won:t9=committee");
}

/* Of an account with two deals both get it, unless it names one of them or its
 * contact is on the committee of one: the rule holds deal by deal. */
Test(sync_links, several_deals)
{
	put("c.csv", CONTACTS "c1,A\nc2,A\n");
	put("d.csv", DEALS
	    "d1,A,New,2026-01-01,,\nd2,A,New,2026-01-01,,\nd3,B,New,2026-01-01,,\n");
	put("m.csv", COMMITTEE "d1,c1,\nd3,c1,\n");
	put("t.csv",
	    TOUCHES "t1,,c1,,,2026-02-01\nt2,d2,c2,,,2026-02-01\nt3,,,,A,2026-02-01\n");
	assert_status(EXIT_OK, sync_co());
	assert_links(
	    "d1:t1=committee d1:t2=contact d1:t3=account d2:t1=contact d2:t2=deal "
	    "d2:t3=account d3:t1=committee");
}

/* Each of what links comes last, in a sync of its own. */
Test(sync_links, links_come_later)
{
	put("d.csv", DEALS "d1,A,New,2026-01-01,,\nd2,,New,2026-01-01,,\n");
	put("t.csv",
	    TOUCHES "t1,,c1,,,2026-02-01\nt2,,,l1,,2026-02-01\nt3,,c2,,,2026-02-01\n");
	put("l.csv", LEADS "l1,,\n");
	assert_status(EXIT_OK, sync_co());
	assert_links("");
	put("c.csv", CONTACTS "c1,A\n"); /* a contact's account */
	assert_status(EXIT_OK, sync_co());
	assert_links("d1:t1=contact");
	put("l.csv", LEADS "l1,,c1\n"); /* a lead becomes that contact */
	assert_status(EXIT_OK, sync_co());
	assert_links("d1:t1=contact d1:t2=lead");
	put("m.csv", COMMITTEE "d2,c2,\nd2,c1,\n"); /* a committee */
	assert_status(EXIT_OK, sync_co());
	assert_links(
	    "d1:t1=contact d1:t2=lead d2:t1=committee d2:t2=lead d2:t3=committee");
	put("d.csv",
	    DEALS "d1,B,New,2026-01-01,,\nd2,A,New,2026-01-01,,\n"); /* a deal moves */
	assert_status(EXIT_OK, sync_co());
	assert_links("d2:t1=committee d2:t2=lead d2:t3=committee");
	put("c.csv", CONTACTS "c1,B\n"); /* a contact moves */
	assert_status(EXIT_OK, sync_co());
	assert_links(
	    "d1:t1=contact d1:t2=lead d2:t1=committee d2:t2=lead d2:t3=committee");
	put("t.csv",
	    TOUCHES "t1,,c9,,,2026-02-01\nt2,,,l1,,2024-02-01\nt3,d1,c2,,,2026-02-01\n");
	assert_status(EXIT_OK, sync_co()); /* touches change */
	assert_links("d1:t3=deal d2:t3=committee");
	put("m.csv", COMMITTEE "d2,c2,\n"); /* a member leaves */
	assert_status(EXIT_OK, sync_co(.full = true, .accept_shrink = true));
	put("d.csv", DEALS "d1,B,Closed Won,2026-01-01,,2026-01-10\n");
	assert_status(EXIT_OK, sync_co(.full = true, .accept_shrink = true));
	assert_links("d1:t3=deal"); /* a deleted deal has none */
}

/* Touches that planned work brings do not count as seen before their day. */
Test(sync_links, what_was_last_and_what_is_next)
{
	put("c.csv", CONTACTS "c1,A\n");
	put("d.csv", DEALS "d1,A,New,2026-01-01,,\n");
	put("m.csv", COMMITTEE "d1,c1,\n");
	put("t.csv", TOUCHES "t1,,c1,,,2026-11-20T23:59:59Z\nt2,,c1,,,2026-11-21\n");
	put("v.csv", TOUCHES
	    "v1,,c1,,,2026-08-01\nv2,,c1,,,2026-12-24\nv3,,c1,,,2026-11-21T08:00:00Z\n");
	assert_status(EXIT_OK, sync_co());
	assert_text("SELECT touches || ' ' || activities || ' ' || last_touch || ' ' || "
	            "last_activity "
	            "|| ' ' || next_activity || ' ' || engaged FROM deal_summary",
	    "2 3 2026-11-20T23:59:59Z 2026-08-01T00:00:00Z 2026-11-21T08:00:00Z 1");
}

/* A week later nothing of the deal has changed but the day. */
Test(sync_links, time_passes_for_deals_that_do_not_change)
{
	put("c.csv", CONTACTS "c1,A\nc2,B\n");
	put("d.csv", DEALS "d1,A,New,2026-01-01,,\nd2,B,New,2026-01-01,,\n");
	put("m.csv", COMMITTEE "d1,c1,\n");
	put("t.csv", TOUCHES "t1,,c1,,,2026-08-24\nt2,,c1,,,2026-11-24\n");
	put("v.csv", TOUCHES "v1,,c1,,,2026-11-23\nv2,,c1,,,2026-12-24\n");
	assert_status(EXIT_OK, sync_co());
	assert_text("SELECT coalesce(last_touch, '-') || ' ' || coalesce(last_activity, "
	            "'-') || ' ' || "
	            "next_activity || ' ' || engaged FROM deal_summary WHERE deal = 1",
	    "2026-08-24T00:00:00Z - 2026-11-23T00:00:00Z 1");
	shell("sed -i 's/^d2.*/d2,B,Old,2026-01-01,,/' in/d.csv");
	assert_status(EXIT_OK, sync_co(.as_of = day_from_civil(2026, 11, 27)));
	assert_text(
	    "SELECT last_touch || ' ' || last_activity || ' ' || next_activity || ' ' || "
	    "engaged FROM deal_summary WHERE deal = 1",
	    "2026-11-24T00:00:00Z 2026-11-23T00:00:00Z 2026-12-24T00:00:00Z 1");
	shell("sed -i 's/^d2.*/d2,B,New,2026-01-01,,/' in/d.csv");
	assert_status(EXIT_OK, sync_co(.as_of = day_from_civil(2027, 4, 27)));
	assert_text("SELECT last_touch || ' ' || last_activity || ' ' || "
	            "coalesce(next_activity, '-') "
	            "|| ' ' || engaged FROM deal_summary WHERE deal = 1",
	    "2026-11-24T00:00:00Z 2026-12-24T00:00:00Z - 0");
}

static const char indexes[] = "SELECT group_concat(name, ' ') FROM (SELECT name FROM "
                              "facts.sqlite_schema WHERE type "
                              "= 'index' AND sql IS NOT NULL ORDER BY name)";

/* Its first rows are put without indexes, which are there again when they are looked
 * for: by the next day of the same command too. */
Test(sync_links, a_kind_may_come_in_a_later_sync)
{
	put("c.csv", CONTACTS "c1,A\n");
	put("d.csv", DEALS "d1,A,New,2026-01-01,,\n");
	put("m.csv", COMMITTEE "d1,c1,Buyer\n");
	assert_status(EXIT_OK, sync_co());
	char *before = strdup(ask_text(indexes));
	put("t.csv", TOUCHES "t1,,c1,,,2026-02-01\nt2,d1,,,,2026-02-02\n");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(ask_text(indexes), before);
	assert_links("d1:t1=committee d1:t2=deal");
	put("t.csv", TOUCHES "t1,,c1,,,2026-02-01\nt2,,,,,2026-02-02\n");
	assert_status(EXIT_OK, sync_co());
	assert_links("d1:t1=committee");
	free(before);
}
