/* The signals of the company of known truth, and the functions that its slips are drawn from. */
#include "truth.h"
#include <math.h>

enum { NEVER = 400 };

static int32_t month_of(int32_t day)
{
	struct civil c = day_to_civil(day);

	return c.year * 12 + c.month;
}

static void history(struct t_signals *s, const struct t_deal *d, int32_t day)
{
	const struct t_version *last = &d->versions[0];
	int32_t entered = last->day;
	int64_t highest = 0;

	for (uint32_t i = 1; i < d->n_versions && d->versions[i].day < day; i++) {
		const struct t_version *v = &d->versions[i];
		if (month_of(v->close) > month_of(last->close)) {
			s->pushes++;
			s->push_days += v->close - last->close;
		}
		if (v->stage != last->stage) {
			entered = v->day;
			s->back |= v->stage < last->stage && v->stage < T_OPEN_STAGES &&
			           last->stage < T_OPEN_STAGES && day - v->day <= 90;
		}
		if (v->amount != last->amount && v->day >= day - 90 &&
		    last->amount > highest)
			highest = last->amount;
		last = v;
	}
	if (highest > last->amount)
		s->drop = (int32_t)((highest - last->amount) * 100 / highest);
	s->stage = last->stage;
	s->stage_days = day - entered;
	s->commit = last->category == CAT_COMMIT;
	s->to_close = last->close - day;
}

static bool seated(const struct t_deal *d, uint8_t contact, int32_t day)
{
	return contact < d->n_seats && d->seats[contact].since < day;
}

static void event(struct t_signals *s, bool engaged[T_SEATS], const struct t_deal *d,
    const struct t_event *e, int32_t day)
{
	int32_t ago = day - e->day;

	if (e->day >= day) {
		s->planned |= !e->touch && e->written < day;
		return;
	}
	if (ago <= 90 && seated(d, e->contact, day))
		engaged[e->contact] = true;
	if (e->touch) {
		s->untouched = ago < s->untouched ? ago : s->untouched;
		s->recent += ago <= 30;
		s->earlier += ago > 30 && ago <= 60;
		return;
	}
	if (e->done && ago < s->idle)
		s->idle = ago;
	if (e->inbound && ago < s->silent)
		s->silent = ago;
}

void t_signals_at(struct t_signals *out, const struct t_deal *d, int32_t day)
{
	bool engaged[T_SEATS] = {false};
	int32_t age = day - d->created < NEVER ? day - d->created : NEVER;

	*out = (struct t_signals){
	    .idle = age, .silent = age, .untouched = age, .owner = (int32_t)d->owner};
	history(out, d, day);
	for (uint32_t i = 0; i < d->n_events; i++)
		event(out, engaged, d, &d->events[i], day);
	for (uint32_t i = 0; i < d->n_seats; i++) {
		out->committee += d->seats[i].since < day;
		out->buyer |= d->seats[i].since < day && d->seats[i].buyer;
		out->engaged += engaged[i];
	}
}

/* How much an owner's deals slip by themselves, -1 to 1. */
static double owner_lean(int32_t owner)
{
	return (owner * 5 % T_OWNERS) * 2.0 / (T_OWNERS - 1) - 1;
}

static double smooth(const struct t_signals *s)
{
	return -2.6 + 0.30 * s->pushes + 0.35 * log1p(s->idle) + 0.40 * log1p(s->silent) +
	       0.15 * log1p(s->untouched) - 0.30 * s->stage - 0.25 * s->engaged +
	       0.02 * s->drop + 0.6 * s->back - 0.5 * s->commit - 0.5 * s->planned +
	       0.02 * s->to_close + 0.7 * owner_lean(s->owner) - 0.4 * s->buyer +
	       0.004 * s->stage_days;
}

static double stepped(const struct t_signals *s)
{
	return -3.1 + 1.2 * (s->pushes >= 2) + 1.1 * (s->idle > 21 && !s->planned) +
	       1.0 * (s->silent > 30) + 0.6 * (s->engaged <= 1) + 0.6 * !s->buyer +
	       1.2 * (s->drop >= 20) + 0.9 * (s->stage < 2) + 0.8 * s->back +
	       0.6 * (s->recent * 2 < s->earlier) + 0.7 * (s->stage_days > 60) +
	       0.5 * (s->to_close > 20);
}

static double mixed(const struct t_signals *s)
{
	double idle = s->planned ? 0 : log1p(s->idle);

	return -2.8 + 0.6 * idle + s->pushes * (s->buyer ? 0.1 : 0.4) +
	       1.2 * owner_lean(s->owner) + 0.9 * (s->silent > 45) - 0.35 * s->engaged +
	       0.03 * s->drop + 0.03 * s->to_close + 0.8 * (s->commit && s->idle > 14) -
	       0.25 * s->stage + 0.3 * log1p(s->stage_days);
}

double t_chance(const struct t_signals *s, uint32_t function)
{
	double z = function == 1 ? smooth(s) : function == 2 ? stepped(s) : mixed(s);

	return 1 / (1 + exp(-z));
}
