import { Refusal } from '@app/kernel';
import { specFor, testContext } from '@app/testing';
import fc from 'fast-check';
import { type DiscloseInvention, type DisclosureCommand, disclosureDecider } from './disclosure.js';
import type { DisclosureEvent } from './disclosure-events.js';
import { graceUntil } from './disclosure-facts.js';
import type { Inventor } from './inventor.js';
import type { Determination } from './service-invention.js';

const given = specFor(disclosureDecider);

const inventors: readonly Inventor[] = [
  { personId: 'p_1', sharePermyriad: 6_000, role: 'LEAD' },
  { personId: 'p_2', sharePermyriad: 4_000, role: 'INVENTOR' },
];
const facts = {
  universityId: 'hnu',
  number: '示例-PL-1',
  title: '示例：一种测量装置',
  completedOn: '2021-03-05',
  disclosedOn: '2021-03-20',
  inventors,
  confidentiality: 'PUBLIC',
} as const;
const command: DiscloseInvention = { type: 'DiscloseInvention', ...facts };
const disclosed: DisclosureEvent = { type: 'InventionDisclosed', data: { ...facts, warnings: [] } };
const disclosedWith = (more: object): DisclosureEvent => ({
  type: 'InventionDisclosed',
  data: { ...facts, ...more, warnings: [] },
});
const noted: DisclosureEvent = { type: 'SecretDisclosureNoted', data: { universityId: 'hnu', number: '示例-PL-9' } };
const approval = { reason: '示例：笔误', evidence: '示例文号1', approver: 'hnu-head' } as const;

const accept = (on = '2021-04-01') => ({ type: 'AcceptDisclosure', on }) as const;
const accepted = (on = '2021-04-01'): DisclosureEvent => ({ type: 'DisclosureAccepted', data: { on } });
const giveBack = (on = '2021-03-25') => ({ type: 'ReturnDisclosure', on, reason: '示例：缺附图' }) as const;
const returned = (on = '2021-03-25'): DisclosureEvent => ({
  type: 'DisclosureReturned',
  data: { on, reason: '示例：缺附图' },
});
const supplement = (added: object, on = '2021-03-28') => ({ type: 'SupplementDisclosure', on, ...added }) as const;
const supplemented = (added: object, warnings: readonly string[] = [], on = '2021-03-28'): DisclosureEvent => ({
  type: 'DisclosureSupplemented',
  data: { on, ...added, warnings },
});
const withdraw = { type: 'WithdrawDisclosure', on: '2021-04-02', ...approval } as const;
const withdrawn: DisclosureEvent = { type: 'DisclosureWithdrawn', data: { on: '2021-04-02', ...approval } };
const correct = (changes: object, removes?: readonly string[]) =>
  ({ type: 'CorrectDisclosure', changes, ...(removes ? { removes } : {}), ...approval }) as DisclosureCommand;
const corrected = (correction: object, warnings: readonly string[] = []): DisclosureEvent =>
  ({ type: 'DisclosureCorrected', data: { ...correction, ...approval, warnings } }) as DisclosureEvent;

