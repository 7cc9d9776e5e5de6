#include "replica.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>
#include <zstd.h>

/*
 * A generation of facts is a file that is never changed again. The server keeps it as
 * pieces of 1 MiB, each once by its hash and compressed, and in which order they are. A
 * sync that changed little sends little, and a machine fetches what it has not got in the
 * generation before.
 */
enum { PIECE = 1 << 20, HASH = 33, LEVEL = 1 };

struct piece {
	char hash[HASH];
};

struct pieces {
	struct piece *items;
	size_t count;
	int fd;
	int64_t size;
	const char *path;
	char *raw, *packed;
	size_t packed_cap;
};

static void hash_of(const void *bytes, size_t len, char out[HASH])
{
	XXH128_hash_t hash = XXH3_128bits(bytes, len);
	snprintf(out, HASH, "%016llx%016llx", (unsigned long long)hash.high64,
	    (unsigned long long)hash.low64);
}

static size_t length_of(int64_t size, size_t n)
{
	int64_t left = size - (int64_t)n * PIECE;
	return left < PIECE ? (size_t)left : PIECE;
}

static size_t count_of(int64_t size)
{
	return (size_t)((size + PIECE - 1) / PIECE);
}

static bool file_failed(const char *path, struct err *err)
{
	return err_set(err, path, "%s; make room or look at the folder, and try again",
	    strerror(errno));
}

/* Its bytes are in pieces->raw. */
static bool read_piece(struct pieces *p, size_t n, struct err *err)
{
	size_t len = length_of(p->size, n), got = 0;
	while (got < len) {
		ssize_t more = pread(p->fd, p->raw + got, len - got,
		    (off_t)((int64_t)n * PIECE + (int64_t)got));
		if (more <= 0)
			return file_failed(p->path, err);
		got += (size_t)more;
	}
	return true;
}

static void pieces_release(struct pieces *p)
{
	if (p->fd >= 0)
		close(p->fd);
	free(p->items);
	free(p->raw);
	free(p->packed);
}

static void pieces_room(struct pieces *p, const char *path)
{
	*p = (struct pieces){
	    .fd = -1, .path = path, .packed_cap = ZSTD_compressBound(PIECE)};
	p->raw = xmalloc(PIECE);
	p->packed = xmalloc(p->packed_cap);
}

/* Open the file and hash it. */
static bool pieces_open(struct pieces *p, const char *path, struct err *err)
{
	struct stat info;
	pieces_room(p, path);
	p->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (p->fd < 0 || fstat(p->fd, &info))
		return file_failed(path, err);
	p->size = info.st_size;
	p->count = count_of(p->size);
	p->items = xcalloc(p->count + 1, sizeof *p->items);
	for (size_t i = 0; i < p->count; i++) {
		if (!read_piece(p, i, err))
			return false;
		hash_of(p->raw, length_of(p->size, i), p->items[i].hash);
	}
	return true;
}

static int by_hash(const void *a, const void *b)
{
	return strcmp(((const struct piece *)a)->hash, ((const struct piece *)b)->hash);
}

/* ---- rows of a binary COPY ---- */

