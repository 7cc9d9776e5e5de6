#ifndef TEST_TERM_H
#define TEST_TERM_H

#include "vt.h"

/* Shared by the files of test_term: the demo under test and what it shows. */
enum { QUIET = 60, LIMIT = 10000 };

#define CHECK(what) check((what), #what, __func__, __LINE__)
bool check(bool good, const char *what, const char *where, int line);

/* Start the demo in a mode; argv of the options is filled in. */
struct vt *start_with(const char *mode, struct vt_options options);
struct vt *start(void); /* 80x24, "show" */
/* Quit it with q; it must end well. */
void finish(struct vt *t);

bool sent(struct vt *t, const char *bytes); /* ever, since vt_forget() */
/* A failure when the text does not come up. */
void wait_for(struct vt *t, const char *text);

void test_keys(void);
void test_restores(void);
void test_crashes(void);
void test_suspend(void);
void test_suspend_alone(void);
void test_resize(void);
void test_starts_tiny(void);
void test_unknown_term(void);
void test_terms(void);
void test_colors(void);
void test_ascii(void);
void test_hostile(void);
void test_wide(void);
void test_idle(void);
void test_cursor(void);
void test_mouse(void);
void test_copy(void);
void test_run(void);
void test_hang_up(void);
void test_env_size(void);
void test_esc_quick(void);
void test_paste(void);
void test_noise(void);
void test_latency(void);

#endif
