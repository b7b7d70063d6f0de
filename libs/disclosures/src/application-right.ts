import { type LegalDate, type Message, assertNever } from '@app/kernel';
import { evaluationRule } from './evaluation-rules.js';

/** An application or registration of the university, by its registration number. */
export interface FiledAsset {
  readonly assetId: string;
  readonly number: string;
}

/** The right gone to the inventors, on the evaluation that says so. */
export interface ReleasedDisclosure {
  readonly evaluationId: string;
  readonly on: LegalDate;
  /** Number of the written contract. */
  readonly contractNo: string;
}

/** What became of the right to apply (申请权); noted with the disclosure, so that filing and releasing refuse each other. */
export type ApplicationRightEvent =
  | Message<'DisclosureEvaluated', { readonly evaluationId: string }>
  | Message<'DisclosureFiled', FiledAsset>
  | Message<'DisclosureUnfiled', { readonly assetId: string }>
  | Message<'DisclosureReleased', ReleasedDisclosure>;

export interface ApplicationRight {
  /** In the order they were entered. */
  readonly evaluations: readonly string[];
  readonly filed: readonly FiledAsset[];
  readonly released?: ReleasedDisclosure;
}

export const UNUSED_RIGHT: ApplicationRight = { evaluations: [], filed: [] };

export type NoteEvaluation = { readonly type: 'NoteEvaluation'; readonly evaluationId: string };
export type NoteFiling = { readonly type: 'NoteFiling' } & FiledAsset;
export type TakeBackFiling = { readonly type: 'TakeBackFiling'; readonly assetId: string };
export type NoteRelease = { readonly type: 'NoteRelease' } & ReleasedDisclosure;
export type ApplicationRightCommand = NoteEvaluation | NoteFiling | TakeBackFiling | NoteRelease;

const isFiled = ({ filed }: ApplicationRight, wanted: string): boolean =>
  filed.some(({ assetId }) => assetId === wanted);

/** @throws Refusal E-39 */
const assertUnreleased = ({ released }: ApplicationRight, disclosure: string): void => {
  if (!released) return;
  const { evaluationId: conflict, on, contractNo: contract } = released;
  throw evaluationRule('E-39', { disclosure, on, contract }, { field: 'disclosureNumber', conflict });
};

/** @throws Refusal E-40 or E-41, naming what was filed */
export const assertUnfiled = ({ filed: [asset] }: ApplicationRight, disclosure: string, id: 'E-40' | 'E-41'): void => {
  if (!asset) return;
  const { assetId: conflict, number } = asset;
  throw evaluationRule(id, { disclosure, number }, { conflict });
};

/** @throws Refusal E-39, E-40 */
const release = (
  { type: _type, ...data }: NoteRelease,
  right: ApplicationRight,
  disclosure: string,
): ApplicationRightEvent[] => {
  const { released } = right;
  if (released?.evaluationId === data.evaluationId && released.contractNo === data.contractNo) return [];
  assertUnreleased(right, disclosure);
  assertUnfiled(right, disclosure, 'E-40');
  return [{ type: 'DisclosureReleased', data }];
};

/** `disclosure` is the number refusals name. @throws Refusal E-39, E-40 */
export const decideApplicationRight = (
  command: ApplicationRightCommand,
  right: ApplicationRight,
  disclosure: string,
): ApplicationRightEvent[] => {
  switch (command.type) {
    case 'NoteEvaluation': {
      const { evaluationId } = command;
      const isNoted = right.evaluations.includes(evaluationId);
      return isNoted ? [] : [{ type: 'DisclosureEvaluated', data: { evaluationId } }];
    }
    case 'NoteFiling': {
      const { assetId, number } = command;
      if (isFiled(right, assetId)) return [];
      assertUnreleased(right, disclosure);
      return [{ type: 'DisclosureFiled', data: { assetId, number } }];
    }
    case 'TakeBackFiling': {
      const { assetId } = command;
      return isFiled(right, assetId) ? [{ type: 'DisclosureUnfiled', data: { assetId } }] : [];
    }
    case 'NoteRelease':
      return release(command, right, disclosure);
    default:
      return assertNever(command);
  }
};

export const evolveApplicationRight = (right: ApplicationRight, event: ApplicationRightEvent): ApplicationRight => {
  switch (event.type) {
    case 'DisclosureEvaluated':
      return { ...right, evaluations: [...right.evaluations, event.data.evaluationId] };
    case 'DisclosureFiled':
      return { ...right, filed: [...right.filed, event.data] };
    case 'DisclosureUnfiled':
      return { ...right, filed: right.filed.filter(({ assetId }) => assetId !== event.data.assetId) };
    case 'DisclosureReleased':
      return { ...right, released: event.data };
    default:
      return assertNever(event);
  }
};
