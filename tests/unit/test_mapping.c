#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <string.h>

#include "../../src/sync/mapping.h"
#include "../../src/sync/plan.h"
#include "huddle/sync.h"

/* The language of mapping files, as text in and structures or a line out. */

static struct arena arena;
static struct mapping m;
static struct err err;

static void fini(void)
{
	arena_release(&arena);
}

TestSuite(mapping, .fini = fini);

static bool parse(const char *text)
{
	memset(&err, 0, sizeof err);
	return mapping_parse(&m, &arena, "/x/co.ini", text, strlen(text), &err);
}

static void accept(const char *text)
{
	cr_assert(parse(text), "%s: %s", err.place, err.text);
}

/* `part` stands in the message, which names the file and line. */
static void refuse(const char *text, int line, const char *part)
{
	char place[64];
	cr_assert_not(parse(text), "accepted: %s", text);
	snprintf(place, sizeof place, "co.ini:%d", line);
	cr_assert_str_eq(
	    err.place, place, "%s: %s (wanted line %d)", err.place, err.text, line);
	cr_assert(strstr(err.text, part), "no \"%s\" in: %s", part, err.text);
	cr_assert(strstr(err.text, ";"), "no way out in: %s", err.text);
}

#define SOURCE "[source]\nname = co\n"
#define DEALS  SOURCE "[deals]\nfiles = d.csv\nid = I\nname = N\nstage = S\n"

static const struct field_source *field(const char *name)
{
	return &m.sections[0].fields[fact_field(m.sections[0].kind, name)];
}

Test(mapping, source_keys)
{
	accept("[source]\n"
	       "name      = contoso\n"
	       "dates     = mdy              ; auto | iso | mdy | dmy\n"
	       "decimal   = point            ; auto | point | comma\n"
	       "currency  = USD\n"
	       "timezone  = America/Chicago  ; for times without a zone\n"
	       "partial   = yes # only changes\n"
	       "ids       = salesforce\n");
	cr_assert_str_eq(m.name, "contoso");
	cr_assert_eq(m.dates, DATES_MDY);
	cr_assert_eq(m.decimal, DECIMAL_POINT);
	cr_assert_str_eq(m.currency.code, "USD");
	cr_assert_not_null(m.zone);
	cr_assert(m.partial && m.salesforce_ids);
}

Test(mapping, source_words)
{
	static const struct {
		const char *word;
		enum date_order order;
	} dates[] = {{"auto", DATES_UNKNOWN}, {"iso", DATES_ISO}, {"mdy", DATES_MDY},
	    {"dmy", DATES_DMY}};
	char text[128];

	for (size_t i = 0; i < 4; i++) {
		snprintf(text, sizeof text, SOURCE "dates = %s\n", dates[i].word);
		accept(text);
		cr_assert_eq(m.dates, dates[i].order);
	}
	accept(SOURCE "decimal = comma\npartial = no\nids = plain\n");
	cr_assert_eq(m.decimal, DECIMAL_COMMA);
	cr_assert_not(m.partial || m.salesforce_ids);
	accept(SOURCE);
	cr_assert_eq(m.dates, DATES_UNKNOWN);
	cr_assert_eq(m.decimal, DECIMAL_AUTO);
	cr_assert_str_eq(m.currency.code, "");
	cr_assert_null(m.zone);
}

Test(mapping, bad_settings)
{
	refuse(SOURCE "dates = ymd\n", 3, "auto, iso, mdy or dmy");
	refuse(SOURCE "decimal = dot\n", 3, "auto, point or comma");
	refuse(SOURCE "currency = dollars\n", 3, "USD");
	refuse(SOURCE "timezone = Chicago\n", 3, "America/Chicago");
	refuse(SOURCE "partial = perhaps\n", 3, "yes or no");
	refuse(SOURCE "ids = long\n", 3, "plain or salesforce");
	refuse(SOURCE "colour = red\n", 3, "colour is no key");
	refuse("[source]\nname =\n", 2, "name is blank");
	refuse("[source]\ndates = iso\n", 1, "no name");
	refuse("name = co\n", 1, "before any [section]");
	refuse(SOURCE "\n[dales]\n", 4, "[dales] is no section");
	refuse(SOURCE "no equals sign\n", 3, "key = value");
}

/* Lines of the same key add up, as those of files do. */
Test(mapping, lists_in_several_lines)
{
	accept(SOURCE "blank = null\nblank = none, n/a\n[deals]\nfiles = d.csv\n"
	              "id = Id\nname = Id\nstage = S\nstatus = S\n"
	              "status.map = A: open\nstatus.map = B: won, C: lost\n");
	cr_assert_eq(m.n_blank, 3);
	cr_assert_str_eq(m.blank[0], "null");
	cr_assert_str_eq(m.blank[2], "n/a");
	const struct field_source *status = &m.sections[0].fields[D_STATUS];
	cr_assert_eq(status->n_map, 3);
	cr_assert(status->map[0].from && !strcmp(status->map[0].from, "A"));
	cr_assert_str_eq(status->map[2].to, "lost");
}

