import type { BilingualText } from '@app/kernel';
import type { Me, RecordDetail } from './api-types.js';
import { assetCommands, newAsset } from './commands-assets.js';
import { contractCommands, newContract, newPriceNotice, priceNoticeCommands } from './commands-contracts.js';
import { disclosureCommands, evaluationCommands, newDisclosure, newEvaluations } from './commands-disclosures.js';
import { newOpenLicence, openGrantCommands, openLicenceCommands } from './commands-open-licences.js';
import { newRegistryRecords, registryCommands } from './commands-registry.js';
import type { Kind } from './labels.js';

/** A value that can be chosen where the record knows what there is to choose from. */
export interface Choice {
  readonly value: string | number;
  readonly label: string;
}

/** Something that can be done, to a record or to make one. The form is made from the route's schema. */
export interface RecordCommand extends BilingualText {
  readonly id: string;
  /** Path under `/api/v1`; its first parameter is the record's id, unless `parameters` says otherwise. The rest is asked for. */
  readonly path: string;
  /** The action of the server's policy that allows it. */
  readonly action: string;
  /** The statuses it is offered in; in every one when left out. */
  readonly statuses?: readonly string[];
  readonly when?: (record: RecordDetail) => boolean;
  /** The kind of record it makes, where that is another than it is offered on. */
  readonly makes?: Kind;
  readonly parameters?: (record: RecordDetail) => Readonly<Record<string, string>>;
  /** Stored data the form begins with. */
  readonly initial?: (record: RecordDetail) => RecordDetail['detail'];
  /** By field: what can be chosen in place of typing. */
  readonly choices?: (record: RecordDetail) => Readonly<Record<string, readonly Choice[]>>;
  /** The stream is shared with other records, so that its revision says nothing of this one. */
  readonly unpinned?: true;
  readonly danger?: true;
}

const onRecord: Readonly<Partial<Record<Kind, readonly RecordCommand[]>>> = {
  contract: contractCommands,
  'price-notice': priceNoticeCommands,
  asset: assetCommands,
  'open-licence': openLicenceCommands,
  'open-licence-grant': openGrantCommands,
  disclosure: disclosureCommands,
  evaluation: evaluationCommands,
  ...registryCommands,
};

const making: Readonly<Partial<Record<Kind, readonly RecordCommand[]>>> = {
  contract: [newContract],
  'price-notice': [newPriceNotice],
  asset: [newAsset],
  'open-licence': [newOpenLicence],
  disclosure: [newDisclosure],
  evaluation: newEvaluations,
  ...newRegistryRecords,
};

/** Everything that can be done anywhere. */
export const everyCommand: readonly RecordCommand[] = [...Object.values(making), ...Object.values(onRecord)].flat();

/** Whether the viewer may do this, for records of this university where one is named. */
export const may = (me: Me | undefined, action: string, universityId?: string): boolean => {
  const reach = me?.actions[action];
  return reach === 'all' || (reach === 'own' && (universityId === undefined || universityId === me?.user.organisation));
};

/** What the viewer may do to a record as it stands. */
export const commandsFor = (record: RecordDetail, me: Me | undefined): readonly RecordCommand[] =>
  (onRecord[record.kind as Kind] ?? []).filter(
    ({ action, statuses, when }) =>
      may(me, action, record.universityId || undefined) &&
      (statuses?.includes(record.status) ?? true) &&
      (when?.(record) ?? true),
  );

/** What makes a record of a kind, as far as the viewer may. */
export const commandsMaking = (kind: string, me: Me | undefined): readonly RecordCommand[] =>
  (making[kind as Kind] ?? []).filter(({ action }) => may(me, action));

/** The parameters of a command's path that the record itself gives. */
export const parametersOf = ({ path, parameters }: RecordCommand, record: RecordDetail | undefined) => {
  if (!record) return {};
  const first = /\{(\w+)\}/.exec(path)?.[1];
  return parameters?.(record) ?? (first === undefined ? {} : { [first]: record.id });
};

/** The path with its parameters in place. */
export const pathWith = (path: string, parameters: Readonly<Record<string, unknown>>): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = parameters[name];
    return typeof value === 'string' || typeof value === 'number' ? encodeURIComponent(value) : '';
  });