describe('what a disclosure may add', () => {
  const more = {
    discoveredOn: '2021-01-05',
    furtherFunding: [{ source: 'SELF' }, { source: 'COMMISSIONED', projectNo: '示例-1' }],
    thirdPartyRights: [{ kind: 'MTA', party: '示例研究院', documentNo: '示例协议1号' }],
    keywords: ['测量'],
    suggestedLicensees: ['示例公司'],
    attachments: [{ hash: 'a'.repeat(64), name: '示例.pdf', mediaType: 'application/pdf', bytes: 10 }],
    protection: 'SOFTWARE',
    publishedOn: '2021-03-01',
    publication: 'PAPER',
  } as const;

  it('is accepted and kept', () => {
    given()
      .when({ ...command, ...more })
      .then(disclosedWith(more));
  });

  it.each(['furtherFunding', 'thirdPartyRights'] as const)('D-13: is refused when %s says a thing twice', (field) => {
    const [first] = more[field];
    given()
      .when({ ...command, [field]: [first, { ...first }] })
      .thenRefuses('D-13', field);
  });

  it('D-12: is refused when it was discovered after the disclosure, accepted on its day', () => {
    given()
      .when({ ...command, discoveredOn: '2021-03-21' })
      .thenRefuses('D-12', 'discoveredOn');
    given()
      .when({ ...command, discoveredOn: '2021-03-20' })
      .then(disclosedWith({ discoveredOn: '2021-03-20' }));
  });

  it('D-14: a ground of the grace period is refused without a publication, accepted with one', () => {
    given()
      .when({ ...command, graceGround: 'MEETING', protection: 'SOFTWARE' })
      .thenRefuses('D-14', 'publishedOn');
    const said = { graceGround: 'MEETING', publishedOn: '2021-03-01', protection: 'SOFTWARE' } as const;
    given()
      .when({ ...command, ...said })
      .then(disclosedWith(said));
  });

  it('D-15: an emergency is refused while its six months ended before 2021-06-01, accepted from then on', () => {
    const emergency = { graceGround: 'EMERGENCY', protection: 'SOFTWARE' } as const;
    given()
      .when({ ...command, ...emergency, publishedOn: '2020-11-30' })
      .thenRefuses('D-15', 'graceGround');
    given()
      .when({ ...command, ...emergency, publishedOn: '2020-12-01' })
      .then(disclosedWith({ ...emergency, publishedOn: '2020-12-01' }));
  });

  it('gives six calendar months of grace', () => {
    expect(graceUntil('2023-08-31')).toBe('2024-02-29');
    expect(graceUntil('2021-01-15')).toBe('2021-07-15');
  });
});

describe('determining a service invention', () => {
  const basis = '示例：课题组本职研究工作';
  const determination: Determination = { ground: 'OWN_JOB', determinedOn: '2021-03-25', basis };
  const determine = (more: Partial<Determination> = {}) =>
    ({ type: 'DetermineServiceInvention', ...determination, ...more }) as const;
  const determined = (more: Partial<Determination> = {}): DisclosureEvent => ({
    type: 'ServiceInventionDetermined',
    data: { ...determination, ...more },
  });

  it.each(['OWN_JOB', 'ASSIGNED_TASK', 'MATERIAL_CONDITIONS', 'NOT_SERVICE'] as const)('is accepted for %s', (ground) =>
    given(disclosed).when(determine({ ground })).then(determined({ ground })),
  );

  it('is ignored when it comes again', () => given(disclosed, determined()).when(determine()).thenNothing());

  it('D-23: is refused when it was determined otherwise', () => {
    given(disclosed, determined())
      .when(determine({ ground: 'NOT_SERVICE' }))
      .thenRefuses('D-23');
  });

  it('D-20: is refused outside the year after leaving, accepted from the first day to the last', () => {
    const within = (leftOn?: string) => determine({ ground: 'WITHIN_ONE_YEAR', ...(leftOn ? { leftOn } : {}) });
    given(disclosed).when(within()).thenRefuses('D-20', 'leftOn');
    given(disclosed).when(within('2020-03-04')).thenRefuses('D-20', 'leftOn');
    given(disclosed).when(within('2021-03-06')).thenRefuses('D-20', 'leftOn');
    for (const leftOn of ['2020-03-05', '2021-03-05']) {
      given(disclosed)
        .when(within(leftOn))
        .then(determined({ ground: 'WITHIN_ONE_YEAR', leftOn }));
    }
  });

  it('D-20: the year from a leap day ends on 28 February', () => {
    const leap = { completedOn: '2021-03-01' };
    const leftOn = '2020-02-29';
    given(disclosedWith(leap))
      .when(determine({ ground: 'WITHIN_ONE_YEAR', leftOn }))
      .thenRefuses('D-20', 'leftOn');
    given(disclosedWith({ completedOn: '2021-02-28' }))
      .when(determine({ ground: 'WITHIN_ONE_YEAR', leftOn }))
      .then(determined({ ground: 'WITHIN_ONE_YEAR', leftOn }));
  });

  it('D-21: a contract clause is refused beside the grounds it cannot vary, accepted beside the others', () => {
    const contractClause = '示例合同第5条';
    for (const ground of ['OWN_JOB', 'ASSIGNED_TASK'] as const) {
      given(disclosed).when(determine({ ground, contractClause })).thenRefuses('D-21', 'contractClause');
    }
    for (const ground of ['MATERIAL_CONDITIONS', 'NOT_SERVICE'] as const) {
      given(disclosed).when(determine({ ground, contractClause })).then(determined({ ground, contractClause }));
    }
  });

  it('D-21: a day of leaving is refused beside another ground', () => {
    given(disclosed)
      .when(determine({ leftOn: '2021-01-01' }))
      .thenRefuses('D-21', 'leftOn');
  });

  it('D-24, D-10: is refused before the disclosure or after today, accepted on its day', () => {
    given(disclosed)
      .when(determine({ determinedOn: '2021-03-19' }))
      .thenRefuses('D-24', 'determinedOn');
    given(disclosed).when(determine(), { today: '2021-03-24' }).thenRefuses('D-10', 'determinedOn');
    given(disclosed)
      .when(determine({ determinedOn: '2021-03-20' }))
      .then(determined({ determinedOn: '2021-03-20' }));
  });

  it('is put right by an approved correction, which is accepted when it holds', () => {
    const to = { ...determination, ground: 'ASSIGNED_TASK' } as const;
    given(disclosed, determined())
      .when(correct({ determination: to }))
      .then(corrected({ field: 'determination', from: determination, to }));
    given(disclosed, determined())
      .when(correct({ determination: { ...to, ground: 'WITHIN_ONE_YEAR' } }))
      .thenRefuses('D-20', 'leftOn');
  });
});