/* The example of the manual, whole. */
Test(mapping, the_example)
{
	accept(
	    "[source]\nname = contoso\n"
	    "[deals]\n"
	    "files     = Opportunity*.csv         ; by name within the folder given\n"
	    "id        = Topic + Created On + Owner   ; a natural key\n"
	    "name      = Topic                        ; elsewhere + joins with a blank\n"
	    "account   = Potential Customer\n"
	    "owner     = Owner\n"
	    "stage     = Sales Stage\n"
	    "status    = Status\n"
	    "amount    = Est. revenue\n"
	    "close_date= Est. close date\n"
	    "created   = Created On\n"
	    "forecast  = Forecast category\n"
	    "campaign  = Source Campaign\n"
	    "skip      = Status: Deleted, Test    ; leave rows out by value\n"
	    "[stages]   ; order and kind\n"
	    "Qualify   = open 1\nDevelop   = open 2\n"
	    "[status]\nWon       = won\n");
	cr_assert_eq(m.n_sections, 1);
	cr_assert_str_eq(m.sections[0].files[0], "Opportunity*.csv");
	const struct alternative *id = field("id")->alternatives;
	cr_assert_eq(id->n_headers, 3);
	cr_assert_str_eq(id->headers[0], "Topic");
	cr_assert_str_eq(id->headers[1], "Created On");
	cr_assert_str_eq(id->headers[2], "Owner");
	const struct row_rule *rule = &m.sections[0].rules[0];
	cr_assert_not(rule->only);
	cr_assert_str_eq(rule->header, "Status");
	cr_assert_eq(rule->n_values, 2);
	cr_assert_str_eq(rule->values[1], "Test");
	cr_assert_eq(m.n_stages, 2);
	cr_assert_str_eq(m.stages[1].name, "Develop");
	cr_assert_str_eq(m.stages[1].status, "open");
	cr_assert_eq(m.stages[1].order, 2);
	cr_assert_str_eq(m.status[0].from, "Won");
	cr_assert_str_eq(m.status[0].to, "won");
}

Test(mapping, alternatives_and_quotes)
{
	accept(SOURCE "[deals]\nfiles = a.csv, b*.csv\n"
	              "id = Deal ID | Record ID | A + \"B + C\"\n"
	              "name = \"Weird; \"\"header\"\" = | +\"\nstage = \"S\" | \"T\"\n");
	cr_assert_eq(m.sections[0].n_files, 2);
	cr_assert_str_eq(m.sections[0].files[1], "b*.csv");
	cr_assert_eq(field("id")->n_alternatives, 3);
	cr_assert_str_eq(field("id")->alternatives[1].headers[0], "Record ID");
	cr_assert_eq(field("id")->alternatives[2].n_headers, 2);
	cr_assert_str_eq(field("id")->alternatives[2].headers[1], "B + C");
	cr_assert_str_eq(
	    field("name")->alternatives[0].headers[0], "Weird; \"header\" = | +");
	cr_assert_str_eq(field("stage")->alternatives[1].headers[0], "T");
}

Test(mapping, suffixes)
{
	accept(SOURCE
	    "[activities.calls]\nfiles = c.csv\nid = I\nwhen = W\nwhen.else = V + U\n"
	    "contact_id = C\ncontact_id.split = ;\ndeal_id = D\ndeal_id.prefix = 006\n"
	    "kind = K\nkind.map = Email Sent: email, Call: Log: call, Nothing:\n"
	    "kind.default = email\ndirection.guess = Subject\n");
	cr_assert_str_eq(m.sections[0].name, "activities.calls");
	cr_assert_eq(m.sections[0].kind, FACT_ACTIVITIES);
	cr_assert_eq(field("contact_id")->split, ';');
	cr_assert_str_eq(field("deal_id")->prefix, "006");
	cr_assert_eq(field("kind")->n_map, 3);
	cr_assert_str_eq(field("kind")->map[0].from, "Email Sent");
	cr_assert_str_eq(field("kind")->map[0].to, "email");
	cr_assert_str_eq(field("kind")->map[1].from, "Call: Log");
	cr_assert_str_eq(field("kind")->map[2].to, "");
	cr_assert_str_eq(field("kind")->default_value, "email");
	cr_assert_str_eq(field("when")->fallback.items[0].headers[1], "U");
	cr_assert_str_eq(field("direction")->guess.headers[0], "Subject");
}

