import Database from 'better-sqlite3';

/**
 * A lock of the operating system on a file of its own: a SQLite file whose exclusive transaction stays open. The kernel drops it when the
 * process dies, however it dies; closing it gives it up. Undefined while another holds it.
 * @throws Error of SQLite when the file cannot be made, or is no database
 */
export const takeFileLock = (path: string): Database.Database | undefined => {
  const lock = new Database(path, { timeout: 0 });
  try {
    lock.pragma('journal_mode = DELETE');
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if ((error as { readonly code?: string }).code === 'SQLITE_BUSY') return undefined;
    throw error;
  }
};
