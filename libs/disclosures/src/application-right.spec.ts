import { specFor } from '@app/testing';
import { type DisclosureCommand, disclosureDecider } from './disclosure.js';
import type { DisclosureEvent } from './disclosure-events.js';

const given = specFor(disclosureDecider);

const disclosed: DisclosureEvent = {
  type: 'InventionDisclosed',
  data: {
    universityId: 'hnu',
    number: '示例-PL-1',
    confidentiality: 'PUBLIC',
    title: '示例：一种测量装置',
    completedOn: '2021-03-05',
    disclosedOn: '2021-03-20',
    inventors: [{ personId: 'p_1', sharePermyriad: 10_000, role: 'LEAD' }],
    warnings: [],
  },
};
const approval = { reason: '示例：笔误', evidence: '示例文号1', approver: 'hnu-head' } as const;
const asset = { assetId: 'a1', number: '202110000001X' } as const;
const release = { evaluationId: 'e1', on: '2021-05-01', contractNo: '示例-HT-1' } as const;
const withdrawn: DisclosureEvent = { type: 'DisclosureWithdrawn', data: { on: '2021-04-02', ...approval } };
const file: DisclosureCommand = { type: 'NoteFiling', ...asset };
const unfile: DisclosureCommand = { type: 'TakeBackFiling', assetId: 'a1' };
const giveAway: DisclosureCommand = { type: 'NoteRelease', ...release };
const withdraw: DisclosureCommand = { type: 'WithdrawDisclosure', on: '2021-04-02', ...approval };
const filed: DisclosureEvent = { type: 'DisclosureFiled', data: asset };
const unfiled: DisclosureEvent = { type: 'DisclosureUnfiled', data: { assetId: 'a1' } };
const released: DisclosureEvent = { type: 'DisclosureReleased', data: release };

describe('filing from a disclosure', () => {
  it('is accepted, of several assets too, and ignored when it comes again', () => {
    given(disclosed).when(file).then(filed);
    given(disclosed, filed)
      .when({ ...file, assetId: 'a2' })
      .then({ type: 'DisclosureFiled', data: { ...asset, assetId: 'a2' } });
    given(disclosed, filed).when(file).thenNothing();
  });

  it('E-39: is refused once the right is released', () => {
    given(disclosed, released).when(file).thenRefuses('E-39', 'disclosureNumber');
  });

  it('D-19: is refused of a withdrawn disclosure', () => {
    given(disclosed, withdrawn).when(file).thenRefuses('D-19');
  });

  it('can be taken back', () => {
    given(disclosed, filed).when(unfile).then(unfiled);
    given(disclosed, filed, unfiled).when(unfile).thenNothing();
  });
});

describe('releasing the right of a disclosure', () => {
  it('is accepted while nothing is filed, or after it was taken back', () => {
    given(disclosed).when(giveAway).then(released);
    given(disclosed, filed, unfiled).when(giveAway).then(released);
    given(disclosed, released).when(giveAway).thenNothing();
  });

  it('E-40: is refused while an asset is filed, naming it', () => {
    const refused = () => given(disclosed, filed).when(giveAway);
    refused().thenRefuses('E-40');
  });

  it('E-39: is refused on another evaluation, or by another contract', () => {
    given(disclosed, released)
      .when({ ...giveAway, evaluationId: 'e2' })
      .thenRefuses('E-39');
    given(disclosed, released)
      .when({ ...giveAway, contractNo: '示例-HT-2' })
      .thenRefuses('E-39');
  });
});

describe('withdrawing a disclosure', () => {
  it('is accepted while nothing is filed from it', () => {
    given(disclosed).when(withdraw).then(withdrawn);
    given(disclosed, filed, unfiled).when(withdraw).then(withdrawn);
  });

  it('E-41: is refused while an asset is filed', () => {
    given(disclosed, filed).when(withdraw).thenRefuses('E-41');
  });

  it('D-26: is refused again with another date, ignored with the same', () => {
    given(disclosed, withdrawn).when(withdraw).thenNothing();
    given(disclosed, withdrawn)
      .when({ ...withdraw, on: '2021-04-03' } as DisclosureCommand)
      .thenRefuses('D-26', 'on');
  });
});

describe('an evaluation of a disclosure', () => {
  const evaluated: DisclosureEvent = { type: 'DisclosureEvaluated', data: { evaluationId: 'e1' } };
  const note: DisclosureCommand = { type: 'NoteEvaluation', evaluationId: 'e1' };

  it('is noted once, and not after a withdrawal', () => {
    given(disclosed).when(note).then(evaluated);
    given(disclosed, evaluated).when(note).thenNothing();
    given(disclosed, withdrawn).when(note).thenNothing();
  });
});
