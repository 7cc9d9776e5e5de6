#ifndef HUDDLE_STORE_SERVER_PUBLIC_H
#define HUDDLE_STORE_SERVER_PUBLIC_H

#include <stddef.h>
#include "huddle/store.h"

/*
 * A store on a server: store_open() with a path that begins with postgresql://. Each
 * machine reads a copy of its own (ARCHITECTURE.md, "One team, many machines").
 */
bool store_is_server(const char *path);

/* Is the server there? What is shown of it: "" while it is; else since when and why. */
const char *store_server_problem(const struct store *store);
/* The server's name for messages; NULL: the store is a file. */
const char *store_server_name(const struct store *store);

/* Bring what others write into the copy while a screen is open, on a thread. `store` is on
 * a server, and the screen's own; writes to it fail at once while the server is away. */
struct store_follow;
bool store_follow_begin(struct store_follow **out, struct store *store);
int store_follow_fd(const struct store_follow *follow); /* readable: the state changed */
/* Why the server is not there; "": it is. */
void store_follow_state(struct store_follow *follow, char *problem, size_t size);
void store_follow_end(struct store_follow *follow, struct store *store); /* NULL is fine */

/* Make tables, rights and triggers as the owner of the database. */
bool store_server_init(const char *url, struct err *err);
/* Make a login and give it the rights of a role; the password is set apart, by psql's
 * \password, so that it is in no argument and no log. */
bool store_server_add_user(
	const char *url, const char *name, const char *role, bool *made, struct err *err);
/* All records and the newest facts of a file, into a server without any. */
struct server_imported {
	int64_t lines, rows, generations;
};
bool store_server_import(struct store *file, const char *url, struct server_imported *out,
	struct err *err);

extern const char *const server_role_names[]; /* "revops", "leader", "rep"; NULL */

#endif