describe('accepting and returning', () => {
  it('accepts a disclosure on the day it was disclosed', () =>
    given(disclosed).when(accept('2021-03-20')).then(accepted('2021-03-20')));

  it('is ignored when it comes again', () => {
    given(disclosed, accepted()).when(accept()).thenNothing();
    given(disclosed, returned()).when(giveBack()).thenNothing();
  });

  it('D-24, D-10: is refused before the step before it and after today', () => {
    given(disclosed).when(accept('2021-03-19')).thenRefuses('D-24', 'on');
    given(disclosed, accepted()).when(giveBack('2021-03-31')).thenRefuses('D-24', 'on');
    given(disclosed)
      .when({ ...giveBack(), dueOn: '2021-03-24' })
      .thenRefuses('D-24', 'dueOn');
    given(disclosed).when(accept(), { today: '2021-03-31' }).thenRefuses('D-10', 'on');
  });

  it('D-26: is refused on another day once done', () => {
    given(disclosed, accepted()).when(accept('2021-04-02')).thenRefuses('D-26', 'on');
    given(disclosed, returned()).when(giveBack('2021-03-26')).thenRefuses('D-26', 'on');
  });

  it('D-26: may be returned again once accepted', () =>
    given(disclosed, accepted()).when(giveBack('2021-04-01')).then(returned('2021-04-01')));

  it('D-18: is refused for a returned disclosure that was not supplemented, accepted once it was', () => {
    given(disclosed, returned()).when(accept()).thenRefuses('D-18');
    given(disclosed, returned(), supplemented({ keywords: ['测量'] }))
      .when(accept())
      .then(accepted());
    given(disclosed, returned(), corrected({ field: 'title', to: '示例' }))
      .when(accept())
      .then(accepted());
    given(disclosed, returned(), supplemented({ keywords: ['测量'] }), accepted(), returned('2021-04-02'))
      .when(accept('2021-04-03'))
      .thenRefuses('D-18');
  });

  it('D-25: is refused without a disclosure', () => given().when(accept()).thenRefuses('D-25'));
  it('D-25: accepts the steps of one that is there', () => given(disclosed).when(accept()).then(accepted()));
});

