/* Writes the company of known truth as it is known at the end of the as-of day. */
#include "truth.h"
#include <stdlib.h>

static const char *const stages[] = {
    "Qualify", "Discover", "Propose", "Negotiate", "Closed Won", "Closed Lost"};
static const char *const categories[] = {
    "Omitted", "Pipeline", "Best Case", "Commit", "Closed"};

struct files {
	struct csv deals, history, accounts, contacts, committee, activities, touches;
	FILE *truth;
	int32_t as_of;
	uint32_t event;
};

static const char mapping[] =
    "[source]\nname = truth\n\n"
    "[deals]\nfiles = deals.csv\nid = deal\nname = deal\naccount_id = account\nowner = "
    "owner\n"
    "stage = stage\nstatus = status\namount = amount\ncurrency = currency\n"
    "close_date = close_date\ncreated = created\nclosed = closed\nforecast = forecast\n\n"
    "[stages]\nQualify = open 1\nDiscover = open 2\nPropose = open 3\nNegotiate = open "
    "4\n"
    "Closed Won = won\nClosed Lost = lost\n\n"
    "[accounts]\nfiles = accounts.csv\nid = account\nname = account\n\n"
    "[contacts]\nfiles = contacts.csv\nid = contact\nname = contact\naccount_id = "
    "account\n\n"
    "[committee]\nfiles = committee.csv\ndeal_id = deal\ncontact_id = contact\nrole = "
    "role\n"
    "created = created\n\n"
    "[history]\nfiles = history.csv\ndeal_id = deal\nwhen = at\nstage = stage\namount = "
    "amount\n"
    "close_date = close_date\nforecast = forecast\n\n"
    "[activities]\nfiles = activities.csv\nid = activity\ndeal_id = deal\ncontact_id = "
    "contact\n"
    "kind = kind\nwhen = when\ncreated = created\ndone = done\ndirection = direction\n\n"
    "[touches]\nfiles = touches.csv\nid = touch\ncontact_id = contact\nkind = kind\nwhen "
    "= when\n";

static const char *text(const char *form, uint32_t a, uint32_t b)
{
	static char buf[4][48];
	static unsigned next;
	char *out = buf[next++ % 4];

	snprintf(out, sizeof buf[0], form, a, b);
	return out;
}

static void put_deal_id(struct csv *c, const struct t_deal *d)
{
	csv_text(c, text("D%05u", d->index, 0));
}

static void put_contact(struct csv *c, const struct t_deal *d, uint32_t contact)
{
	csv_text(c, text("C%05u-%u", d->index, contact));
}

static void put_version(struct csv *c, const struct t_version *v)
{
	csv_text(c, stages[v->stage]);
	csv_money(c, v->amount);
	csv_day(c, v->close);
	csv_text(c, categories[v->category]);
}

static void write_history(struct files *f, const struct t_deal *d)
{
	for (uint32_t i = 0; i < d->n_versions && d->versions[i].day <= f->as_of; i++) {
		put_deal_id(&f->history, d);
		csv_time(&f->history, d->versions[i].day * DAY + 9 * HOUR + i);
		put_version(&f->history, &d->versions[i]);
		csv_end(&f->history);
	}
}

static void write_deal(struct files *f, const struct t_deal *d)
{
	const struct t_version *now = d->versions;

	for (uint32_t i = 0; i < d->n_versions && d->versions[i].day <= f->as_of; i++)
		now = &d->versions[i];
	put_deal_id(&f->deals, d);
	csv_text(&f->deals, text("A%05u", d->index, 0));
	csv_text(&f->deals, text("Owner %u", d->owner, 0));
	csv_text(&f->deals, now->stage == T_WON    ? "won"
	                    : now->stage == T_LOST ? "lost"
	                                           : "open");
	csv_text(&f->deals, "USD");
	csv_day(&f->deals, d->created);
	if (now->stage >= T_OPEN_STAGES)
		csv_day(&f->deals, now->day);
	else
		csv_empty(&f->deals, 1);
	put_version(&f->deals, now);
	csv_end(&f->deals);
}

