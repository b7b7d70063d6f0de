import type { ContractEvent, ContractTerms, ConversionMode } from '@app/contracts';
import type { RecordedEvent } from '@app/event-store';
import { type IpType, type Message, isPatent } from '@app/kernel';
import type { OpenGrantEvent } from '@app/open-licences';
import { recorded, rowsAfter } from '@app/testing';
import fc from 'fast-check';
import { AssetUse, ConversionFactRow, CountedContract, GrowthCell, PanelSpanRow } from './conversion-fact.entity.js';
import { conversionFacts } from './conversion-fact.projection.js';
import { type CellCounts, SIDE_COLUMNS, countIn } from './tally.js';
import { BASES, IP_SCOPES } from './target-board.js';

type Step = readonly [stream: string, event: Message];

const approved = { reason: '示例', evidence: '示例', approver: 'b' };
const types: Readonly<Record<string, IpType>> = { a1: 'INVENTION', a2: 'UTILITY_MODEL', a3: 'SOFTWARE', a4: 'LAYOUT' };
const refs = (assets: readonly string[]) =>
  assets.map((assetId) => ({ assetId, ipType: types[assetId] ?? 'OTHER', number: `n-${assetId}` }));

interface Draft extends Partial<Pick<ContractTerms, 'relatedParty' | 'returnOf'>> {
  readonly universityId?: string;
  readonly mode?: ConversionMode;
  readonly assets?: readonly string[];
  readonly effectiveOn?: string;
  readonly inChangsha?: boolean | null;
}

const contract = (event: ContractEvent, id = 'c1'): Step => [`contract-${id}`, event];
const request = ({ assets = ['a1'], inChangsha = null, ...draft }: Draft = {}, id = 'c1'): Step => {
  const terms: ContractTerms = {
    universityId: 'hnu',
    number: id.toUpperCase(),
    mode: 'LICENCE',
    assets: refs(assets),
    counterparty: '示例公司',
    signedOn: '2020-01-01',
    effectiveOn: '2021-06-01',
    feeType: 'FREE',
    pricingMethod: 'NEGOTIATED',
    ...draft,
  };
  return contract(
    { type: 'LodgementRequested', data: { ...terms, inChangsha: { rule: 'in-changsha/1', value: inChangsha } } },
    id,
  );
};
const lodge = (id = 'c1') => contract({ type: 'ContractLodged', data: { assets: [] } }, id);
const refuse = (id = 'c1') =>
  contract({ type: 'ContractRefused', data: { rule: 'L-1', clause: '', zh: '', en: '' } }, id);
const record = (recordedOn: string, id = 'c1') =>
  contract({ type: 'LicenceRecorded', data: { recordNo: 'X', recordedOn } }, id);
const register = (registeredOn: string, id = 'c1') =>
  contract({ type: 'TransferRegistered', data: { registeredOn } }, id);
const annul = (id = 'c1') => contract({ type: 'ContractVoided', data: { ...approved, voidedOn: '2024-01-01' } }, id);
const cancelRecording = (id = 'c1') =>
  contract({ type: 'RecordingCancelled', data: { cancelledOn: '2023-01-01', reason: '示例' } }, id);
type Corrected = 'recordedOn' | 'registeredOn' | 'effectiveOn' | 'relatedParty' | 'feeFen';
const correct = (field: Corrected, to: string | boolean, id = 'c1') =>
  contract({ type: 'ContractCorrected', data: { ...approved, number: '1', field, from: null, to } }, id);
const grant = (universityId = 'hnu', id = 'g1'): Step => {
  const event: OpenGrantEvent = {
    type: 'OpenLicenceGranted',
    data: {
      universityId,
      number: id.toUpperCase(),
      declarationId: 'd',
      assetId: 'a1',
      assetNumber: 'n-a1',
      ipType: 'INVENTION',
      licensee: '示例公司',
      noticeOn: '2022-01-01',
      paidOn: '2022-01-02',
      paidFen: '0',
      effectiveOn: '2022-01-02',
      inChangsha: { rule: 'in-changsha/1', value: true },
    },
  };
  return [`open-grant-${id}`, event];
};
const recordGrant = (recordedOn: string, id = 'g1'): Step => [
  `open-grant-${id}`,
  { type: 'OpenGrantRecorded', data: { recordNo: 'Y', recordedOn } },
];
const ofGrant = (event: OpenGrantEvent, id = 'g1'): Step => [`open-grant-${id}`, event];
const member = (universityId: string, from: string, inPanel = true): Step => [
  `university-${universityId}`,
  { type: 'PanelMembershipSet', data: { from, inPanel } },
];

