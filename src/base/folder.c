#include "huddle/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool not_written(const char *path, struct err *err)
{
	return err_set(err, path,
	    "can not be written: %s; nothing was changed: make room or name another "
	    "place",
	    strerror(errno));
}

static bool is_dot(const char *name)
{
	return !strcmp(name, ".") || !strcmp(name, "..");
}

bool folder_is_free(const char *path)
{
	DIR *dir = opendir(path);
	bool any = false;

	if (!dir)
		return errno == ENOENT;
	for (const struct dirent *e; !any && (e = readdir(dir));)
		any = !is_dot(e->d_name);
	closedir(dir);
	return !any;
}

static bool may_stand_at(const char *path, bool replace, struct err *err)
{
	struct stat st;

	if (!*path)
		return err_set(err, "", "no folder is named; name one");
	if (lstat(path, &st))
		return errno == ENOENT || not_written(path, err);
	if (!S_ISDIR(st.st_mode))
		return err_set(err, path, "is no folder; name another");
	return replace || folder_is_free(path) ||
	       err_set(err, path,
	           "is there already and not empty; name another folder, or replace it "
	           "with --force");
}

bool folder_begin(struct folder *folder, const char *path, bool replace, struct err *err)
{
	size_t len = strlen(path);

	*folder = (struct folder){.replaces = replace};
	while (len > 1 && path[len - 1] == '/')
		len--;
	str_add(&folder->path, path, len);
	if (!may_stand_at(str_text(&folder->path), replace, err))
		return false;
	str_addf(&folder->temporary, "%s.part-XXXXXX", folder->path.p);
	if (mkdtemp(folder->temporary.p))
		return true;
	str_clear(&folder->temporary);
	return not_written(folder->path.p, err);
}

bool folder_make(const struct folder *folder, const char *name, struct err *err)
{
	struct str path = STR_INIT;

	str_addf(&path, "%s/%s", folder->temporary.p, name);
	bool fine = !mkdir(path.p, 0700) || not_written(folder->path.p, err);
	str_release(&path);
	return fine;
}

bool folder_file_open(struct folder_file *out, const struct folder *folder,
    const char *name, struct err *err)
{
	struct str path = STR_INIT;

	*out = (struct folder_file){.stream = NULL};
	str_addf(&out->path, "%s/%s", folder->path.p, name);
	str_addf(&path, "%s/%s", folder->temporary.p, name);
	int fd = open(path.p, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	str_release(&path);
	if (fd >= 0 && !(out->stream = fdopen(fd, "wb")))
		close(fd);
	return out->stream || not_written(str_text(&out->path), err);
}

bool folder_file_put(struct folder_file *file, struct slice bytes, struct err *err)
{
	return fwrite(bytes.p, 1, bytes.len, file->stream) == bytes.len ||
	       not_written(str_text(&file->path), err);
}

bool folder_file_close(struct folder_file *file, bool fine, struct err *err)
{
	if (file->stream && fine && (fflush(file->stream) || fsync(fileno(file->stream))))
		fine = not_written(str_text(&file->path), err);
	if (file->stream && fclose(file->stream) && fine)
		fine = not_written(str_text(&file->path), err);
	file->stream = NULL;
	str_release(&file->path);
	return fine;
}

/* ---- the whole of it ---- */

/* A rename is only sure to last once the folder itself is on the disk. */
static bool to_disk(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return false;
	/* EINVAL: a file system that can not, and then need not */
	bool fine = !fsync(fd) || errno == EINVAL;
	close(fd);
	return fine;
}

/* Each entry of a folder by its path. */
static bool each_entry(const char *path, bool (*take)(const char *path))
{
	DIR *dir = opendir(path);
	struct str one = STR_INIT;
	bool fine = dir != NULL;

	for (const struct dirent *e; dir && (e = readdir(dir));) {
		if (is_dot(e->d_name))
			continue;
		str_clear(&one);
		str_addf(&one, "%s/%s", path, e->d_name);
		fine &= take(one.p);
	}
	if (dir)
		closedir(dir);
	str_release(&one);
	return fine;
}

static bool is_folder(const char *path)
{
	struct stat st;

	return !lstat(path, &st) && S_ISDIR(st.st_mode);
}

static bool entry_to_disk(const char *path)
{
	return !is_folder(path) || to_disk(path);
}

static bool remove_all(const char *path)
{
	if (!is_folder(path))
		return !unlink(path);
	return each_entry(path, remove_all) && !rmdir(path);
}

/* The folder that `path` is in; the caller releases. */
static struct str above(const char *path)
{
	struct str out = STR_INIT;
	const char *slash = strrchr(path, '/');

	str_add(&out, slash ? path : "./", slash ? (size_t)(slash - path) + 1 : 2);
	return out;
}

/* An empty folder makes room by itself; a full one changes places, so that there is
 * one at any instant. */
static bool take_place(struct folder *f)
{
	if (!rename(f->temporary.p, f->path.p)) {
		str_clear(&f->temporary);
		return true;
	}
	return f->replaces && (errno == ENOTEMPTY || errno == EEXIST) &&
	       !renameat2(AT_FDCWD, f->temporary.p, AT_FDCWD, f->path.p, RENAME_EXCHANGE);
}

bool folder_done(struct folder *folder, struct err *err)
{
	if (!each_entry(folder->temporary.p, entry_to_disk) ||
	    !to_disk(folder->temporary.p) || !take_place(folder))
		return not_written(folder->path.p, err);
	struct str parent = above(folder->path.p);
	bool fine = to_disk(parent.p) ||
	            err_set(err, folder->path.p,
	                "written, but the folder above can not be made durable: %s; "
	                "write it again",
	                strerror(errno));
	str_release(&parent);
	return fine;
}

void folder_drop(struct folder *folder)
{
	if (folder->temporary.len)
		remove_all(folder->temporary.p);
	str_release(&folder->temporary);
	str_release(&folder->path);
}
