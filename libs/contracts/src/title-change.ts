import type { Right, RunAsset } from '@app/patents';
import type { IpType } from '@app/kernel';
import type { AskedChange, Contract } from './contract-state.js';
import { type AssetRef, type ContractTerms, movesTitle } from './contract-terms.js';

type AssetCommand = RunAsset['command'];

/** One order for all contracts, so that two packages never wait for each other in a circle. */
export const ascending = ({ assets }: ContractTerms): readonly AssetRef[] =>
  [...assets].sort((a, b) => (a.assetId < b.assetId ? -1 : 1));

/** Titles that pass by the contract alone: no register has to be asked, unlike for patents, designs of layouts, varieties and marks. */
const BY_CONTRACT: ReadonlySet<IpType> = new Set(['SOFTWARE', 'TECH_SECRET', 'OTHER']);

interface Move {
  readonly on: string;
  readonly revision: number;
}

/** On which day a contract moves the title of an asset, and by which of its revisions: its registration, or its effect once it is lodged. */
export const moveOf = (
  { ipType }: AssetRef,
  { terms, registeredOn, movedAt, effectAt }: Pick<Contract, 'terms' | 'registeredOn' | 'movedAt' | 'effectAt'>,
): Move | undefined => {
  if (!terms || !movesTitle(terms.mode)) return undefined;
  const [on, revision] = BY_CONTRACT.has(ipType) ? [terms.effectiveOn, effectAt] : [registeredOn, movedAt];
  return on === undefined || revision === undefined ? undefined : { on, revision };
};

const rightOf = (terms: ContractTerms): Right => {
  const { mode, licenceKind = 'ORDINARY', effectiveOn, endsOn, returnOf } = terms;
  if (movesTitle(mode)) return { kind: 'TITLE', on: effectiveOn, ...(returnOf ? { back: true } : {}) };
  const { territory, fields, sublicensable, asOwnUse, headContractId: under } = terms;
  return {
    kind: 'LICENCE',
    licence: licenceKind,
    from: effectiveOn,
    ...(endsOn ? { to: endsOn } : {}),
    ...(territory ? { territory } : {}),
    ...(fields ? { fields } : {}),
    ...(sublicensable ? { sublicensable } : {}),
    ...(asOwnUse ? { asOwnUse } : {}),
    ...(under ? { under } : {}),
  };
};

/** What a contract asks of each title; `amends` names the contract whose right it would replace. */
export const reservation = (holder: string, terms: ContractTerms, amends?: string): AssetCommand => {
  const { universityId, number: contractNumber, counterparty: party, coOwnerConsents, pledgeeConsent } = terms;
  return {
    type: 'Reserve',
    contractId: holder,
    universityId,
    right: rightOf(terms),
    contractNumber,
    party,
    ...(terms.mode === 'SUCCESSION' ? { bySuccession: true } : {}),
    ...(amends ? { amends } : {}),
    ...(coOwnerConsents ? { consents: coOwnerConsents } : {}),
    ...(pledgeeConsent === undefined ? {} : { pledgeeConsent }),
  };
};

/** An amendment reserves under an id of its own, new for each request: a refused one can never reserve again. */
const holderOf = (contractId: string, { revision }: AskedChange): string => `${contractId}~${revision}`;

/** What a change asks of each title before it is decided; a licence that ended early asks for no day after its end. */
export const askOf = (
  contractId: string,
  terms: ContractTerms,
  { pending, termination }: Pick<Contract, 'termination'> & { readonly pending: AskedChange },
): AssetCommand => {
  if (pending.kind === 'VOIDING') return { type: 'ReserveRelease', contractId, revision: pending.revision };
  const ended = termination ? { endsOn: termination.on } : {};
  return reservation(holderOf(contractId, pending), { ...terms, ...ended, ...pending.changes }, contractId);
};

/** What each title is told once a change is decided. */
export const tellOf = (contractId: string, change: AskedChange, isRefused: boolean): AssetCommand => {
  if (change.kind !== 'VOIDING')
    return { type: isRefused ? 'Cancel' : 'Confirm', contractId: holderOf(contractId, change) };
  return isRefused
    ? { type: 'CancelRelease', contractId, revision: change.revision }
    : { type: 'Release', contractId, on: change.voidedOn };
};