/** The counts of a cell that are not zero, by name. */
const named = (counts: CellCounts): Readonly<Record<string, number>> => {
  const names = IP_SCOPES.flatMap((ipScope) => [
    ...BASES.flatMap((basis) =>
      (['transfers', 'licences', 'openGrants', 'total'] as const).map(
        (column) => [`${ipScope}/${basis}/${column}`, countIn(counts, ipScope, basis, column)] as const,
      ),
    ),
    ...SIDE_COLUMNS.map((column) => [`${ipScope}/${column}`, countIn(counts, ipScope, 'contracts', column)] as const),
  ]);
  return Object.fromEntries(names.filter(([, count]) => count !== 0));
};

const cellsAfter = async (...steps: readonly Step[]) => {
  const cells = await rowsAfter(conversionFacts, GrowthCell, recorded(...steps));
  return Object.fromEntries(cells.map(({ key, counts }) => [key, named(counts)]));
};
const factsAfter = async (...steps: readonly Step[]) =>
  byKey(await rowsAfter(conversionFacts, ConversionFactRow, recorded(...steps)));
const byKey = <Row extends { readonly key: string }>(rows: readonly Row[]) =>
  [...rows].sort((a, b) => (a.key < b.key ? -1 : 1));

const oneOf = (column: string) => ({
  [`all/patent-times/${column}`]: 1,
  'all/patent-times/total': 1,
  [`all/contracts/${column}`]: 1,
  'all/contracts/total': 1,
  [`all/distinct-patents/${column}`]: 1,
  'all/distinct-patents/total': 1,
});
const forPatents = (counts: Readonly<Record<string, number>>) => ({
  ...counts,
  ...Object.fromEntries(Object.entries(counts).map(([name, count]) => [name.replace('all', 'patents'), count])),
});

