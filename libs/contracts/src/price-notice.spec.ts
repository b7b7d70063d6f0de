import { RecordRow } from '@app/read-model';
import { recorded, rowsAfter, specFor } from '@app/testing';
import {
  type NoticeData,
  type PriceNoticeCommand,
  type PriceNoticeEvent,
  noticeFacts,
  priceNoticeDecider,
} from './price-notice.js';
import { priceNoticeEvents, priceNoticeRecords } from './price-notice.projection.js';

const given = specFor(priceNoticeDecider);

const notice: NoticeData = {
  universityId: 'hnu',
  number: '示例-GS-1',
  title: '示例成果',
  assets: [{ assetId: 'a1', ipType: 'INVENTION', number: '201910699568X' }],
  proposedFen: '10000000',
  startsOn: '2023-02-01',
  endsOn: '2023-02-16',
  procedure: '书面提出，学校三日内答复',
};
const publish = (more: Partial<NoticeData> = {}, stateFounded = true): PriceNoticeCommand => ({
  type: 'PublishPriceNotice',
  stateFounded,
  ...notice,
  ...more,
});
const published = (more: Partial<NoticeData> = {}): PriceNoticeEvent => ({
  type: 'PriceNoticePublished',
  data: { ...notice, ...more },
});
const raise = (raisedOn = '2023-02-10', ground = '价格偏低'): PriceNoticeCommand => ({
  type: 'RaiseObjection',
  number: '示例-Y-1',
  raisedOn,
  ground,
});
const raised: PriceNoticeEvent = {
  type: 'PriceObjectionRaised',
  data: { number: '示例-Y-1', raisedOn: '2023-02-10', ground: '价格偏低' },
};
const resolve = (resolvedOn = '2023-02-12', outcome: 'DISMISSED' | 'UPHELD' = 'DISMISSED'): PriceNoticeCommand => ({
  type: 'ResolveObjection',
  number: '示例-Y-1',
  resolvedOn,
  outcome,
});
const resolved = (outcome: 'DISMISSED' | 'UPHELD' = 'DISMISSED'): PriceNoticeEvent => ({
  type: 'PriceObjectionResolved',
  data: { number: '示例-Y-1', resolvedOn: '2023-02-12', outcome },
});
const withdraw = (withdrawnOn = '2023-02-14'): PriceNoticeCommand => ({
  type: 'WithdrawPriceNotice',
  withdrawnOn,
  reason: '示例',
});
const withdrawn: PriceNoticeEvent = {
  type: 'PriceNoticeWithdrawn',
  data: { withdrawnOn: '2023-02-14', reason: '示例' },
};

describe('publishing a price', () => {
  it('is accepted once', () => {
    given().when(publish()).then(published());
    given(published()).when(publish()).thenNothing();
  });
  it('C-30: is not entered before it began', () =>
    given()
      .when(publish({ startsOn: '2026-01-01', endsOn: '2026-02-01' }))
      .thenRefuses('C-30', 'startsOn'));
  it('C-74: does not end before it began', () =>
    given()
      .when(publish({ endsOn: '2023-01-31' }, false))
      .thenRefuses('C-74', 'endsOn'));
  it('C-32: lists its assets, each once', () => {
    given()
      .when(publish({ assets: [] }))
      .thenRefuses('C-32', 'assets');
    given()
      .when(publish({ assets: [...notice.assets, ...notice.assets] }))
      .thenRefuses('C-32', 'assets');
  });

  describe('for fifteen days', () => {
    it('P-6: a day less is refused', () =>
      given()
        .when(publish({ endsOn: '2023-02-15' }))
        .thenRefuses('P-6', 'endsOn'));
    it('accepts fifteen, less where the law does not bind, and less before it did', () => {
      given()
        .when(publish({ endsOn: '2023-02-16' }))
        .then(published());
      given()
        .when(publish({ endsOn: '2023-02-02' }, false))
        .then(published({ endsOn: '2023-02-02' }));
      const early = { startsOn: '2016-02-25', endsOn: '2016-03-01' };
      given().when(publish(early)).then(published(early));
    });
  });

  describe('with a way to object', () => {
    const { procedure: _none, ...silent } = notice;
    it('P-7: is refused without one', () =>
      given()
        .when({ type: 'PublishPriceNotice', stateFounded: true, ...silent })
        .thenRefuses('P-7', 'procedure'));
    it('accepts none where the law does not bind', () =>
      given()
        .when({ type: 'PublishPriceNotice', stateFounded: false, ...silent })
        .then({ type: 'PriceNoticePublished', data: silent }));
  });
});

