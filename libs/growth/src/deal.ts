import type { AssetRef, ContractEvent, ConversionMode } from '@app/contracts';
import { assertNever } from '@app/kernel';
import type { OpenGrantEvent } from '@app/open-licences';

/** How an asset was converted, and by which register; open-licence grants are told from negotiated licences. */
export type DealMode = ConversionMode | 'OPEN_GRANT';

/** What of a contract or an open-licence grant bears on counting, as it is now known. */
export interface Deal {
  readonly universityId: string;
  readonly number: string;
  readonly mode: DealMode;
  readonly assets: readonly AssetRef[];
  readonly effectiveOn: string;
  /** Transfer registration (转让登记日). */
  readonly registeredOn?: string;
  /** Recording of a licence or grant (备案日). */
  readonly recordedOn?: string;
  readonly relatedParty: boolean;
  readonly ownAssetCompany: boolean;
  /** Undoes an earlier transfer (回转). */
  readonly isReturn: boolean;
  /** 在长转化 as determined when it was entered; null where nothing was known. */
  readonly inChangsha: boolean | null;
  /** Lodged with the titles of its assets and not voided; nothing else counts. */
  readonly stands: boolean;
}

/** What happens to a contract or grant without bearing on counting: an amended or ended licence still counts in its year. */
type OfNoCount =
  | 'RecordingRefused'
  | 'AmendmentRequested'
  | 'ContractAmended'
  | 'AmendmentRefused'
  | 'LicenceTerminated'
  | 'LicenceDeregistered'
  | 'VoidRequested'
  | 'VoidRefused'
  | 'PaymentReceived'
  | 'PaymentReversed'
  | 'RewardDistributed'
  | 'RewardReversed'
  | 'TechnologyContractRegistered'
  | 'ContractSettled'
  | 'OpenGrantRequested'
  | 'OpenGrantRefused'
  | 'OpenGrantEnded'
  | 'OpenGrantSettled';

/** Every event that bears on counting. */
export type DealEvent = Exclude<ContractEvent | OpenGrantEvent, { type: OfNoCount }>;

const requested = (data: Extract<ContractEvent, { type: 'LodgementRequested' }>['data']): Deal => ({
  universityId: data.universityId,
  number: data.number,
  mode: data.mode,
  assets: data.assets,
  effectiveOn: data.effectiveOn,
  relatedParty: data.relatedParty ?? false,
  ownAssetCompany: data.ownAssetCompany ?? false,
  isReturn: data.returnOf !== undefined,
  inChangsha: data.inChangsha.value,
  stands: false,
});

const granted = (data: Extract<OpenGrantEvent, { type: 'OpenLicenceGranted' }>['data']): Deal => ({
  universityId: data.universityId,
  number: data.number,
  mode: 'OPEN_GRANT',
  assets: [{ assetId: data.assetId, ipType: data.ipType, number: data.assetNumber }],
  effectiveOn: data.effectiveOn,
  relatedParty: false,
  ownAssetCompany: false,
  isReturn: false,
  inChangsha: data.inChangsha.value,
  stands: true,
});

const corrected = (
  deal: Deal,
  { field, to, inChangsha }: Extract<ContractEvent, { type: 'ContractCorrected' }>['data'],
): Deal => {
  const determined = inChangsha ? { ...deal, inChangsha: inChangsha.value } : deal;
  switch (field) {
    case 'recordedOn':
    case 'registeredOn':
      return { ...determined, [field]: String(to) };
    case 'effectiveOn':
      return { ...determined, effectiveOn: String(to) };
    case 'relatedParty':
      return { ...determined, relatedParty: to === true };
    case 'recordNo':
    case 'terminatedOn':
    case 'deregisteredOn':
    case 'feeFen':
    case 'counterparty':
    case 'counterpartyCode':
    case 'counterpartyDivision':
    case 'implementationDivision':
    case 'technologyContractNo':
    case 'technologyRegisteredOn':
    case 'technologyAmountFen':
    case 'entryFeeFen':
    case 'instalments':
      return determined;
    default:
      return assertNever(field);
  }
};

/** The deal after an event; undefined while it was never entered. */
export const evolveDeal = (deal: Deal | undefined, event: DealEvent): Deal | undefined => {
  if (event.type === 'LodgementRequested') return requested(event.data);
  if (event.type === 'OpenLicenceGranted') return granted(event.data);
  if (!deal) return undefined;
  switch (event.type) {
    case 'ContractLodged':
      return { ...deal, stands: true };
    case 'ContractRefused':
    case 'ContractVoided':
    case 'OpenGrantVoided':
      return { ...deal, stands: false };
    case 'LicenceRecorded':
    case 'OpenGrantRecorded':
      return { ...deal, recordedOn: event.data.recordedOn };
    case 'RecordingCancelled':
    case 'OpenGrantRecordCancelled': {
      const { recordedOn: _cancelled, ...unrecorded } = deal;
      return unrecorded;
    }
    case 'TransferRegistered':
      return { ...deal, registeredOn: event.data.registeredOn };
    case 'ContractCorrected':
      return corrected(deal, event.data);
    default:
      return assertNever(event);
  }
};