ParameterizedTestParameters(mapping, split_signs)
{
	static char signs[] = ";|,/";
	return cr_make_param_array(char, signs, 4);
}

ParameterizedTest(char *sign, mapping, split_signs)
{
	char text[256];
	snprintf(text, sizeof text, DEALS "account_id = A\naccount_id.split = %c", *sign);
	accept(text);
	cr_assert_eq(field("account_id")->split, *sign);
	snprintf(text, sizeof text,
	    DEALS "account_id = A\naccount_id.split = %c  ; why\n", *sign);
	accept(text);
	cr_assert_eq(field("account_id")->split, *sign, "%c", field("account_id")->split);
}

Test(mapping, bad_fields)
{
	refuse(DEALS "closedate = C\n", 8, "close_date");
	refuse(DEALS "amount.kind = C\n", 8, ".map, .default");
	refuse(DEALS "amount =\n", 8, "amount = HEADER");
	refuse(DEALS "amount = A + \n", 8, "names no header");
	refuse(DEALS "amount = | A\n", 8, "names no header");
	refuse(DEALS "type.map = no colon here\n", 8, "no colon");
	refuse(DEALS "skip = Status\n", 8, "no colon");
	refuse(DEALS "amount = A\n\namount = B\n", 10, "line 8");
	refuse(DEALS "[deals]\n", 8, "stands twice");
	refuse(DEALS "account_id = A\naccount_id.split = ||\n", 9, "one sign");
	refuse(DEALS "skip = \"A: B\"\n", 8, "no colon");
	refuse(SOURCE "[touches]\nfiles = t\nkind = K\nwhen = W\ncustom.X = Y\n", 7,
	    "only [deals]");
	refuse(DEALS "custom. = X\n", 8, "name");
	refuse(SOURCE "[people]\nid = I\nname = N\nfiles = \n", 6, "files = ");
}

/* A suffix without the line it belongs to would be silently without effect. */
Test(mapping, suffix_without_its_field)
{
	refuse(DEALS "close_date.else = Other\n", 8, "close_date = HEADER");
	refuse(DEALS "type.map = A: b\n", 8, "type = HEADER");
	accept(DEALS "type.default = New\n");
	accept(DEALS "type.map = A: b\ntype = T\n");
}

Test(mapping, required_fields)
{
	refuse(SOURCE "[deals]\nid = I\nname = N\nstage = S\n", 3, "no files");
	refuse(SOURCE "[deals]\nfiles = d\nid = I\nstage = S\n", 3, "no name");
	refuse(SOURCE "[accounts]\nfiles = a\nname = N\n", 3, "no id");
	refuse(SOURCE "[committee]\nfiles = c\ndeal_id = D\n", 3, "no contact_id");
	refuse(SOURCE "[activities]\nfiles = v\nkind = K\n", 3, "no when");
	refuse(SOURCE "[touches]\nfiles = t\nwhen = W\n", 3, "no kind");
	refuse(SOURCE "[history]\nfiles = h\ndeal_id = D\n", 3, "no when");
	refuse(SOURCE "[quotas]\nfiles = q\nperiod = P\n", 3, "no amount");
	accept(SOURCE "[touches]\nfiles = t\nwhen = W\nkind.default =\n");
	accept(SOURCE "[activities]\nfiles = v\nwhen = W\nkind.guess = Subject\n");
}

Test(mapping, stages_and_status)
{
	accept(DEALS
	    "[stages]\n\"Closed; won\" = won\nClosed Lost = lost 9\n1 - New = Open 1\n"
	    "[status]\nGewonnen = won\nVerloren = LOST\n");
	cr_assert_str_eq(m.stages[0].name, "Closed; won");
	cr_assert_str_eq(m.stages[0].status, "won");
	cr_assert_eq(m.stages[0].order, 0);
	cr_assert_eq(m.stages[1].order, 9);
	cr_assert_str_eq(m.stages[2].status, "open");
	cr_assert_str_eq(m.status[1].to, "lost");
	refuse(SOURCE "[stages]\nQualify = 1\n", 4, "open, won or lost");
	refuse(SOURCE "[stages]\nQualify = open first\n", 4, "number");
	refuse(SOURCE "[stages]\nQualify = open 0\n", 4, "number");
	refuse(SOURCE "[stages]\nA = open 1\nA = won\n", 5, "line 4");
	refuse(SOURCE "[status]\nWon = yes\n", 4, "open, won or lost");
	refuse(SOURCE "[status]\nWon = won\nwon = lost\n", 5, "line 4");
}

