#include "sync_fixture.h"
#include <criterion/parameterized.h>

/*
 * However the files got where they are: after any steps, the facts are those of
 * one sync of the last files into an empty store. Small random companies whose
 * rows come, change and go (what is left out with --full is deleted), with
 * contacts known by e-mail before their row comes, lists of contacts, files that
 * are not there yet and rows in another order each time.
 */

static const char co[] =
    "[source]\nname = co\n"
    "[accounts]\nfiles = a.csv\nid = Id\nname = Name\ndomain = Domain\n"
    "[contacts]\nfiles = c.csv\nid = Id\nname = Id\nemail = Mail\naccount_id = Account\n"
    "[leads]\nfiles = l.csv\nid = Id\naccount_id = Account\ncontact_id = Contact\n"
    "[deals]\nfiles = d.csv\nid = Id\nname = Id\naccount = Account\nstage = Stage\n"
    "created = Created\nclosed = Closed\nclose_date = Close\n"
    "[committee]\nfiles = m.csv\ndeal_id = Deal\ncontact_id = Contact\nrole = Role\n"
    "[touches]\nfiles = t.csv\nid = Id\ndeal_id = Deal\ncontact_email = Mail\nlead_id = "
    "Lead\n"
    "account = Account\nwhen = When\nkind.default = Email\n"
    "[activities]\nfiles = v.csv\nid = Id\ndeal_id = Deal\ndeal_id.split = /\n"
    "contact_id = Contacts\ncontact_id.split = ;\naccount_id = Account\nwhen = When\n"
    "kind.default = call\ndone = Done\ndirection = Dir\n"
    "[stages]\nNew = open 1\nOld = open 2\nClosed Won = won\nClosed Lost = lost\n";

enum { ACCOUNTS = 3, CONTACTS = 7, LEADS = 4, DEALS = 6, MEMBERS = 8, EVENTS = 25 };

static uint64_t seed;

static int dice(int sides)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (int)((seed >> 33) % (unsigned)sides);
}

/* "" one time in three. */
static const char *some(const char *format, int n)
{
	static char out[8][32];
	static int turn;
	turn = (turn + 1) % 8;
	snprintf(out[turn], sizeof out[turn], format, dice(n) + 1);
	return dice(3) ? out[turn] : "";
}

static const char *day(int from, int days)
{
	static char out[4][DAY_TEXT];
	static int turn;
	turn = (turn + 1) % 4;
	return day_format(day_from_civil(2026, 1, 1) + from + dice(days), out[turn]);
}

/* A table of the company: its rows, and which of them are there. */
static struct table {
	const char *file, *header;
	int count;
	bool events; /* rows may go again */
	bool there[EVENTS];
	char rows[EVENTS][160];
} tables[] = {
    {"a.csv", "Id,Name,Domain", ACCOUNTS, false, {0}, {{0}}},
    {"c.csv", "Id,Mail,Account", CONTACTS, false, {0}, {{0}}},
    {"l.csv", "Id,Account,Contact", LEADS, false, {0}, {{0}}},
    {"d.csv", "Id,Account,Stage,Created,Closed,Close", DEALS, true, {0}, {{0}}},
    {"m.csv", "Deal,Contact,Role", MEMBERS, true, {0}, {{0}}},
    {"t.csv", "Id,Deal,Mail,Lead,Account,When", EVENTS, true, {0}, {{0}}},
    {"v.csv", "Id,Deal,Contacts,Account,When,Done,Dir", EVENTS, true, {0}, {{0}}},
};
enum { TABLES = sizeof tables / sizeof *tables };

