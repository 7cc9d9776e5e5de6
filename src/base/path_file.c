#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "huddle/path.h"

static bool read_all(
    struct str *out, int fd, const char *path, size_t cap, struct err *err)
{
	for (;;) {
		str_reserve(out, 64 << 10);
		ssize_t got = read(fd, out->p + out->len, out->cap - out->len - 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_set(err, path, "can not be read: %s; check the file",
			    strerror(errno));
		out->len += (size_t)got;
		out->p[out->len] = '\0';
		if (out->len > cap)
			return err_set(
			    err, path, "larger than %zu bytes; name the right file", cap);
		if (got == 0)
			return true;
	}
}

bool path_read(struct str *out, const char *path, size_t cap, struct err *err)
{
	str_clear(out);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return err_set(err, path, "can not be opened: %s; check name and rights",
		    strerror(errno));
	bool good = read_all(out, fd, path, cap, err);
	close(fd);
	return good;
}

static bool write_all(int fd, struct slice bytes)
{
	while (bytes.len) {
		ssize_t put = write(fd, bytes.p, bytes.len);
		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		bytes.p += put;
		bytes.len -= (size_t)put;
	}
	return true;
}

/* "." for a bare name; the caller releases. */
static struct str folder_of(const char *path)
{
	struct str folder = STR_INIT;
	size_t len = (size_t)(path_base(path) - path);
	str_add(&folder, len ? path : "./", len ? len : 2);
	return folder;
}

/* A rename is only sure to last once the folder itself is on the disk. */
static bool sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return false;
	/* EINVAL: a file system that can not, and then need not */
	bool good = fsync(fd) == 0 || errno == EINVAL;
	int reason = errno;
	close(fd);
	errno = reason;
	return good;
}

/* With `replace` a rename; without, a link, which fails if the name is taken. */
static bool move_into_place(const char *from, const char *to, bool replace)
{
	if (replace)
		return rename(from, to) == 0;
	if (!renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE))
		return true;
	if (errno != EINVAL && errno != ENOSYS)
		return false;
	return link(from, to) == 0 && unlink(from) == 0;
}

static bool write_temporary(
    const char *path, struct slice bytes, char *temporary, int fd, bool replace)
{
	bool good = write_all(fd, bytes) && fsync(fd) == 0;
	int reason = errno;
	if (close(fd) && good) {
		good = false;
		reason = errno;
	}
	if (good && !move_into_place(temporary, path, replace)) {
		good = false;
		reason = errno;
	}
	if (!good)
		unlink(temporary);
	errno = reason;
	return good;
}

/* A device or pipe would be replaced by a file: --output /dev/null. */
bool path_may_write(const char *path, bool replace, struct err *err)
{
	struct stat st;
	if (!path_base(path)[0])
		return err_set(err, path, "no file is named; name one");
	if (lstat(path, &st))
		return true;
	if (!S_ISREG(st.st_mode) && !S_ISLNK(st.st_mode))
		return err_set(err, path, "is not a plain file; name another");
	if (!replace)
		return err_set(
		    err, path, "is there already; name another file or remove it");
	return true;
}

static bool not_written(const char *path, struct err *err)
{
	if (errno == EEXIST)
		return err_set(
		    err, path, "is there already; name another file or remove it");
	return err_set(err, path,
	    "can not be written: %s; nothing was changed, make room or "
	    "name another place",
	    strerror(errno));
}

bool path_write(const char *path, struct slice bytes, bool replace, struct err *err)
{
	if (!path_may_write(path, replace, err))
		return false;
	struct str folder = folder_of(path), temporary = STR_INIT;
	str_addf(&temporary, "%s.huddle-XXXXXX", folder.p);
	int fd = mkostemp(temporary.p, O_CLOEXEC); /* O_EXCL and 0600 */
	bool good = fd >= 0 && write_temporary(path, bytes, temporary.p, fd, replace);
	if (!good)
		not_written(path, err);
	else if (!sync_folder(folder.p))
		good = err_set(err, path,
		    "written, but the folder can not be made durable: %s; "
		    "write it again",
		    strerror(errno));
	str_release(&folder);
	str_release(&temporary);
	return good;
}
