import { ClaimKeeper, type CommandContext, DeciderRunner, stepContext } from '@app/event-store';
import { Refusal, compactNumber } from '@app/kernel';
import { PreviewAsset, RunAsset } from '@app/patents';
import { Injectable } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { openGrantDecider, openGrantStream } from './open-grant.js';
import type { GrantTerms, OpenGrant, OpenGrantCommand } from './open-grant-events.js';
import { numberClaim, openLicenceDecider, openLicenceStream } from './open-licence.js';
import type { OpenLicence, OpenLicenceStep, OpenLicenceTerms, OpenWork, TitleRefusal } from './open-licence-events.js';

type TitleWork = Exclude<OpenWork, { step: 'VOID' }>;

/** A title that changes between two looks is looked at again. */
const TURNS = 20;

/**
 * Makes the title of a patent follow its open licence, and the open licence its title (ADR 0009). The stream records what is requested,
 * the title accepts or refuses, and one append on the stream, done or refused, is the commit point. Every step may be repeated by anyone
 * at any time: its command id derives from the record, the step and the date.
 */
@Injectable()
export class SettleOpenLicences {
  constructor(
    private readonly runner: DeciderRunner,
    private readonly claims: ClaimKeeper,
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  /** Asks the title before anything is requested, so that only a race is refused later. @throws the Refusal it would meet */
  async previewLicence(id: string, terms: OpenLicenceTerms, step: TitleStep, context: CommandContext): Promise<void> {
    const command = licenceOnTitle(id, terms, step);
    await this.queries.execute(new PreviewAsset(terms.assetId, command, stepContext(context, id, step.step, step.on)));
  }

  /** A new standard leaves every grant the one it was judged by. @throws Refusal OL-38 */
  async previewStandard(declarationId: string, { assetId }: OpenLicenceTerms, on: string, context: CommandContext) {
    const command = { type: 'CheckFeeStandard', declarationId, on } as const;
    await this.queries.execute(new PreviewAsset(assetId, command, stepContext(context, declarationId, 'standard', on)));
  }

  /** @throws the Refusal the title would meet the grant with */
  async previewGrant(id: string, terms: GrantTerms, context: CommandContext): Promise<void> {
    await this.queries.execute(
      new PreviewAsset(terms.assetId, grantOnTitle(id, terms), stepContext(context, id, 'enter')),
    );
  }

  /** Drives a declaration until nothing is left to do and answers its state. @throws Refusal of kind busy, which decides nothing yet */
  async settleLicence(id: string, context: CommandContext): Promise<OpenLicence> {
    let licence = await this.licence(id);
    for (let turn = 0; turn < TURNS && licence.open; turn += 1) {
      await this.advance(id, licence.terms?.assetId ?? '', context);
      licence = await this.licence(id);
    }
    return licence;
  }

  /**
   * One turn. The title is told only in the state it was in before the request was seen to stand, so a driver woken late, after others
   * refused the request, finds the title changed and looks again. For the same reason a refused request is asked once more before it is
   * closed: had a driver been let through meanwhile, the title has the last word.
   */
  private async advance(id: string, assetId: string, context: CommandContext): Promise<void> {
    const expectedRevision = (await this.runner.read(titleStream(assetId))).at(-1)?.revision ?? -1;
    const { terms, open } = await this.licence(id);
    if (!terms || !open) return;
    if (open.step === 'VOID') {
      await this.claims.release('open-licence', numberClaim(terms.universityId, terms.number), id, context);
    }
    const step: OpenLicenceStep | undefined =
      open.step === 'VOID'
        ? { type: 'SettleStep', revision: open.revision }
        : await this.ask(id, terms, open, { ...stepContext(context, id, open.step, open.on), expectedRevision });
    if (!step) return;
    const at = stepContext(context, id, step.type, String(step.revision));
    await this.runner.run(openLicenceDecider, openLicenceStream(id), step, at);
  }

  /** What the title's answer makes of the request; undefined where the title has changed and is to be asked again. */
  private async ask(
    id: string,
    terms: OpenLicenceTerms,
    work: TitleWork,
    context: CommandContext,
  ): Promise<OpenLicenceStep | undefined> {
    const { revision } = work;
    try {
      await this.commands.execute(new RunAsset(terms.assetId, licenceOnTitle(id, terms, work), context));
      return { type: 'ConfirmStep', revision };
    } catch (error) {
      const refusal = decided(error);
      if (refusal.kind === 'stale') return undefined;
      return work.refused ? { type: 'SettleStep', revision } : { type: 'RefuseStep', revision, ...said(refusal) };
    }
  }

  /** Drives a grant until nothing is left to do and answers its state. @throws Refusal of kind busy */
  async settleGrant(id: string, context: CommandContext): Promise<OpenGrant> {
    const requested = await this.grant(id);
    if (requested.status === 'REQUESTED' && requested.terms) {
      await this.stepGrant(id, await this.enter(id, requested.terms, context), context);
    }
    const grant = await this.grant(id);
    const { terms, unsettled: revision } = grant;
    if (!terms || revision === undefined) return grant;
    await this.follow(id, terms, grant, context);
    await this.stepGrant(id, { type: 'SettleGrant', revision }, context);
    return this.grant(id);
  }

  /**
   * The commit the title's answer leads to. A refused grant is cancelled there first: afterwards it can never enter, whoever still means
   * to tell the title; and a title that will not cancel has taken the grant.
   */
  private async enter(id: string, terms: GrantTerms, context: CommandContext): Promise<OpenGrantCommand> {
    const onTitle = (command: RunAsset['command'], step: string) =>
      this.commands.execute(new RunAsset(terms.assetId, command, stepContext(context, id, step)));
    try {
      await onTitle(grantOnTitle(id, terms), 'enter');
      return { type: 'ConfirmGrant' };
    } catch (error) {
      const refusal = decided(error);
      try {
        await onTitle({ type: 'CancelOpenGrant', grantId: id }, 'cancel');
      } catch (cancelling) {
        if (decided(cancelling).rule !== 'C-24') throw cancelling;
        return { type: 'ConfirmGrant' };
      }
      return { type: 'RefuseGrant', ...said(refusal) };
    }
  }

  /** What title and numbers have still to follow once the grant is refused, ended or voided. */
  private async follow(id: string, terms: GrantTerms, grant: OpenGrant, context: CommandContext): Promise<void> {
    const { status, endedOn, recordNo } = grant;
    const { assetId, universityId, number, effectiveOn } = terms;
    if (status === 'GRANTED' && endedOn) {
      const end = { type: 'EndOpenGrant', grantId: id, on: endedOn } as const;
      await this.commands.execute(new RunAsset(assetId, end, stepContext(context, id, 'end', endedOn)));
      return;
    }
    if (status === 'VOIDED') {
      const release = { type: 'Release', contractId: id, on: effectiveOn } as const;
      await this.commands.execute(new RunAsset(assetId, release, stepContext(context, id, 'release')));
    }
    await this.claims.release('open-licence-grant', numberClaim(universityId, number), id, context);
    if (recordNo) await this.claims.release('record-number', compactNumber(recordNo), id, context);
  }

  /** Asks the title whether it lets a grant end or go. @throws the Refusal it would meet */
  async previewEnd(id: string, { assetId, effectiveOn }: GrantTerms, on: string | undefined, context: CommandContext) {
    const command =
      on === undefined
        ? ({ type: 'Release', contractId: id, on: effectiveOn } as const)
        : ({ type: 'EndOpenGrant', grantId: id, on } as const);
    await this.queries.execute(new PreviewAsset(assetId, command, stepContext(context, id, 'preview')));
  }

  private async stepGrant(id: string, command: OpenGrantCommand, context: CommandContext): Promise<void> {
    const revision = command.type === 'SettleGrant' ? String(command.revision) : '';
    const at = stepContext(context, id, command.type, revision);
    await this.runner.run(openGrantDecider, openGrantStream(id), command, at);
  }

  private licence(id: string): Promise<OpenLicence> {
    return this.runner.stateOf(openLicenceDecider, openLicenceStream(id));
  }

  private grant(id: string): Promise<OpenGrant> {
    return this.runner.stateOf(openGrantDecider, openGrantStream(id));
  }
}

export interface TitleStep {
  readonly step: TitleWork['step'];
  readonly on: string;
}

/** Streams are named by their category and id. */
const titleStream = (assetId: string): string => `asset-${assetId}`;

const licenceOnTitle = (
  declarationId: string,
  terms: OpenLicenceTerms,
  { step, on }: TitleStep,
): RunAsset['command'] => {
  if (step === 'END') return { type: 'EndOpenLicence', declarationId, on };
  const { universityId, number, endsOn: to, pledgeeConsent, declarants } = terms;
  const agreed = {
    ...(pledgeeConsent === undefined ? {} : { pledgeeConsent }),
    ...(declarants === undefined ? {} : { declarants }),
  };
  return { type: 'EnterOpenLicence', declarationId, universityId, number, from: on, to, ...agreed };
};

const grantOnTitle = (grantId: string, terms: GrantTerms): RunAsset['command'] => {
  const { declarationId, universityId, number, licensee, noticeOn, effectiveOn: from, endsOn: to = from } = terms;
  return { type: 'EnterOpenGrant', grantId, declarationId, universityId, number, licensee, noticeOn, from, to };
};

/** A refusal that decides; anything else goes up: a fault, or a title that is busy and may yet accept. */
const decided = (error: unknown): Refusal => {
  if (!(error instanceof Refusal) || error.kind === 'busy') throw error;
  return error;
};

const said = ({ rule, clause, text: { zh, en } }: Refusal): TitleRefusal => ({ rule, clause, zh, en });
