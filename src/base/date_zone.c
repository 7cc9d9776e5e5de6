#include "date_inside.h"
#include "huddle/arena.h"
#include "huddle/date.h"
#include "huddle/zone.h"

/*
 * Zones by name behind a clock. What the name means to the zone of the mapping
 * comes first; then the names that mean one thing in exports, those of
 * RFC 5322, 4.3, among them; the rest is not guessed.
 */
static const struct {
	const char *name;
	int minutes; /* east of UTC */
} known[] = {
    {"EST", -5 * 60},
    {"EDT", -4 * 60},
    {"CST", -6 * 60},
    {"CDT", -5 * 60},
    {"MST", -7 * 60},
    {"MDT", -6 * 60},
    {"PST", -8 * 60},
    {"PDT", -7 * 60},
    {"AKST", -9 * 60},
    {"AKDT", -8 * 60},
    {"HST", -10 * 60},
    {"WET", 0},
    {"WEST", 60},
    {"CET", 60},
    {"CEST", 2 * 60},
    {"EET", 2 * 60},
    {"EEST", 3 * 60},
    {"HKT", 8 * 60},
    {"AWST", 8 * 60},
    {"JST", 9 * 60},
    {"KST", 9 * 60},
    {"ACST", 9 * 60 + 30},
    {"ACDT", 10 * 60 + 30},
    {"AEST", 10 * 60},
    {"AEDT", 11 * 60},
    {"NZST", 12 * 60},
    {"NZDT", 13 * 60},
};

/* Names of several zones, and the zones under which a mapping reads them: the
 * system's zone files call the others by their offset. */
static const struct {
	const char *name, *whose, *zones;
} shared[] = {
    {"AMT", "Armenia's or the Amazon's", NULL},
    {"AST", "the Atlantic's or Arabia's", "America/Halifax or America/Puerto_Rico"},
    {"BST", "Britain's, Bangladesh's or Bougainville's", "Europe/London"},
    {"GST", "the Gulf's or South Georgia's", NULL},
    {"IST", "India's, Israel's or Ireland's",
        "Asia/Kolkata, Asia/Jerusalem or Europe/Dublin"},
    {"SST", "Samoa's or Singapore's", "Pacific/Pago_Pago"},
    {"WST", "Western Australia's or Samoa's", NULL},
};

enum {
	KNOWN = sizeof known / sizeof *known,
	SHARED = sizeof shared / sizeof *shared,
};

static int find_known(struct slice name)
{
	for (int i = 0; i < KNOWN; i++)
		if (slice_is_nocase(name, known[i].name))
			return i;
	return -1;
}

static int find_shared(struct slice name)
{
	for (int i = 0; i < SHARED; i++)
		if (slice_is_nocase(name, shared[i].name))
			return i;
	return -1;
}

bool zone_is_universal(struct slice name)
{
	return slice_is_nocase(name, "utc") || slice_is_nocase(name, "gmt") ||
	       slice_is_nocase(name, "ut") || slice_is_nocase(name, "z");
}

/* What no table has may still be a name to the mapping's zone, written as such. */
bool zone_is_word(struct slice name)
{
	bool capitals = name.len >= 3 && name.len <= 5;
	for (size_t i = 0; i < name.len; i++)
		capitals &= name.p[i] >= 'A' && name.p[i] <= 'Z';
	return capitals || find_known(name) >= 0 || find_shared(name) >= 0;
}

bool zone_word_offset(
    struct slice name, const struct zone *zone, int64_t local, int *offset)
{
	if (zone_offset_named(zone, name, local, offset))
		return true;
	int found = find_known(name);
	if (found >= 0)
		*offset = known[found].minutes * 60;
	return found >= 0;
}

static const char *say_doubt(struct arena *arena, struct slice name)
{
	int i = find_shared(name);
	if (i < 0)
		return arena_printf(arena,
		    "has a zone, %.*s, that is not known; export with offsets such as "
		    "+05:30",
		    (int)name.len, name.p);
	if (!shared[i].zones)
		return arena_printf(arena,
		    "has a zone, %s, that is %s; export with offsets such as +05:30",
		    shared[i].name, shared[i].whose);
	return arena_printf(arena,
	    "has a zone, %s, that is %s; write timezone = %s under [source] of a mapping "
	    "file, or export with offsets such as +05:30",
	    shared[i].name, shared[i].whose, shared[i].zones);
}

/* The year will do: a zone is asked for what it calls itself around a time. */
const char *date_zone_doubt(
    struct arena *arena, struct slice text, const struct zone *zone)
{
	struct date_cell cell;
	int offset;
	if (!date_parse_cell(text, &cell) || !cell.zone.len)
		return NULL;
	int64_t local = (int64_t)day_from_civil(cell.year, 7, 1) * DAY_SECONDS;
	return zone_word_offset(cell.zone, zone, local, &offset)
	           ? NULL
	           : say_doubt(arena, cell.zone);
}
