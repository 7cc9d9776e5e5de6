#ifndef HUDDLE_REPORT_JSON_H
#define HUDDLE_REPORT_JSON_H

#include "huddle/report_sync.h"
#include "huddle/rules.h"
#include <cjson/cJSON.h>

/*
 * Values as the command line promises them: absent is null, amounts are exact
 * numbers in major units, days YYYY-MM-DD, instants RFC 3339. cJSON ends in a
 * NULL when memory is out; these end the program instead.
 */
cJSON *json_object(void);
cJSON *json_array(void);
void json_put(cJSON *object, const char *key, cJSON *value); /* takes value */
void json_push(cJSON *array, cJSON *value);
void json_text(cJSON *object, const char *key, const char *text); /* "" and NULL: null */
void json_number(cJSON *object, const char *key, int64_t number);
void json_bool(cJSON *object, const char *key, bool value);
void json_day(cJSON *object, const char *key, day_t day);
void json_instant(cJSON *object, const char *key, instant_t at);
void json_money(cJSON *object, const char *key, money_t amount, struct currency currency);
void json_percent(cJSON *object, const char *key, int percent); /* as a fraction */
void json_real(cJSON *object, const char *key, double number); /* not finite: null */
cJSON *json_string(const char *text);

/*
 * Print and free. What a terminal could take for a command (C1 controls,
 * bidirectional marks) is written as \uXXXX, which is the same JSON.
 */
void json_print(struct str *out, cJSON *value);

cJSON *json_deal(const struct deal *deal); /* the keys of one deal in `deals` */
cJSON *json_action(const struct action *action, day_t today);
cJSON *json_syncs(const struct sync_list *syncs, bool undone); /* those too */
cJSON *json_reject(const struct reject *reject);
cJSON *json_reasons(const struct risk *risk);
cJSON *json_off(const struct risk_rules *rules); /* names of signals */
cJSON *json_snooze(const struct deal *deal); /* null when it is awake */
cJSON *json_unknown(const struct risk *risk);
void json_debrief_fields(cJSON *value, const struct debrief *debrief); /* NULL: all null */
cJSON *json_debrief(const struct debrief *debrief); /* NULL: null */

#endif
