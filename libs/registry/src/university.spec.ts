import { specFor } from '@app/testing';
import { type UniversityData, type UniversityEvent, universityDecider } from './university.js';
import { policyOn } from './university-policy.js';

const given = specFor(universityDecider);

const data: UniversityData = {
  code: 'hnu',
  name: '湖南大学',
  schoolCode: '4143010532',
  ownership: 'CENTRAL',
  level: 'UNDERGRADUATE',
  authority: '教育部',
};
const registered: UniversityEvent = { type: 'UniversityRegistered', data };
const register = (changes: Partial<UniversityData> = {}) =>
  ({ type: 'RegisterUniversity', data: { ...data, ...changes } }) as const;

const panel = (inPanel: boolean, from: string) => ({ inPanel, from, source: '示例文件' });
const set = (inPanel: boolean, from: string) => ({ type: 'SetPanelMembership', data: panel(inPanel, from) }) as const;
const joined = (from: string): UniversityEvent => ({ type: 'PanelMembershipSet', data: panel(true, from) });
const left = (from: string): UniversityEvent => ({ type: 'PanelMembershipSet', data: panel(false, from) });

describe('registering a university', () => {
  it('is accepted', () => given().when(register()).then(registered));

  it('keeps numbers in their one form', () =>
    given()
      .when(register({ schoolCode: ' ４１43010532', creditCode: '91110000802100433b' }))
      .then({ type: 'UniversityRegistered', data: { ...data, creditCode: '91110000802100433B' } }));

  it('is ignored when it says the same again', () => given(registered).when(register()).thenNothing());

  it('is refused when the code stands for something else', () =>
    given(registered)
      .when(register({ authority: '湖南省' }))
      .thenRefuses('R-10', 'code'));

  it.each(['H', 'h', '1hnu', 'hnu_x', 'a2345678901234567', 'city', 'bureau'])('refuses the code %s', (code) =>
    given().when(register({ code })).thenRefuses('R-9', 'code'),
  );

  it('checks the school code', () =>
    given()
      .when(register({ schoolCode: '10532' }))
      .thenRefuses('I-8', 'schoolCode'));

  it('checks the credit code', () =>
    given()
      .when(register({ creditCode: '911100008021004330' }))
      .thenRefuses('I-6', 'creditCode'));
});

describe('deciding panel membership', () => {
  it('is accepted', () => given(registered).when(set(true, '2020-01-01')).then(joined('2020-01-01')));

  it('may keep a university out from the start', () =>
    given(registered).when(set(false, '2020-01-01')).then(left('2020-01-01')));

  it('is ignored when it stands so already', () =>
    given(registered, joined('2020-01-01')).when(set(true, '2020-01-01')).thenNothing());

  it('lets a university leave later', () =>
    given(registered, joined('2020-01-01')).when(set(false, '2023-01-01')).then(left('2023-01-01')));

  it('may be corrected for the same date', () =>
    given(registered, joined('2020-01-01')).when(set(false, '2020-01-01')).then(left('2020-01-01')));

  it('is refused before the last change', () =>
    given(registered, joined('2021-01-01')).when(set(false, '2020-06-01')).thenRefuses('R-11', 'panelFrom'));

  it('is refused when it changes nothing but the date', () =>
    given(registered, joined('2020-01-01')).when(set(true, '2021-01-01')).thenRefuses('R-11', 'panelFrom'));

  it('is refused for a day to come', () =>
    given(registered).when(set(true, '2024-01-02'), { today: '2024-01-01' }).thenRefuses('R-1', 'panelFrom'));

  it('is refused for an unknown university', () => given().when(set(true, '2020-01-01')).thenRefuses('R-5'));
});

const adoption = { policy: 'EVALUATION', adoptedOn: '2021-05-01', documentNo: '示例1号', evidence: '示例' } as const;
const adopted: UniversityEvent = { type: 'PolicyAdopted', data: adoption };
const adopt = { type: 'AdoptPolicy', data: adoption } as const;
const repeal = (on: string, documentNo = '示例1号') =>
  ({ type: 'RepealPolicy', data: { policy: 'EVALUATION', on, documentNo } }) as const;
const repealed = (on: string): UniversityEvent => ({ type: 'PolicyRepealed', data: repeal(on).data });

describe('adopting a policy', () => {
  it('R-1, R-13: is accepted', () => given(registered).when(adopt, { today: '2021-05-01' }).then(adopted));
  it('is ignored when it is recorded already', () => given(registered, adopted).when(adopt).thenNothing());
  it('is accepted beside an older document', () => {
    const data = { ...adoption, documentNo: '示例2号', adoptedOn: '2023-01-01' };
    given(registered, adopted)
      .when({ ...adopt, data })
      .then({ type: 'PolicyAdopted', data });
  });
  it.each([{ adoptedOn: '2021-05-02' }, { evidence: '示例二' }])(
    'R-13: is refused for a document recorded otherwise',
    (changes) =>
      given(registered, adopted)
        .when({ ...adopt, data: { ...adoption, ...changes } })
        .thenRefuses('R-13', 'documentNo'),
  );
  it('R-1: is refused for a day to come', () =>
    given(registered).when(adopt, { today: '2021-04-30' }).thenRefuses('R-1', 'adoptedOn'));
  it('R-5: is refused for an unknown university', () => given().when(adopt).thenRefuses('R-5'));
});

describe('repealing a policy', () => {
  it('R-14, R-2, R-4: is accepted', () =>
    given(registered, adopted).when(repeal('2021-05-01')).then(repealed('2021-05-01')));
  it('is ignored when it is recorded already', () =>
    given(registered, adopted, repealed('2023-01-01')).when(repeal('2023-01-01')).thenNothing());
  it('R-14: is refused for a document that was never adopted', () =>
    given(registered, adopted).when(repeal('2023-01-01', '示例2号')).thenRefuses('R-14', 'documentNo'));
  it('R-4: is refused on another day than it was repealed', () =>
    given(registered, adopted, repealed('2023-01-01')).when(repeal('2023-01-02')).thenRefuses('R-4', 'on'));
  it('R-2: is refused before its adoption', () =>
    given(registered, adopted).when(repeal('2021-04-30')).thenRefuses('R-2', 'on'));
  it('R-1: is refused for a day to come', () =>
    given(registered, adopted).when(repeal('2024-01-02'), { today: '2024-01-01' }).thenRefuses('R-1', 'on'));
});

describe('the policy in force', () => {
  const { policies } = given(
    registered,
    adopted,
    { type: 'PolicyAdopted', data: { ...adoption, documentNo: '示例2号', adoptedOn: '2023-01-01' } },
    { type: 'PolicyRepealed', data: { policy: 'EVALUATION', documentNo: '示例2号', on: '2024-01-01' } },
  ).state();

  it.each([
    ['2021-04-30', undefined],
    ['2021-05-01', '示例1号'],
    ['2022-12-31', '示例1号'],
    ['2023-01-01', '示例2号'],
    ['2023-12-31', '示例2号'],
    ['2024-01-01', '示例1号'],
  ])('on %s is %s: the one adopted last of those not repealed', (on, documentNo) =>
    expect(policyOn(policies, 'EVALUATION', on)?.documentNo).toBe(documentNo),
  );

  it('is asked for by its name', () => expect(policyOn(policies, 'REWARD', '2022-01-01')).toBeUndefined());
});
