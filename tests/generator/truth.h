/*
 * A company whose slips follow a function that is known. It is lived forwards, day by day, and the
 * same whatever the day of the export is: an export shows what was known at the end of that day.
 */
#ifndef HUDDLE_GENERATE_TRUTH_H
#define HUDDLE_GENERATE_TRUTH_H

#include "gen.h"

enum { T_SEATS = 8, T_VERSIONS = 128, T_EVENTS = 4096, T_PREDICTIONS = 64, T_OWNERS = 14 };
enum { T_OPEN_STAGES = 4, T_WON = 4, T_LOST = 5 };

struct t_seat { int32_t since; bool buyer; };
struct t_version { int32_t day, close; int64_t amount; uint8_t stage, category; };
struct t_event { int32_t day, written; uint8_t contact; bool inbound, touch, done; };
struct t_prediction { int32_t month; double chance; bool slipped; };

struct t_deal {
	uint32_t index, owner, contacts, n_seats;
	int32_t created;
	struct t_seat seats[T_SEATS]; /* of the first contacts, in order */
	struct t_version versions[T_VERSIONS];
	struct t_event events[T_EVENTS];
	struct t_prediction predictions[T_PREDICTIONS];
	uint32_t n_versions, n_events, n_predictions;
};

/* truth_signals.c: what was known at the start of a day. */
struct t_signals {
	int32_t pushes, push_days, stage, stage_days, idle, silent, untouched, recent, earlier;
	int32_t engaged, committee, drop, to_close, owner;
	bool buyer, back, commit, planned;
};
void t_signals_at(struct t_signals *out, const struct t_deal *d, int32_t day);
/* The chance of slipping, by function 1, 2 or 3. */
double t_chance(const struct t_signals *s, uint32_t function);

/* truth.c: lives the deal; truth_write.c: writes the company. */
void t_deal_live(struct t_deal *out, const struct config *cfg, uint32_t index);
void truth_write(const struct config *cfg);

#endif
