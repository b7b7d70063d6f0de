import type { Basis, Counts, IpScope } from '@app/growth';
import type { BilingualText } from '@app/kernel';
import type { User } from './session.js';

export interface About {
  readonly name: string;
  readonly version?: string;
  /** The records are invented. */
  readonly sample: boolean;
  readonly storeId: string;
  readonly sampleUsers?: readonly SampleUser[];
}

/** Invented people with public passwords; a ledger of real records refuses them. */
export interface SampleUser {
  readonly username: string;
  readonly password: string;
  readonly role: BilingualText;
  readonly organisation: string;
}

export interface Me {
  readonly user: User;
  readonly actions: Readonly<Record<string, 'all' | 'own' | undefined>>;
}

export interface University {
  readonly universityId: string;
  readonly name: string;
  readonly englishName: string | null;
  readonly ownership: string;
  readonly level: string;
  readonly inPanel: boolean;
}

/** A figure of the target board that can be opened. */
export interface FactCell {
  /** `city` or a university's id. */
  readonly scope: string;
  readonly year: number;
  readonly basis: Basis;
  readonly ipScope: IpScope;
  readonly column: keyof Counts | 'unrecorded' | 'flagged' | 'inChangsha';
}

/** One asset × one transaction. */
export interface Fact {
  readonly key: string;
  /** The contract's id, or the grant's where the mode is OPEN_GRANT. */
  readonly contractId: string;
  readonly contractNumber: string;
  readonly universityId: string;
  readonly assetId: string;
  /** Registration number of the asset. */
  readonly number: string;
  readonly ipType: string;
  readonly mode: string;
  readonly countedOn: string | null;
  readonly pendingOn: string | null;
  readonly flags: readonly string[];
}

export interface FactPage {
  /** The figure on the board. */
  readonly count: number;
  readonly items: readonly Fact[];
  readonly next: string | null;
}

export interface RecordRow {
  readonly key: string;
  readonly kind: string;
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly universityId: string;
  readonly counterparty: string | null;
  readonly status: string;
  readonly date: string;
  readonly ipType: string | null;
  readonly amountFen: string | null;
}

export interface RecordPage {
  readonly items: readonly RecordRow[];
  readonly next: string | null;
  readonly total: number;
}

export interface RecordFilter {
  readonly kind: string;
  readonly universityId?: string;
  readonly status?: string;
  readonly year?: string;
  readonly ipType?: string;
  readonly q?: string;
  readonly sort?: string;
}

export type Fields = Readonly<Record<string, unknown>>;

export interface TimelineEvent {
  readonly revision: number;
  readonly type: string;
  readonly title: BilingualText;
  readonly recordedAt: string;
  readonly actor: { readonly id: string; readonly role: string; readonly organisation: string };
  readonly reason?: string | null;
  readonly source: string;
  readonly data: Fields;
}

export interface RecordDetail extends RecordRow {
  readonly detail: Fields;
  /** Last revision of its stream that it shows. */
  readonly revision: number;
  readonly labels: Readonly<Record<string, BilingualText | undefined>>;
  readonly names: Readonly<Record<string, string | undefined>>;
  readonly timeline: readonly TimelineEvent[];
}

export interface ImportColumn extends BilingualText {
  readonly key: string;
  readonly required: boolean;
  readonly format: BilingualText;
  readonly options?: readonly string[];
}

export interface ImportKind {
  readonly kind: string;
  readonly title: BilingualText;
  readonly order: number;
  readonly columns: readonly ImportColumn[];
}

export interface ImportProblem extends BilingualText {
  readonly row: number;
  readonly column: BilingualText | null;
  readonly value?: string | null;
  readonly rule: string;
  readonly clause: string;
}

export interface ImportJob {
  readonly id: string;
  readonly kind: string;
  readonly fileName: string;
  readonly status: string;
  readonly total: number | null;
  readonly done: number;
  readonly written: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly different: number;
  readonly problems?: readonly ImportProblem[];
  readonly createdAt: string;
  readonly finishedAt: string | null;
}