static void make_row(int table, int i)
{
	static const char *const stages[] = {
	    "New", "Old", "Old", "Closed Won", "Closed Lost"};
	char *row = tables[table].rows[i];
	size_t size = sizeof tables[table].rows[i];
	const char *stage = stages[dice(5)];

	switch (table) {
	case 0: /* names are what others join by: they stay */
		snprintf(row, size, "a%d,Firm %d,f%d.example", i + 1, i + 1, i + 1);
		break;
	case 1:
		snprintf(row, size, "c%d,c%d@x.example,%s", i + 1, i + 1,
		    some("a%d", ACCOUNTS));
		break;
	case 2:
		snprintf(row, size, "l%d,%s,%s", i + 1, some("a%d", ACCOUNTS),
		    some("c%d", CONTACTS));
		break;
	case 3:
		snprintf(row, size, "d%d,%s,%s,%s,%s,%s", i + 1,
		    some(dice(2) ? "firm %d" : "f%d.example", ACCOUNTS), stage,
		    day(0, 200), *stage == 'C' && dice(2) ? day(200, 150) : "",
		    day(200, 200));
		break;
	case 4:
		/* A member is known by deal and contact: each pair once. */
		snprintf(row, size, "d%d,c%d,%s", i % DEALS + 1,
		    (i / DEALS * 3 + i) % CONTACTS + 1, dice(2) ? "Economic Buyer" : "");
		break;
	case 5:
		snprintf(row, size, "t%d,%s,%s,%s,%s,%sT10:00:00Z", i + 1,
		    dice(4) ? "" : some("d%d", DEALS), some("C%d@x.example", CONTACTS),
		    some("l%d", LEADS), some("Firm %d", ACCOUNTS), day(-200, 600));
		break;
	default:
		snprintf(row, size, "v%d,%s%s%s,%s;%s,%s,%s,%s,%s", i + 1,
		    dice(4) ? "" : some("d%d", DEALS), dice(2) ? "/" : "",
		    dice(4) ? "" : some("d%d", DEALS), some("c%d", CONTACTS),
		    some("c%d", CONTACTS), some("a%d", ACCOUNTS), day(-200, 600),
		    dice(3) ? "1" : "0", dice(2) ? "in" : "out");
	}
}

static void write_table(const struct table *t)
{
	struct str text = STR_INIT;
	int start = dice(t->count), step = dice(2) ? 1 : t->count - 1;

	str_addf(&text, "%s\n", t->header);
	for (int n = 0, i = start; n < t->count; n++, i = (i + step) % t->count)
		if (t->there[i])
			str_addf(&text, "%s\n", t->rows[i]);
	put(t->file, str_text(&text));
	str_release(&text);
}

static void mutate(int step)
{
	for (int t = 0; t < TABLES; t++) {
		if (step == 0 && t < 3 && dice(2)) /* comes with a later sync */
			continue;
		for (int i = 0; i < tables[t].count; i++) {
			bool first = !*tables[t].rows[i];
			if (first || !dice(4))
				make_row(t, i);
			if (first ? dice(3) : !dice(3))
				tables[t].there[i] = true;
			else if (tables[t].events && !dice(8))
				tables[t].there[i] = false;
		}
		write_table(&tables[t]);
	}
}

static const char dump_text[] =
    "SELECT group_concat(v, char(10)) FROM (SELECT v FROM ("
    "SELECT 1 AS n, d.source_id || ' touch ' || coalesce(t.source_id, t.at) || ' ' || "
    "x.linked_by AS v "
    "FROM touch_deal x JOIN deal d ON d.id = x.deal JOIN touch t ON t.id = x.touch "
    "UNION ALL SELECT 2, d.source_id || ' activity ' || coalesce(t.source_id, t.at) || ' "
    "' "
    "|| "
    "x.linked_by "
    "FROM activity_deal x JOIN deal d ON d.id = x.deal JOIN activity t ON t.id = "
    "x.activity "
    "UNION ALL SELECT 3, d.source_id || ' sum ' || s.status || ' ' || touches || ' ' || "
    "activities "
    "|| ' ' || coalesce(last_touch, '-') || ' ' || coalesce(last_activity, '-') || ' ' "
    "|| "
    "coalesce(last_inbound, '-') || ' ' || coalesce(next_activity, '-') || ' ' || "
    "coalesce(next_touch, '-') || ' ' || CASE WHEN s.status = 'open' THEN recent_touches "
    "|| "
    "' ' || earlier_touches ELSE '' END || ' ' || coalesce(first_touch, '-') || "
    "coalesce(first_activity, '-') || coalesce(first_inbound, '-') || ' ' || committee "
    "|| ' ' || "
    "CASE WHEN s.status = 'open' THEN engaged ELSE '' END || ' ' || s.economic_buyer "
    "FROM deal_summary s JOIN deal d ON d.id = s.deal "
    "UNION ALL SELECT 4, 'activity ' || coalesce(e.source_id, '-') || ' ' || "
    "coalesce(c.source_id, '-') "
    "|| ' ' || "
    "coalesce(d.source_id, '-') || ' ' || e.at FROM activity e LEFT JOIN contact c "
    "ON c.id = e.contact LEFT JOIN deal d ON d.id = e.deal"
    ") ORDER BY n, v)";

