/** Why a file cannot be used, and what to do, by the code of the system or of SQLite. */
const reasons: Readonly<Record<string, string>> = {
  EISDIR: 'is a folder, not a file. Move it away, or choose another path',
  ENOTDIR: 'is below something that is not a folder. Move that away, or choose another path',
  EEXIST: 'already exists as something else. Move that away, or choose another path',
  ELOOP: 'is a circular link. Remove the link, or choose another path',
  ENAMETOOLONG: 'has too long a name. Choose another path',
  EACCES:
    'cannot be used by this user. Give this user access to the file and its folder, or run as their owner',
  EPERM:
    'cannot be used by this user. Give this user access to the file and its folder, or run as their owner',
  EROFS: 'is on a read-only file system. Make it writable, or choose another path',
  ENOSPC: 'does not fit: the disk is full. Free some space, and start again',
  EDQUOT: 'does not fit: this user’s disk quota is used up. Free some space, and start again',
  EIO: 'cannot be read or written: the disk reports an error. See the system’s log',
  EMFILE: 'cannot be opened: too many files are open. Raise the limit (`ulimit -n`)',
  ENFILE: 'cannot be opened: too many files are open on this machine',
  SQLITE_CANTOPEN:
    'cannot be opened or created. Check that this user may write the file and its folder',
  SQLITE_READONLY: 'is read-only. Give this user write access to the file and its folder',
  SQLITE_PERM: 'cannot be used by this user. Give this user access to the file and its folder',
  SQLITE_FULL: 'does not fit: the disk is full. Free some space, and start again',
  SQLITE_IOERR: 'cannot be read or written: the disk reports an error. See the system’s log',
};

interface Told {
  readonly code?: unknown;
  readonly path?: unknown;
  readonly driverError?: { readonly code?: unknown };
}

/**
 * Describes an error of the system or of SQLite about a file, for its operator; undefined for any
 * other error.
 * @param path the file, if the error names none
 */
export function describeFileError(error: unknown, path: string): string | undefined {
  const told = (error ?? {}) as Told;
  const code = String(told.driverError?.code ?? told.code);
  const reason = reasons[code];
  if (reason === undefined) return undefined;
  return `${typeof told.path === 'string' ? told.path : path} ${reason} (${code}).`;
}
