#ifndef HUDDLE_APP_FORMS_H
#define HUDDLE_APP_FORMS_H

#include "state.h"

/* narrow.c, writing.c, draft.c, editor.c, and the files that write a kind of record */
void typing_key(struct app *app, struct key key);
void writing_key(struct app *app, struct key key);
struct writing *writing_start(struct app *app, enum writing_kind kind, const char *title);
struct form_field *writing_field(struct writing *w, const char *name, const char *title,
	const char *hint, enum form_kind kind);
void writing_words(struct app *app, struct form_field *field, enum word_kind kind);
void writing_ready(struct app *app); /* fields are set: show it, with its draft if any */
void writing_problem(struct app *app, int field, const struct err *err);
/* Somebody wrote it meanwhile: `values`, one a field, or NULL when it was taken back;
 * both texts stay on the screen. did: "changed this debrief". */
void writing_conflict(struct app *app, const char *who, const char *did,
	const char *const *values);
void writing_done(struct app *app);  /* saved or left: read again what changed */
void writing_close(struct app *app); /* free it */
bool debrief_save(struct app *app);
bool debrief_alone(struct app *app, const char *deal_id, struct err *err);
bool actions_save(struct app *app);
bool snooze_save(struct app *app);
bool decision_save(struct app *app);
bool review_begin_save(struct app *app);
bool review_end_save(struct app *app);
bool note_save(struct app *app);
void note_answer(struct app *app, const struct note *note);
bool answer_save(struct app *app);
bool slice_save(struct app *app);
bool promises_any(struct app *app); /* promises.c: somebody has an open action */
bool draft_waiting(const struct app *app); /* text that is not kept yet */
bool draft_save(struct app *app); /* false when the text could not be kept */
bool draft_restore(struct app *app);
void draft_drop(struct app *app);
void editor_run(struct app *app);

#endif
