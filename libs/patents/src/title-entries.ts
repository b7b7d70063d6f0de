import type { RecordedEvent } from '@app/event-store';
import { type BilingualText, LICENCE_KINDS, dateInChina, formatYuan, isPatent } from '@app/kernel';
import {
  type AssetEntry,
  ENTRY_TITLES,
  INVALIDATION_SCOPES,
  LAPSE_CAUSES,
  REGISTRATION_ENDS,
  SUSPENSION_CAUSES,
} from './asset-entry.js';
import type { AssetData, AssetEvent, Right } from './asset-events.js';
import { isEntry, withCorrection } from './asset-state.js';
import { dateOf } from './asset-status.js';

/** One line of the register as people read it (登记簿时间线). */
export interface TitleEntry extends BilingualText {
  readonly on: string;
  readonly recordedAt: string;
  /** The stored event it stands on, and its revision, by which a wrong entry is voided. */
  readonly kind: string;
  readonly revision: number;
  readonly contractId?: string;
  readonly number?: string;
  /** Taken out of the register by a later correction. */
  readonly voided?: true;
}

type Line = BilingualText & Pick<TitleEntry, 'on' | 'contractId' | 'number'> & { readonly kind?: string };

interface Reserved {
  readonly right: Right;
  readonly party?: string;
  readonly amends?: string;
}

/** What lines need to know of events beside their own. */
interface Register {
  readonly reserved: ReadonlyMap<string, Reserved>;
  /** By contract or grant: its number, where it has one. */
  readonly numbers: ReadonlyMap<string, string>;
  /** By contract: the other party's name, where it was corrected. */
  readonly renamed: ReadonlyMap<string, string>;
  /** By contract: the revision of the contract its latest move follows. */
  readonly moves: ReadonlyMap<string, number>;
  readonly voided: ReadonlySet<number>;
  /** What is registered, as it was put right. */
  readonly data: AssetData | undefined;
}

/** The lines of a register up to a legal date, oldest first. */
export const titleEntries = (recorded: readonly RecordedEvent[], asOf: string): readonly TitleEntry[] => {
  const register = readRegister(recorded);
  return recorded
    .flatMap((event) => {
      const { revision, recordedAt, type } = event;
      const voided = register.voided.has(revision) ? { voided: true as const } : {};
      return linesOf(event as unknown as AssetEvent, recordedAt, register).map((line) => ({
        kind: type,
        ...line,
        recordedAt,
        revision,
        ...voided,
      }));
    })
    .filter(({ on }) => on <= asOf)
    .sort((a, b) => (a.on === b.on ? a.revision - b.revision : a.on < b.on ? -1 : 1));
};

const readRegister = (recorded: readonly RecordedEvent[]): Register => {
  const reserved = new Map<string, Reserved>();
  const numbers = new Map<string, string>();
  const renamed = new Map<string, string>();
  const moves = new Map<string, number>();
  const voided = new Set<number>();
  for (const event of recorded as unknown as readonly AssetEvent[]) {
    if (event.type === 'AssetReserved') {
      const { contractId, contractNumber } = event.data;
      reserved.set(contractId, event.data);
      if (contractNumber !== undefined) numbers.set(contractId, contractNumber);
    }
    if (event.type === 'OpenGrantEntered' && event.data.number) numbers.set(event.data.grantId, event.data.number);
    if (event.type === 'OwnershipMoved') moves.set(event.data.contractId, event.data.revision);
    if (event.type === 'PartyRenamed') renamed.set(event.data.contractId, event.data.party);
    if (event.type === 'AssetEntryVoided') voided.add(event.data.revision);
  }
  return {
    reserved,
    numbers,
    renamed,
    moves,
    voided,
    data: registeredData(recorded as unknown as readonly AssetEvent[]),
  };
};

const registeredData = (events: readonly AssetEvent[]): AssetData | undefined =>
  events.reduce<AssetData | undefined>((data, event) => {
    if (event.type === 'AssetRegistered') return event.data;
    return event.type === 'AssetDataCorrected' && data ? withCorrection(data, event.data) : data;
  }, undefined);

const linesOf = (event: AssetEvent, recordedAt: string, register: Register): readonly Line[] => {
  if (isEntry(event)) return [entryLine(event)];
  switch (event.type) {
    case 'AssetRegistered':
      return registrationLines(register.data ?? event.data);
    case 'ReservationConfirmed':
      return contractLines(event.data.contractId, register);
    case 'OwnershipMoved': {
      const { contractId, on, to, revision } = event.data;
      const isLatest = register.moves.get(contractId) === revision;
      return isLatest
        ? [{ on, zh: `权利转移至 ${to}`, en: `Title moved to ${to}`, ...named(contractId, register) }]
        : [];
    }
    case 'RightEnded': {
      const { contractId, on } = event.data;
      return [
        {
          on,
          zh: `许可提前终止，止于 ${on}`,
          en: `Licence ended early, last day ${on}`,
          ...named(contractId, register),
        },
      ];
    }
    case 'RightReleased': {
      const { contractId, on } = event.data;
      return [{ on, zh: '合同作废，权利释放', en: 'Contract voided, right released', ...named(contractId, register) }];
    }
    case 'AssetEntryVoided': {
      const { zh, en } = ENTRY_TITLES[event.data.entry];
      const { reason } = event.data;
      const on = dateInChina(recordedAt);
      return [{ on, zh: `更正：撤销“${zh}”（${reason}）`, en: `Corrected: entry "${en}" voided (${reason})` }];
    }
    case 'AssetDataCorrected': {
      const { reason } = event.data;
      const on = dateInChina(recordedAt);
      return [{ on, zh: `更正：登记内容（${reason}）`, en: `Corrected: registered data (${reason})` }];
    }
    default:
      return openLicenceLines(event, register);
  }
};

