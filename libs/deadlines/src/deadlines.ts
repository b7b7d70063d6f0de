import type { RecordedEvent } from '@app/event-store';
import { type IpType, isPatent } from '@app/kernel';
import { contractCase } from './contract-deadlines.js';
import type { Deadline } from './deadline.js';
import type { DeadlineCase } from './deadline-case.js';
import { disclosureCase, evaluationCase } from './disclosure-deadlines.js';
import { openGrantCase, openLicenceCase } from './open-licence-deadlines.js';
import { patentCase } from './patent-deadlines.js';
import { priceNoticeCase } from './price-notice-deadlines.js';
import { certificateCase, designationCase, fundYearCase } from './registry-deadlines.js';

/** What is remembered, by the category its key begins with: `<category>/<id>`. */
const CASES: Readonly<Record<string, DeadlineCase>> = {
  contract: contractCase,
  'price-notice': priceNoticeCase,
  asset: patentCase,
  'open-licence': openLicenceCase,
  'open-grant': openGrantCase,
  disclosure: disclosureCase,
  evaluation: evaluationCase,
  certification: certificateCase,
  designation: designationCase,
  'fund-year': fundYearCase,
};

/** Every event type that some deadline follows from. */
export const DEADLINE_EVENTS: readonly string[] = [...new Set(Object.values(CASES).flatMap(({ types }) => types))];

/** An event that concerns a case, told as the case wants it. */
export interface Touch {
  /** Key of the case. */
  readonly key: string;
  readonly event: RecordedEvent;
}

type Data = Readonly<Record<string, string | undefined>>;

/** Stream category and record id; ids hold no hyphen, categories do. */
const placeOf = ({ stream }: RecordedEvent): readonly [category: string, id: string] => {
  const dash = stream.lastIndexOf('-');
  return [stream.slice(0, dash), stream.slice(dash + 1)];
};

/** Cases that hold several records are not called by a stream: the key of theirs that an event opening a record leads to. */
const openedCase = ({ type, data }: RecordedEvent): string | undefined => {
  const { universityId, number, standard } = data as Data;
  if (type === 'InventionDisclosed') return `disclosure/${universityId}/${number}`;
  return type === 'IpCertificateIssued' ? `certification/${universityId}/${standard}` : undefined;
};

/** Where later events of a record find its case. */
export interface CaseLink {
  readonly stream: string;
  readonly key: string;
}

/** The link an event makes; none for events that open no shared case. */
export const linkOf = (event: RecordedEvent): readonly CaseLink[] => {
  const key = openedCase(event);
  return key === undefined ? [] : [{ stream: event.stream, key }];
};

/** The stream of the record whose case an event concerns, when that is called otherwise than by its stream. */
export const linkedStream = ({ type, stream, data }: RecordedEvent): string | undefined => {
  if (type === 'FilingDecided' || type === 'FilingDecisionCorrected')
    return `disclosure-${(data as Data)['disclosureId']}`;
  return /^(?:disclosure|certification)-/.test(stream) ? stream : undefined;
};

/** An application or patent meets the novelty grace of the disclosure it names. */
const filedDisclosure = ({ type, data }: RecordedEvent): string | undefined => {
  const { universityId, disclosureNumber, ipType } = data as Data;
  const concerns = type === 'AssetRegistered' && disclosureNumber !== undefined && isPatent(ipType as IpType);
  return concerns ? `disclosure/${universityId}/${disclosureNumber}` : undefined;
};

const keysOf = (event: RecordedEvent, link: string | undefined): readonly string[] => {
  const [category, id] = placeOf(event);
  if (linkedStream(event) !== undefined) return link === undefined ? [] : [link];
  if (category === 'designation') return [`designation/${(event.data as Data)['universityId']}`];
  const filed = filedDisclosure(event);
  return [`${category}/${id}`, ...(filed === undefined ? [] : [filed])];
};

/** The cases an event concerns. `link` is where `linkedStream` leads, if anywhere. */
export const touchesOf = (event: RecordedEvent, link: string | undefined): readonly Touch[] => {
  const [, id] = placeOf(event);
  const told = { ...event, data: { ...event.data, id } };
  return keysOf(event, link)
    .filter((key) => caseOf(key)?.types.includes(event.type))
    .map((key) => ({ key, event: told }));
};

const caseOf = (key: string): DeadlineCase | undefined => CASES[key.slice(0, key.indexOf('/'))];

/** What is remembered after an event; `undefined` when there is nothing to remember. */
export const evolveCase = (state: unknown, { key, event }: Touch): unknown => caseOf(key)?.evolve(state, event, event);

/** The deadlines that follow from what is remembered. */
export const deadlinesOf = (key: string, state: unknown): readonly Deadline[] =>
  state === undefined ? [] : (caseOf(key)?.deadlines(state, key.slice(key.indexOf('/') + 1)) ?? []);
