import type { MessageKey } from './messages.js';

interface PageEntry {
  readonly path: string;
  readonly title: MessageKey;
  /** The action of the server's policy that opens the page. */
  readonly action: string;
}

/** The pages in the order of the menu. */
export const pages: readonly PageEntry[] = [
  { path: '/', title: 'nav.target', action: 'board.read' },
  { path: '/fund', title: 'nav.fund', action: 'board.read' },
  { path: '/deadlines', title: 'nav.deadlines', action: 'record.read' },
  { path: '/records', title: 'nav.records', action: 'record.read' },
  { path: '/imports', title: 'nav.imports', action: 'import.run' },
];

/** Where a role begins its work: offices at what is due, everyone else at the target. */
export const homeOf = (role: string): string => (role === 'TRANSFER_OFFICE' ? '/deadlines' : '/');