describe('cells after each event', () => {
  it('a contract that is only asked for counts nowhere', async () => expect(await cellsAfter(request())).toEqual({}));

  it('a lodged licence pends in the year of its effect', async () =>
    expect(await cellsAfter(request(), lodge())).toEqual({ 'hnu:2021': forPatents({ 'all/unrecorded': 1 }) }));

  it('a refused contract counts nowhere', async () => expect(await cellsAfter(request(), refuse())).toEqual({}));

  it('a recorded licence counts in the year of recording', async () =>
    expect(await cellsAfter(request(), lodge(), record('2022-01-31'))).toEqual({
      'hnu:2022': forPatents(oneOf('licences')),
    }));

  it('a registered transfer counts in the year of registration', async () =>
    expect(await cellsAfter(request({ mode: 'TRANSFER' }), lodge(), register('2023-01-31'))).toEqual({
      'hnu:2023': forPatents(oneOf('transfers')),
    }));

  it('software counts at once, and not among patents', async () =>
    expect(await cellsAfter(request({ assets: ['a3'] }), lodge())).toEqual({ 'hnu:2021': oneOf('licences') }));

  it('a corrected date moves the fact to another year', async () =>
    expect(await cellsAfter(request(), lodge(), record('2022-01-31'), correct('recordedOn', '2021-12-31'))).toEqual({
      'hnu:2021': forPatents(oneOf('licences')),
    }));

  it('a cancelled recording pends again, until it is recorded anew', async () => {
    const recordedOnce = [request(), lodge(), record('2022-01-31'), cancelRecording()];
    expect(await cellsAfter(...recordedOnce)).toEqual({ 'hnu:2021': forPatents({ 'all/unrecorded': 1 }) });
    expect(await cellsAfter(...recordedOnce, record('2023-02-01'))).toEqual({
      'hnu:2023': forPatents(oneOf('licences')),
    });
  });

  it('a corrected day of effect moves what counts by it', async () =>
    expect(await cellsAfter(request({ assets: ['a3'] }), lodge(), correct('effectiveOn', '2022-01-01'))).toEqual({
      'hnu:2022': oneOf('licences'),
    }));

  it('an amended or ended licence counts as before', async () => {
    const amendment = { number: 'BG-1', changes: { endsOn: '2028-01-01' }, signedOn: '2023-01-01', reason: '示例' };
    const later = [
      contract({ type: 'AmendmentRequested', data: { kind: 'AMENDMENT', ...amendment } }),
      contract({ type: 'ContractAmended', data: amendment }),
      contract({ type: 'LicenceTerminated', data: { ...approved, on: '2024-01-01' } }),
    ];
    expect(await cellsAfter(request(), lodge(), record('2022-01-31'), ...later)).toEqual({
      'hnu:2022': forPatents(oneOf('licences')),
    });
  });

  it('a cancelled record of a grant pends again, a voided grant is gone, an ended one counts', async () => {
    const recordedGrant = [grant(), recordGrant('2022-03-01')];
    const cancelled = ofGrant({
      type: 'OpenGrantRecordCancelled',
      data: { cancelledOn: '2023-01-01', reason: '示例' },
    });
    const ended = ofGrant({ type: 'OpenGrantEnded', data: { ...approved, on: '2023-01-01', cause: 'AGREEMENT' } });
    expect(await cellsAfter(...recordedGrant, cancelled)).toEqual({
      'hnu:2022': forPatents({ 'all/unrecorded': 1 }),
    });
    expect(await cellsAfter(...recordedGrant, ofGrant({ type: 'OpenGrantVoided', data: approved }))).toEqual({});
    expect(await cellsAfter(...recordedGrant, ended)).toEqual(await cellsAfter(...recordedGrant));
  });

  it('a correction that concerns no fact changes no count', async () =>
    expect(await cellsAfter(request(), lodge(), record('2022-01-31'), correct('feeFen', '100'))).toEqual({
      'hnu:2022': forPatents(oneOf('licences')),
    }));

  it('a voided contract leaves nothing behind', async () =>
    expect(await cellsAfter(request(), lodge(), record('2022-01-31'), annul())).toEqual({}));

  it('an open-licence grant pends, then counts', async () => {
    expect(await cellsAfter(grant())).toEqual({ 'hnu:2022': forPatents({ 'all/unrecorded': 1 }) });
    expect(await cellsAfter(grant(), recordGrant('2022-03-01'))).toEqual({
      'hnu:2022': forPatents({ ...oneOf('openGrants'), 'all/inChangsha': 1 }),
    });
  });

  it('an equity contribution counts nowhere, though registered', async () =>
    expect(await cellsAfter(request({ mode: 'EQUITY' }), lodge(), register('2022-01-01'))).toEqual({}));

  it('flags and the determination 在长转化 are counted beside the bases', async () => {
    const cells = await cellsAfter(request({ relatedParty: true, inChangsha: true }), lodge(), record('2022-01-31'));
    expect(cells['hnu:2022']).toMatchObject({ 'all/flagged': 1, 'all/inChangsha': 1, 'all/patent-times/total': 1 });
  });
});

describe('the three bases', () => {
  it('a package of three is three times, one contract, three assets', async () => {
    const cells = await cellsAfter(request({ assets: ['a1', 'a2', 'a4'] }), lodge(), record('2022-01-31'));
    expect(cells['hnu:2022']).toMatchObject({
      'all/patent-times/licences': 3,
      'all/contracts/licences': 1,
      'all/distinct-patents/licences': 3,
      'patents/patent-times/total': 2,
      'patents/contracts/total': 1,
    });
  });

  it('one patent licensed, then transferred in a year is one distinct asset', async () => {
    const cells = await cellsAfter(
      request(),
      lodge(),
      record('2022-01-31'),
      request({ mode: 'TRANSFER' }, 'c2'),
      lodge('c2'),
      register('2022-12-31', 'c2'),
    );
    expect(cells['hnu:2022']).toMatchObject({
      'all/patent-times/total': 2,
      'all/contracts/total': 2,
      'all/distinct-patents/transfers': 1,
      'all/distinct-patents/licences': 1,
      'all/distinct-patents/total': 1,
    });
  });
});

