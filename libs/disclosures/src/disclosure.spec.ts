import { specFor } from '@app/testing';
import { type DiscloseInvention, disclosureDecider } from './disclosure.js';
import type { DisclosureEvent } from './disclosure-events.js';

const given = specFor(disclosureDecider);

const facts = {
  universityId: 'hnu',
  number: '示例-PL-1',
  title: '示例：一种测量装置',
  completedOn: '2021-03-05',
  disclosedOn: '2021-03-20',
  inventors: [
    { personId: 'p_1', sharePermyriad: 6_000, role: 'LEAD' },
    { personId: 'p_2', sharePermyriad: 4_000, role: 'INVENTOR' },
  ],
  confidentiality: 'PUBLIC',
} as const;
const command: DiscloseInvention = { type: 'DiscloseInvention', ...facts };
const disclosed: DisclosureEvent = { type: 'InventionDisclosed', data: { ...facts, warnings: [] } };

const secret = {
  type: 'DiscloseInvention',
  universityId: 'hnu',
  number: '示例-PL-9',
  confidentiality: 'SECRET',
} as const;
const noted: DisclosureEvent = { type: 'SecretDisclosureNoted', data: { universityId: 'hnu', number: '示例-PL-9' } };

const without = (field: keyof DiscloseInvention): DiscloseInvention => {
  const { [field]: _left, ...rest } = command;
  return rest as DiscloseInvention;
};

describe('disclosing an invention', () => {
  it('is accepted', () => given().when(command).then(disclosed));

  it('records what may be left out only when it is there', () => {
    const more = { funding: 'VERTICAL', projectNo: '示例-2020-01', protection: 'INVENTION' } as const;
    given()
      .when({ ...command, ...more, confidentiality: 'INTERNAL' })
      .then({ type: 'InventionDisclosed', data: { ...facts, ...more, confidentiality: 'INTERNAL', warnings: [] } });
  });

  it('is ignored when it comes again', () => given(disclosed).when(command).thenNothing());

  it('D-1, D-2, D-5, D-6, D-7: is refused with inventors that are none or make no whole', () => {
    const [lead, second] = facts.inventors;
    given().when(without('inventors')).thenRefuses('D-1', 'inventors');
    given()
      .when({ ...command, inventors: [] })
      .thenRefuses('D-1', 'inventors');
    given()
      .when({ ...command, inventors: [lead] })
      .thenRefuses('D-2', 'inventors');
    given()
      .when({ ...command, inventors: [lead, { ...second, role: 'ASSISTANT' }] })
      .thenRefuses('D-5', 'inventors');
    given()
      .when({ ...command, inventors: [lead, { ...second, personId: 'p_1' }] })
      .thenRefuses('D-6', 'inventors');
    given()
      .when({ ...command, inventors: [lead, { ...second, sharePermyriad: 0 }] })
      .thenRefuses('D-7', 'inventors');
  });

  it.each(['title', 'completedOn', 'disclosedOn'] as const)('D-8: is refused without %s', (field) => {
    given().when(without(field)).thenRefuses('D-8', field);
  });

  it('D-9: is refused before completion, accepted on the same day', () => {
    given()
      .when({ ...command, completedOn: '2021-03-21' })
      .thenRefuses('D-9', 'disclosedOn');
    given()
      .when({ ...command, completedOn: '2021-03-20' })
      .then({ type: 'InventionDisclosed', data: { ...facts, completedOn: '2021-03-20', warnings: [] } });
  });

  it.each(['completedOn', 'disclosedOn', 'publishedOn'] as const)('D-10: is refused with %s after today', (field) => {
    given()
      .when({ ...command, [field]: '2021-03-21' }, { today: '2021-03-20' })
      .thenRefuses('D-10', field);
  });

  it('is accepted on the day itself', () => given().when(command, { today: '2021-03-20' }).then(disclosed));
});

describe('publication before filing', () => {
  const warned = (more: Partial<DiscloseInvention>, ...warnings: string[]) => {
    const published = { publishedOn: '2021-02-01', ...more } as const;
    given()
      .when({ ...command, ...published })
      .then({ type: 'InventionDisclosed', data: { ...facts, ...published, warnings } as never });
  };

  it('D-4: is accepted with a warning when a patent is meant', () => {
    warned({ protection: 'INVENTION' }, 'D-4');
    warned({ protection: 'DESIGN' }, 'D-4');
  });

  it('D-4: warns while no protection is chosen', () => warned({}, 'D-4'));

  it('D-4: does not warn where novelty does not matter', () => warned({ protection: 'SOFTWARE' }));
});

describe('a secret result', () => {
  it('D-3: leaves a stub with its number only', () => given().when(secret).then(noted));

  it('is ignored when it comes again', () => given(noted).when(secret).thenNothing());

  it.each([
    { title: '示例' },
    { completedOn: '2021-03-05' },
    { disclosedOn: '2021-03-05' },
    { inventors: facts.inventors },
    { inventors: [] },
    { projectNo: '示例-2020-01' },
    { protection: 'INVENTION' },
  ] as const)('D-3: is refused with any content: %j', (content) => {
    given()
      .when({ ...secret, ...content })
      .thenRefuses('D-3', Object.keys(content)[0]);
  });

  it('keeps no title in its state', () => {
    expect(given(noted).state()).toEqual({ status: 'SECRET', universityId: 'hnu', number: '示例-PL-9' });
  });
});