describe('objecting', () => {
  it('C-70, C-72, C-74: is accepted on any day of the notice', () => {
    given(published()).when(raise()).then(raised);
    for (const day of ['2023-02-01', '2023-02-16'])
      given(published())
        .when(raise(day))
        .then({ ...raised, data: { ...raised.data, raisedOn: day } } as PriceNoticeEvent);
  });
  it('is ignored when it is on record', () => given(published(), raised).when(raise()).thenNothing());
  it('C-74: is refused on any other day', () => {
    for (const day of ['2023-01-31', '2023-02-17']) given(published()).when(raise(day)).thenRefuses('C-74', 'raisedOn');
  });
  it('C-72: is refused when its number says something else', () =>
    given(published(), raised).when(raise('2023-02-11')).thenRefuses('C-72', 'number'));
  it('C-71: is refused after the withdrawal', () => given(published(), withdrawn).when(raise()).thenRefuses('C-71'));
  it('C-70: is refused without a notice', () => given().when(raise()).thenRefuses('C-70'));
});

describe('dealing with an objection', () => {
  it('C-73: is accepted', () => given(published(), raised).when(resolve()).then(resolved()));
  it('is ignored when it is on record', () => given(published(), raised, resolved()).when(resolve()).thenNothing());
  it('C-73: is refused without it', () => given(published()).when(resolve()).thenRefuses('C-73', 'number'));
  it('C-72: is refused when it ended otherwise', () =>
    given(published(), raised, resolved()).when(resolve('2023-02-12', 'UPHELD')).thenRefuses('C-72', 'number'));
  it('C-74: is not before the objection nor after today', () => {
    for (const day of ['2023-02-09', '2026-01-01'])
      given(published(), raised).when(resolve(day)).thenRefuses('C-74', 'resolvedOn');
  });
});

describe('withdrawing', () => {
  it('is accepted once', () => {
    given(published()).when(withdraw()).then(withdrawn);
    given(published(), withdrawn).when(withdraw()).thenNothing();
  });
  it('C-71: is refused on another day', () =>
    given(published(), withdrawn).when(withdraw('2023-02-15')).thenRefuses('C-71'));
  it('C-74: is not before the notice', () =>
    given(published()).when(withdraw('2023-01-31')).thenRefuses('C-74', 'withdrawnOn'));
});

describe('what contracts see of it', () => {
  it('tells how its objections stand', () => {
    const state = given(published(), raised, resolved('UPHELD'), withdrawn).state();
    expect(noticeFacts('n1', state)).toMatchObject({
      noticeId: 'n1',
      assetIds: ['a1'],
      withdrawnOn: '2023-02-14',
      objections: [{ number: '示例-Y-1', resolvedOn: '2023-02-12', isUpheld: true }],
    });
  });
});

describe('price-notice records', () => {
  const log = (...events: PriceNoticeEvent[]) =>
    recorded(...events.map((event) => ['price-notice-n1', event] as const));
  it.each([
    [[published()], { status: 'PUBLISHED', amountFen: 10_000_000n, date: '2023-02-01', detail: { assetIds: ['a1'] } }],
    [[published(), raised], { status: 'OBJECTED', detail: { openObjections: ['示例-Y-1'] } }],
    [[published(), raised, resolved()], { status: 'PUBLISHED', detail: { openObjections: [] } }],
    [[published(), raised, resolved('UPHELD')], { status: 'OBJECTED', detail: { upheldObjections: ['示例-Y-1'] } }],
    [[published(), withdrawn], { status: 'WITHDRAWN', detail: { withdrawnOn: '2023-02-14' } }],
  ] as const)('follow %j', async (events, expected) => {
    const [row] = await rowsAfter(priceNoticeRecords, RecordRow, log(...events));
    expect(row).toMatchObject({ key: 'price-notice:n1', ...expected });
  });
  it('are the same however the history is cut, over every event type', async () => {
    const history = log(published(), raised, resolved(), withdrawn);
    expect(new Set(history.map(({ type }) => type))).toEqual(new Set(Object.keys(priceNoticeEvents)));
    const whole = await rowsAfter(priceNoticeRecords, RecordRow, history);
    for (const cuts of [[1, 2, 3], [2]])
      expect(await rowsAfter(priceNoticeRecords, RecordRow, history, cuts)).toEqual(whole);
  });
});
