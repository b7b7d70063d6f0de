import type { BilingualText } from '@app/kernel';
import type { User } from './session.js';

export interface About {
  readonly name: string;
  readonly version: string;
  /** The records are invented. */
  readonly sample: boolean;
  readonly storeId: string;
  readonly sampleUsers?: readonly SampleUser[];
}

export interface SampleUser {
  readonly username: string;
  readonly role: BilingualText;
  readonly organisation: string;
  readonly password?: string;
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
  readonly reason?: string;
  readonly source: string;
  readonly data: Fields;
}

export interface RecordDetail extends RecordRow {
  readonly detail: Fields;
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
