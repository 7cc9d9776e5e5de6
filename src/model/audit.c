#include "huddle/audit.h"

#include <string.h>

/* The six questions, and what the data says of each. */

static const struct {
	const char *name, *text;
} questions[AUDIT_QUESTIONS] = {
    [AUDIT_DEFINITION] = {"definition",
        "Is there one written definition of a qualified opportunity that both teams "
        "signed?"},
    [AUDIT_PAY] = {"pay", "Is marketing paid on pipeline or revenue, as sales is?"},
    [AUDIT_SLA] = {"sla",
        "Is there a written agreement on how leads are handed over, and "
        "is it kept?"},
    [AUDIT_ATTRIBUTION] = {"attribution",
        "Does one person own attribution, with one model?"},
    [AUDIT_REVIEW] = {"review",
        "Do both teams review named deals together at least once a month?"},
    [AUDIT_LOOP] = {
        "loop", "Does every lost deal come back to marketing with its reasons?"}};

const char *audit_question_name(enum audit_question question)
{
	return questions[question].name;
}

const char *audit_question_text(enum audit_question question)
{
	return questions[question].text;
}

const char *audit_word_name(enum audit_word word)
{
	static const char *const names[] = {
	    [AUDIT_UNKNOWN] = NULL, [AUDIT_NO] = "no", [AUDIT_YES] = "yes"};

	return names[word];
}

static enum audit_word word_of(bool yes)
{
	return yes ? AUDIT_YES : AUDIT_NO;
}

static int percent(int part, int whole)
{
	return (int)((part * INT64_C(100) + whole / 2) / whole);
}

static void say_definition(
    struct audit_line *l, struct arena *arena, const struct audit_facts *f)
{
	l->data = word_of(f->version && !f->doubt);
	l->evidence = !f->version ? "no definition is loaded"
	              : f->doubt  ? arena_printf(arena, "definition %lld is %s",
	                                (long long)f->version, f->doubt)
	                          : arena_printf(arena, "definition %lld is in force",
	                                (long long)f->version);
}

static void say_pay(struct audit_line *l, const struct audit_facts *f)
{
	l->data = f->number ? AUDIT_YES : AUDIT_UNKNOWN;
	l->evidence =
	    f->number ? "the definition names the number that both leaders are paid on"
	              : "the definition names no number; who is paid on what is in no "
	                "export";
}

static void say_sla(
    struct audit_line *l, struct arena *arena, const struct audit_facts *f)
{
	int kept = f->judged ? percent(f->met, f->judged) : 0;
	int target = f->target > 0 ? f->target : 0;

	l->data = word_of(f->handoff && (!f->judged || kept >= target));
	l->evidence = !f->handoff  ? "the definition says nothing of the handoff"
	              : !f->judged ? "it is in the definition; no lead of the last four "
	                             "weeks tells whether it "
	                             "is kept"
	                           : arena_printf(arena,
	                                 "it is in the definition; %d of %d leads of the "
	                                 "last four weeks were "
	                                 "touched in time, %d%%%s",
	                                 f->met, f->judged, kept,
	                                 kept >= target ? "" : ", below the target");
}

static void say_attribution(
    struct audit_line *l, struct arena *arena, const struct audit_facts *f)
{
	l->data = word_of(*f->operator_name && f->attribution);
	l->evidence = !f->attribution ? "the definition names no model"
	              : !*f->operator_name
	                  ? "the definition names a model, and nobody who owns it"
	                  : arena_printf(arena, "%s owns the model of the definition",
	                        f->operator_name);
}

static void say_review(
    struct audit_line *l, struct arena *arena, const struct audit_facts *f)
{
	char day[DAY_TEXT];

	l->data = word_of(f->reviews > 0);
	l->evidence = f->reviews > 0 ? arena_printf(arena,
	                                   "%d review%s ended here in the last 31 days",
	                                   f->reviews, f->reviews == 1 ? "" : "s")
	              : f->last_review == DAY_NONE
	                  ? "no review was held here yet"
	                  : arena_printf(arena, "the last review held here was on %s",
	                        day_format(f->last_review, day));
}

static void say_loop(
    struct audit_line *l, struct arena *arena, const struct audit_facts *f)
{
	l->data = f->lost ? word_of(f->debriefed == f->lost) : AUDIT_UNKNOWN;
	l->evidence = !f->lost
	                  ? "no deal was lost in the last 90 days"
	                  : arena_printf(arena,
	                        "%d of %d deals lost in the last 90 days have a "
	                        "debrief, %d%%",
	                        f->debriefed, f->lost, percent(f->debriefed, f->lost));
}

static const char *verdict(const struct audit *a, struct arena *arena)
{
	enum { ENOUGH = 4 };
	int first = 0;

	while (first < AUDIT_QUESTIONS && a->lines[first].said == AUDIT_YES)
		first++;
	if (first == AUDIT_QUESTIONS)
		return "All six are yes: the two teams work from one set of numbers.";
	if (a->yes < ENOUGH)
		return arena_printf(arena,
		    "%d of six are yes: a revenue-operations problem, and no campaign "
		    "mends "
		    "it. Start with question %d.",
		    a->yes, first + 1);
	return arena_printf(
	    arena, "%d of six are yes. Next is question %d.", a->yes, first + 1);
}

void audit_make(struct audit *out, struct arena *arena,
    const struct audit_answer_list *answers, const struct audit_facts *f)
{
	*out = (struct audit){0};
	say_definition(&out->lines[AUDIT_DEFINITION], arena, f);
	say_pay(&out->lines[AUDIT_PAY], f);
	say_sla(&out->lines[AUDIT_SLA], arena, f);
	say_attribution(&out->lines[AUDIT_ATTRIBUTION], arena, f);
	say_review(&out->lines[AUDIT_REVIEW], arena, f);
	say_loop(&out->lines[AUDIT_LOOP], arena, f);
	for (size_t i = 0; i < answers->count; i++)
		out->lines[answers->items[i].question].answer = &answers->items[i];
	for (int q = 0; q < AUDIT_QUESTIONS; q++) {
		struct audit_line *l = &out->lines[q];

		l->said = l->answer ? word_of(l->answer->yes) : l->data;
		l->against = l->answer && l->data != AUDIT_UNKNOWN && l->said != l->data;
		out->yes += l->said == AUDIT_YES;
	}
	out->verdict = verdict(out, arena);
}
