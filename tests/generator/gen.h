/*
 * Private header of huddle-generate: the made-up company, as plain data, and the functions that
 * build it and write it. One direction only: options -> world (build) -> CSV files (write).
 *
 * Everything is decided by integers drawn from streams named by (seed, what, index), so the files
 * are the same bytes on every machine, and a change in one table doesn't reshuffle another.
 * Instants are seconds since 1970 in UTC, days are days since 1970, money is in cents.
 */
#ifndef HUDDLE_GENERATE_H
#define HUDDLE_GENERATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define NONE UINT32_MAX
#define HOUR INT64_C(3600)
#define DAY (24 * HOUR)
#define LENGTH(a) ((uint32_t)(sizeof(a) / sizeof((a)[0])))
#define DEAL_CONTACTS_MAX 10

/* What the command line asks for. `sample` is the company with the hand-written stories. */
struct config {
	const char *out;
	uint64_t seed;
	int32_t as_of;
	uint32_t deals, touches, activities;
	uint32_t change; /* rows to change, in hundredths of a percent */
	uint32_t truth;  /* a company lived forwards, slips by this function; 0: none */
	bool sample;
};

/* random.c */
struct rng { uint64_t state; };
enum stream { S_ACCOUNT, S_CAMPAIGN, S_DEAL, S_COMMITTEE, S_HISTORY, S_TOUCH, S_ACTIVITY, S_LEAD,
	S_USER, S_CONTACT, S_WRITE };
void rng_init(struct rng *r, uint64_t seed, enum stream stream, uint32_t index);
uint32_t rng_below(struct rng *r, uint32_t n);
int32_t rng_between(struct rng *r, int32_t lowest, int32_t highest);
bool rng_percent(struct rng *r, uint32_t percent);

/* calendar.c */
struct civil { int32_t year, month, day; };
int32_t day_from_civil(int32_t year, int32_t month, int32_t day);
struct civil day_to_civil(int32_t day);
bool day_parse(int32_t *out, const char *text);
int32_t day_in_month(int32_t day, int32_t months, int32_t day_of_month);
int64_t day_at_work(struct rng *r, int32_t day);
int32_t time_day(int64_t instant);

/* memory.c: ends the program when there is none left; kept until memory_release() */
void die(const char *place, const char *what, const char *advice);
void *memory_grow(void *items, uint32_t *capacity, uint32_t count, size_t size);
void *memory_zero(uint32_t count, size_t size);
char *memory_text(const char *text, size_t length);
void memory_release(void);

/* csv.c: one file being written; the header's columns are counted and every row is held to them */
enum kind { ID_ACCOUNT, ID_CONTACT, ID_USER, ID_DEAL, ID_HISTORY, ID_ROLE, ID_LEAD, ID_TASK,
	ID_EVENT, ID_MEMBER, ID_CAMPAIGN, ID_QUOTA, ID_COMPETITOR, ID_USER_ROLE, ID_PROFILE,
	ID_EMAIL };
struct csv {
	FILE *file;
	char *buf;
	size_t len;
	char path[4096];
	uint32_t columns, column;
};
void csv_open(struct csv *c, const char *dir, const char *name, const char *header);
void csv_close(struct csv *c);
void csv_end(struct csv *c);
void csv_text(struct csv *c, const char *text);
void csv_texts(struct csv *c, const char *const *parts, uint32_t count);
void csv_empty(struct csv *c, uint32_t count);
void csv_bool(struct csv *c, bool value);
void csv_int(struct csv *c, int64_t value);
void csv_money(struct csv *c, int64_t cents);
void csv_day(struct csv *c, int32_t day);
void csv_time(struct csv *c, int64_t instant);
void csv_id(struct csv *c, enum kind kind, uint32_t index);
void csv_no_id(struct csv *c);
void csv_stamps(struct csv *c, int64_t created, uint32_t by, int64_t modified);

/* names.c, companies.c, words.c. `ascii` is for addresses; NULL when the text is ASCII. */
struct word { const char *text, *ascii; };
struct culture {
	const char *country, *code, *region, *city, *zone;
	struct word first[10], last[10];
};
struct person { uint8_t culture, first, last; };
struct stage { const char *name; int32_t sort, probability; uint8_t category; };
enum stage_index { ST_PROSPECT, ST_QUALIFY, ST_NEEDS, ST_VALUE, ST_PROPOSAL, ST_NEGOTIATE, ST_WON,
	ST_LOST };
enum category { CAT_OMITTED, CAT_PIPELINE, CAT_BEST, CAT_COMMIT, CAT_CLOSED };
struct campaign_kind {
	const char *type, *prefix;
	int32_t span;       /* days over which its members come in */
	int32_t cost;       /* in thousands */
	uint8_t source;     /* what a lead from it has as LeadSource */
	const char *titles[8];
};
extern const struct culture name_cultures[];
extern const uint32_t name_culture_count;
extern const struct word name_companies[];
extern const uint8_t name_company_cultures[];
extern const uint32_t name_company_count;
extern const struct stage word_stages[];
extern const char *const word_category_api[], *const word_category_names[];
extern const struct campaign_kind word_campaigns[];
extern const uint32_t word_campaign_count;
extern const char *const word_topics[16], *const word_todos[8], *const word_meetings[8];
extern const char *const word_products[16], *const word_roles[8], *const word_titles[8][4];
extern const char *const word_industries[8], *const word_sources[6], *const word_competitors[4];
extern const char *const word_losses[7], *const word_demand[6], *const word_triggers[6];
extern const char *const word_events[6], *const word_next_steps[8], *const word_rejects[6];
const struct word *name_first(struct person p);
const struct word *name_last(struct person p);
char *name_company(uint32_t nth, char **domain);
char *name_email(struct person p, const char *domain, uint32_t number);

