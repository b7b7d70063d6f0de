import { isStateFounded } from './state-founded.js';

describe('founded by the state', () => {
  it.each(['CENTRAL', 'PROVINCIAL', 'MUNICIPAL'])('%s: yes', (ownership) =>
    expect(isStateFounded(ownership)).toBe(true),
  );
  it.each(['PRIVATE', 'INDEPENDENT_COLLEGE', 'MILITARY', ''])('%s: no', (ownership) =>
    expect(isStateFounded(ownership)).toBe(false),
  );
});