describe('the city', () => {
  const licence = [request(), lodge(), record('2022-06-30')] as const;
  const city = { 'city:2022': forPatents(oneOf('licences')), 'hnu:2022': forPatents(oneOf('licences')) };

  it('counts universities that were in the panel on the date that counts', async () => {
    expect(await cellsAfter(member('hnu', '2022-06-30'), ...licence)).toEqual(city);
    expect(Object.keys(await cellsAfter(member('hnu', '2022-07-01'), ...licence))).toEqual(['hnu:2022']);
    expect(Object.keys(await cellsAfter(member('hnu', '2022-06-30', false), ...licence))).toEqual(['hnu:2022']);
  });

  it('is counted anew when a membership changes', async () => {
    expect(await cellsAfter(...licence, member('hnu', '2020-01-01'))).toEqual(city);
    const left = await cellsAfter(...licence, member('hnu', '2020-01-01'), member('hnu', '2022-01-01', false));
    expect(Object.keys(left)).toEqual(['hnu:2022']);
  });

  it('knows one asset of two universities as one', async () => {
    const cells = await cellsAfter(
      member('hnu', '2020-01-01'),
      member('csu-2', '2020-01-01'),
      ...licence,
      request({ universityId: 'csu-2' }, 'c2'),
      lodge('c2'),
      record('2022-08-01', 'c2'),
    );
    expect(cells['city:2022']).toMatchObject({ 'all/patent-times/total': 2, 'all/distinct-patents/total': 1 });
  });
});

describe('fact rows', () => {
  const hex = (index: number) => index.toString(16).padStart(32, '0');

  it('are closed and opened, never overwritten', async () => {
    const steps = [request(), lodge(), record('2022-01-31'), correct('recordedOn', '2021-12-31'), annul()];
    expect(await factsAfter(...steps)).toMatchObject([
      { key: 'c1:a1:1', countedOn: null, pendingOn: '2021-06-01', year: 2021, knownFrom: hex(2), knownTo: hex(3) },
      { key: 'c1:a1:2', countedOn: '2022-01-31', pendingOn: null, year: 2022, knownFrom: hex(3), knownTo: hex(4) },
      { key: 'c1:a1:3', countedOn: '2021-12-31', year: 2021, knownFrom: hex(4), knownTo: hex(5) },
    ]);
  });

  it('of a contract whose other assets change stay as they are', async () =>
    expect(await factsAfter(request({ assets: ['a1', 'a3'] }), lodge(), record('2022-01-31'))).toMatchObject([
      { key: 'c1:a1:1', knownTo: hex(3) },
      { key: 'c1:a1:2', countedOn: '2022-01-31', knownTo: null },
      { key: 'c1:a3:1', countedOn: '2021-06-01', knownFrom: hex(2), knownTo: null },
    ]));

  it('are untouched by a correction that concerns no fact', async () =>
    expect(await factsAfter(request({ assets: ['a3'] }), lodge(), correct('feeFen', '100'))).toMatchObject([
      { key: 'c1:a3:1', isPatent: false, flags: [], isFlagged: false, inChangsha: null, knownTo: null },
    ]));

  it('carry their flags', async () =>
    expect((await factsAfter(request(), lodge(), correct('relatedParty', true))).at(-1)).toMatchObject({
      key: 'c1:a1:2',
      flags: ['RELATED_PARTY'],
      isFlagged: true,
    }));
});

// A random history: some deals with what happens to each, some decisions on membership, shuffled together.
const dates = fc.constantFrom('2021-03-01', '2021-12-31', '2022-01-01', '2022-07-01', '2023-05-05');
const universities = fc.constantFrom('hnu', 'csu', 'csu-2');
const draft = fc.record({
  universityId: universities,
  mode: fc.constantFrom<ConversionMode>('LICENCE', 'TRANSFER', 'LICENCE', 'TRANSFER', 'EQUITY'),
  assets: fc.subarray(Object.keys(types), { minLength: 1 }),
  effectiveOn: dates,
  relatedParty: fc.boolean(),
  inChangsha: fc.constantFrom(true, false, null),
});
const deal = fc
  .record({
    draft,
    fate: fc.constantFrom('open', 'refused', 'lodged', 'done', 'done', 'corrected', 'flagged', 'voided'),
    on: dates,
    later: dates,
    openGrant: fc.boolean(),
  })
  .map(({ draft: terms, fate, on, later, openGrant }) => (id: string): Step[] => {
    const isLicence = terms.mode === 'LICENCE';
    if (openGrant && isLicence)
      return fate === 'open' ? [grant(terms.universityId, id)] : [grant(terms.universityId, id), recordGrant(on, id)];
    const done = isLicence ? record(on, id) : register(on, id);
    const ends: Readonly<Record<string, readonly Step[]>> = {
      open: [],
      refused: [refuse(id)],
      lodged: [lodge(id)],
      done: [lodge(id), done],
      corrected: [lodge(id), done, correct(isLicence ? 'recordedOn' : 'registeredOn', later, id)],
      flagged: [lodge(id), correct('relatedParty', !terms.relatedParty, id), done],
      voided: [lodge(id), done, annul(id)],
    };
    return [request(terms, id), ...(ends[fate] ?? [])];
  });
