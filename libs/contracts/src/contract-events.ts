import type { Approval } from '@app/evidence';
import type { InChangsha, Message } from '@app/kernel';
import type { DealFacts } from './contract-facts.js';
import type { ContractTerms, TermChanges } from './contract-terms.js';
import type {
  CorrectableField,
  CorrectedValue,
  PaymentKind,
  RecordingRefusalGround,
  RewardShare,
} from './contract-vocabulary.js';

/** Why a title refused what the contract wanted of it, kept as it was said then. */
export interface RefusalRecord {
  readonly rule: string;
  readonly clause: string;
  readonly zh: string;
  readonly en: string;
  /** Id of the record in the way. */
  readonly conflict?: string;
}

export interface CorrectionData extends Approval {
  readonly number: string;
  readonly field: CorrectableField;
  readonly from: CorrectedValue | null;
  readonly to: CorrectedValue;
  readonly inChangsha?: InChangsha;
  /** Of a corrected receiver that is a registered university: its ledger code. */
  readonly counterpartyUniversity?: string;
}

export interface Amendment {
  /** The amendment's own number, unique within the contract. */
  readonly number: string;
  readonly changes: TermChanges;
  readonly signedOn: string;
  readonly reason: string;
  /** Ids of the rules it does not meet and was let pass with a reason. */
  readonly warnings?: readonly string[];
}

/** What the titles of the assets are asked to agree to before it is decided on the contract. */
export type TitleChange =
  | ({ readonly kind: 'AMENDMENT' } & Amendment)
  | ({
      readonly kind: 'CORRECTION';
      /** What of the right becomes another: its first day, or its last where it ended early. */
      readonly changes: { readonly effectiveOn: string } | { readonly endsOn: string };
    } & CorrectionData);

export interface Voiding extends Approval {
  readonly voidedOn: string;
}

/** The record of a licence that has ended is taken out of the patent register (备案注销; 专利实施许可合同备案办法 art 17). */
export interface Deregistration {
  readonly deregisteredOn: string;
  readonly reason?: string;
}

export type ContractEvent =
  | Message<
      'LodgementRequested',
      ContractTerms & {
        readonly inChangsha: InChangsha;
        /** Ids of the rules it does not meet and was let pass with a reason. */
        readonly warnings?: readonly string[];
      }
    >
  | Message<'ContractLodged', { readonly assets: readonly string[] }>
  | Message<'ContractRefused', RefusalRecord>
  | Message<
      'LicenceRecorded',
      {
        readonly recordNo: string;
        readonly recordedOn: string;
        /** The number of a cancelled recording, which this one gives up. */
        readonly replaces?: string;
        readonly warnings?: readonly string[];
      }
    >
  | Message<'RecordingRefused', { readonly refusedOn: string; readonly ground: RecordingRefusalGround }>
  | Message<'RecordingCancelled', { readonly cancelledOn: string; readonly reason: string }>
  | Message<'LicenceDeregistered', Deregistration & { readonly warnings?: readonly string[] }>
  | Message<'TransferRegistered', { readonly registeredOn: string }>
  | Message<'ContractCorrected', CorrectionData>
  /** An amendment, or a correction of a fact that the titles hold, waits for the titles. */
  | Message<'AmendmentRequested', TitleChange>
  | Message<'ContractAmended', Amendment>
  | Message<'AmendmentRefused', RefusalRecord & { readonly number: string }>
  | Message<'LicenceTerminated', Approval & { readonly on: string }>
  | Message<'VoidRequested', Voiding>
  | Message<'ContractVoided', Voiding>
  | Message<'VoidRefused', RefusalRecord>
  | Message<
      'PaymentReceived',
      {
        readonly number: string;
        readonly receivedOn: string;
        readonly amountFen: string;
        readonly kind: PaymentKind;
        /** Which instalment, the first being 1. */
        readonly instalment?: number;
      }
    >
  | Message<'PaymentReversed', Approval & { readonly number: string; readonly warnings?: readonly string[] }>
  | Message<
      'RewardDistributed',
      {
        readonly number: string;
        readonly distributedOn: string;
        readonly costsFen: string;
        readonly netIncomeFen: string;
        readonly rewardFen: string;
        readonly mainFen: string;
        readonly shares: readonly RewardShare[];
      }
    >
  /** A distribution is taken back (冲销), with the amounts it had. */
  | Message<
      'RewardReversed',
      Approval & {
        readonly number: string;
        readonly costsFen: string;
        readonly netIncomeFen: string;
        readonly rewardFen: string;
      }
    >
  | Message<
      'TechnologyContractRegistered',
      { readonly technologyContractNo: string; readonly registeredOn: string; readonly amountFen: string }
    >
  /** Every asset's title now says what the contract said at this revision. */
  | Message<'ContractSettled', { readonly revision: number }>;

export type ContractEventOf<Type extends ContractEvent['type']> = Extract<ContractEvent, { type: Type }>;

export type ContractCommand =
  | ({ readonly type: 'RequestLodgement'; readonly facts: DealFacts } & ContractTerms)
  | { readonly type: 'ConfirmLodgement' }
  | ({ readonly type: 'RefuseLodgement' } & RefusalRecord)
  | { readonly type: 'RecordLicence'; readonly recordNo: string; readonly recordedOn: string }
  | { readonly type: 'RefuseRecording'; readonly refusedOn: string; readonly ground: RecordingRefusalGround }
  | { readonly type: 'CancelRecording'; readonly cancelledOn: string; readonly reason: string }
  | ({ readonly type: 'DeregisterLicence' } & Deregistration)
  | { readonly type: 'RegisterTransfer'; readonly registeredOn: string }
  | ({
      readonly type: 'CorrectContract';
      readonly number: string;
      readonly field: CorrectableField;
      readonly value: CorrectedValue;
      readonly facts: DealFacts;
    } & Approval)
  | ({ readonly type: 'AmendContract'; readonly facts: DealFacts } & Amendment)
  | ({ readonly type: 'TerminateLicence'; readonly on: string } & Approval)
  | ({ readonly type: 'VoidContract' } & Voiding)
  /** Decides the change the titles were asked about, named by the revision it was requested at. */
  | { readonly type: 'CommitChange'; readonly revision: number }
  | ({ readonly type: 'RefuseChange'; readonly revision: number } & RefusalRecord)
  | ({ readonly type: 'ReceivePayment' } & ContractEventOf<'PaymentReceived'>['data'])
  | ({ readonly type: 'ReversePayment'; readonly number: string } & Approval)
  | {
      readonly type: 'DistributeReward';
      readonly number: string;
      readonly distributedOn: string;
      readonly costsFen: string;
      readonly rewardFen: string;
      readonly shares: readonly RewardShare[];
      /** Whether the university is state-founded, so that the floors of the law bind it. */
      readonly stateFounded: boolean;
    }
  | ({ readonly type: 'ReverseReward'; readonly number: string } & Approval)
  | ({ readonly type: 'RegisterTechnologyContract' } & ContractEventOf<'TechnologyContractRegistered'>['data'])
  | { readonly type: 'SettleContract'; readonly revision: number };

export type ContractCommandOf<Type extends ContractCommand['type']> = Extract<ContractCommand, { type: Type }>;
