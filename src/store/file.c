#include "file.h"

#include "huddle/path.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* "x.db" is in "."; "/x.db" is in "/". */
static const char *folder_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');
	if (!slash)
		return ".";
	return arena_dup(arena, path, slash == path ? 1 : (size_t)(slash - path));
}

static bool name_check(const char *asked, struct err *err)
{
	const char *slash = strrchr(asked, '/');
	const char *name = slash ? slash + 1 : asked;
	if (!*asked)
		return err_usage(err, "--db", "empty; name a file");
	if (!*name || !strcmp(name, ".") || !strcmp(name, ".."))
		return err_set(err, asked, "a folder; name a file in it");
	return true;
}

/*
 * SQLITE_OPEN_NOFOLLOW refuses a link anywhere in the path, and a home folder
 * is often behind one: so the folder is resolved, and only the final name must
 * not be a link. NULL with errno when the folder is not there.
 */
static const char *resolve(const char *asked, struct arena *arena)
{
	char buf[PATH_MAX];
	if (!realpath(folder_of(arena, asked), buf))
		return NULL;
	const char *slash = strrchr(asked, '/');
	return arena_printf(
	    arena, "%s/%s", strcmp(buf, "/") ? buf : "", slash ? slash + 1 : asked);
}

/* Root's files are trusted too: root could change ours as well. */
static bool status_check(const char *path, const struct stat *st, struct err *err)
{
	if (S_ISLNK(st->st_mode))
		return err_set(err, path, "a symbolic link; name the file it points to");
	if (S_ISDIR(st->st_mode))
		return err_set(err, path, "a folder; name a file in it");
	if (!S_ISREG(st->st_mode))
		return err_set(err, path, "not a regular file; name another");
	if (st->st_uid != geteuid() && st->st_uid != 0)
		return err_set(err, path,
		    "belongs to another account; copy it, or name a file of your own");
	if (st->st_mode & (S_IWGRP | S_IWOTH))
		return err_set(
		    err, path, "may be written by other accounts; run chmod 600 on it");
	return true;
}

static bool may_write(const char *path)
{
	return faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0;
}

static bool journal_there(const char *path, struct arena *arena)
{
	struct stat st;
	return lstat(arena_printf(arena, "%s-journal", path), &st) == 0 && st.st_size > 0;
}

bool file_look(
    struct store_file *out, const char *asked, struct arena *arena, struct err *err)
{
	struct stat st;
	*out = (struct store_file){.path = asked, .size = -1};
	if (!name_check(asked, err))
		return false;
	const char *path = resolve(asked, arena);
	if (!path && errno == ENOENT)
		return true;
	if (!path)
		return err_set(
		    err, asked, "%s; name another file with --db", strerror(errno));
	out->path = path;
	if (lstat(path, &st) != 0) {
		if (errno == ENOENT)
			return true;
		return err_set(
		    err, path, "%s; name another file with --db", strerror(errno));
	}
	if (!status_check(path, &st, err))
		return false;
	out->size = st.st_size;
	out->writable = may_write(path) && may_write(folder_of(arena, path));
	out->unclean = journal_there(path, arena);
	/* A journal carries the name of its file: under a second name a half
	 * written change would not be found and taken back. */
	if (st.st_nlink > 1 && out->writable)
		return err_set(err, path,
		    "has a second name (hard link), which can damage it; copy it and use "
		    "the copy");
	return true;
}

bool file_create(const char *asked, struct arena *arena, struct err *err)
{
	const char *folder = folder_of(arena, asked);
	if (access(folder, F_OK) != 0 && !path_make_folder(folder, err))
		return false;
	const char *path = resolve(asked, arena);
	int fd =
	    path ? open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600)
	         : -1;
	if (fd < 0 && errno == EEXIST)
		return true;
	if (fd < 0)
		return err_set(err, path ? path : asked,
		    "cannot be created (%s); name another file with --db",
		    strerror(errno));
	close(fd);
	return true;
}

static uint32_t big_endian(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* Read through SQLite's own file layer, which knows which descriptors of this
 * process hold locks. The name ends in two NULs, as that layer expects. */
static int read_start(const char *path, unsigned char *buf, int size)
{
	sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
	sqlite3_file *file = xcalloc(1, (size_t)vfs->szOsFile);
	size_t len = strlen(path);
	char *name = xcalloc(1, len + 2);
	memcpy(name, path, len + 1);
	int code =
	    vfs->xOpen(vfs, name, file, SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB, NULL);
	if (code == SQLITE_OK)
		code = file->pMethods->xRead(file, buf, size, 0);
	if (file->pMethods)
		file->pMethods->xClose(file);
	free(name);
	free(file);
	return code;
}

/* "The Database File Format", 1.3: the header string, the user version at 60
 * and the application id at 68. */
bool file_mark(struct file_mark *out, const char *path, struct err *err)
{
	unsigned char header[100] = {0};
	int code = read_start(path, header, sizeof(header));
	if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ)
		return err_set(err, path,
		    "cannot be read (%s); check its permissions and the disk",
		    errno ? strerror(errno) : sqlite3_errstr(code));
	out->database = memcmp(header, "SQLite format 3", 16) == 0;
	/* 1 stands for 65,536, which two bytes can not hold. */
	int64_t page = header[16] << 8 | header[17];
	out->size = (page == 1 ? 65536 : page) * (int64_t)big_endian(header + 28);
	out->version = big_endian(header + 60);
	out->application = big_endian(header + 68);
	return true;
}
