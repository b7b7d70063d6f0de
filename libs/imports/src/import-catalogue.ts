import { rowRule } from './row-rules.js';
import type { ImportKind } from './import-kind.js';
import { fieldsByHeader } from './sheet-headers.js';

/** Finds what a cell refers to, so that a row is the same row however its university is written. @throws Refusal C-5 */
export type Reference = (text: string) => Promise<string>;
export type References = Readonly<Record<string, Reference>>;

/** Every kind of sheet the ledger takes, in the order they build on each other. */
export class ImportCatalogue {
  readonly kinds: readonly ImportKind[];

  /** @param references by column: the cell is replaced by the id it stands for before anything looks at the row */
  constructor(
    kinds: readonly ImportKind[],
    readonly references: References = {},
  ) {
    this.kinds = [...kinds].sort((a, b) => a.order - b.order || (a.kind < b.kind ? -1 : 1));
    const names = new Set(this.kinds.map(({ kind }) => kind));
    if (names.size !== this.kinds.length) throw new Error('a kind of sheet is declared twice');
    for (const { columns } of this.kinds) fieldsByHeader(columns);
  }

  /** @throws Refusal V-10 */
  find(kind: string): ImportKind {
    const found = this.kinds.find((candidate) => candidate.kind === kind);
    if (!found) throw rowRule('V-10', { kind }, { field: 'kind' });
    return found;
  }
}
