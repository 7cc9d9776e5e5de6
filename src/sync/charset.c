#include "charset.h"

#include "huddle/text.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#define HEAD_SIZE    4096
#define HEADER_LEAST 8                   /* bytes that tell UTF-16 */
#define CHECK_SIZE   ((size_t)256 << 10) /* stays in the cache between read and check */

enum encoding { UTF8, UTF8_BOM, UTF8_MIXED, UTF16LE, UTF16BE, CP1252 };

struct charset {
	int fd;
	char *path;
	size_t chunk;
	enum encoding encoding;
	struct str raw; /* bytes read that are not text yet */
	int64_t done, size, unassigned;
};

/* Windows-1252 from 0x80 to 0x9f; 0 where the code page has no character. */
static const uint16_t cp1252_high[32] = {
    0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, /* 80 */
    0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,      /* 88 */
    0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, /* 90 */
    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178, /* 98 */
};

static size_t ascii_prefix(const uint8_t *p, size_t len)
{
	size_t i = 0;
	for (; i + 32 <= len; i += 32) {
		uint64_t w[4];
		memcpy(w, p + i, sizeof w);
		if ((w[0] | w[1] | w[2] | w[3]) & 0x8080808080808080u)
			break;
	}
	while (i < len && p[i] < 0x80)
		i++;
	return i;
}

/* Bytes of the well-formed sequence at p (Unicode, table 3-7), 0 when none. */
static size_t sequence(const uint8_t *p, size_t len)
{
	uint8_t lead = p[0];
	if (lead < 0x80)
		return 1;
	size_t want = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
	if (lead < 0xc2 || lead > 0xf4 || len < want)
		return 0;
	uint8_t low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
	uint8_t high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
	if (p[1] < low || p[1] > high)
		return 0;
	for (size_t i = 2; i < want; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	}
	return want;
}

static size_t utf8_prefix(const uint8_t *p, size_t len)
{
	size_t i = ascii_prefix(p, len);
	while (i < len) {
		size_t step = sequence(p + i, len - i);
		if (!step)
			break;
		i += step;
		if (i < len && p[i] < 0x80)
			i += ascii_prefix(p + i, len - i);
	}
	return i;
}

static void decode_cp1252_byte(struct charset *c, uint8_t byte, struct str *out)
{
	uint32_t code_point = byte;
	if (byte >= 0x80 && byte < 0xa0) {
		code_point = cp1252_high[byte - 0x80];
		if (!code_point) {
			code_point = byte;
			c->unassigned++;
		}
	}
	utf8_add(out, code_point);
}

/*
 * Decoders append the text of p to out and return the bytes they used: fewer
 * than len when a sequence is cut off by the chunk's end and more is to come,
 * or at a sequence that does not exist.
 */
static size_t decode_cp1252(
    struct charset *c, const uint8_t *p, size_t len, bool last, struct str *out)
{
	(void)last;
	for (size_t i = 0; i < len;) {
		size_t ascii = ascii_prefix(p + i, len - i);
		str_add(out, (const char *)p + i, ascii);
		i += ascii;
		if (i < len)
			decode_cp1252_byte(c, p[i++], out);
	}
	return len;
}

/* The BOM says UTF-8 and some bytes say otherwise: those few are read as
 * Windows-1252 and counted, since the rest is beyond doubt. */
static size_t decode_mixed(
    struct charset *c, const uint8_t *p, size_t len, bool last, struct str *out)
{
	size_t i = 0;
	for (;;) {
		size_t good = utf8_prefix(p + i, len - i);
		str_add(out, (const char *)p + i, good);
		i += good;
		if (i == len || (!last && len - i < 4))
			return i;
		int64_t before = c->unassigned;
		decode_cp1252_byte(c, p[i++], out);
		c->unassigned = before + 1;
	}
}

static uint32_t unit16(const uint8_t *p, bool big)
{
	return big ? (uint32_t)(p[0] << 8 | p[1]) : (uint32_t)(p[1] << 8 | p[0]);
}

static size_t decode_utf16(
    struct charset *c, const uint8_t *p, size_t len, bool last, struct str *out)
{
	(void)last;
	bool big = c->encoding == UTF16BE;
	size_t i = 0;
	while (len - i >= 2) {
		uint32_t unit = unit16(p + i, big);
		size_t step = 2;
		if (unit >= 0xdc00 && unit < 0xe000)
			break;
		if (unit >= 0xd800 && unit < 0xdc00) {
			if (len - i < 4)
				break;
			uint32_t low = unit16(p + i + 2, big);
			if (low < 0xdc00 || low > 0xdfff)
				break;
			unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
			step = 4;
		}
		if (unit < 0x80)
			str_addc(out, (char)unit);
		else
			utf8_add(out, unit);
		i += step;
	}
	return i;
}

