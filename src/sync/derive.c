#include "cells.h"
#include "huddle/deal.h"
#include "huddle/history.h"
#include "huddle/text.h"
#include <stdlib.h>
#include <string.h>

/* What exports leave to their readers to tell. */

struct word_kind {
	const char *word, *kind;
};

/* CRMs leave the type of a logged activity blank and say it in its subject:
 * "Email: ...", "Call: ...". What stands before the colon, or the first word,
 * decides; "Prepare demo data" is a task. */
static const struct word_kind kinds[] = {{"voicemail", "call"}, {"email", "email"},
    {"e-mail", "email"}, {"linkedin", "message"}, {"call", "call"}, {"phone", "call"},
    {"meeting", "meeting"}, {"meet", "meeting"}, {"demo", "meeting"},
    {"workshop", "meeting"}, {"onsite", "meeting"}, {"visit", "meeting"},
    {"lunch", "meeting"}};

static struct slice head_of(struct slice text)
{
	const char *colon = memchr(text.p, ':', text.len);
	const char *blank = memchr(text.p, ' ', text.len);
	const char *end = colon ? colon : blank ? blank : text.p + text.len;

	return (struct slice){text.p, (size_t)(end - text.p)};
}

const char *guess_kind(struct slice text)
{
	if (!text.len)
		return NULL;
	struct slice head = head_of(text);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (text_contains(head, slice_of(kinds[i].word)))
			return kinds[i].kind;
	return "task";
}

/* Sales engagement tools mark e-mails [In] and [Out]; a logged e-mail whose
 * subject is a reply ("Email: Re: ...") came from the other side. */
const char *guess_direction(struct slice text)
{
	if (text_contains(text, slice_of("[in]")) ||
	    text_contains(text, slice_of("inbound")))
		return "in";
	if (text_contains(text, slice_of("[out]")) ||
	    text_contains(text, slice_of("outbound")))
		return "out";
	const char *colon = text.len ? memchr(text.p, ':', text.len) : NULL;
	if (!colon)
		return NULL;
	struct slice rest = slice_trim(
	    (struct slice){colon + 1, text.len - (size_t)(colon + 1 - text.p)});
	if (text_contains(text, slice_of("email")) && rest.len > 3 &&
	    slice_is_nocase((struct slice){rest.p, 3}, "re:"))
		return "in";
	return NULL;
}

static struct slice text_of(const struct value *v)
{
	return v->type == VALUE_TEXT ? (struct slice){v->p, v->len}
	                             : (struct slice){"", 0};
}

/* The status by the first that tells: the mapping's words for the status
 * column, that column's own words, closed and won flags, the mapping's stages,
 * the stage's name. */
static const char *status_word(const struct mapping *m, struct slice status)
{
	for (int i = 0; i < m->n_status; i++)
		if (text_same(status, slice_of(m->status[i].from)))
			return m->status[i].to;
	for (int i = DEAL_OPEN; status.len && i <= DEAL_LOST; i++)
		if (slice_is_nocase(status, deal_status_name((enum deal_status)i)))
			return deal_status_name((enum deal_status)i);
	return NULL;
}

/* That a deal is closed does not say how: then its stage has to. */
static const char *status_flags(const struct value *won, const struct value *closed)
{
	if (won->type == VALUE_INT && won->n)
		return "won";
	if (closed->type != VALUE_INT)
		return NULL;
	if (!closed->n)
		return "open";
	return won->type == VALUE_INT ? "lost" : NULL;
}

static const struct stage_rule *stage_rule(const struct mapping *m, struct slice stage)
{
	for (int i = 0; i < m->n_stages; i++)
		if (text_same(stage, slice_of(m->stages[i].name)))
			return &m->stages[i];
	return NULL;
}

static const char *status_of_name(struct slice stage)
{
	if (text_contains(stage, slice_of("won")))
		return "won";
	if (text_contains(stage, slice_of("lost")) ||
	    text_same(stage, slice_of("dead deals")))
		return "lost";
	return "open";
}

static void set_text(struct value *v, const char *text)
{
	*v = (struct value){.type = VALUE_TEXT, .len = (uint32_t)strlen(text), .p = text};
}

void derive_deal(const struct mapping *mapping, struct arena *arena, struct value *values)
{
	struct slice stage = text_of(&values[D_STAGE]);
	const struct stage_rule *rule = stage_rule(mapping, stage);
	const char *status = status_word(mapping, text_of(&values[D_STATUS]));

	(void)arena;
	if (!status)
		status = status_flags(&values[D_IS_WON], &values[D_IS_CLOSED]);
	if (!status && rule)
		status = rule->status;
	if (!status)
		status = status_of_name(stage);
	set_text(&values[D_STATUS], status);
	if (rule && rule->order)
		values[D_STAGE_ORDER] =
		    (struct value){.type = VALUE_INT, .n = rule->order};
}

const char *derive_rate(struct arena *arena, const struct value *values, struct slice *id)
{
	struct slice currency = text_of(&values[R_CURRENCY]),
	             from = text_of(&values[R_FROM]);

	if (values[R_RATE].type == VALUE_NONE && values[R_WORTH].type == VALUE_NONE)
		return "tells no rate";
	if (!id->len)
		*id = slice_of(arena_printf(arena, "%.*s|%.*s", (int)currency.len,
		    currency.p, (int)from.len, from.p));
	return NULL;
}

static const struct field changed_day = {"close_date", FIELD_DAY, false, 0, 0, NULL},
                          changed_amount = {"amount", FIELD_AMOUNT, false, 0, 0, NULL};

/* 50000.5 of $50,000.50; other texts stay as they are. */
static void plain_amount(struct cell_context *c, struct value *v)
{
	int digits = currency_digits(c->currency);
	int64_t scale = 1;

	if (v->type != VALUE_INT)
		return;
	for (int i = 0; i < digits; i++)
		scale *= 10;
	int64_t rest = v->n % scale;
	const char *text = arena_printf(c->arena, "%s%lld.%0*lld", v->n < 0 ? "-" : "",
	    (long long)llabs(v->n / scale), digits, (long long)llabs(rest));
	*v = (struct value){.type = VALUE_TEXT, .len = (uint32_t)strlen(text), .p = text};
}

static void read_changed(
    struct cell_context *c, int index, const struct field *as, struct value *values)
{
	struct field_plan *f = &c->plan->fields[index];
	const struct field *was = f->field;
	struct value read = {.type = VALUE_NONE};
	int64_t plain;

	if (values[index].type != VALUE_TEXT ||
	    (as->type == FIELD_AMOUNT &&
	        number_read(text_of(&values[index]), DECIMAL_POINT, 2, &plain)))
		return;
	c->field = f;
	f->field = as;
	const char *why = convert_cell(c, text_of(&values[index]), &read);
	f->field = was;
	if (why || read.type == VALUE_NONE)
		return;
	plain_amount(c, &read);
	values[index] = read;
}

/* A report writes them in its reader's own way: 9/30/2026, $50,000.00. */
void derive_history(struct cell_context *c, struct value *values)
{
	enum change_field field;
	const struct field *as = NULL;

	if (values[H_FIELD].type != VALUE_TEXT ||
	    !change_field_find(values[H_FIELD].p, &field))
		return;
	if (field == CHANGE_CLOSE_DATE)
		as = &changed_day;
	else if (field == CHANGE_AMOUNT)
		as = &changed_amount;
	for (int i = H_OLD; as && i <= H_NEW; i++)
		read_changed(c, i, as, values);
}