const membership = fc.record({ universityId: universities, from: dates, inPanel: fc.boolean() });
const history = fc
  .record({
    deals: fc.array(deal, { minLength: 1, maxLength: 12 }),
    memberships: fc.array(membership, { maxLength: 6 }),
    order: fc.array(fc.nat(), { minLength: 80, maxLength: 80 }),
  })
  .map(({ deals, memberships, order }) => {
    const queues = [
      ...deals.map((make, index) => make(`c${index}`)),
      ...memberships.map(({ universityId, from, inPanel }) => [member(universityId, from, inPanel)]),
    ];
    const steps: Step[] = [];
    for (const pick of order) {
      const waiting = queues.filter(({ length }) => length > 0);
      const next = waiting[pick % (waiting.length || 1)]?.shift();
      if (next) steps.push(next);
    }
    return recorded(...steps);
  });

interface NaiveFact {
  readonly universityId: string;
  readonly contractId: string;
  readonly assetId: string;
  readonly column: string;
  readonly date: string;
  readonly counted: boolean;
  readonly flagged: boolean;
  readonly inChangsha: boolean;
}

const COLUMNS: Readonly<Record<string, string>> = {
  LICENCE: 'licences',
  TRANSFER: 'transfers',
  OPEN_GRANT: 'openGrants',
};

/** The facts by looking at each deal's events, without any state carried along. */
const naiveFacts = (events: readonly RecordedEvent[]): NaiveFact[] => {
  const streams = new Set(events.map(({ stream }) => stream).filter((stream) => !stream.startsWith('university-')));
  return [...streams].flatMap((stream) => naiveFactsOf(events.filter((event) => event.stream === stream)));
};

const naiveFactsOf = (own: readonly RecordedEvent[]): NaiveFact[] => {
  const [entry] = own;
  if (!entry) return [];
  const terms = entry.data as unknown as ContractTerms & { assetId: string; inChangsha: { value: boolean | null } };
  const isGrant = entry.type === 'OpenLicenceGranted';
  const has = (type: string) => own.some((event) => event.type === type);
  const column = COLUMNS[isGrant ? 'OPEN_GRANT' : terms.mode];
  if (!column || !(isGrant || has('ContractLodged')) || has('ContractVoided')) return [];
  const assets = isGrant ? [terms.assetId] : terms.assets.map(({ assetId }) => assetId);
  return assets.map((assetId) => {
    const countedOn = types[assetId] === 'SOFTWARE' ? terms.effectiveOn : naiveDoneOn(own);
    return {
      universityId: terms.universityId,
      contractId: entry.stream,
      assetId,
      column,
      date: countedOn ?? terms.effectiveOn,
      counted: countedOn !== undefined,
      flagged: Boolean(naiveCorrection(own, 'relatedParty') ?? terms.relatedParty),
      inChangsha: terms.inChangsha.value === true,
    };
  });
};

const naiveCorrection = (own: readonly RecordedEvent[], ...fields: readonly string[]): unknown =>
  own.filter(({ type, data }) => type === 'ContractCorrected' && fields.includes(data['field'] as string)).at(-1)?.data[
    'to'
  ];

const naiveDoneOn = (own: readonly RecordedEvent[]): string | undefined => {
  const entered = own
    .filter(({ type }) => ['LicenceRecorded', 'OpenGrantRecorded', 'TransferRegistered'].includes(type))
    .at(-1);
  const on =
    naiveCorrection(own, 'recordedOn', 'registeredOn') ?? entered?.data['recordedOn'] ?? entered?.data['registeredOn'];
  return on as string | undefined;
};

const fromOf = (data: RecordedEvent['data']) => data['from'] as string;

