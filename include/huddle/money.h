#ifndef HUDDLE_MONEY_H
#define HUDDLE_MONEY_H

#include <stdbool.h>
#include <stdint.h>
#include "huddle/str.h"

/* Money is int64 minor units (cents) and a currency. Amounts of two currencies
 * are never added. */
typedef int64_t money_t;
#define MONEY_NONE INT64_MIN

struct currency {
	char code[4]; /* ISO 4217, upper case; "" is not said */
};

bool currency_read(struct slice text, struct currency *out); /* "usd", "USD", "$", "EUR - Euro" */
int currency_digits(struct currency currency);               /* 2; JPY 0, KWD 3 */
bool currency_eq(struct currency a, struct currency b);

enum decimal_mark { DECIMAL_AUTO, DECIMAL_POINT, DECIMAL_COMMA };

/* What one cell says about its column's decimal mark. */
enum decimal_hint { NUMBER_BAD, NUMBER_NEUTRAL, NUMBER_EITHER, NUMBER_POINT, NUMBER_COMMA };
enum decimal_hint number_look(struct slice text);

/*
 * Read an amount into minor units, half to even: $1,234.50  1.234,50  (1,200)
 * -5  45k  1.2M  $1,117.10K  15000.0  1.3E7  "USD 1,200". NUMBER_EITHER cells
 * under DECIMAL_AUTO: a comma groups, a point is decimal. False when it is no
 * number or does not fit; *said gets a currency named in the text ("" if none).
 */
bool money_read(struct slice text, enum decimal_mark mark, int digits, money_t *out,
	struct currency *said);
/* A plain number with the same rules, times 10^digits. */
bool number_read(struct slice text, enum decimal_mark mark, int digits, int64_t *out);

bool money_add(money_t *total, money_t more); /* false on overflow, total unchanged */

/* On a screen that others see: the three below say *** for any amount. Files and JSON
 * are not hidden. */
void money_hide(bool hide);
bool money_hidden(void);

#define MONEY_TEXT 40
/* "$240,000", "EUR 1,200.50": cents only where there are any. MONEY_NONE: "". */
const char *money_format(money_t amount, struct currency currency, char buf[MONEY_TEXT]);
/* "240k", "7.9M", "950": at most 5 columns and no currency. */
const char *money_short(money_t amount, struct currency currency, char buf[MONEY_TEXT]);
/* "$7.9M", "EUR 240k": with the currency's sign or code. */
const char *money_brief(money_t amount, struct currency currency, char buf[MONEY_TEXT]);
/* Plain digits for files and JSON: 240000.50 */
const char *money_plain(money_t amount, struct currency currency, char buf[MONEY_TEXT]);

#endif
