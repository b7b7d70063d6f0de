import type { Actor } from '@app/kernel';
import {
  type Action,
  POLICY,
  ROLES,
  type Reach,
  type Role,
  authorise,
  permissionsOf,
  universityScope,
} from './policy.js';

const ROLE_ORDER: readonly Role[] = [
  'TRANSFER_OFFICE',
  'DATA_CLERK',
  'FUND_ADMIN',
  'REVIEWER',
  'AUDITOR',
  'SYSTEM_ADMIN',
];

/** Written out a second time on purpose: a change of the policy is a change here. Columns in `ROLE_ORDER`. */
const EXPECTED: Readonly<Record<Action, ReadonlyArray<Reach | '-'>>> = {
  'university.write': ['-', '-', '-', 'all', '-', '-'],
  'registry.write': ['own', 'all', '-', 'all', '-', '-'],
  'disclosure.write': ['own', 'all', '-', '-', '-', '-'],
  'asset.write': ['own', 'all', '-', '-', '-', '-'],
  'contract.write': ['own', 'all', '-', '-', '-', '-'],
  'open-licence.write': ['own', 'all', '-', '-', '-', '-'],
  'baseline.write': ['-', '-', '-', 'all', '-', '-'],
  'correction.approve': ['own', '-', '-', 'all', '-', '-'],
  'evidence.write': ['own', 'all', 'all', 'all', '-', '-'],
  'baseline.approve': ['-', '-', '-', 'all', '-', '-'],
  'fund.manage': ['-', '-', 'all', '-', '-', '-'],
  'fund.claim': ['own', 'all', '-', '-', '-', '-'],
  'record.read': ['own', 'all', 'all', 'all', 'all', '-'],
  'person.read': ['own', 'all', '-', '-', '-', '-'],
  'board.read': ['all', 'all', 'all', 'all', 'all', '-'],
  'import.run': ['own', 'all', 'all', 'all', '-', '-'],
  'user.manage': ['-', '-', '-', '-', '-', 'all'],
};

const cells = Object.entries(EXPECTED).flatMap(([action, reaches]) =>
  reaches.map((reach, index) => [ROLE_ORDER[index] as Role, action as Action, reach] as const),
);

const actorOf = (role: string): Actor => ({ id: 'someone', role, organisation: 'hnu' });

const answer = (run: () => void): string => {
  try {
    run();
    return 'allowed';
  } catch (error) {
    return (error as { rule: string }).rule;
  }
};

describe('the policy table', () => {
  it('has every role and every action of the expected table, and no other', () => {
    expect(Object.keys(ROLES)).toEqual(ROLE_ORDER);
    expect(Object.keys(POLICY)).toEqual(Object.keys(EXPECTED));
    expect(cells).toHaveLength(ROLE_ORDER.length * Object.keys(POLICY).length);
  });

  it.each(cells)('%s, %s: %s', (role, action, reach) => {
    const actor = actorOf(role);
    const own = reach === '-' ? 'A-1' : 'allowed';
    const foreign = reach === 'own' ? 'A-2' : own;
    expect(answer(() => authorise(actor, action))).toBe(own);
    expect(answer(() => authorise(actor, action, 'hnu'))).toBe(own);
    expect(answer(() => authorise(actor, action, 'csu'))).toBe(foreign);
    expect(permissionsOf(actor)[action]).toBe(reach === '-' ? undefined : reach);
  });

  it('A-1, A-2: the own university is accepted where the reach is own', () => {
    expect(() => authorise(actorOf('TRANSFER_OFFICE'), 'contract.write', 'hnu')).not.toThrow();
  });

  it('gives an unknown role nothing', () => {
    expect(permissionsOf(actorOf('toString'))).toEqual({});
    expect(answer(() => authorise(actorOf('constructor'), 'board.read'))).toBe('A-1');
  });
});

describe('the scope of a query', () => {
  it('is the own university when the reach is own', () =>
    expect(universityScope(actorOf('TRANSFER_OFFICE'), 'record.read')).toBe('hnu'));

  it('is everything when the reach is all', () =>
    expect(universityScope(actorOf('AUDITOR'), 'record.read')).toBeUndefined());

  it('is refused without the permission', () =>
    expect(answer(() => universityScope(actorOf('SYSTEM_ADMIN'), 'record.read'))).toBe('A-1'));
});
