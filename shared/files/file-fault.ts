/** What keeps a file from being used, and what to do, by the code of the system or of SQLite. */
const faults: Readonly<Record<string, string>> = {
  EISDIR: 'is a folder, not a file. Move it away, or choose another path',
  ENOTDIR: 'lies below something that is not a folder. Move that away, or choose another path',
  EEXIST: 'is taken by something else. Move that away, or choose another path',
  ELOOP: 'is a link that leads in a circle. Remove the link, or choose another path',
  ENAMETOOLONG: 'is too long a name. Choose another path',
  EACCES:
    'may not be used by this user. Give this user the file and its folder, or run as their owner',
  EPERM:
    'may not be used by this user. Give this user the file and its folder, or run as their owner',
  EROFS: 'is on a file system that is read-only. Make it writable, or choose another path',
  ENOSPC: 'does not fit: the disk is full. Free some space, and start again',
  EDQUOT:
    'does not fit: this user’s share of the disk is used up. Free some space, and start again',
  EIO: 'cannot be read or written: the disk reports a fault. Look into the system’s log',
  EMFILE: 'cannot be opened: too many files are open. Raise the limit (`ulimit -n`)',
  ENFILE: 'cannot be opened: too many files are open on this machine',
  SQLITE_CANTOPEN:
    'cannot be opened or made. Look whether this user may write the file and its folder',
  SQLITE_READONLY: 'is read-only. Give this user the right to write the file and its folder',
  SQLITE_PERM: 'may not be used by this user. Give this user the file and its folder',
  SQLITE_FULL: 'does not fit: the disk is full. Free some space, and start again',
  SQLITE_IOERR: 'cannot be read or written: the disk reports a fault. Look into the system’s log',
};

interface Told {
  readonly code?: unknown;
  readonly path?: unknown;
  readonly driverError?: { readonly code?: unknown };
}

/**
 * What the system, or SQLite, has against a file, in words for its operator; undefined for any other error.
 * @param path the file that was meant, where the error names none
 */
export function describeFileFault(error: unknown, path: string): string | undefined {
  const told = (error ?? {}) as Told;
  const code = String(told.driverError?.code ?? told.code);
  const fault = faults[code];
  if (fault === undefined) return undefined;
  return `${typeof told.path === 'string' ? told.path : path} ${fault} (${code}).`;
}
