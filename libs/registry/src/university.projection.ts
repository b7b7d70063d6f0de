import { type EventCatalogue, type RecordedEvent, defineEvents } from '@app/event-store';
import { type RecordSummary, documentProjection, recordProjection } from '@app/read-model';
import { UniversityRow } from './university.entity.js';
import { type UniversityEvent, universityStream } from './university.js';
import type { PolicyEvent, PolicyName } from './university-policy.js';

export const universityEvents: EventCatalogue<UniversityEvent> = defineEvents<UniversityEvent>({
  UniversityRegistered: { version: 1, zh: '高校登记', en: 'University registered' },
  PanelMembershipSet: { version: 1, zh: '纳入统计范围确定', en: 'Panel membership set' },
  PolicyAdopted: { version: 1, zh: '校内制度出台', en: 'University policy adopted' },
  PolicyRepealed: { version: 1, zh: '校内制度废止', en: 'University policy repealed' },
});

const streamPrefix = universityStream('');

/** What the row tells: policies are read from the log and shown with the record. */
type MembershipEvent = Exclude<UniversityEvent, PolicyEvent>;

type Columns = Pick<UniversityRow, keyof UniversityRow>;

const evolveRow = (row: Columns | undefined, recorded: RecordedEvent): Columns | undefined => {
  const { position } = recorded;
  const event = recorded as unknown as MembershipEvent;
  if (row && row.position >= position) return row;
  if (event.type === 'UniversityRegistered') {
    const { code: universityId, name, englishName = null, ownership, level, schoolCode = null } = event.data;
    const panel = { inPanel: false, panelFrom: null };
    return { universityId, name, englishName, ownership, level, schoolCode, ...panel, position };
  }
  return row && { ...row, inPanel: event.data.inPanel, panelFrom: event.data.from, position };
};

/** Names and panel membership of the universities, for boards. */
export const universityRows = documentProjection<UniversityRow>({
  name: 'university',
  version: 1,
  entity: UniversityRow,
  key: 'universityId',
  handles: ['UniversityRegistered', 'PanelMembershipSet'],
  keyOf: ({ stream }) => stream.slice(streamPrefix.length),
  evolve: evolveRow,
});

/** `2021-05-01– 示例校字〔2021〕1号`: the days from and, once repealed, until which a document governs. */
const period = (documentNo: string, from: string, until = ''): string => `${from}–${until} ${documentNo}`;
const DATE_LENGTH = 10;

const POLICY_FIELDS = {
  DISCLOSURE: 'disclosurePolicies',
  EVALUATION: 'evaluationPolicies',
  REWARD: 'rewardPolicies',
  REFORM: 'reformPolicies',
  EXAMINATION_STANDARD: 'examinationStandardPolicies',
} as const satisfies Record<PolicyName, string>;

const policyDetail = (detail: RecordSummary['detail'], event: PolicyEvent): RecordSummary['detail'] => {
  const field = POLICY_FIELDS[event.data.policy];
  const documents = (detail[field] ?? []) as readonly string[];
  if (event.type === 'PolicyAdopted')
    return { ...detail, [field]: [...documents, period(event.data.documentNo, event.data.adoptedOn)] };
  const { on, documentNo } = event.data;
  const repealed = (document: string) => {
    const from = document.slice(0, DATE_LENGTH);
    return document === period(documentNo, from) ? period(documentNo, from, on) : document;
  };
  return { ...detail, [field]: documents.map(repealed) };
};

const evolveRecord = (row: RecordSummary | undefined, recorded: RecordedEvent): RecordSummary | undefined => {
  const event = recorded as unknown as UniversityEvent;
  switch (event.type) {
    case 'UniversityRegistered': {
      const { code, name, ...detail } = event.data;
      return { number: code, title: name, universityId: code, status: 'NOT_IN_PANEL', date: '', detail };
    }
    case 'PanelMembershipSet': {
      const { inPanel, from, source = null } = event.data;
      const detail = { ...row?.detail, inPanel, panelFrom: from, panelSource: source };
      return row && { ...row, status: inPanel ? 'IN_PANEL' : 'NOT_IN_PANEL', date: from, detail };
    }
    default:
      return row && { ...row, detail: policyDetail(row.detail, event) };
  }
};

export const universityRecords = recordProjection({
  kind: 'university',
  version: 1,
  streamPrefix,
  handles: Object.keys(universityEvents),
  evolve: evolveRecord,
});
