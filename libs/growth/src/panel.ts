/** A stretch of time within which a university counts in the panel (驻长高校统计范围) or does not: `from` inclusive to `until` exclusive. */
export interface PanelSpan {
  /** `<universityId>:<from>` */
  readonly key: string;
  readonly universityId: string;
  readonly from: string;
  readonly until: string;
  readonly inPanel: boolean;
}

const FOREVER = '9999-12-31';

/** The spans of one university after its membership was set from a date on; the same date again replaces what was set for it. */
export const withMembership = (
  spans: readonly PanelSpan[],
  universityId: string,
  { inPanel, from }: { readonly inPanel: boolean; readonly from: string },
): readonly PanelSpan[] => {
  const changed = { key: `${universityId}:${from}`, universityId, from, inPanel };
  const starts = [...spans.filter((span) => span.from !== from), changed].sort((a, b) => (a.from < b.from ? -1 : 1));
  return starts.map((span, index) => ({ ...span, until: starts[index + 1]?.from ?? FOREVER }));
};

/** Whether a university was in the panel on a date; nobody is until somebody decides it. */
export const isInPanel = (spans: readonly PanelSpan[], date: string): boolean =>
  spans.some(({ from, until, inPanel }) => inPanel && from <= date && date < until);
