#include "outline.h"

#include <math.h>

/* Values with how they are shown. */

struct cell cell_of_text(struct deck *deck, const char *text)
{
	text = deck_text(deck, text);
	return (struct cell){
	    .kind = *text ? CELL_TEXT : CELL_EMPTY, .shown = text, .day = DAY_NONE};
}

struct cell cell_of_count(struct deck *deck, int64_t count)
{
	return (struct cell){.kind = CELL_COUNT,
	    .shown = deck_textf(deck, "%lld", (long long)count),
	    .value = (double)count,
	    .day = DAY_NONE};
}

double money_major(money_t amount, struct currency currency)
{
	return (double)amount / pow(10, currency_digits(currency));
}

static struct cell money_cell(
    struct deck *deck, money_t amount, struct currency currency, const char *shown)
{
	if (amount == MONEY_NONE)
		return cell_of_text(deck, "");
	return (struct cell){.kind = CELL_MONEY,
	    .shown = deck_text(deck, shown),
	    .value = money_major(amount, currency),
	    .currency = arena_strdup(deck->arena, currency.code),
	    .day = DAY_NONE};
}

struct cell cell_of_money(struct deck *deck, money_t amount, struct currency currency)
{
	char buf[MONEY_TEXT];

	return money_cell(deck, amount, currency, money_format(amount, currency, buf));
}

struct cell cell_of_brief(struct deck *deck, money_t amount, struct currency currency)
{
	char buf[MONEY_TEXT];

	return money_cell(deck, amount, currency, money_brief(amount, currency, buf));
}

struct cell cell_of_share(struct deck *deck, double fraction)
{
	if (isnan(fraction))
		return cell_of_text(deck, "");
	return (struct cell){.kind = CELL_SHARE,
	    .shown = deck_textf(deck, "%.0f%%", fraction * 100),
	    .value = fraction,
	    .day = DAY_NONE};
}

struct cell cell_of_day(struct deck *deck, day_t day)
{
	char buf[DAY_TEXT];

	if (day == DAY_NONE)
		return cell_of_text(deck, "");
	return (struct cell){
	    .kind = CELL_DAY, .shown = deck_text(deck, day_format(day, buf)), .day = day};
}

struct cell cell_inked(struct cell cell, enum ink ink)
{
	cell.ink = ink;
	return cell;
}