static const char copy_head[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0"; /* 19 bytes */
enum { COPY_HEAD = 19 };

static void add_number(struct str *out, uint32_t value, int bytes)
{
	while (bytes--)
		str_addc(out, (char)(value >> (8 * bytes) & 0xff));
}

static void add_field(struct str *out, const char *bytes, size_t len)
{
	add_number(out, (uint32_t)len, 4);
	str_add(out, bytes, len);
}

static void add_bigint(struct str *out, int64_t value)
{
	add_number(out, 8, 4);
	add_number(out, (uint32_t)((uint64_t)value >> 32), 4);
	add_number(out, (uint32_t)value, 4);
}

static bool copy_begin(struct server *s, const char *text, struct err *err)
{
	return server_run(s, text, err) && server_copy_put(s, copy_head, COPY_HEAD, err);
}

static bool copy_end(struct server *s, bool fine, struct err *err)
{
	if (fine)
		fine = server_copy_put(s, "\377\377", 2, err);
	return server_copy_end(s, fine, err);
}

/* ---- sending ---- */

/* The hashes that the server has, in their order. */
static bool ask_hashes(struct server *s, struct piece **out, size_t *n, struct err *err)
{
	PGresult *rows;
	if (!server_do(s, ASK_PIECES, NULL, &rows, err))
		return false;
	*n = (size_t)server_rows(s, rows);
	*out = xcalloc(*n + 1, sizeof **out);
	for (size_t i = 0; i < *n; i++)
		snprintf((*out)[i].hash, HASH, "%s", server_text(s, rows, (int)i, 0));
	server_clear(s, rows);
	qsort(*out, *n, sizeof **out, by_hash);
	return true;
}

static bool put_piece(struct server *s, struct pieces *p, size_t n, struct err *err)
{
	struct str row = STR_INIT;
	if (!read_piece(p, n, err))
		return false;
	size_t len =
	    ZSTD_compress(p->packed, p->packed_cap, p->raw, length_of(p->size, n), LEVEL);
	if (ZSTD_isError(len))
		return err_set(
		    err, p->path, "could not be compressed: %s", ZSTD_getErrorName(len));
	add_number(&row, 2, 2);
	add_field(&row, p->items[n].hash, HASH - 1);
	add_number(&row, (uint32_t)len, 4);
	bool fine = server_copy_put(s, row.p, row.len, err) &&
	            server_copy_put(s, p->packed, len, err);
	str_release(&row);
	return fine;
}

/* Twice the same piece is sent once: blank pages are. */
static bool put_pieces(struct server *s, struct pieces *p, struct err *err)
{
	struct piece *known;
	size_t n, sent = 0;
	bool fine = true;
	if (!ask_hashes(s, &known, &n, err))
		return false;
	struct piece *own = xcalloc(p->count + 1, sizeof *own);
	if (copy_begin(
	        s, "COPY main.piece(hash, bytes) FROM STDIN (FORMAT binary)", err)) {
		for (size_t i = 0; fine && i < p->count; i++) {
			bool there =
			    bsearch(&p->items[i], known, n, sizeof *known, by_hash);
			for (size_t k = 0; !there && k < sent; k++)
				there = !by_hash(&own[k], &p->items[i]);
			if (there)
				continue;
			own[sent++] = p->items[i];
			fine = put_piece(s, p, i, err);
		}
		fine = copy_end(s, fine, err);
	} else {
		fine = false;
	}
	free(own);
	free(known);
	return fine;
}

static bool put_order(
    struct server *s, const struct pieces *p, int64_t generation, struct err *err)
{
	struct str rows = STR_INIT;
	for (size_t i = 0; i < p->count; i++) {
		add_number(&rows, 3, 2);
		add_bigint(&rows, generation);
		add_bigint(&rows, (int64_t)i);
		add_field(&rows, p->items[i].hash, HASH - 1);
	}
	bool fine = copy_begin(s,
	                "COPY main.generation_piece(generation, n, hash) FROM STDIN "
	                "(FORMAT binary)",
	                err) &&
	            copy_end(s, server_copy_put(s, rows.p, rows.len, err), err);
	str_release(&rows);
	return fine;
}

static bool take_sync_lock(struct server *s, struct err *err)
{
	PGresult *rows;
	if (!server_do(s, LOCK_SYNC, NULL, &rows, err))
		return false;
	bool got = server_int(s, rows, 0, 0) != 0;
	server_clear(s, rows);
	return got ||
	       err_set(err, s->name,
	           "somebody else is syncing; wait until that is done and sync again");
}

/* What an earlier sync left that did not get so far as to be switched to. */
static bool clear_order(struct server *s, int64_t generation, struct err *err)
{
	char id[24];
	const char *values[] = {id};
	PGresult *rows;
	snprintf(id, sizeof id, "%lld", (long long)generation);
	if (!server_do(s, ASK_GENERATION, values, &rows, err))
		return false;
	bool taken = server_rows(s, rows) > 0;
	server_clear(s, rows);
	if (taken)
		return err_set(err, s->name,
		    "somebody else has synced meanwhile; nothing was changed: sync "
		    "again");
	return server_do(s, DROP_ORDER, values, NULL, err);
}

bool pieces_send(struct server *s, const char *path, int64_t generation, int64_t *size,
    struct err *err)
{
	struct pieces p;
	bool fine = take_sync_lock(s, err);
	if (!fine)
		return false;
	fine = pieces_open(&p, path, err) && clear_order(s, generation, err) &&
	       put_pieces(s, &p, err) && put_order(s, &p, generation, err);
	*size = p.size;
	pieces_release(&p);
	return fine;
}

void pieces_forget(struct server *s)
{
	static const enum server_statement steps[] = {
	    FORGET_ORDERS, FORGET_PIECES, UNLOCK_SYNC};
	struct err ignored = ERR_INIT;
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		server_do(s, steps[i], NULL, NULL, &ignored);
}

/* ---- fetching ---- */

static bool ask_order(
    struct server *s, struct pieces *p, int64_t generation, struct err *err)
{
	char id[24];
	const char *values[] = {id};
	PGresult *rows;
	snprintf(id, sizeof id, "%lld", (long long)generation);
	if (!server_do(s, ASK_ORDER, values, &rows, err))
		return false;
	bool whole = (size_t)server_rows(s, rows) == p->count;
	for (size_t i = 0; whole && i < p->count; i++)
		snprintf(p->items[i].hash, HASH, "%s", server_text(s, rows, (int)i, 0));
	server_clear(s, rows);
	return whole ||
	       err_set(err, s->name,
	           "the facts of the last sync are not complete there; sync again");
}

static bool write_piece(
    struct pieces *p, size_t n, const char *bytes, size_t len, struct err *err)
{
	char hash[HASH];
	hash_of(bytes, len, hash);
	if (len != length_of(p->size, n) || strcmp(hash, p->items[n].hash) != 0)
		return err_set(err, p->path,
		    "a piece of it came damaged; try again, and if it comes again sync "
		    "again");
	return pwrite(p->fd, bytes, len, (off_t)((int64_t)n * PIECE)) == (ssize_t)len ||
	       file_failed(p->path, err);
}

/* At the same place in the generation before, which most of them are. */
static bool take_previous(
    struct pieces *p, const char *previous, bool *have, struct err *err)
{
	struct pieces old;
	struct err none = ERR_INIT;
	bool fine = true;
	if (!previous)
		return true;
	if (pieces_open(&old, previous, &none))
		for (size_t i = 0; fine && i < p->count && i < old.count; i++) {
			if (by_hash(&old.items[i], &p->items[i]) != 0)
				continue;
			fine = read_piece(&old, i, err) &&
			       write_piece(p, i, old.raw, length_of(old.size, i), err);
			have[i] = true;
		}
	pieces_release(&old);
	return fine;
}

static uint32_t number_at(const char *p)
{
	const unsigned char *b = (const unsigned char *)p;
	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* One row of the COPY: n and bytes, at its end a mark. The first one has the head. */
static bool take_copied(
    struct pieces *p, const char *row, size_t len, bool *have, struct err *err)
{
	enum { ROW_HEAD = 2 + 4 + 8 + 4 };
	if (len >= COPY_HEAD && !memcmp(row, copy_head, 11)) {
		row += COPY_HEAD;
		len -= COPY_HEAD;
	}
	if (len < ROW_HEAD)
		return true;
	size_t n = number_at(row + 10), packed = number_at(row + 14);
	if (n >= p->count || packed > len - ROW_HEAD)
		return err_set(err, p->path, "a piece of it came damaged; try again");
	size_t raw = ZSTD_decompress(p->raw, PIECE, row + ROW_HEAD, packed);
	if (ZSTD_isError(raw))
		return err_set(err, p->path, "a piece of it came damaged (%s); try again",
		    ZSTD_getErrorName(raw));
	have[n] = true;
	return write_piece(p, n, p->raw, raw, err);
}

static bool fetch_rest(
    struct server *s, struct pieces *p, int64_t generation, bool *have, struct err *err)
{
	struct str text = STR_INIT;
	size_t lacking = 0;
	str_addf(&text,
	    "COPY (SELECT g.n, p.bytes FROM main.generation_piece g JOIN main.piece p ON "
	    "p.hash = g.hash WHERE g.generation = %lld AND g.n IN (",
	    (long long)generation);
	for (size_t i = 0; i < p->count; i++)
		if (!have[i])
			str_addf(&text, "%s%zu", lacking++ ? "," : "", i);
	str_adds(&text, ")) TO STDOUT (FORMAT binary)");
	bool fine = !lacking || server_run(s, str_text(&text), err);
	str_release(&text);
	while (fine && lacking) {
		char *row;
		size_t len;
		if (!server_copy_get(s, &row, &len, err))
			return false;
		if (!row)
			break;
		fine = take_copied(p, row, len, have, err);
		s->pq->PQfreemem(row);
	}
	for (size_t i = 0; fine && i < p->count; i++)
		fine = have[i] ||
		       err_set(err, s->name,
		           "the facts of the last sync are not complete there; sync "
		           "again");
	return fine;
}

/* To a file beside, which gets its name once it is whole and on the disk. */
bool pieces_fetch(struct server *s, const char *path, const char *previous,
    int64_t generation, int64_t size, struct err *err)
{
	struct pieces p;
	struct str partial = STR_INIT;
	str_addf(&partial, "%s.part-%ld", path, (long)getpid());
	pieces_room(&p, path);
	p.size = size;
	p.count = count_of(size);
	p.items = xcalloc(p.count + 1, sizeof *p.items);
	bool *have = xcalloc(p.count + 1, sizeof *have);
	p.fd = open(str_text(&partial),
	    O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool fine = (p.fd >= 0 || file_failed(path, err)) &&
	            ask_order(s, &p, generation, err) &&
	            take_previous(&p, previous, have, err) &&
	            fetch_rest(s, &p, generation, have, err) &&
	            (!fsync(p.fd) || file_failed(path, err)) &&
	            (!rename(str_text(&partial), path) || file_failed(path, err));
	if (!fine)
		unlink(str_text(&partial));
	free(have);
	pieces_release(&p);
	str_release(&partial);
	return fine;
}