/* stories.c: the open deals that a demonstration is about */
enum { F_NO_BUYER = 1, F_BACK = 2, F_DROP = 4, F_WEEKLY = 8, F_MEETING = 16, F_OVERDUE = 32,
	F_PULLED = 64, F_NEWLINE = 128, F_NOT_CAPTURED = 256 };
struct story {
	const char *deal, *account, *domain, *next_step;
	uint8_t culture, stage, category;
	int32_t thousands;
	const char *currency;
	int8_t month, day;          /* close date: months from the as-of month, day of month */
	int16_t age, stage_age;     /* days; stage_age 0 = as it comes */
	uint8_t pushes, contacts;
	int16_t sales_silent, marketing_silent, buyer_silent; /* days */
	uint16_t touches, activities;
	unsigned flags;
};
extern const struct story story_deals[];
extern const uint32_t story_count;

struct user {
	const char *first, *last, *mail, *title, *department, *division, *zone;
	uint32_t manager, role;
	bool active, rep;
};
struct account {
	const char *name, *domain;
	int64_t created;
	uint32_t owner, employees, deals;
	uint32_t named;                     /* contacts so far, so that no two share a name */
	uint32_t known[6], known_count;     /* contacts a later deal may bring back */
	uint8_t culture, industry;
	bool exclusive;                     /* a story's: other deals would blur it */
};
struct contact {
	int64_t created, from, until;   /* when marketing may touch this person */
	uint32_t account, lead, quota;
	struct person person;
	uint8_t role;
};
struct campaign { const char *name; int32_t start; uint32_t sent, responses, contacts, leads;
	uint8_t kind; };
struct role { int64_t created; uint32_t deal, contact; uint8_t role; };
struct deal {
	const struct story *story;
	const char *name;
	int64_t created, closed, amount, stage_since, modified, activity;
	uint32_t serial, account, owner, campaign, first_role, role_count;
	uint32_t touches, activities;
	int32_t close_date, pushes, stage_age, sales_silent, marketing_silent, buyer_silent;
	uint8_t stage, category, source, product;
	bool euro;
	unsigned flags;
};
/* One row of OpportunityHistory: the deal as it stood from `at` until `until` (0: still). */
struct version {
	int64_t at, until, amount, prev_amount, stage_at, category_at;
	uint32_t deal;
	int32_t close_date, prev_close_date;
	uint8_t stage, category, prev_stage, prev_category;
	bool first, euro;
};
struct lead {
	int64_t created, mql, assigned, touched, reached, accepted, rejected, recycled, converted;
	uint32_t contact, deal, account, owner, campaign, score;
	struct person person;
	uint8_t reason, title;
	const char *company, *domain;
};
struct touch { int64_t at; uint32_t contact, lead; uint16_t campaign; uint8_t status, response; };
enum touch_status { TO_SENT, TO_REGISTERED, TO_ATTENDED, TO_DOWNLOADED, TO_RESPONDED };
enum activity_kind { AC_CALL_OUT, AC_CALL_IN, AC_EMAIL_OUT, AC_EMAIL_IN, AC_TODO, AC_VOICEMAIL,
	AC_MEETING };
struct activity {
	int64_t made, done;     /* done 0: still open; a meeting's `done` is when it begins */
	uint32_t deal, contact, serial;
	int32_t due;
	uint16_t seconds;
	uint8_t kind, topic;
	bool by_manager, unlinked;
};

#define LIST(type, name) struct type *name; uint32_t name##_count, name##_capacity
struct world {
	struct config cfg;
	int64_t now;
	LIST(user, users);
	LIST(account, accounts);
	LIST(contact, contacts);
	LIST(campaign, campaigns);
	LIST(deal, deals);
	LIST(role, roles);
	LIST(version, versions);
	LIST(lead, leads);
	LIST(touch, touches);
	LIST(activity, activities);
	uint32_t *reps, reps_count;
	uint32_t past_campaigns;  /* those after are planned */
};
#define LIST_ADD(w, name) \
	((w)->name = memory_grow((w)->name, &(w)->name##_capacity, (w)->name##_count, \
		sizeof(*(w)->name)), &(w)->name[(w)->name##_count++])

/* Build, in this order. */
void users_build(struct world *w);
void campaigns_build(struct world *w);
uint32_t campaign_after(const struct world *w, int64_t instant);
void deals_build(struct world *w);
void committees_build(struct world *w);
void histories_build(struct world *w);
void leads_build(struct world *w);
void activities_build(struct world *w);
void touches_build(struct world *w);

/* Write. `write_changed` says whether --change touches this row. */
bool write_changed(const struct world *w, uint32_t row);
void write_users(struct world *w);
void write_quotas(struct world *w);
void write_accounts(struct world *w);
void write_contacts(struct world *w);
void write_deals(struct world *w);
void write_roles(struct world *w);
void write_versions(struct world *w);
void write_competitors(struct world *w);
void write_tasks(struct world *w);
void write_events(struct world *w);
void write_campaigns(struct world *w);
void write_members(struct world *w);
void write_leads(struct world *w);
void write_contracts(struct world *w);

#endif