describe('supplementing', () => {
  const third: readonly Inventor[] = [
    { personId: 'p_1', sharePermyriad: 5_000, role: 'LEAD' },
    { personId: 'p_2', sharePermyriad: 3_000, role: 'INVENTOR' },
    { personId: 'p_3', sharePermyriad: 2_000, role: 'INVENTOR', employment: 'STUDENT' },
  ];

  it('is accepted for what was not said, and only the new items of a list are written', () => {
    const funding = [{ source: 'SELF' }];
    given(disclosedWith({ keywords: ['测量'], furtherFunding: funding }))
      .when(supplement({ keywords: ['传感', '测量'], furtherFunding: funding, publication: 'PAPER' }))
      .then(supplemented({ keywords: ['传感'], publication: 'PAPER' }));
  });

  it('warns of a publication that becomes known (D-4)', () => {
    given(disclosed)
      .when(supplement({ publishedOn: '2021-03-22' }))
      .then(supplemented({ publishedOn: '2021-03-22' }, ['D-4']));
  });

  it('is ignored when everything was said before', () => {
    given(disclosedWith({ keywords: ['测量'], projectNo: '示例-1' }))
      .when(supplement({ keywords: ['测量'], projectNo: '示例-1', inventors }))
      .thenNothing();
  });

  it('D-16: is refused where another thing was said', () => {
    given(disclosedWith({ projectNo: '示例-1' }))
      .when(supplement({ projectNo: '示例-2' }))
      .thenRefuses('D-16', 'projectNo');
  });

  it('D-17: inventors are accepted with everybody on the list, refused when one is missing', () => {
    given(disclosed)
      .when(supplement({ inventors: third }))
      .then(supplemented({ inventors: third }));
    const [first, , last] = third as [Inventor, Inventor, Inventor];
    given(disclosed)
      .when(supplement({ inventors: [first, { ...last, sharePermyriad: 5_000 }] }))
      .thenRefuses('D-17', 'inventors');
  });

  it('D-2: is refused when the new shares make no whole', () => {
    given(disclosed)
      .when(supplement({ inventors: [...inventors, { personId: 'p_3', sharePermyriad: 1, role: 'INVENTOR' }] }))
      .thenRefuses('D-2', 'inventors');
  });

  it('D-27: inventors are refused after acceptance, other facts accepted', () => {
    given(disclosed, accepted())
      .when(supplement({ inventors: third }, '2021-04-03'))
      .thenRefuses('D-27', 'inventors');
    given(disclosed, accepted())
      .when(supplement({ keywords: ['测量'] }, '2021-04-03'))
      .then(supplemented({ keywords: ['测量'] }, [], '2021-04-03'));
  });

  it('D-24, D-10: is refused out of order', () => {
    given(disclosed)
      .when(supplement({ keywords: ['测量'] }, '2021-03-19'))
      .thenRefuses('D-24', 'on');
    given(disclosed)
      .when(supplement({ publishedOn: '2022-01-01' }), { today: '2021-12-31' })
      .thenRefuses('D-10', 'publishedOn');
  });
});

describe('correcting', () => {
  it('is accepted, a field by an event, two dates that depend on each other at once', () => {
    given(disclosed)
      .when(correct({ completedOn: '2021-05-01', disclosedOn: '2021-05-02', title: facts.title }))
      .then(
        corrected({ field: 'completedOn', from: '2021-03-05', to: '2021-05-01' }),
        corrected({ field: 'disclosedOn', from: '2021-03-20', to: '2021-05-02' }),
      );
  });

  it('may take out what was never true', () => {
    given({ type: 'InventionDisclosed', data: { ...facts, publishedOn: '2021-02-01', warnings: ['D-4'] } })
      .when(correct({}, ['publishedOn']))
      .then(corrected({ field: 'publishedOn', from: '2021-02-01' }));
  });

  it('is ignored when nothing differs', () =>
    given(disclosed)
      .when(correct({ title: facts.title }))
      .thenNothing());

  it('D-9, D-2, D-8: is refused when the whole would not hold', () => {
    given(disclosed)
      .when(correct({ completedOn: '2021-03-21' }))
      .thenRefuses('D-9', 'disclosedOn');
    given(disclosed)
      .when(correct({ inventors: inventors.slice(1) }))
      .thenRefuses('D-2', 'inventors');
    given(disclosed)
      .when(correct({}, ['title']))
      .thenRefuses('D-8', 'title');
  });

  it('D-24: is refused when the disclosure would come after its own steps, accepted up to their day', () => {
    given(disclosed, accepted())
      .when(correct({ disclosedOn: '2021-04-02' }))
      .thenRefuses('D-24', 'disclosedOn');
    given(disclosed, accepted())
      .when(correct({ disclosedOn: '2021-04-01' }))
      .then(corrected({ field: 'disclosedOn', from: '2021-03-20', to: '2021-04-01' }));
  });

  it('D-4: warns or no longer warns as the corrected facts are', () => {
    const to = '2021-02-01';
    given(disclosed)
      .when(correct({ publishedOn: to }))
      .then(corrected({ field: 'publishedOn', to }, ['D-4']));
  });
});