static const struct {
	const char *name;
	size_t bom;
	size_t (*decode)(struct charset *, const uint8_t *, size_t, bool, struct str *);
} encodings[] = {
    [UTF8] = {"UTF-8", 0, NULL},
    [UTF8_BOM] = {"UTF-8 BOM", 3, NULL},
    [UTF8_MIXED] = {"UTF-8 BOM", 3, decode_mixed},
    [UTF16LE] = {"UTF-16LE", 2, decode_utf16},
    [UTF16BE] = {"UTF-16BE", 2, decode_utf16},
    [CP1252] = {"Windows-1252", 0, decode_cp1252},
};

static bool io_error(const struct charset *c, struct err *err)
{
	return err_set(err, c->path,
	    "can not be read: %s; copy it to a local folder and sync that",
	    strerror(errno));
}

/* Append at most `want` bytes of the file; *got is 0 at its end. */
static bool read_bytes(
    struct charset *c, struct str *out, size_t want, size_t *got, struct err *err)
{
	str_reserve(out, want);
	ssize_t n;
	do {
		n = read(c->fd, out->p + out->len, want);
	} while (n < 0 && errno == EINTR);
	if (n < 0)
		return io_error(c, err);
	out->len += (size_t)n;
	out->p[out->len] = '\0';
	*got = (size_t)n;
	return true;
}

/* Text of Latin letters in UTF-16 has a NUL in more than half of its units,
 * always on the same side; a stray NUL in other files is far from that. */
static bool looks_utf16(const uint8_t *p, size_t len, enum encoding *encoding)
{
	size_t even = 0, odd = 0, units = len / 2;
	for (size_t i = 0; i < units; i++) {
		even += p[2 * i] == 0;
		odd += p[2 * i + 1] == 0;
	}
	if (odd * 2 > units && even * 8 < odd)
		*encoding = UTF16LE;
	else if (even * 2 > units && odd * 8 < even)
		*encoding = UTF16BE;
	else
		return false;
	return true;
}

/* Rows may hold few Latin letters; a header of them tells. */
static bool head_looks_utf16(const uint8_t *p, size_t len, enum encoding *encoding)
{
	const uint8_t *end = memchr(p, '\n', len);
	size_t header = end ? (size_t)(end - p + 1) & ~(size_t)1 : len;

	return looks_utf16(p, len, encoding) ||
	       (header >= HEADER_LEAST && looks_utf16(p, header, encoding));
}

/* Is all of the file UTF-8? Stops at the first sequence that is not. */
static bool check_utf8(
    struct charset *c, bool *valid, XXH3_state_t *hash, struct err *err)
{
	struct str block = STR_INIT;
	size_t got = 1;
	*valid = true;
	while (*valid && got) {
		if (!read_bytes(c, &block, CHECK_SIZE, &got, err)) {
			str_release(&block);
			return false;
		}
		XXH3_128bits_update(hash, block.p + block.len - got, got);
		size_t good = utf8_prefix((const uint8_t *)block.p, block.len);
		size_t left = block.len - good;
		*valid = got ? left < 4 : left == 0;
		memmove(block.p, block.p + good, left);
		block.len = left;
	}
	str_release(&block);
	return true;
}

static bool check_all(struct charset *c, bool *valid, char digest[33], struct err *err)
{
	XXH3_state_t *state = XXH3_createState();
	if (!state || XXH3_128bits_reset(state) == XXH_ERROR)
		BUG("no state for a hash");
	bool fine = check_utf8(c, valid, state, err);
	if (fine && *valid) {
		XXH128_hash_t hash = XXH3_128bits_digest(state);
		snprintf(digest, 33, "%016llx%016llx", (unsigned long long)hash.high64,
		    (unsigned long long)hash.low64);
	}
	XXH3_freeState(state);
	return fine;
}