const isMember = (events: readonly RecordedEvent[], universityId: string, date: string): boolean => {
  const set = events.filter(({ stream, data }) => stream === `university-${universityId}` && fromOf(data) <= date);
  const latest = set
    .map(({ data }) => fromOf(data))
    .sort()
    .at(-1);
  return set.filter(({ data }) => data['from'] === latest).at(-1)?.data['inPanel'] === true;
};

const naiveCells = (events: readonly RecordedEvent[]) => {
  const facts = naiveFacts(events);
  const cells: Record<string, Record<string, number>> = {};
  for (const scope of ['hnu', 'csu', 'csu-2', 'city']) {
    for (const year of [2021, 2022, 2023]) {
      const here = facts.filter(({ universityId, date }) => {
        const isOurs = universityId === scope || (scope === 'city' && isMember(events, universityId, date));
        return isOurs && date.startsWith(`${year}`);
      });
      if (here.length > 0) cells[`${scope}:${year}`] = naiveCell(here);
    }
  }
  return cells;
};

const naiveCell = (facts: readonly NaiveFact[]): Record<string, number> => {
  const patents = facts.filter(({ assetId }) => isPatent(types[assetId] ?? 'OTHER'));
  const counts = { ...naiveCounts('all', facts), ...naiveCounts('patents', patents) };
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
};

const naiveCounts = (ipScope: string, facts: readonly NaiveFact[]): Record<string, number> => {
  const counted = facts.filter((fact) => fact.counted);
  const counts: Record<string, number> = {
    [`${ipScope}/unrecorded`]: facts.length - counted.length,
    [`${ipScope}/flagged`]: counted.filter(({ flagged }) => flagged).length,
    [`${ipScope}/inChangsha`]: counted.filter(({ inChangsha }) => inChangsha).length,
  };
  for (const column of ['transfers', 'licences', 'openGrants', 'total']) {
    const of = counted.filter((fact) => column === 'total' || fact.column === column);
    counts[`${ipScope}/patent-times/${column}`] = of.length;
    counts[`${ipScope}/contracts/${column}`] = new Set(of.map(({ contractId }) => contractId)).size;
    counts[`${ipScope}/distinct-patents/${column}`] = new Set(of.map(({ assetId }) => assetId)).size;
  }
  return counts;
};

describe('on any history', () => {
  const entities = [ConversionFactRow, CountedContract, GrowthCell, AssetUse, PanelSpanRow];
  const keyed = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).sort();

  it('the cells are what a recount of the events gives', () =>
    fc.assert(
      fc.asyncProperty(history, async (events) => {
        const cells = await rowsAfter(conversionFacts, GrowthCell, events);
        expect(Object.fromEntries(cells.map(({ key, counts }) => [key, named(counts)]))).toEqual(naiveCells(events));
      }),
      { numRuns: 40 },
    ));

  it('the rows are the same however it is cut into batches', () =>
    fc.assert(
      fc.asyncProperty(history, fc.array(fc.nat(), { minLength: 1, maxLength: 8 }), async (events, wanted) => {
        const cuts = [...new Set(wanted.map((cut) => cut % events.length))].sort((a, b) => a - b);
        for (const entity of entities) {
          const whole = await rowsAfter<object>(conversionFacts, entity, events);
          const cut = await rowsAfter<object>(conversionFacts, entity, events, cuts);
          expect(keyed(cut)).toEqual(keyed(whole));
        }
      }),
      { numRuns: 8 },
    ));

  it('what stood at an earlier position is still to be read from the fact rows', () =>
    fc.assert(
      fc.asyncProperty(history, fc.nat(), async (events, pick) => {
        const until = events.slice(0, (pick % events.length) + 1);
        const at = until.at(-1)?.position ?? '';
        const stood = (await rowsAfter(conversionFacts, ConversionFactRow, events))
          .filter(({ knownFrom, knownTo }) => knownFrom <= at && (knownTo === null || knownTo > at))
          .map((row) => ({ ...row, knownTo: null }));
        const then = (await rowsAfter(conversionFacts, ConversionFactRow, until)).filter(
          ({ knownTo }) => knownTo === null,
        );
        expect(keyed(stood)).toEqual(keyed(then.map((row) => ({ ...row }))));
      }),
      { numRuns: 15 },
    ));
});
