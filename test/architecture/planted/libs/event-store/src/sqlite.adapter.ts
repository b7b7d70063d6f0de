// breaks: nothing (the adapter of the file)
import Database from 'better-sqlite3';

export const open = (path: string): Database.Database => new Database(path);
