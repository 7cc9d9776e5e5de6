/* Lanternquay's own people: two sales teams with managers, marketing, one revenue operator. */
#include "gen.h"
#include <string.h>

enum { ROLE_LEADER, ROLE_VP, ROLE_MANAGER, ROLE_REP, ROLE_MARKETING, ROLE_OPERATIONS };

#define REP(first, last, mail, team, zone, manager)                                   \
	{                                                                             \
		first, last, mail, "Account Executive", "Sales", team, zone, manager, \
		    ROLE_REP, true, true                                              \
	}

static const struct user staff[] = {
    {"Henrike", "Solvang-Ruiz", "henrike.solvang", "VP Sales", "Sales",
        "Sales leadership", "America/New_York", NONE, ROLE_VP, true, false},
    {"Ottilie", "Brandvold", "ottilie.brandvold", "CMO", "Marketing", "Marketing",
        "Europe/London", NONE, ROLE_LEADER, true, false},
    {"Tomasz", "Wyrębski", "tomasz.wyrebski", "Sales Manager", "Sales", "Enterprise",
        "Europe/Warsaw", 0, ROLE_MANAGER, true, false},
    {"Siobhán", "O'Keaveney", "siobhan.okeaveney", "Sales Manager", "Sales", "Mid-Market",
        "Europe/Dublin", 0, ROLE_MANAGER, true, false},
    REP("Marcus", "Drayhurst", "marcus.drayhurst", "Enterprise", "America/Chicago", 2),
    REP("Leire", "Arizmendi", "leire.arizmendi", "Enterprise", "Europe/Madrid", 2),
    REP("純一", "早坂", "junichi.hayasaka", "Enterprise", "Asia/Tokyo", 2),
    REP("Imogen", "Thistlewood", "imogen.thistlewood", "Enterprise", "Europe/London", 2),
    REP("Γιώργος", "Λιβαδάς", "giorgos.livadas", "Enterprise", "Europe/Athens", 2),
    REP("Winona", "Pellman", "winona.pellman", "Mid-Market", "America/Los_Angeles", 3),
    REP("Declan", "McGlinchy", "declan.mcglinchy", "Mid-Market", "Europe/Dublin", 3),
    REP("Żaneta", "Śliwkowicz", "zaneta.sliwkowicz", "Mid-Market", "Europe/Warsaw", 3),
    REP("Arjun", "Deshpandkar", "arjun.deshpandkar", "Mid-Market", "Asia/Kolkata", 3),
    {"Garrick", "Holloman", "garrick.holloman", "Account Executive", "Sales",
        "Mid-Market", "America/New_York", 3, ROLE_REP, false, true},
    /* left; his deals are still in the export */
    {"Naledi", "Mokwenara", "naledi.mokwenara", "Demand Generation Manager", "Marketing",
        "Marketing", "Africa/Johannesburg", 1, ROLE_MARKETING, true, false},
    {"Beatriz", "Quintãoval", "beatriz.quintaoval", "Product Marketing Manager",
        "Marketing", "Marketing", "Europe/Lisbon", 1, ROLE_MARKETING, true, false},
    {"Rufus", "Garsdale", "rufus.garsdale", "Field Marketing Manager", "Marketing",
        "Marketing", "Europe/London", 1, ROLE_MARKETING, true, false},
    {"Ingrid", "Saarinvuo", "ingrid.saarinvuo", "Revenue Operations Lead",
        "Revenue Operations", "Operations", "Europe/Helsinki", NONE, ROLE_OPERATIONS,
        true, false},
    {"", "Marketing Sync", "marketing.sync", "Integration", "Marketing", "Marketing",
        "UTC", NONE, ROLE_MARKETING, true, false},
};

static void add_rep(struct world *w, uint32_t nth)
{
	struct person p = {(uint8_t)(nth % name_culture_count), (uint8_t)(nth / 7 % 10),
	    (uint8_t)(nth / 70 % 10)};
	struct user *u = LIST_ADD(w, users);
	const char *mail = name_email(p, "x", nth);

	*u = staff[nth % 2 ? 4 : 9]; /* half in each team */
	u->first = name_first(p)->text;
	u->last = name_last(p)->text;
	u->mail = memory_text(mail, strlen(mail) - 2);
	u->zone = name_cultures[p.culture].zone;
}

/* The staff above; for the big company a rep for every 65 deals. */
void users_build(struct world *w)
{
	uint32_t wanted = w->cfg.deals / 65;

	for (uint32_t i = 0; i < LENGTH(staff); i++)
		*LIST_ADD(w, users) = staff[i];
	for (uint32_t i = 10; i < wanted; i++)
		add_rep(w, i);
	w->reps = memory_zero(w->users_count, sizeof(*w->reps));
	for (uint32_t i = 0; i < w->users_count; i++) {
		if (w->users[i].rep)
			w->reps[w->reps_count++] = i;
	}
}