Test(mapping, custom_fields)
{
	accept(DEALS
	    "custom.Region = Region\ncustom.My Field = \"A + B\"\ncustom.* = *__c\n");
	cr_assert_eq(m.sections[0].n_custom, 3);
	cr_assert_str_eq(m.sections[0].custom[1].name, "My Field");
	cr_assert_str_eq(m.sections[0].custom[1].header, "A + B");
	cr_assert_str_eq(m.sections[0].custom[2].name, "*");
	refuse(DEALS "custom.Region = A\ncustom.Region = B\n", 9, "line 8");
	refuse(DEALS "custom.Region = A + B\n", 8, "one header");
}

/* The same text gives the same hash, another one another: it decides whether a
 * file is read again. */
Test(mapping, hash)
{
	char first[17];
	accept(DEALS);
	memcpy(first, m.hash, sizeof first);
	accept(DEALS);
	cr_assert_str_eq(m.hash, first);
	accept(DEALS " ");
	cr_assert_str_neq(m.hash, first);
}

Test(mapping, headers_are_compared_as_people_read_them)
{
	cr_assert(header_same(slice_of("  Deal Name "), "deal name"));
	cr_assert(header_same(slice_of("Deal Name*"), "Deal Name"));
	cr_assert(header_same(slice_of("STRASSE"), "straße"));
	cr_assert_not(header_same(slice_of("Deal Names"), "Deal Name"));
	cr_assert_not(header_same(slice_of(""), "Deal Name"));
}

#define LOOKUP "[lookup.of]\nfiles = l.csv\nkey = A\nvalue = B\n"

Test(mapping, lookups)
{
	accept(
	    DEALS "account_id = I\naccount_id.lookup = of\n" LOOKUP "skip = Gone: yes\n");
	cr_assert_eq(m.n_lookups, 1);
	cr_assert_str_eq(m.lookups[0].key, "A");
	cr_assert_str_eq(m.lookups[0].value, "B");
	cr_assert_eq(m.lookups[0].files.n_rules, 1);
	cr_assert_eq(field("account_id")->n_lookups, 1);
	cr_assert_eq(field("account_id")->lookups[0], &m.lookups[0]);
}

Test(mapping, bad_lookups)
{
	refuse(DEALS "account_id = I\naccount_id.lookup = other\n" LOOKUP, 9,
	    "[lookup.other] is not there");
	refuse(DEALS "account_id.lookup = of\n" LOOKUP, 8, "account_id itself");
	refuse(DEALS "account_id = I\naccount_id.lookup =\n" LOOKUP, 9, "names no");
	refuse(DEALS "account_id = I\naccount_id.lookup = of + of\n" LOOKUP, 9, "+");
	refuse(DEALS
	    "account_id = I\naccount_id.lookup = of\naccount_id.split = ,\n" LOOKUP,
	    9, "split");
	refuse(DEALS "id.lookup = of\n" LOOKUP, 8, "id");
	refuse(DEALS LOOKUP, 8, "no field looks anything up");
	refuse(DEALS "account_id = I\naccount_id.lookup = of\n[lookup]\nfiles = l.csv\n",
	    10, "[lookup.NAME]");
	refuse(
	    DEALS "account_id = I\naccount_id.lookup = of\n" LOOKUP LOOKUP, 14, "twice");
	refuse(DEALS "account_id = I\naccount_id.lookup = of\n[lookup.of]\nkey = A\n"
	             "value = B\n",
	    10, "says no files");
	refuse(DEALS
	    "account_id = I\naccount_id.lookup = of\n[lookup.of]\nfiles = l.csv\n"
	    "value = B\n",
	    10, "no key");
	refuse(DEALS
	    "account_id = I\naccount_id.lookup = of\n[lookup.of]\nfiles = l.csv\n"
	    "key = B\n",
	    10, "no value");
	refuse(DEALS "account_id = I\naccount_id.lookup = of\n" LOOKUP "key = C\n", 14,
	    "claimed");
	refuse(DEALS "account_id = I\naccount_id.lookup = of\n" LOOKUP "name = C\n", 14,
	    "name is no key of [lookup.of]");
	refuse(DEALS
	    "account_id = I\naccount_id.lookup = of\n[lookup.of]\nfiles = l.csv\n"
	    "value = B | C\n",
	    12, "one header");
}

Test(mapping, presets)
{
	setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
	int n = 0;
	for (const char *const *name = sync_presets(); *name; name++, n++)
		cr_assert(mapping_preset(&m, &arena, *name, &err), "%s: %s", err.place,
		    err.text);
	cr_assert_geq(n, 2);
	cr_assert_not(mapping_preset(&m, &arena, "siebel", &err));
	cr_assert_eq(err.status, EXIT_USAGE);
}
