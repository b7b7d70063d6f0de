import { specFor } from '@app/testing';
import { type UniversityData, type UniversityEvent, universityDecider } from './university.js';

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
