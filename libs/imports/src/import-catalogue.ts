import { rowRule } from './columns.js';
import type { ImportKind } from './import-kind.js';

/** Every kind of sheet the ledger takes, in the order they build on each other. */
export class ImportCatalogue {
  readonly kinds: readonly ImportKind[];

  constructor(kinds: readonly ImportKind[]) {
    this.kinds = [...kinds].sort((a, b) => a.order - b.order || (a.kind < b.kind ? -1 : 1));
    const names = new Set(this.kinds.map(({ kind }) => kind));
    if (names.size !== this.kinds.length) throw new Error('a kind of sheet is declared twice');
  }

  /** @throws Refusal V-10 */
  find(kind: string): ImportKind {
    const found = this.kinds.find((candidate) => candidate.kind === kind);
    if (!found) throw rowRule('V-10', { kind }, { field: 'kind' });
    return found;
  }
}
