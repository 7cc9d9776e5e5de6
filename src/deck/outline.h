#ifndef HUDDLE_DECK_OUTLINE_H
#define HUDDLE_DECK_OUTLINE_H

#include "chart.h"
#include "huddle/deck.h"

/*
 * The outline: pages of blocks, all of them plain data, made once and written by every
 * writer. Texts are safe for a screen and of one line. Everything is in one arena.
 */

/* A value with how it is shown, so that a workbook gets a number and a page its words. */
enum cell_kind { CELL_EMPTY, CELL_TEXT, CELL_COUNT, CELL_MONEY, CELL_SHARE, CELL_NUMBER, CELL_DAY };
struct cell {
	enum cell_kind kind;
	enum ink ink;         /* INK_TEXT unless something is to be seen at once */
	const char *shown;
	double value;         /* a count, a fraction, an amount in major units */
	const char *currency; /* of an amount */
	day_t day;
};

struct deck_column {
	const char *title;
	enum cell_kind kind; /* all but texts stand to the right */
	int weight;          /* of the width, beside the others */
};

struct deck_table {
	const struct deck_column *columns;
	int n_columns;
	struct cell *cells; /* row by row */
	size_t rows, cap, count; /* count: cells */
};

/* A number that is to be seen at once. */
struct fact {
	const char *label;
	struct cell value;
	const char *note; /* what it is counted from */
};

enum block_kind { BLOCK_TEXT, BLOCK_LIST, BLOCK_FACTS, BLOCK_TABLE, BLOCK_CHART };
struct block {
	enum block_kind kind;
	const char *title; /* NULL: none */
	double width;      /* of the page, 1 all; those that fit stand side by side */
	const char **texts; /* of a text or list */
	struct fact *facts;
	size_t count, cap;
	struct deck_table table;
	struct chart chart;
};

struct page {
	const char *key;   /* of deck_page_infos */
	const char *name;  /* of a sheet or a file: "deal-3" */
	const char *title, *lead; /* lead: what it says, in a sentence; "" */
	const char *source;       /* where its numbers are from; then also of when and whose */
	struct block *blocks;
	size_t count, cap;
};

struct deck {
	struct arena *arena;
	const char *title, *subtitle, *stamp; /* stamp: as-of and day, on every page */
	day_t today;
	const char *author;
	struct page *pages;
	size_t count, cap;
	const char *logo;
	struct palette palette;
};

/* outline.c; texts are made safe. */
struct page *deck_add_page(struct deck *deck, const char *key, const char *title);
struct block *page_add(struct deck *deck, struct page *page, enum block_kind kind, double width,
	const char *title);
const char *deck_text(struct deck *deck, const char *text);
const char *deck_textf(struct deck *deck, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void block_say(struct deck *deck, struct block *block, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
struct fact *block_fact(struct deck *deck, struct block *block, const char *label,
	struct cell value, const char *note);
struct block *page_table(struct deck *deck, struct page *page, double width, const char *title,
	const struct deck_column *columns, int n);
void table_put(struct deck *deck, struct block *block, struct cell cell);
const struct cell *table_at(const struct deck_table *table, size_t row, int column);

/* cell.c */
struct cell cell_of_text(struct deck *deck, const char *text);
struct cell cell_of_count(struct deck *deck, int64_t count);
struct cell cell_of_money(struct deck *deck, money_t amount, struct currency currency);
/* Rounded to be seen from afar: "$7.9M"; the value is the exact one. */
struct cell cell_of_brief(struct deck *deck, money_t amount, struct currency currency);
struct cell cell_of_share(struct deck *deck, double fraction); /* not a number: empty */
struct cell cell_of_day(struct deck *deck, day_t day);
struct cell cell_inked(struct cell cell, enum ink ink);
double money_major(money_t amount, struct currency currency);

/* pages.c makes all pages that are asked for; each topic is one function. */
void deck_make(struct deck *deck, struct arena *arena, const struct deck_input *in,
	const struct deck_order *order);
typedef void (*page_fn)(struct deck *deck, const struct deck_input *in);
void page_headline(struct deck *deck, const struct deck_input *in);
void page_bridge(struct deck *deck, const struct deck_input *in);
void page_risk(struct deck *deck, const struct deck_input *in);
void page_deals(struct deck *deck, const struct deck_input *in);
void page_forecast(struct deck *deck, const struct deck_input *in);
void page_scorecard(struct deck *deck, const struct deck_input *in);
void page_handoff(struct deck *deck, const struct deck_input *in);
void page_attribution(struct deck *deck, const struct deck_input *in);
void page_themes(struct deck *deck, const struct deck_input *in);
void page_actions(struct deck *deck, const struct deck_input *in);
void page_appendix(struct deck *deck, const struct deck_input *in);
/* A page that says what is missing and what to do. */
void page_gap(struct deck *deck, struct page *page, const char *what, const char *todo);

#endif
