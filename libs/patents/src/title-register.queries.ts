import { universityScope } from '@app/access';
import { DeciderRunner, type RecordedEvent, runnerRule } from '@app/event-store';
import { instantOf } from '@app/http';
import { type Actor, dateInChina } from '@app/kernel';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { assetStream } from './asset.js';
import { type TitleRegister, titleRegister } from './title-register.js';

/**
 * The title register of one asset as of a legal date (today when left out), read from its own stream.
 * `recordedBy` leaves out what was recorded after that instant: the register as it was known then.
 */
export class GetTitleRegister extends Query<TitleRegister> {
  constructor(
    readonly actor: Actor,
    readonly assetId: string,
    readonly asOf?: string,
    readonly recordedBy?: string,
  ) {
    super();
  }
}

@QueryHandler(GetTitleRegister)
export class GetTitleRegisterHandler implements IQueryHandler<GetTitleRegister> {
  constructor(private readonly runner: DeciderRunner) {}

  /** @throws Refusal A-1, and C-5 where there is none or the actor may not see it */
  async execute({ actor, assetId, asOf, recordedBy }: GetTitleRegister): Promise<TitleRegister> {
    const scope = universityScope(actor, 'record.read');
    const events = known(await this.runner.read(assetStream(assetId)), recordedBy);
    const universityId = events[0]?.data['universityId'];
    if (universityId === undefined || (scope !== undefined && universityId !== scope)) {
      throw runnerRule('C-5', { kindZh: '知识产权', kindEn: 'asset', value: assetId });
    }
    return titleRegister(events, asOf ?? dateInChina(new Date().toISOString()));
  }
}

/** The log up to the last event recorded by an instant, in log order. */
const known = (events: readonly RecordedEvent[], recordedBy: string | undefined): readonly RecordedEvent[] => {
  if (recordedBy === undefined) return events;
  const instant = instantOf(recordedBy);
  return events.slice(0, events.findLastIndex(({ recordedAt }) => recordedAt <= instant) + 1);
};
