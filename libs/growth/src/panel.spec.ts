import { isInPanel, withMembership } from './panel.js';

const spans = (...set: ReadonlyArray<readonly [from: string, inPanel: boolean]>) =>
  set.reduce<ReturnType<typeof withMembership>>(
    (before, [from, inPanel]) => withMembership(before, 'hnu', { from, inPanel }),
    [],
  );

describe('panel membership', () => {
  it('is nobody’s until somebody decides it', () => expect(isInPanel([], '2021-01-01')).toBe(false));

  it.each([
    ['2019-12-31', false],
    ['2020-01-01', true],
    ['2022-12-31', true],
    ['2023-01-01', false],
  ])('on %s follows the dates it was set from', (date, member) =>
    expect(isInPanel(spans(['2020-01-01', true], ['2023-01-01', false]), date)).toBe(member),
  );

  it('takes a later word on the same date instead', () =>
    expect(isInPanel(spans(['2020-01-01', true], ['2020-01-01', false]), '2021-01-01')).toBe(false));

  it('does not depend on the order in which different dates were set', () =>
    expect(spans(['2023-01-01', false], ['2020-01-01', true])).toEqual(
      spans(['2020-01-01', true], ['2023-01-01', false]),
    ));
});