static int sync_files(day_t as_of)
{
	int status = sync_co(.as_of = as_of, .full = true, .accept_shrink = true);
	cr_assert(status == EXIT_OK, "%s: %s %s", said.err.place, said.err.text,
	    said.report.n_rejects ? said.report.rejects[0].why : "");
	return status;
}

/* COMPANIES in the environment makes it more of them. */
static struct criterion_test_params companies(void)
{
	static int seeds[5000];
	const char *wish = getenv("COMPANIES");
	int count = wish ? atoi(wish) : 16;

	for (int i = 0; i < 5000; i++)
		seeds[i] = i + 1;
	return cr_make_param_array(int, seeds, (size_t)(count < 5000 ? count : 5000));
}

ParameterizedTestParameters(sync_property, incremental_is_fresh)
{
	return companies();
}

ParameterizedTest(int *number, sync_property, incremental_is_fresh, .init = sync_setup,
    .fini = sync_teardown)
{
	static char steps[65536];
	day_t as_of = day_from_civil(2026, 7, 1);

	seed = (uint64_t)*number * 7919;
	put("../co.ini", co);
	for (int step = 0; step < 5; step++) {
		mutate(step);
		as_of += dice(60) - (dice(5) ? 0 : 70);
		sync_files(as_of);
	}
	/* Were all files read already, another day alone would be no reason to. */
	shell("printf 'd9,,New,,,\\n' >> in/d.csv");
	sync_files(as_of);
	snprintf(steps, sizeof steps, "%s", ask_text(dump_text));
	cr_assert(strlen(steps) > 500, "too little to compare: %s", steps);
	shell("rm huddle.db*");
	sync_files(as_of);
	const char *fresh = ask_text(dump_text);
	if (!strcmp(steps, fresh))
		return;
	put("../steps", steps);
	put("../fresh", fresh);
	shell("diff steps fresh >&2 || true");
	cr_assert(false, "company %d: by steps (<) is not at once (>)", *number);
}

/*
 * The order of files does not matter: a company in one file a table, and the same
 * in parts of any names, each row in one of them or in two, is the same company;
 * and to be divided otherwise is no change.
 */

/* What rows hold, where dump_text tells what was made of them. */
static const char rows_text[] =
    "SELECT group_concat(v, char(10)) FROM (SELECT v FROM ("
    "SELECT json_array('account', source_id, name, domain) AS v FROM account "
    "UNION ALL SELECT json_array('contact', c.source_id, c.name, c.email, a.source_id)"
    " FROM contact c LEFT JOIN account a ON a.id = c.account "
    "UNION ALL SELECT json_array('lead', l.source_id, a.source_id, c.source_id) "
    "FROM lead l LEFT JOIN account a ON a.id = l.account "
    "LEFT JOIN contact c ON c.id = l.contact "
    "UNION ALL SELECT json_array('deal', d.source_id, d.name, a.source_id, stage, "
    "created, "
    "closed, close_date) FROM deal d LEFT JOIN account a ON a.id = d.account "
    "UNION ALL SELECT json_array('member', d.source_id, c.source_id, m.role) "
    "FROM committee m JOIN deal d ON d.id = m.deal JOIN contact c ON c.id = m.contact "
    "UNION ALL SELECT json_array('touch', t.source_id, d.source_id, c.source_id, "
    "l.source_id, "
    "a.source_id, t.at, t.kind) FROM touch t LEFT JOIN deal d ON d.id = t.deal "
    "LEFT JOIN contact c ON c.id = t.contact LEFT JOIN lead l ON l.id = t.lead "
    "LEFT JOIN account a ON a.id = t.account "
    "UNION ALL SELECT json_array('activity', t.source_id, d.source_id, c.source_id, "
    "a.source_id, t.at, t.done, t.direction) FROM activity t "
    "LEFT JOIN deal d ON d.id = t.deal LEFT JOIN contact c ON c.id = t.contact "
    "LEFT JOIN account a ON a.id = t.account) ORDER BY v)";

