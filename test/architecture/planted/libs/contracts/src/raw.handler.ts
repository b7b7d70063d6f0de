// breaks: sqlite-in-its-adapter
import Database from 'better-sqlite3';

export const open = (path: string): Database.Database => new Database(path);
