#ifndef HUDDLE_MONEY_INSIDE_H
#define HUDDLE_MONEY_INSIDE_H

#include "huddle/money.h"

/* Shared by the money files of this folder only. */

/* An amount with all that stands around the digits taken off. */
struct amount {
	struct slice digits;  /* begins and ends in a digit or a mark */
	struct currency said; /* "" when none is named */
	bool negative;
	int shift; /* powers of ten from k, M, B and the exponent */
	bool has_exponent;
};

/* Three letters of ISO 4217, any case, into *out. */
bool currency_code(struct slice letters, struct currency *out);
/* "$", "€", "US$" at the start of s: bytes used, 0 when there is none. */
size_t currency_sign(struct slice s, struct currency *out);
/* Take off signs, brackets, currencies, suffix and exponent. */
bool amount_strip(struct slice text, struct amount *out);

#endif