describe('withdrawing', () => {
  it('is accepted', () => given(disclosed, accepted()).when(withdraw).then(withdrawn));
  it('is ignored when it comes again', () => given(disclosed, withdrawn).when(withdraw).thenNothing());

  it('D-24: is refused before the last step', () => {
    given(disclosed, accepted('2021-04-03')).when(withdraw).thenRefuses('D-24', 'on');
  });

  it.each<DisclosureCommand>([accept(), giveBack(), supplement({ keywords: ['测量'] }), correct({ title: '示例' })])(
    'D-19: $type is refused afterwards',
    (step) => {
      given(disclosed, withdrawn).when(step).thenRefuses('D-19');
    },
  );
  it('D-19: takes every step before', () => given(disclosed).when(giveBack()).then(returned()));
});

describe('a secret result', () => {
  it.each<DisclosureCommand>([
    accept(),
    giveBack(),
    withdraw,
    supplement({ keywords: ['测量'] }),
    correct({ title: '示例' }),
    { type: 'DetermineServiceInvention', ground: 'OWN_JOB', determinedOn: '2021-03-25', basis: '示例' },
  ])('D-3: $type is refused', (step) => given(noted).when(step).thenRefuses('D-3'));
});

describe('any sequence of commands', () => {
  const person = fc.integer({ min: 1, max: 4 }).map((index) => `p_${index}`);
  const list = fc
    .array(fc.tuple(person, fc.constantFrom(2_000, 3_000, 4_000, 5_000, 6_000, 10_000)), { maxLength: 4 })
    .map((pairs) =>
      pairs.map(([personId, sharePermyriad]) => ({ personId, sharePermyriad, role: 'INVENTOR' as const })),
    );
  const day = fc.integer({ min: 20, max: 31 }).map((date) => `2021-03-${date}`);
  const anyCommand: fc.Arbitrary<DisclosureCommand> = fc.oneof(
    fc.tuple(list, day).map(([people, on]) => supplement({ inventors: people }, on) as DisclosureCommand),
    list.map((people) => correct({ inventors: people })),
    day.map((on) => correct({ disclosedOn: on })),
    day.map((on) => accept(on)),
    day.map((on) => giveBack(on)),
  );

  it('D-2: keeps the shares at exactly 100%', () => {
    const property = fc.property(fc.array(anyCommand, { maxLength: 12 }), (commands) => {
      let state = disclosureDecider.evolve(undefined, disclosed);
      for (const next of commands) {
        try {
          state = disclosureDecider.decide(next, state, testContext).reduce(disclosureDecider.evolve, state);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
        }
        if (state?.status === 'SECRET' || !state) throw new Error('the disclosure is gone');
        expect(state.facts.inventors.reduce((sum, { sharePermyriad }) => sum + sharePermyriad, 0)).toBe(10_000);
        expect(state.steppedOn === undefined || state.steppedOn >= state.facts.disclosedOn).toBe(true);
      }
    });
    fc.assert(property, { seed: 20_220_903, numRuns: 500 });
  });
});