/* Parts may have any names that begin as the table's does; rows of events are
 * known by an id, or by all they say. */
static void put_mapping(bool event_ids)
{
	struct str text = STR_INIT;

	for (const char *p = co; *p; p++) {
		if (!event_ids && !strncmp(p, "id = Id\n", 8) && strchr("tv", p[-6]))
			p += 7;
		else if (!strncmp(p, ".csv", 4))
			str_adds(&text, "*.");
		else
			str_addc(&text, *p);
	}
	put("../co.ini", str_text(&text));
	str_release(&text);
}

enum { PARTS = 4 };

static void write_parts(const struct table *t, int n)
{
	struct str parts[PARTS] = {STR_INIT};
	char name[32];

	for (int i = 0; i < t->count; i++) {
		int one = dice(n), two = dice(4) ? one : dice(n);
		if (t->there[i])
			str_addf(&parts[one], "%s\n", t->rows[i]);
		if (t->there[i] && two != one)
			str_addf(&parts[two], "%s\n", t->rows[i]);
	}
	for (int i = 0; i < n; i++) {
		struct str text = STR_INIT;
		str_addf(&text, "%s\n%s", t->header, str_text(&parts[i]));
		snprintf(name, sizeof name, "%c-%c%d.csv", *t->file, 'a' + dice(26), i);
		put(name, str_text(&text));
		str_release(&text);
		str_release(&parts[i]);
	}
}

static void write_in_parts(void)
{
	shell("rm in/*");
	for (int i = 0; i < TABLES; i++)
		write_parts(&tables[i], 1 + dice(PARTS));
}

static const char *all_facts(void)
{
	static char out[2][131072];
	static int turn;
	turn = !turn;
	snprintf(out[turn], sizeof out[turn], "%s\n%s", ask_text(rows_text),
	    ask_text(dump_text));
	return out[turn];
}

static void expect_facts(const char *want, const char *got, int number, const char *what)
{
	if (!strcmp(want, got))
		return;
	put("../want", want);
	put("../got", got);
	shell("diff want got >&2 || true");
	cr_assert(false, "company %d: %s", number, what);
}

/* Two firms of one name, two contacts of one address: which one is meant may not
 * be a matter of who comes first. */
static void share_names(void)
{
	snprintf(tables[0].rows[2], sizeof tables[0].rows[2], "a3,Firm 1,f3.example");
	snprintf(tables[1].rows[6], sizeof tables[1].rows[6], "c7,c1@x.example,%s",
	    some("a%d", ACCOUNTS));
	for (int t = 0; t < 2; t++) {
		tables[t].there[0] = tables[t].there[t ? 6 : 2] = true;
		write_table(&tables[t]);
	}
}

ParameterizedTestParameters(sync_property, parts_in_any_order)
{
	return companies();
}

ParameterizedTest(int *number, sync_property, parts_in_any_order, .init = sync_setup,
    .fini = sync_teardown)
{
	day_t as_of = day_from_civil(2026, 7, 1);

	seed = (uint64_t)*number * 104729;
	put_mapping(*number % 2);
	mutate(1);
	share_names();
	sync_files(as_of);
	const char *whole = all_facts();
	cr_assert(strlen(whole) > 1000, "too little to compare: %s", whole);
	write_in_parts();
	sync_files(as_of);
	cr_assert(!said.report.changed, "company %d: parts are no change", *number);
	expect_facts(whole, all_facts(), *number, "the same in parts");
	shell("rm huddle.db*");
	write_in_parts();
	sync_files(as_of);
	expect_facts(whole, all_facts(), *number, "parts from the start");
}