const openLicenceLines = (event: AssetEvent, register: Register): readonly Line[] => {
  switch (event.type) {
    case 'OpenLicenceEntered': {
      const { from: on, to, number } = event.data;
      return [
        { on, zh: `开放许可生效，期限至 ${to}`, en: `Open licence in force, until ${to}`, ...optionalNumber(number) },
      ];
    }
    case 'OpenLicenceEnded':
      return [{ on: event.data.on, zh: '开放许可终止', en: 'Open licence ended' }];
    case 'OpenGrantEntered': {
      const { from: on, to, grantId: contractId, number, licensee = '' } = event.data;
      const [zh, en] = [
        `开放许可实施：${licensee}，至 ${to}`,
        `Taken under the open licence: ${licensee}, until ${to}`,
      ];
      return [{ on, zh, en, contractId, ...optionalNumber(number) }];
    }
    case 'OpenGrantEntryEnded': {
      const { on, grantId } = event.data;
      return [{ on, zh: '开放许可实施终止', en: 'Licence under the open licence ended', ...named(grantId, register) }];
    }
    default:
      return [];
  }
};

const optionalNumber = (number: string | undefined) => (number === undefined ? {} : { number });

const named = (contractId: string, { numbers }: Register) => ({
  contractId,
  ...optionalNumber(numbers.get(contractId)),
});

const registrationLines = ({ filedOn, grantedOn, ipType, number, title }: AssetData): readonly Line[] => {
  const filed = { on: filedOn, zh: `申请：${title}（${number}）`, en: `Filed: ${title} (${number})` };
  if (grantedOn === undefined) return [filed];
  const kind = isPatent(ipType) ? 'PatentGranted' : 'RightRegistered';
  return [filed, { on: grantedOn, kind, ...ENTRY_TITLES[kind] }];
};

const contractLines = (contractId: string, register: Register): readonly Line[] => {
  const held = register.reserved.get(contractId);
  if (!held) return [];
  const { right, amends } = held;
  const party = register.renamed.get(amends ?? contractId) ?? held.party ?? '';
  const place = { ...named(amends ?? contractId, register) };
  if (right.kind === 'TITLE') {
    const [zh, en] = right.back ? ['回转合同', 'Return contract'] : ['转让合同', 'Transfer contract'];
    return [{ on: right.on, zh: `${zh}生效：${party}`, en: `${en} in effect: ${party}`, ...place }];
  }
  const { zh, en } = LICENCE_KINDS[right.licence];
  const [what, whatEn] = amends ? [`${zh}许可变更`, `${en} licence amended`] : [`${zh}许可`, `${en} licence`];
  const { from, to = '…' } = right;
  return [
    { on: from, zh: `${what}：${party}，${from} 至 ${to}`, en: `${whatEn}: ${party}, ${from} to ${to}`, ...place },
  ];
};

const entryLine = (entry: AssetEntry): Line => {
  const { zh, en } = ENTRY_TITLES[entry.type];
  const more = detailsOf(entry);
  const both = (title: string, detail: string) => (detail === '' ? title : `${title}：${detail}`);
  return { on: dateOf(entry), zh: both(zh, more.zh), en: both(en, more.en).replace('：', ': ') };
};

const same = (text: string): BilingualText => ({ zh: text, en: text });
const noted = ({ zh, en }: BilingualText, text: string): BilingualText => ({
  zh: `${zh}（${text}）`,
  en: `${en} (${text})`,
});

/** What an entry says beside its kind and date. */
const detailsOf = (entry: AssetEntry): BilingualText => {
  switch (entry.type) {
    case 'PatentPublished':
      return same(entry.data.publicationNo ?? '');
    case 'PatentLapsed':
      return LAPSE_CAUSES[entry.data.cause];
    case 'PatentInvalidated':
      return noted(INVALIDATION_SCOPES[entry.data.scope], entry.data.decisionNo);
    case 'RegistrationRenewed':
      return { zh: `至 ${entry.data.to}`, en: `until ${entry.data.to}` };
    case 'RegistrationEnded':
      return REGISTRATION_ENDS[entry.data.cause];
    case 'PledgeRegistered':
      return noted(same(entry.data.pledgee), entry.data.pledgeNo);
    case 'PledgeReleased':
      return same(entry.data.pledgeNo);
    case 'SuspensionStarted':
      return noted(SUSPENSION_CAUSES[entry.data.cause], entry.data.documentNo);
    case 'SuspensionEnded':
      return same(entry.data.documentNo);
    case 'AnnuityPaid':
      return annuityDetail(entry.data);
    case 'CoOwnersChanged':
      return same(entry.data.coOwners.map(({ name }) => name).join('、') || '—');
    default:
      return same('');
  }
};

const annuityDetail = ({ year, feeFen }: { readonly year: number; readonly feeFen?: string }): BilingualText => {
  const fee = feeFen === undefined ? undefined : formatYuan(BigInt(feeFen));
  return { zh: `第 ${year} 年度${fee ? `，${fee} 元` : ''}`, en: `year ${year}${fee ? `, ${fee} yuan` : ''}` };
};
