#ifndef HUDDLE_LEAD_H
#define HUDDLE_LEAD_H

#include <stddef.h>
#include "huddle/arena.h"
#include "huddle/handoff.h"

/*
 * How leads go from marketing to sales, against what both agreed. Pure; `now` is an
 * argument, and what happens after it has not happened.
 */

/* Many exports give a day where an instant is meant. Then it was some time on that day
 * by the clock of the agreement: hours are told where that makes no difference, met and
 * missed where both its ends agree, and else the lead is unclear. */
struct lead_time {
	instant_t at;   /* of a whole day 00:00 UTC of it; INSTANT_NONE: not told */
	bool whole_day;
};

enum lead_event { LEAD_MQL, LEAD_ASSIGNED, LEAD_TOUCHED, LEAD_REACHED, LEAD_ACCEPTED,
	LEAD_REJECTED, LEAD_RECYCLED, LEAD_CONVERTED, LEAD_EVENTS };

struct lead {
	const char *id, *name, *company, *owner, *source, *reason; /* "" where not told */
	struct lead_time at[LEAD_EVENTS];
	unsigned captured; /* 1 << enum lead_event: its export has a column for it */
	bool by_activity;  /* LEAD_TOUCHED is a sales activity: no lead says it */
};

struct lead_list {
	struct lead *items;
	size_t count;
	/* Of all leads, whatever their dates. */
	int64_t all, with_mql;
};

/* A sales activity with a lead: its touch when none is told and this is the first
 * since its clock started. */
void lead_add_activity(struct lead *lead, const struct zone *zone, struct lead_time at);

/* What one of the three conditions comes to. NOT_JUDGED: nothing is agreed or
 * captured, there is no clock, or it went back to marketing in time. */
enum sla_verdict { SLA_NOT_JUDGED, SLA_MET, SLA_MISSED, SLA_OPEN /* and in time */,
	SLA_UNCLEAR, SLA_VERDICTS };

struct lapse {
	int64_t least, most; /* seconds; equal but for whole days; -1: not known */
};

struct sla_result {
	enum sla_verdict verdict;
	bool open;          /* it has not happened: what is taken is so far */
	struct lapse taken; /* in the unit of the condition */
};

enum lead_outcome { LEAD_UNDECIDED, LEAD_IS_ACCEPTED, LEAD_IS_REJECTED,
	LEAD_CONTRADICTED /* accepted and rejected, nothing tells which came last */ };

/*
 * One lead. Its clock starts with the later of MQL and assigned; without a column for
 * assigned, with MQL. It stops with the first touch; where no touch is told, with what
 * came first of reached, accepted, rejected, recycled and converted: by then sales had
 * dealt with it (`implied`). A touch before the clock started is 0 seconds (`early`).
 * What lies before a recycling that itself lies before the start is of an earlier
 * round, and not looked at. Converted is accepted and reached at the latest.
 */
struct handoff_lead {
	const struct lead *lead;
	bool assigned, early, implied;
	enum lead_outcome outcome;
	bool both;           /* accepted and rejected: the later stands */
	bool recycled;
	struct lapse hours;  /* business hours from its clock's start to the first touch */
	instant_t due;       /* touch_within ends; INSTANT_NONE: no clock, or a whole day */
	struct sla_result touch, accept, reach;
};

struct handoff_group {
	const char *name; /* "": not told */
	int mqls, met, missed, accepted, rejected;
};

struct handoff_groups {
	struct handoff_group *items;
	size_t count, cap;
};

struct handoff {
	struct period period;
	const struct handoff_rules *rules;
	struct handoff_lead *leads; /* missed by most first, the others behind */
	size_t count, with_hours;   /* with_hours: those median and p90 are of */
	int touch[SLA_VERDICTS], accept[SLA_VERDICTS], reach[SLA_VERDICTS];
	int open_breaches;
	int unassigned, waiting;    /* waiting: of them neither touched nor decided */
	int from_mql;               /* no column for assigned: the clock starts with MQL */
	int early, implied, by_activity, untold /* no column for touched */;
	int accepted, rejected, both, contradicted, recycled, without_mql;
	int64_t median, p90;        /* seconds, nearest rank; -1: none */
	struct handoff_groups owners, sources, reasons; /* owners: of assigned leads */
};

/* A lead counts in the period in which its clock started, one that was never assigned
 * by its MQL. owner: only leads of whom the name holds it; NULL: all. */
struct handoff_input {
	const struct lead_list *leads;
	const struct handoff_rules *rules;
	struct period period;
	instant_t now;
	const char *owner;
};
void handoff_make(struct handoff *out, struct arena *arena, const struct handoff_input *in);

enum { HANDOFF_REJECTED_MOST = 30 }; /* percent of those decided; from there the definition is in doubt */
bool handoff_rejects_many(const struct handoff *h);
/* A part of a whole as a fraction; not a number when the whole is 0. */
double handoff_share(int part, int whole);

#endif