static void write_people(struct files *f, const struct t_deal *d)
{
	csv_text(&f->accounts, text("A%05u", d->index, 0));
	csv_end(&f->accounts);
	for (uint32_t i = 0; i < d->contacts; i++) {
		put_contact(&f->contacts, d, i);
		csv_text(&f->contacts, text("A%05u", d->index, 0));
		csv_end(&f->contacts);
	}
	for (uint32_t i = 0; i < d->n_seats; i++) {
		if (d->seats[i].since > f->as_of)
			continue;
		put_deal_id(&f->committee, d);
		put_contact(&f->committee, d, i);
		csv_text(&f->committee, d->seats[i].buyer ? "Economic Buyer" : "User");
		csv_day(&f->committee, d->seats[i].since);
		csv_end(&f->committee);
	}
}

static void write_event(struct files *f, const struct t_deal *d, uint32_t i)
{
	const struct t_event *e = &d->events[i];
	struct csv *c = e->touch ? &f->touches : &f->activities;

	if (e->written > f->as_of)
		return;
	csv_text(c, text("E%05u-%u", d->index, i));
	put_contact(c, d, e->contact);
	csv_text(c, e->touch ? "webinar" : e->inbound ? "email" : "call");
	csv_day(c, e->day);
	if (!e->touch) {
		put_deal_id(c, d);
		csv_day(c, e->written);
		csv_text(c, e->done && e->day <= f->as_of ? "yes" : "no");
		csv_text(c, e->inbound ? "in" : "out");
	}
	csv_end(c);
}

/* Of months that are over. */
static void write_truth(struct files *f, const struct t_deal *d)
{
	for (uint32_t i = 0; i < d->n_predictions; i++) {
		const struct t_prediction *p = &d->predictions[i];
		struct civil c = day_to_civil(p->month);
		if (day_in_month(p->month, 1, 1) > f->as_of + 1)
			continue;
		fprintf(f->truth, "D%05u,%04d-%02d,%.6f,%d\n", d->index, c.year, c.month,
		    p->chance, p->slipped);
	}
}

static FILE *open_beside(const char *dir, const char *name)
{
	char path[4096];

	snprintf(path, sizeof path, "%s/%s", dir, name);
	FILE *file = fopen(path, "w");
	if (!file)
		die(path, "can not be written",
		    "give --out a folder that can be written to");
	return file;
}

static void open_all(struct files *f, const struct config *cfg)
{
	f->as_of = cfg->as_of;
	csv_open(&f->deals, cfg->out, "deals",
	    "deal,account,owner,status,currency,created,closed,stage,amount,close_date,"
	    "forecast");
	csv_open(
	    &f->history, cfg->out, "history", "deal,at,stage,amount,close_date,forecast");
	csv_open(&f->accounts, cfg->out, "accounts", "account");
	csv_open(&f->contacts, cfg->out, "contacts", "contact,account");
	csv_open(&f->committee, cfg->out, "committee", "deal,contact,role,created");
	csv_open(&f->activities, cfg->out, "activities",
	    "activity,contact,kind,when,deal,created,done,direction");
	csv_open(&f->touches, cfg->out, "touches", "touch,contact,kind,when");
	f->truth = open_beside(cfg->out, "truth.txt");
	FILE *ini = open_beside(cfg->out, "truth.ini");
	fputs(mapping, ini);
	fclose(ini);
}

void truth_write(const struct config *cfg)
{
	struct files *f = calloc(1, sizeof *f);
	struct t_deal *d = malloc(sizeof *d);

	if (!f || !d)
		die("memory", "there is none left", "close other programs");
	open_all(f, cfg);
	for (uint32_t i = 0; i < cfg->deals; i++) {
		t_deal_live(d, cfg, i);
		if (d->created > f->as_of)
			continue;
		write_deal(f, d);
		write_history(f, d);
		write_people(f, d);
		write_truth(f, d);
		for (uint32_t e = 0; e < d->n_events; e++)
			write_event(f, d, e);
	}
	struct csv *all[] = {&f->deals, &f->history, &f->accounts, &f->contacts,
	    &f->committee, &f->activities, &f->touches};
	for (uint32_t i = 0; i < LENGTH(all); i++)
		csv_close(all[i]);
	fclose(f->truth);
	free(f);
	free(d);
}