static bool decide(struct charset *c, struct file_look *look, struct err *err)
{
	uint8_t head[HEAD_SIZE];
	ssize_t n = pread(c->fd, head, sizeof head, 0);
	if (n < 0)
		return io_error(c, err);
	size_t len = (size_t)n;
	bool bom = len >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0, valid = true;
	if (len >= 4 &&
	    (memcmp(head, "\xff\xfe\0", 4) == 0 || memcmp(head, "\0\0\xfe\xff", 4) == 0))
		return err_set(err, c->path, "is UTF-32 text; export it again as UTF-8");
	if (len >= 2 && memcmp(head, "\xff\xfe", 2) == 0) {
		c->encoding = UTF16LE;
	} else if (len >= 2 && memcmp(head, "\xfe\xff", 2) == 0) {
		c->encoding = UTF16BE;
	} else if (bom || !head_looks_utf16(head, len, &c->encoding)) {
		if (!check_all(c, &valid, look->hash, err))
			return false;
		c->encoding = valid ? UTF8 : CP1252;
		if (bom)
			c->encoding = valid ? UTF8_BOM : UTF8_MIXED;
	} else {
		len = 0; /* no BOM to skip */
	}
	off_t start = len ? (off_t)encodings[c->encoding].bom : 0;
	look->start = start;
	look->encoding = (int)c->encoding;
	return true;
}

/* The bytes are read from where the text starts. */
static bool start_at(struct charset *c, int64_t start, struct err *err)
{
	c->done = start;
	return lseek(c->fd, start, SEEK_SET) == start || io_error(c, err);
}

static bool open_file(struct charset *c, struct file_look *look, struct err *err)
{
	/* O_NONBLOCK: a FIFO must be refused, not waited for. */
	c->fd = open(c->path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (c->fd < 0)
		return err_set(err, c->path,
		    "can not be opened: %s; check the path and its permissions",
		    strerror(errno));
	struct stat info;
	if (fstat(c->fd, &info) < 0)
		return io_error(c, err);
	if (!S_ISREG(info.st_mode))
		return err_set(
		    err, c->path, "is not a plain file; name the exported file itself");
	c->size = info.st_size;
	posix_fadvise(c->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	int64_t changed =
	    (int64_t)info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec;
	if (!look->known || look->size != c->size || look->changed != changed) {
		*look = (struct file_look){.size = c->size, .changed = changed};
		if (!decide(c, look, err))
			return false;
		look->known = true;
	}
	c->encoding = (enum encoding)look->encoding;
	return start_at(c, look->start, err);
}

bool charset_open(struct charset **out, const char *path, size_t chunk,
    struct file_look *look, struct err *err)
{
	struct file_look own = {0};
	struct charset *c = xcalloc(1, sizeof *c);
	c->fd = -1;
	c->path = xstrdup(path);
	c->chunk = chunk;
	if (open_file(c, look ? look : &own, err)) {
		*out = c;
		return true;
	}
	charset_close(c);
	return false;
}

void charset_close(struct charset *c)
{
	if (!c)
		return;
	if (c->fd >= 0)
		close(c->fd);
	str_release(&c->raw);
	free(c->path);
	free(c);
}

/* What was decided at the start was decided for the bytes of that moment. */
static bool check_size(const struct charset *c, struct err *err)
{
	return c->done == c->size ||
	       err_set(err, c->path,
	           "changed while it was read; sync again when it is complete");
}

bool charset_read(
    struct charset *c, struct str *out, enum charset_state *state, struct err *err)
{
	bool direct = !encodings[c->encoding].decode;
	size_t got = 0;
	if (!read_bytes(c, direct ? out : &c->raw, c->chunk, &got, err))
		return false;
	c->done += (int64_t)got;
	if (c->done > c->size || !got) {
		if (!check_size(c, err))
			return false;
	}
	*state = got ? CHARSET_MORE : CHARSET_END;
	if (direct)
		return true;
	str_reserve(out, c->raw.len + c->raw.len / 2);
	size_t used = encodings[c->encoding].decode(
	    c, (const uint8_t *)c->raw.p, c->raw.len, !got, out);
	size_t left = c->raw.len - used;
	if (left && (!got || left >= 4))
		*state = CHARSET_BROKEN;
	memmove(c->raw.p, c->raw.p + used, left);
	c->raw.len = left;
	return true;
}

const char *charset_name(const struct charset *c)
{
	return encodings[c->encoding].name;
}

int64_t charset_unassigned(const struct charset *c)
{
	return c->unassigned;
}

void charset_progress(const struct charset *c, int64_t *done, int64_t *size)
{
	*done = c->done;
	*size = c->size;
}
